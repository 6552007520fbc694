import { join, resolve } from "node:path";
import { CliError } from "../lib/cli-error.js";
import type { Command, Outcome, Parsed } from "../lib/command.js";
import { decode, readBytes, readIfPresent } from "../lib/text-file.js";
import { exceptionsFile, staleExceptions, staleMessage } from "../lint/exceptions.js";
import { compare, type DifferenceWithLevel } from "./compare.js";
import { type OpenDocument, openDocument } from "./document.js";
import { draft } from "./draft.js";
import type { Reading } from "./facts.js";
import { type OpenedPage, openPage } from "./open-page.js";
import { onlyPageAddress } from "./page-address.js";
import { type PageResult, readPage } from "./read-page.js";
import {
  describeProblems,
  type Format,
  formats,
  type Names,
  type Report,
  whatToDo,
} from "./report.js";
import {
  compareWords,
  findSavedPage,
  sha256Of,
  toSavedPage,
  wordKeys,
  writeSavedPage,
} from "./saved-page.js";

const usage = `Usage: npm run page -- [FILE] [options]

Compares the vendor's page with openapi/openapi.yaml. FILE is the page's text, as a browser shows it
and a person saves it, or its HTML; - reads it from standard input. Without FILE the page is fetched from its
address, which stands in the document. The text of HTML is kept in dist/page.txt, whose lines are named.

  --url URL        fetch the page from another address
  --format <name>  text for people (default), markdown for an issue, json for programs
  --json           the same as --format json
  --save           renew openapi/page.json once the facts agree; words that changed count as read
  --draft          print YAML to paste for what is new on the page
  --document FILE  compare with another document
  -h, --help       show this

Exit codes: 0 they agree, or it is saved or drafted; 1 they differ; 2 one of them cannot be read as a whole, or they have
no operation in common.`;

const options = {
  url: { type: "string" },
  format: { type: "string" },
  json: { type: "boolean" },
  save: { type: "boolean" },
  draft: { type: "boolean" },
  document: { type: "string" },
} as const;

/** What the command works on. */
export interface Surroundings {
  /** The project's folder. */
  readonly root: string;
  /** The folder that the user's paths start from. */
  readonly folder: string;
  readonly now: Date;
  readInput(): Promise<Uint8Array>;
}

const documentName = "openapi/openapi.yaml";

/** The command that compares the page with the document, or does what the options ask for besides. */
export function pageCommand(surroundings: Surroundings): Command<typeof options> {
  return {
    name: "page",
    usage,
    options,
    positionals: 1,
    run: (parsed) => run(parseOptions(parsed), surroundings),
  };
}

interface Options {
  /** The page's text or HTML; `-` is standard input. Without it the page is fetched. */
  readonly file: string | undefined;
  /** Another address to fetch from than the document's. */
  readonly url: string | undefined;
  readonly format: Format;
  readonly save: boolean;
  readonly draft: boolean;
  /** Another document than the project's. */
  readonly document: string | undefined;
}

function parseOptions({ positionals, values }: Parsed<typeof options>): Options {
  const [file] = positionals;
  const { document, draft = false, save = false, url } = values;
  const { format = values.json ? "json" : "text" } = values;
  if (file !== undefined && url !== undefined) throw usageError("--url goes with no FILE");
  if (!isFormat(format)) throw usageError(`--format takes ${Object.keys(formats).join(", ")}`);
  if (values.json && format !== "json") throw usageError("--json is --format json");
  if (draft && (format !== "text" || save)) {
    throw usageError("--draft goes with neither --json nor --format nor --save");
  }
  if (save && document !== undefined) throw usageError("--save does not go with --document");
  return { file, url, format, save, draft, document };
}

function isFormat(name: string): name is Format {
  return Object.hasOwn(formats, name);
}

function usageError(message: string): CliError {
  return new CliError(`${message} (--help shows the options)`);
}

async function run(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const page = await openPage(options, {
    ...surroundings,
    address: async () => onlyPageAddress(await readDocumentText(options, surroundings)),
  });
  const document = await readDocument(options, surroundings);
  const { stderr, ...outcome } = await compareWith(document, page, options, surroundings);
  // Lint fails for these. They make no difference between page and document, so nothing else waits for them.
  const stale = await staleLines(document, options, surroundings);
  const lines = [...(stderr === undefined ? [] : [stderr]), ...stale];
  return { ...outcome, ...(lines.length === 0 ? {} : { stderr: lines.join("\n") }) };
}

