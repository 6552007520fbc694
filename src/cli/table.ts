import type { Encoder, EncoderOptions } from "./encoder.js";
import { type Column, valueAt } from "./fields.js";
import { bold } from "./io.js";
import { escapeControls, fit, widthOf } from "./text-width.js";

const gap = "  ";
/** The widest cell on a terminal. */
const maxCell = 40;
/** A column that every row has is cut to this width rather than left out. */
const leastCell = 8;

interface Shown {
  readonly column: Column;
  readonly width: number;
  readonly isNumber: boolean;
  /** Whether no row has a value in it. */
  readonly isEmpty: boolean;
}

/**
 * A table for reading. The first rows decide the widths of the columns and, on a terminal, which columns fit. Columns that
 * every row has are preferred, and columns without a value are left out.
 */
export function tableEncoder({ isColored, selection, width }: EncoderOptions): Encoder {
  let shown: Shown[] | undefined;
  const line = (cells: readonly string[]) => cells.join(gap).trimEnd();

  function begin(rows: readonly unknown[]): string {
    shown = layOut(selection.columns, rows, width);
    return `${bold(line(shown.map(({ column, ...at }) => fit(column.name, at.width, at.isNumber))), isColored)}\n`;
  }

  return {
    begin: () => "",
    rows(rows) {
      if (rows.length === 0) return "";
      const head = shown ? "" : begin(rows);
      const cells = (row: unknown) =>
        (shown ?? []).map(({ column, isNumber, width: most }) => {
          const text = cellOf(row, column);
          // Without a width to fit into, nothing is cut.
          return width === undefined && widthOf(text) > most ? text : fit(text, most, isNumber);
        });
      return head + rows.map((row) => `${line(cells(row))}\n`).join("");
    },
    end(count, hasMore) {
      const hidden = selection.columns.length - (shown?.length ?? selection.columns.length);
      const rows = `${count.toLocaleString("en")} row${count === 1 ? "" : "s"}`;
      const more = hasMore ? ", and there are more (--limit)" : "";
      const columns =
        hidden > 0 ? `, ${hidden} more column${hidden === 1 ? "" : "s"} (--fields)` : "";
      return `${rows}${more}${columns}\n`;
    },
  };
}

function layOut(
  columns: readonly Column[],
  rows: readonly unknown[],
  width: number | undefined,
): Shown[] {
  const measured = columns.map((column): Shown => {
    const values = rows.map((row) => valueAt(row, column.path));
    const widths = rows.map((row) => widthOf(cellOf(row, column)));
    const widest = widths.reduce((most, one) => Math.max(most, one), widthOf(column.name));
    const isNumber =
      values.some((value) => typeof value === "number") &&
      values.every((value) => value === null || value === undefined || typeof value === "number");
    const isEmpty = values.every((value) => value === null || value === undefined);
    const most = width === undefined ? widest : Math.min(widest, maxCell);
    return { column, width: most, isNumber, isEmpty };
  });
  if (width === undefined) return measured;
  const chosen = new Map<Column, Shown>();
  let room = width + gap.length;
  const first = measured.filter(({ column }) => column.isRequired);
  for (const one of new Set([...first, ...measured.filter(({ isEmpty }) => !isEmpty)])) {
    const least =
      chosen.size === 0 ? 0 : one.column.isRequired ? Math.min(one.width, leastCell) : one.width;
    if (room - gap.length < least) continue;
    const shown = { ...one, width: Math.min(one.width, room - gap.length) };
    room -= shown.width + gap.length;
    chosen.set(one.column, shown);
  }
  return measured.flatMap(({ column }) => chosen.get(column) ?? []);
}

function cellOf(row: unknown, { path }: Column): string {
  const value = valueAt(row, path);
  if (value === undefined || value === null) return "";
  return escapeControls(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** Returns a table for one object, with a line for each field. */
export function tableOfOne(value: unknown, { isColored, selection }: EncoderOptions): string {
  const rows = selection.columns
    .map((column) => [escapeControls(column.name), cellOf(value, column)] as const)
    .filter(([, cell]) => cell !== "");
  const width = rows.reduce((most, [name]) => Math.max(most, widthOf(name)), 0);
  return rows
    .map(([name, cell]) => `${bold(fit(name, width, false), isColored)}${gap}${cell}\n`)
    .join("");
}
