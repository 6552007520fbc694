import type { Encoder, EncoderOptions } from "./encoder.js";
import { valueAt } from "./fields.js";

const lineEnd = "\r\n";

/** CSV by RFC 4180, with the names of the columns in the first line. */
export function csvEncoder({ isSpreadsheet, selection }: EncoderOptions): Encoder {
  const { columns } = selection;
  const readers = columns.map(({ path }) => readerOf(path));
  // A line of one empty cell would be an empty line, which most readers skip.
  const empty = columns.length === 1 ? '""' : "";
  const cell = (value: unknown): string => {
    if (typeof value === "string") return quoted(isSpreadsheet ? asText(value) : value) || empty;
    if (value === undefined || value === null) return empty;
    return typeof value === "object" ? quoted(JSON.stringify(value)) : String(value);
  };
  const line = (row: unknown): string => {
    let text = "";
    for (let index = 0; index < readers.length; index += 1) {
      const value = cell(readers[index]?.(row));
      text += index === 0 ? value : `,${value}`;
    }
    return text + lineEnd;
  };
  return {
    begin: () =>
      (isSpreadsheet ? "\ufeff" : "") + columns.map(({ name }) => cell(name)).join(",") + lineEnd,
    rows(rows) {
      let text = "";
      for (const row of rows) text += line(row);
      return text;
    },
    end: () => "",
  };
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Escapes cells that a spreadsheet would run as a formula: https://owasp.org/www-community/attacks/CSV_Injection */
function asText(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** Reads the field of a row, or of an object in it, without a loop. */
function readerOf(path: readonly string[]): (row: unknown) => unknown {
  const [name, inner] = path;
  const isInherited = path.some((key) => key in Object.prototype);
  if (isInherited || name === undefined || path.length > 2) return (row) => valueAt(row, path);
  if (inner === undefined) return (row) => fieldOf(row, name);
  return (row) => fieldOf(fieldOf(row, name), inner);
}

/** Strings and arrays are excluded: they have fields as well, such as `length`. */
function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return (value as Record<string, unknown>)[name];
}
