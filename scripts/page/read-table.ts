import type { FieldFacts, ParameterFacts } from "./facts.js";
import { type Complain, type Cursor, isSection, type Line, quote, valuesOf } from "./read-lines.js";
import type { Reader } from "./read-page.js";
import { isText, type Row, readRow } from "./read-row.js";

/** How the cells of a table's rows are told apart. */
export type Rendition = "glued" | "pipes" | "tabs";

/** The columns of the two kinds of table that the page has. */
const columns = {
  parameters: ["Name", "Type", "In", "Description"],
  fields: ["Name", "Type", "Description"],
} as const;

export type TableKind = keyof typeof columns;

interface Header {
  readonly rendition: Rendition;
  /** Absent when the columns are not those of a table that is known. */
  readonly kind?: TableKind;
}

/** Reads the first row of a table; undefined if the line is none. */
export function headerOf(text: string): Header | undefined {
  const rendition = renditionOf(text);
  const cells = rendition === "glued" ? [text] : cellsOf(rendition, text);
  const title = cells.join("");
  if (!(rendition === "glued" ? /^NameType[A-Z]/.test(title) : /^Name,Type\b/.test(`${cells}`))) {
    return undefined;
  }
  const kind = (["parameters", "fields"] as const).find((one) => columns[one].join("") === title);
  return { rendition, ...(kind === undefined ? {} : { kind }) };
}

function renditionOf(text: string): Rendition {
  if (text.includes("\t")) return "tabs";
  return text.includes("|") ? "pipes" : "glued";
}

/** `---|---|---|---|` */
function isSeparator(text: string): boolean {
  return /^[|:\s-]*---[|:\s-]*$/.test(text);
}

/** Whether a line has cells of a rendition that marks them. */
function hasCells(rendition: "pipes" | "tabs", text: string): boolean {
  return text.includes(rendition === "tabs" ? "\t" : "|");
}

/** The cells of a row. A pipe may begin and end it; one that is part of a cell is written `\|`. */
export function cellsOf(rendition: "pipes" | "tabs", text: string): string[] {
  const cells =
    rendition === "tabs"
      ? text.split("\t")
      : text
          .replace(/^\|/, "")
          .replace(/(?<!\\)\|$/, "")
          .split(/(?<!\\)\|/)
          .map((cell) => cell.replaceAll("\\|", "|"));
  return cells.map((cell) => cell.trim());
}

export function columnsOf(kind: TableKind): readonly string[] {
  return columns[kind];
}

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

export function readRows(
  { rendition, rows, isUnread }: Table,
  kind: TableKind,
  reader: Reader,
  keyOf: (name: string) => string,
): Row[] {
  const read: Row[] = [];
  // Of a row that cannot be read nobody knows whether it takes values.
  let isAboveUnread = false;
  for (const line of rows) {
    const values = valuesOf(line.text);
    if (values) {
      const above = read.at(-1);
      if (isAboveUnread) continue;
      if (above && !above.values && isText(above.type)) read.splice(-1, 1, { ...above, values });
      else {
        const message = "These values belong to no row: none above it takes values.";
        reader.complain(line, message, keyOf(""));
        // It can be that the row above was not read as it is meant.
        read.pop();
        isAboveUnread = true;
      }
      continue;
    }
    const result = readRow(line.text, rendition, kind, reader.models);
    isAboveUnread = "problem" in result;
    if ("problem" in result) {
      reader.complain(line, `The row ${quote(line.text)} ${result.problem}.`, keyOf(""));
      continue;
    }
    const { name, description } = result.row;
    reader.note(keyOf(name), line, keyOf(""), `The row of ${name}`);
    reader.say(keyOf(name), [{ number: line.number, text: description }]);
    read.push(result.row);
  }
  if (isUnread) return [];
  return read.filter(({ name }) => !reader.isTwice(keyOf(name)));
}

export function toParameter({ name, type, in: place = "", values }: Row): ParameterFacts {
  return { name, type, in: place, ...(values ? { values } : {}) };
}

export function toField({ name, type, optional, values }: Row): FieldFacts {
  return { name, type, optional, ...(values ? { values } : {}) };
}
