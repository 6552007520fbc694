import { csvEncoder } from "./csv.js";
import { escapeCharacter } from "./escape.js";
import type { Selection } from "./fields.js";
import type { Format } from "./flags.js";

/** Turns rows into text. */
export interface Encoder {
  begin(): string;
  /** @param index - how many rows precede these */
  rows(rows: readonly unknown[], index: number): string;
  /** @param hasMore - whether `--limit` left out further rows */
  end(count: number, hasMore: boolean): string;
}

export interface EncoderOptions {
  readonly selection: Selection;
  readonly isSpreadsheet: boolean;
  /** The width of a terminal. Without it, nothing is cut. */
  readonly width: number | undefined;
  readonly isTerminal: boolean;
  readonly isColored: boolean;
}

/** `table.ts` is loaded only when it is needed, since it has a dependency. */
export async function createEncoder(format: Format, options: EncoderOptions): Promise<Encoder> {
  const { isTerminal, selection } = options;
  if (format === "csv") return csvEncoder(options);
  if (format === "table") return (await import("./table.js")).tableEncoder(options);
  const lines = (rows: readonly unknown[]) => {
    const text = jsonLines(selection.isWhole ? rows : rows.map(selection.pick));
    return isTerminal ? withoutControls(text) : text;
  };
  if (format === "ndjson") {
    return {
      begin: () => "",
      rows: (rows) => (rows.length > 0 ? `${lines(rows).replaceAll(separator, "\n")}\n` : ""),
      end: () => "",
    };
  }
  return {
    begin: () => "[",
    rows: (rows, index) =>
      rows.length > 0 ? `${index > 0 ? "," : ""}\n${lines(rows).replaceAll(separator, ",\n")}` : "",
    end: (count) => (count > 0 ? "\n]\n" : "]\n"),
  };
}

/** A unique string between two rows. In JSON it is quoted, and no other string can contain unescaped quotes. */
const mark = crypto.randomUUID();
const separator = `,"${mark}",`;

/** Rows as JSON, with a separator between them. One call for all rows is twice as fast as one per row. */
function jsonLines(rows: readonly unknown[]): string {
  const marked: unknown[] = [];
  for (const row of rows) marked.push(row, mark);
  marked.pop();
  return JSON.stringify(marked).slice(1, -1);
}

/** One value as JSON: indented on a terminal, otherwise on one line. */
export function encodeOne(value: unknown, { isTerminal, selection }: EncoderOptions): string {
  const picked = selection.pick(value);
  if (!isTerminal) return `${JSON.stringify(picked)}\n`;
  return `${withoutControls(JSON.stringify(picked, null, 2))}\n`;
}

/** Escapes the control characters that JSON leaves and some terminals obey. */
function withoutControls(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    escapeCharacter,
  );
}
