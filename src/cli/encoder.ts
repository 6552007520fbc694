import { csvEncoder } from "./csv.js";
import type { Selection } from "./fields.js";
import type { Format } from "./flags.js";

/** Turns rows into text. */
export interface Encoder {
  begin(): string;
  /** @param index - how many rows came before */
  rows(rows: readonly unknown[], index: number): string;
  /** @param hasMore - whether there are rows that a limit left out */
  end(count: number, hasMore: boolean): string;
}

export interface EncoderOptions {
  readonly selection: Selection;
  readonly isSpreadsheet: boolean;
  /** The width of a terminal; none cuts nothing. */
  readonly width: number | undefined;
  readonly isTerminal: boolean;
  readonly isColored: boolean;
}

/** `table.ts` is loaded where it is needed: it brings a dependency. */
export async function createEncoder(format: Format, options: EncoderOptions): Promise<Encoder> {
  const { isTerminal, selection } = options;
  if (format === "csv") return csvEncoder(options);
  if (format === "table") return (await import("./table.js")).tableEncoder(options);
  const json = (row: unknown) => {
    const text = JSON.stringify(selection.pick(row));
    return isTerminal ? withoutControls(text) : text;
  };
  if (format === "ndjson") {
    return {
      begin: () => "",
      rows: (rows) => (rows.length > 0 ? `${rows.map(json).join("\n")}\n` : ""),
      end: () => "",
    };
  }
  return {
    begin: () => "[",
    rows: (rows, index) =>
      rows.map((row, at) => `${index + at > 0 ? "," : ""}\n${json(row)}`).join(""),
    end: (count) => (count > 0 ? "\n]\n" : "]\n"),
  };
}

/** One value as JSON: indented on a terminal, else on one line. */
export function encodeOne(value: unknown, { isTerminal, selection }: EncoderOptions): string {
  const picked = selection.pick(value);
  if (!isTerminal) return `${JSON.stringify(picked)}\n`;
  return `${withoutControls(JSON.stringify(picked, null, 2))}\n`;
}

/** JSON escapes most control characters, and not those that some terminals obey as well. */
function withoutControls(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
