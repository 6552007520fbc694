import { readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { expectNone } from "./check-failed.js";

/** A program that shows one operation. What the page shows is this file, as it is. */
export interface Sample {
  operationId: string;
  language: "ts" | "sh";
  /** Its path, for messages. */
  file: string;
  source: string;
}

const languages = ["ts", "sh"] as const;

/**
 * Reads the samples of a folder: `<operationId>.ts` for the client and `<operationId>.sh` for curl.
 *
 * @throws CheckFailed naming each file that is missing, or that is a sample of nothing.
 */
export async function readSamples(
  folder: string,
  operationIds: readonly string[],
): Promise<Sample[]> {
  const names = (await readdir(folder)).sort();
  const wanted = operationIds.flatMap((id) => languages.map((language) => `${id}.${language}`));
  const missing = wanted.filter((name) => !names.includes(name));
  const strays = names.filter((name) => !wanted.includes(name));
  expectNone([
    ...missing.map((name) => `${join(folder, name)} is missing: each operation has a sample.`),
    ...strays.map((name) => `${join(folder, name)} is a sample of no operation of the document.`),
  ]);
  return Promise.all(
    wanted.map(async (name) => {
      const { name: operationId, ext } = parse(name);
      const language = ext === ".ts" ? "ts" : "sh";
      const file = join(folder, name);
      return { operationId, language, file, source: await readFile(file, "utf8") };
    }),
  );
}
