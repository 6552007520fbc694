import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expectNone } from "./expect-none.js";

/** A program that shows one operation. */
export interface Sample {
  operationId: string;
  language: "ts" | "sh";
  /** What it stands in, for messages. */
  place: string;
  source: string;
}

const folder = "openapi/samples";

/**
 * Puts the files of openapi/samples/, if there are any, in place of the samples that are made: `<operationId>.ts` for
 * the client, `<operationId>.sh` for curl.
 *
 * @throws {CliError} naming each file that is a sample of nothing
 */
export async function withOwnSamples(root: string, made: readonly Sample[]): Promise<Sample[]> {
  const files = await readdir(join(root, folder)).catch(
    (error: NodeJS.ErrnoException): string[] => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  const fileOf = ({ operationId, language }: Sample) => `${operationId}.${language}`;
  const names = made.map(fileOf);
  expectNone(
    files
      .filter((file) => !names.includes(file))
      .sort()
      .map((file) => `${folder}/${file} is a sample of no operation of the document.`),
  );
  return Promise.all(
    made.map(async (sample) => {
      if (!files.includes(fileOf(sample))) return sample;
      const place = `${folder}/${fileOf(sample)}`;
      return { ...sample, place, source: await readFile(join(root, place), "utf8") };
    }),
  );
}
