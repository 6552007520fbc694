import type { Document } from "../../scripts/generate/document.js";
import { type GeneratedFiles, render } from "../../scripts/generate/render.js";
import { CliError } from "../../scripts/lib/cli-error.js";
import { isAllowed } from "./allowed.js";
import { createChance } from "./chance.js";
import { type Complaint, compileProgram } from "./compile-program.js";
import { merge } from "./document-of.js";
import { type Failure, messageOf } from "./failure.js";
import { loadPackage } from "./load-package.js";
import { type Example, makeExamples } from "./make-examples.js";
import { type MadeCall, runCalls } from "./run-calls.js";

export interface Examined {
  readonly failures: Failure[];
  /** Why documents were refused, by what varies not from one to the next. */
  readonly refusals: string[];
  readonly accepted: number;
  readonly calls: number;
  readonly examples: number;
  /** Of these, values that were changed. */
  readonly changed: number;
}

/** What is to be compiled of a document. */
interface Sample {
  readonly index: number;
  readonly document: Document;
  readonly calls: readonly MadeCall[];
  readonly examples: readonly Example[];
}

/** A document, and what its values are made with. */
export interface SeededDocument {
  readonly document: Document;
  readonly seed: number;
}

export interface ExamineOptions {
  /** Whether anything is compiled. @default true */
  readonly compiles?: boolean;
  /** Whether src/ is compiled, too. */
  readonly isWhole: boolean;
  /** Changes what is generated: to see that this test finds that. */
  readonly tamper?: (files: GeneratedFiles) => GeneratedFiles;
}

/** Demands of each document what `npm run generate` promises. Their names must differ. */
export async function examine(
  documents: readonly SeededDocument[],
  options: ExamineOptions,
): Promise<Examined> {
  const { compiles = true, tamper = (files: GeneratedFiles) => files } = options;
  const failures: Failure[] = [];
  const refusals: string[] = [];
  const samples: Sample[] = [];
  for (const [index, { document, seed }] of documents.entries()) {
    let files: GeneratedFiles;
    try {
      files = tamper(await render(structuredClone(document)));
    } catch (error) {
      if (error instanceof CliError) refusals.push(error.message);
      else
        failures.push({
          kind: "the generator crashes",
          index,
          where: "",
          detail: messageOf(error),
        });
      continue;
    }
    const sample = { index, document, calls: [] as MadeCall[], examples: [] as Example[] };
    samples.push(sample);
    try {
      const loaded = await loadPackage(files);
      const subject = { document, index, loaded, chance: createChance(seed) };
      const { calls, failures: more } = await runCalls(subject);
      sample.calls.push(...calls);
      failures.push(...more);
      if (!more.some(({ kind }) => kind === "the mock cannot be made")) {
        sample.examples.push(...(await makeExamples(subject)));
      }
    } catch (error) {
      failures.push({
        kind: "the package cannot be loaded",
        index,
        where: "",
        detail: messageOf(error),
      });
    }
  }
  if (!compiles) failures.push(...samples.flatMap((one) => judged(one, undefined)));
  else if (samples.length > 0) {
    const files = tamper(await render(merge(samples.map(({ document }) => document))));
    failures.push(...compileSamples(files, samples, options.isWhole));
  }
  const examples = samples.flatMap((one) => one.examples);
  return {
    failures,
    refusals,
    accepted: samples.length,
    calls: samples.flatMap(({ calls }) => calls).length,
    examples: examples.length,
    changed: examples.filter(({ change }) => change).length,
  };
}

const folder = "test/random/examples";
const header = [
  'import type { ArgumentsOf, LokeClient, ResultOf } from "../../../src/index.js";',
  'import type { operations } from "../../../generated/schema.js";',
  "declare const client: LokeClient;",
];

function compileSamples(
  files: GeneratedFiles,
  samples: readonly Sample[],
  isWhole: boolean,
): Failure[] {
  const sources = samples.map(
    (sample) => [`${folder}/d${sample.index}.ts`, sourceOf(sample)] as const,
  );
  const complaints = compileProgram(files, Object.fromEntries(sources), isWhole);
  const failures = samples.flatMap((sample) => {
    const own = complaints.filter(({ file }) => file === `${folder}/d${sample.index}.ts`);
    return judged(sample, new Map(own.map((one) => [one.line, one])));
  });
  for (const { file, message, text } of complaints.filter((one) => !one.file.startsWith(folder))) {
    const [, index = "0"] = /\bd(\d+)/i.exec(`${message} ${text}`) ?? [];
    const detail = `${file}: ${message}\n${text.slice(0, 300)}`;
    failures.push({
      kind: "what is generated does not compile",
      index: Number(index),
      where: file,
      detail,
    });
  }
  return failures;
}

/** A line for each call, and then one for each example. */
function sourceOf({ calls, examples }: Sample): string {
  const callLines = calls.map(({ id, args, isList }, index) => {
    const call = `client[${JSON.stringify(id)}](${JSON.stringify(args)})`;
    return `export const call${index} = () => ${call}${isList ? ".page()" : ""};`;
  });
  const exampleLines = examples.map(
    ({ type, value }, index) => `export const value${index}: ${type} = ${JSON.stringify(value)};`,
  );
  return [...header, ...callLines, ...exampleLines].join("\n");
}

/** @param complaints - by line; without any, nothing was compiled */
function judged(
  { index, calls, examples }: Sample,
  complaints: ReadonlyMap<number, Complaint> | undefined,
): Failure[] {
  const failures: Failure[] = [];
  const of = (line: number) => complaints?.get(header.length + line);
  calls.forEach(({ id, args }, line) => {
    const complaint = of(line);
    if (!complaint || isAllowed(complaint)) return;
    const detail = `${JSON.stringify(args)}: ${complaint.message}`;
    failures.push({ kind: "a call does not compile", index, where: id, detail });
  });
  examples.forEach((example, line) => {
    const complaint = of(calls.length + line);
    const { change, checked, compiled, judge, schema, seen, value, where } = example;
    const shown = `${JSON.stringify(value)} (${change || "as it was made"}) for ${JSON.stringify(schema)}`;
    const fail = (kind: Failure["kind"], detail: string) =>
      failures.push({ kind, index, where, detail });
    if (compiled === "right" && complaint && !isAllowed(complaint)) {
      fail("the compiler refuses a right value", `${shown}: ${complaint.message}`);
    }
    if (compiled === "wrong" && complaints && !complaint)
      fail("the compiler accepts a wrong value", shown);
    const [refuses, accepts] =
      judge === "the check"
        ? (["the check refuses a right value", "the check accepts a wrong value"] as const)
        : (["the mock refuses a right body", "the mock accepts a wrong body"] as const);
    if (checked === "right" && seen === "wrong") fail(refuses, shown);
    if (checked === "wrong" && seen === "right") fail(accepts, shown);
  });
  return failures;
}