async function staleLines(
  { value }: OpenDocument,
  options: Options,
  { root }: Surroundings,
): Promise<string[]> {
  if (options.document !== undefined) return [];
  const text = (await readIfPresent(join(root, exceptionsFile))) ?? "";
  return staleExceptions(text, documentName, value).map(staleMessage);
}

async function compareWith(
  document: OpenDocument,
  opened: OpenedPage,
  options: Options,
  { now, root }: Surroundings,
): Promise<Outcome> {
  const names = { page: opened.name, document: options.document ?? documentName };
  const page = readPage(opened.text);
  const { reading, problems = [] } = page;
  const isWhole = problems.length === 0;
  if (options.draft && reading && isWhole) {
    return { exitCode: 0, stdout: draft(reading, document).trimEnd() };
  }
  if (options.draft || !reading || !haveCommonOperation(reading, document)) {
    return refusal(page, names, document, options);
  }

  const { name: savedName, saved } = await findSavedPage(root, reading.facts, document);
  const comparison = compare({ ...reading, ...page }, document, saved?.models);
  const facts = comparison.differences;
  const rated = await comparison.severity();
  const words = compareWords({ ...reading, ...page }, saved?.words ?? {}, document, facts).map(
    (one): DifferenceWithLevel => ({ ...one, level: "docs" }),
  );
  const known = saved && wordKeys(saved);
  const newWords = words.filter(({ key }) => !known?.has(key));
  const differences = [...rated, ...words];
  const isSaved = options.save && isWhole && facts.length === 0;
  const report = (next?: string) => {
    const sides = { names, page: reading.facts, document, savedName, isSaved };
    const stdout = formats[options.format]({ ...sides, differences, newWords, problems, next });
    return stdout === undefined ? {} : { stdout };
  };
  if (!isWhole) {
    const lines = [describeProblems(problems, names.page), notCompared];
    if (options.save) lines.push("page: not saved.");
    return { exitCode: 2, ...report(), stderr: lines.join("\n") };
  }
  if (isSaved) {
    await writeSavedPage(join(root, savedName), toSavedPage(reading, opened.bytes, now));
    return { exitCode: 0, ...report(`Saved as ${savedName}.`) };
  }
  if (options.save) return { exitCode: 1, ...report(), stderr: notSaved };
  if (differences.length > 0) {
    return { exitCode: 1, ...report(whatToDo({ differences, newWords })) };
  }
  const isOther = saved?.sha256 !== sha256Of(opened.bytes);
  const renewal = `${savedName} is of another text that says the same; --save renews it.`;
  return { exitCode: 0, ...report(isOther ? renewal : undefined) };
}

const notCompared = "What may be on these lines was not compared.";
const notSaved = "page: not saved: the facts differ. Change the document first.";

/** Whether a page and the document are of the same thing. */
function haveCommonOperation({ facts }: Reading, { operations }: OpenDocument): boolean {
  return facts.operations.some(({ request }) => operations.has(request));
}

/** The outcome for a page that is not compared at all. */
function refusal(
  { problems = [], reading }: PageResult,
  names: Names,
  document: OpenDocument,
  options: Options,
): Outcome {
  const facts = reading?.facts ?? { beta: false, heading: "", operations: [], models: [] };
  const { heading } = facts;
  const what = heading === "" ? "another page" : `the page of "${heading}"`;
  const other = `${names.page} is ${what}: it has no operation in common with ${names.document}, so nothing was compared.`;
  const isOther = problems.length === 0;
  const stderr = isOther ? other : describeProblems(problems, names.page);
  if (options.format === "text") return { exitCode: 2, stderr };
  if (options.format === "markdown" && isOther) return { exitCode: 2, stdout: other, stderr };
  const sides = { names, page: facts, document, savedName: "", isSaved: false };
  const report: Report = { ...sides, differences: [], newWords: [], problems };
  return { exitCode: 2, stdout: formats[options.format](report) ?? "", stderr };
}

async function readDocumentText(
  { document }: Options,
  { root, folder }: Surroundings,
): Promise<string> {
  const name = document ?? documentName;
  const path = document === undefined ? join(root, documentName) : resolve(folder, document);
  return decode(await readBytes(path, name), name);
}

async function readDocument(options: Options, surroundings: Surroundings): Promise<OpenDocument> {
  const name = options.document ?? documentName;
  const text = await readDocumentText(options, surroundings);
  try {
    return openDocument(text);
  } catch (error) {
    if (error instanceof CliError) throw new CliError(`cannot read ${name}: ${error.message}`);
    throw error;
  }
}
