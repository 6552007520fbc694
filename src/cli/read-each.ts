import { addAbortSignal, type Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { CliError } from "./cli-error.js";
import type { Argument } from "./commands.js";
import { checkValue } from "./parse-command-line.js";

/**
 * Reads the values of `--each` from standard input: one per line, or JSON objects with a field of the parameter's name or
 * `id`. Empty lines are skipped.
 *
 * @throws {CliError} naming the line, without its content.
 */
export async function readEach(
  argument: Argument,
  stdin: Readable,
  signal: AbortSignal,
): Promise<string[]> {
  const input = await text(addAbortSignal(signal, stdin)).catch((error) => {
    signal.throwIfAborted();
    throw error;
  });
  const values: string[] = [];
  for (const [index, line] of input
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    const trimmed = line.trim();
    if (trimmed === "") continue;
    const at = `Line ${index + 1} of standard input`;
    const value = trimmed.startsWith("{") ? fieldOf(trimmed, argument, at) : trimmed;
    if (value === trimmed && isCsv(trimmed, index, argument)) {
      throw new CliError(`${at} looks like CSV: give one ${argument.flag} a line, or NDJSON.`);
    }
    checkValue(argument, value);
    values.push(value);
  }
  if (values.length === 0)
    throw new CliError(`--each needs values on standard input, one ${argument.flag} a line.`);
  return values;
}

/** Whether a line is a CSV header or has several cells. Its text would be used as an ID. */
function isCsv(line: string, index: number, { name }: Argument): boolean {
  return /[,;\t"]/.test(line) || (index === 0 && [name, "id"].includes(line));
}

function fieldOf(line: string, { name }: Argument, at: string): string {
  let row: Record<string, unknown>;
  try {
    row = JSON.parse(line);
  } catch {
    throw new CliError(`${at} is not valid JSON.`);
  }
  const field = Object.hasOwn(row, name) ? name : "id";
  const value = Object.hasOwn(row, field) ? row[field] : undefined;
  if ((typeof value === "string" && value !== "") || typeof value === "number") return `${value}`;
  throw new CliError(`${at} has no ${name} and no id.`);
}
