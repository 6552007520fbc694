import type { Cursor } from "./cursor.js";
import { isSection, valuesOf } from "./line-forms.js";
import type { Line } from "./lines.js";
import { type Complain, quote } from "./problem.js";
import { hasCells, headerOf, isSeparator, type Rendition, type TableKind } from "./table.js";

/** The rows of a table, which are still to be read. */
export interface Table {
  readonly rendition: Rendition;
  readonly rows: readonly Line[];
  /** Set if its columns are not known: its rows can mean something else. */
  readonly isUnread?: boolean;
}

/** Reads a table whose header is due here, `owner` being what it belongs to. */
export function readTable(owner: Line, kind: TableKind, cursor: Cursor, complain: Complain): Table {
  const line = cursor.peek();
  const header = line && headerOf(line.text);
  if (!line || !header) {
    complain(owner, `The table of ${quote(owner.text)} does not begin with Name and Type.`);
    return { rendition: "glued", rows: [] };
  }
  cursor.next();
  if (header.kind !== kind) {
    complain(line, `The table of ${quote(owner.text)} has columns that are not known.`);
  }
  const { rendition } = header;
  if (rendition === "pipes") {
    if (isSeparator(cursor.peek()?.text ?? "")) cursor.next();
    else complain(line, "The row of dashes is missing below this line.");
  }
  const rows = cursor.takeWhile((row) => isRow(row, rendition));
  if (rows.length === 0) complain(line, `The table of ${quote(owner.text)} has no rows.`);
  return { rendition, rows, isUnread: header.kind !== kind };
}

/** Nothing marks a glued row, so the first blank line or section ends the table. */
function isRow({ text, afterGap }: Line, rendition: Rendition): boolean {
  if (rendition !== "glued") return hasCells(rendition, text) || valuesOf(text) !== undefined;
  return !afterGap && !isSection(text);
}
