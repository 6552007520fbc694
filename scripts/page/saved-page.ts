import { createHash } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap } from "../lib/json.js";
import { readIfPresent } from "../lib/text-file.js";
import { type Difference, doubtsOf, type PageSide, subjectOf } from "./compare.js";
import { lineOfThing, type OpenDocument, thingAt } from "./document.js";
import { type Facts, keys, type Reading, type Words } from "./facts.js";

/** What `openapi/page.json` holds: the page that was last transcribed, without its sentences. */
export interface SavedPage extends Facts {
  /** Of the text as it was saved. */
  readonly sha256: string;
  /** The day on which it was transcribed, UTC. */
  readonly date: string;
  /** By key, a hash of what the page says of each thing. */
  readonly words: Readonly<Record<string, string>>;
}

const mainName = "openapi/page.json";

/** A file of what was last transcribed of a page. */
interface SavedFile {
  /** From the project's folder. */
  readonly name: string;
  readonly saved: SavedPage | undefined;
}

/** `openapi/page.json` is of one page. Once the document has the headings of two for tags, the other has a file beside it. */
export async function findSavedPage(
  root: string,
  { heading }: Facts,
  { operations }: OpenDocument,
): Promise<SavedFile> {
  const first = await readSavedPage(join(root, mainName));
  const tags = [...operations.values()].flatMap(({ tags }) => tags);
  const isOther =
    first !== undefined &&
    first.heading !== heading &&
    [first.heading, heading].every((one) => tags.includes(one));
  if (!isOther) return { name: mainName, saved: first };
  const slug = heading.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const name = `openapi/page.${slug}.json`;
  return { name, saved: await readSavedPage(join(root, name)) };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function toSavedPage(reading: Reading, bytes: Uint8Array, now: Date): SavedPage {
  return {
    sha256: sha256Of(bytes),
    date: now.toISOString().slice(0, 10),
    ...reading.facts,
    words: hashes(reading.words),
  };
}

/** Reads `openapi/page.json`; undefined if there is none. Throws if it is not what this wrote. */
export async function readSavedPage(path: string): Promise<SavedPage | undefined> {
  const text = await readIfPresent(path);
  if (text === undefined) return undefined;
  try {
    const saved: Partial<SavedPage> = JSON.parse(text);
    const isWhole =
      Array.isArray(saved.operations) && Array.isArray(saved.models) && isMap(saved.words);
    if (isWhole) return saved as SavedPage;
  } catch {
    // Said below.
  }
  throw new Error(`${path} is damaged: restore it from git, or delete it and save the page again.`);
}

/** Writes it aside first, so that it is whole at any moment. */
export async function writeSavedPage(path: string, saved: SavedPage): Promise<void> {
  const aside = `${path}.new`;
  try {
    await writeFile(aside, `${JSON.stringify(saved, null, 2)}\n`);
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

/** A short hash of words, the same however they are spaced and capitalised. */
function hashOf(words: string): string {
  const plain = words.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  return createHash("sha256").update(plain).digest("hex").slice(0, 12);
}

/** The hash of each thing's words, by key. */
export function hashes(words: ReadonlyMap<string, Words>): Record<string, string> {
  return Object.fromEntries([...words].map(([key, { text }]) => [key, hashOf(text)]));
}

/**
 * The things whose words are not those that were last transcribed. Things that are new have differences already, and so have
 * those whose description is still to be written.
 */
export function compareWords(
  page: PageSide & Pick<Reading, "words">,
  transcribed: Readonly<Record<string, string>>,
  ours: OpenDocument,
  differences: readonly Difference[],
): Difference[] {
  const { isUnread } = doubtsOf(page);
  const isDoubtful = ({ line }: Words) => page.problems?.some((one) => one.line === line);
  const added = differences.filter((one) => one.document === null).map(({ key }) => key);
  const isAdded = (key: string) => added.some((one) => key === one || key.startsWith(`${one} `));
  return [...wordKeys(page.facts)].flatMap((key): Difference[] => {
    if (isAdded(key)) return [];
    const said = page.words.get(key);
    const hash = said && hashOf(said.text);
    if (hash === (Object.hasOwn(transcribed, key) ? transcribed[key] : undefined)) return [];
    if (said ? isDoubtful(said) : isUnread(key)) return [];
    const description = key === keys.end ? undefined : thingAt(ours, key)?.description;
    if (description === "") return [];
    return [
      {
        kind: "words",
        subject: subjectOf(key, page.facts, ours),
        page: said?.text ?? null,
        document: typeof description === "string" ? description.trim() : null,
        line: said?.line ?? null,
        documentLine: key === keys.end ? null : lineOfThing(ours, key, "/description"),
        key,
      },
    ];
  });
}

/** The keys of everything on a page that can have words. */
export function wordKeys({ models, operations }: Facts): ReadonlySet<string> {
  return new Set([
    keys.page,
    ...operations.flatMap(({ request, parameters, responses }) => [
      keys.operation(request),
      ...parameters.map(({ name }) => keys.parameter(request, name)),
      ...responses.map(({ status }) => keys.response(request, status)),
    ]),
    ...models.flatMap(({ fields, name: model }) => [
      keys.model(model),
      ...fields.map(({ name }) => keys.field(model, name)),
    ]),
    keys.end,
  ]);
}
