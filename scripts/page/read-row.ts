import { partValues, quote } from "./read-lines.js";
import { cellsOf, columnsOf, type Rendition, type TableKind } from "./read-table.js";

/** A row of either table, taken apart. */
export interface Row {
  readonly name: string;
  readonly type: string;
  /** Where a parameter goes. */
  readonly in?: string;
  readonly optional: boolean;
  readonly description: string;
  readonly values?: readonly string[];
}

/** A row, or why the line is none. */
type RowResult = { readonly row: Row } | { readonly problem: string };

export const primitives: readonly string[] = ["string", "integer", "number", "boolean", "object"];

const places = ["path", "query", "header", "cookie"] as const;
const namePattern = /^[A-Za-z_][\w-]*$/;

/** Whether a text is a type: a primitive, one of the models, or an array of a type. */
export function isType(text: string, models: ReadonlySet<string>): boolean {
  const element = text.replace(/(\[\])+$/, "");
  return primitives.includes(element) || models.has(element);
}

/** Reads a row of a table in any of the renditions, with the names of the page's models for types. */
export function readRow(
  text: string,
  rendition: Rendition,
  kind: TableKind,
  models: ReadonlySet<string>,
): RowResult {
  const result =
    rendition === "glued"
      ? readGlued(text, kind, models)
      : readCells(cellsOf(rendition, text), kind, models);
  return "row" in result ? readValues(result.row) : result;
}

function readCells(cells: string[], kind: TableKind, models: ReadonlySet<string>): RowResult {
  const { length } = columnsOf(kind);
  const needed = length - 1;
  while (cells.length > length && cells.at(-1) === "") cells.pop();
  if (cells.length < needed) {
    return { problem: `has ${cells.length} cells where ${needed} or ${length} are due` };
  }
  if (cells.length > length) {
    return {
      problem: `has ${cells.length} cells where ${length} are due; a pipe within a cell is written \\|`,
    };
  }
  const [name = "", typeCell = ""] = cells;
  const place = kind === "parameters" ? cells[2] : undefined;
  const description = cells[needed] ?? "";
  if (!namePattern.test(name)) return { problem: `names nothing: ${quote(name)} is no name` };
  const type = typeCell.replace(/\s*\(optional\)$/, "");
  if (!isType(type, models)) return { problem: unknownType(type) };
  if (place !== undefined && !isPlace(place)) {
    return { problem: `is in ${quote(place)}, which is none of ${places.join(", ")}` };
  }
  const marks = kind === "fields" ? [type !== typeCell, /^\(optional\)/.test(description)] : [];
  if (marks.every(Boolean) && marks.length > 0) return { problem: "is marked (optional) twice" };
  return {
    row: {
      name,
      type,
      ...(place === undefined ? {} : { in: place }),
      optional: marks.some(Boolean),
      description: marks[1] ? description.replace(/^\(optional\)\s*/, "") : description,
    },
  };
}

function isPlace(text: string): boolean {
  return (places as readonly string[]).includes(text);
}

/** Says which type is not known, and what that may come from. */
export function unknownType(type: string): string {
  return `has the type ${quote(type)}, for which there is no table under Models`;
}

/**
 * Nothing stands between the cells of a row: `organizationIdstringpathOrganization ID`. Every way to split it is
 * tried, and exactly one must fit.
 */
function readGlued(text: string, kind: TableKind, models: ReadonlySet<string>): RowResult {
  const types = [...primitives, ...models];
  const rows: Row[] = [];
  for (let start = 1; start < text.length; start++) {
    const name = text.slice(0, start);
    if (!namePattern.test(name)) break;
    for (const element of types) {
      if (!text.startsWith(element, start)) continue;
      const brackets = /^(\[\])*/.exec(text.slice(start + element.length))?.[0] ?? "";
      const type = element + brackets;
      const rest = text.slice(start + type.length);
      rows.push(
        ...(kind === "parameters" ? withPlace(name, type, rest) : withMark(name, type, rest)),
      );
    }
  }
  const [row, ...others] = rows;
  if (row === undefined) {
    const expected =
      kind === "parameters"
        ? `, then one of ${places.join(", ")}`
        : ', then "(optional)", a space before the words, or the end';
    return {
      problem: `reads in no way: a name was expected, then one of the types ${types.join(", ")}${expected}; a model is a type if it has a table`,
    };
  }
  if (others.length > 0) {
    const readings = rows.map((one) => [one.name, one.type, one.in].filter(Boolean).join(" "));
    return { problem: `reads in more than one way: as ${readings.join(", as ")}` };
  }
  return { row };
}

function withPlace(name: string, type: string, rest: string): Row[] {
  return places
    .filter((place) => rest.startsWith(place))
    .map((place) => ({
      name,
      type,
      in: place,
      optional: false,
      description: rest.slice(place.length).trim(),
    }));
}

/** A field's description begins with its mark or with a space: `idstring Unique ID`. */
function withMark(name: string, type: string, rest: string): Row[] {
  const [, mark, description] = /^(\(optional\))?(|\s.*)$/.exec(rest) ?? [];
  if (description === undefined) return [];
  return [{ name, type, optional: mark !== undefined, description: description.trim() }];
}

/**
 * The values of a row can end its description: `How to sort the list. "created", "updated"`. A sentence can end in
 * quotes as well, so they are values after a full sentence only, and words after a word that leads to an example.
 */
function readValues(row: Row): RowResult {
  const { words, list } = partValues(row.description);
  if (list === undefined || !isText(row.type) || /\b(e\.g\.|or|and|as|like|is|to)$/i.test(words)) {
    return { row };
  }
  if (words === "" || (/[.!?:]$/.test(words) && !/\bi\.e\.$/i.test(words))) {
    const values = [...list.matchAll(/"([^"]*)"/g)].map(([, value = ""]) => value);
    return { row: { ...row, description: words, values } };
  }
  return {
    problem:
      `reads in more than one way: ${list} can be its values or the end of a sentence; ` +
      "put a full stop before values, and one after a sentence",
  };
}

/** Whether a type can have values that are texts. */
export function isText(type: string): boolean {
  return /^string(\[\])*$/.test(type);
}
