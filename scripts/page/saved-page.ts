import { createHash } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap } from "../lib/json.js";
import { hashes } from "./compare-words.js";
import type { Facts, Reading } from "./facts.js";
import { readIfPresent } from "./text-file.js";

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
export interface SavedFile {
  /** From the project's folder. */
  readonly name: string;
  readonly saved: SavedPage | undefined;
}

/** `openapi/page.json` is of one page. Once the document has the headings of two for tags, the other has a file beside it. */
export async function findSavedPage(
  root: string,
  { heading }: Facts,
  tags: readonly string[],
): Promise<SavedFile> {
  const first = await readSavedPage(join(root, mainName));
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
