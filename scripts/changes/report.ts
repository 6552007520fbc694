import type { Document } from "../generate/document.js";
import { operationTable } from "../generate/operation-table.js";
import { type GeneratedFiles, render } from "../generate/render.js";
import { attribute } from "./attribute.js";
import { type Change, worstFirst } from "./change.js";
import { compare } from "./compare.js";
import { type Check, entry } from "./compiler.js";
import { linesOf } from "./lines.js";
import { Refusal } from "./refusal.js";
import { findRenames, underOldNames } from "./renames.js";
import { readSurface, typeTexts } from "./surface.js";
import { unseenLines } from "./unseen.js";
import { usageIn } from "./usage.js";
import { type View, viewOf } from "./view.js";
import { type Witness, writeWitness } from "./witness.js";

/** A document, and the client's types that the generator of today makes of it. */
export interface Made {
  readonly name: string;
  readonly view: View;
  readonly generated: GeneratedFiles;
  /** What subjects are typed as. */
  readonly types: ReadonlyMap<string, string>;
}

/**
 * Makes the client's types of a document.
 *
 * @param name - what to call it in messages
 * @throws {Refusal} if the generator refuses it.
 */
export async function make(document: unknown, name: string): Promise<Made> {
  try {
    if (typeof document !== "object" || document === null) throw new Error("it is no object.");
    const generated = await render(document as Document);
    const types = typeTexts(readSurface(generated));
    return { name, view: viewOf(document as Document), generated, types };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${name} cannot become a client: ${message}`);
  }
}

/** A document that others are compared with. */
export interface Baseline extends Made {
  readonly witness: Witness;
}

/**
 * Writes the witness of a document, and sees to it that it compiles while nothing has changed.
 *
 * @throws {Refusal} if it does not: its verdicts would be guesses.
 */
export function standOn(made: Made, check: Check): Baseline {
  const surface = readSurface(made.generated);
  const { directionOf } = usageIn(made.view);
  const witness = writeWitness(
    surface,
    operationTable(made.view.document),
    entry,
    (model) => directionOf(model).isRead,
  );
  const [first] = check(made.generated, witness.text);
  if (!first) return { ...made, witness };
  const where = first.file ?? lineAt(witness.text, first.start);
  throw new Refusal(
    `The program that is to witness what ${made.name} promises does not compile against it, so nothing can be ` +
      `said of a change: ${where}: ${first.code}: ${first.message}`,
  );
}

/**
 * What changed between two documents, worst first, and what it does to users of the client.
 *
 * @throws {Refusal} if what is made of the new one is no TypeScript.
 */
export function changesBetween(old: Baseline, now: Made, check: Check): Change[] {
  const [before, after] = [old.view, now.view];
  const usage = usageIn(before, after);
  const renames = findRenames(before, after);
  const edits = compare(before.tree, underOldNames(after, renames), {
    origins: { old: before, new: after },
    renamed: renames.models,
  });
  const lines = [
    ...linesOf(edits, renames, { old: old.types, new: now.types }, usage),
    ...unseenLines(edits, renames.models, before, after),
  ];
  const complaints = haveSameTypes(old, now) ? [] : check(now.generated, old.witness.text);
  const slip = complaints.find(({ isSyntax }) => isSyntax);
  if (slip) {
    throw new Refusal(
      `${now.name} cannot become a client: ${slip.file} would be no TypeScript (${slip.message}). ` +
        "See what `npm run lint` says of it.",
    );
  }
  return worstFirst(attribute(lines, complaints, old.witness, usage, old.types));
}

function haveSameTypes(a: Made, b: Made): boolean {
  return ["schema.ts", "models.ts", "operations.ts"].every(
    (name) => withoutComments(a.generated[name]) === withoutComments(b.generated[name]),
  );
}

/** No string in a generated file spans lines, so that what begins a line like a comment is one. */
export function withoutComments(source = ""): string {
  return source.replaceAll(/^ *\/\*\*[\s\S]*?\*\/$\n/gm, "");
}

function lineAt(text: string, start: number): string {
  return text
    .slice(text.lastIndexOf("\n", start - 1) + 1)
    .split("\n", 1)
    .join()
    .trim();
}
