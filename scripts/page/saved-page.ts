import { createHash } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { hashes } from "./compare-words.js";
import type { Facts, Reading } from "./facts.js";
import { readIfPresent } from "./text-file.js";

/** What `openapi/page.json` holds: the page that was last transcribed, without its sentences. */
export interface SavedPage extends Facts {
  readonly source: string;
  /** Of the text as it was saved. */
  readonly sha256: string;
  /** The day on which it was transcribed, UTC. */
  readonly date: string;
  /** By key, a hash of what the page says of each thing. */
  readonly words: Readonly<Record<string, string>>;
}

const source = "https://developers.loke.global/docs/api/customer";

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function toSavedPage(reading: Reading, bytes: Uint8Array, now: Date): SavedPage {
  return {
    source,
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

function isMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
