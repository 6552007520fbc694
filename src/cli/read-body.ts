import { readFile } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { CliError } from "./cli-error.js";

/**
 * Reads the JSON of `--body`: the option's own text, a file, or standard input.
 *
 * @throws {CliError} whose message quotes nothing: a body is customer data.
 */
export async function readBody(
  given: string,
  stdin: Readable,
  signal: AbortSignal,
): Promise<unknown> {
  if (given === "-") {
    const json = await text(addAbortSignal(signal, stdin)).catch((error) => {
      signal.throwIfAborted();
      throw error;
    });
    return parse(json, "Standard input");
  }
  // JSON begins with one of these, or is a word that is not used as a file name.
  if (/^\s*([[{"]|-?\d|(true|false|null)\s*$)/.test(given)) return parse(given, "--body");
  const content = await readFile(given, "utf8").catch((cause) => {
    throw new CliError(`--body is neither JSON nor a file that can be read (${cause.code}).`);
  });
  return parse(content, "The file of --body");
}

function parse(json: string, source: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new CliError(`${source} is not valid JSON.`);
  }
}
