/** Tables of a page of HTML, and lists of definitions in their place, as rows whose cells are parted by tabs. */
import { attributeOf, type Element, elementsIn, isElement, type Node } from "./html-tree.js";
import { valuesOf } from "./read-lines.js";
import { columnsOf, type TableKind } from "./read-table.js";

/** The lines of a cell's content. */
type LinesOf = (nodes: readonly Node[]) => string[];

/** The lines of a table of data. */
export function tableLines(table: Element, linesOf: LinesOf): string[] {
  return elementsIn(table, "tr").flatMap((row) => {
    const cells = row.childNodes.filter(isElement).flatMap((cell) => {
      const spanned = Number(attributeOf(cell, "colspan") ?? 1) - 1;
      return [linesOf(cell.childNodes), ...Array.from({ length: Math.min(spanned, 9) }, () => [])];
    });
    // Without a tab, a row would end the table for the reader, and the rows below it would be something else.
    return rowLines(cells.length === 1 ? [...cells, []] : cells);
  });
}

/** A row, and below it the values that stand in lines of their own in one of its cells. */
function rowLines(cells: readonly (readonly string[])[]): string[] {
  const lines = cells.map((lines) => lines.map((line) => ({ line, values: valuesIn(line) })));
  const row = lines.map((cell) =>
    cell.flatMap(({ line, values }) => (values ? [] : [line])).join(" "),
  );
  const values = lines.flat().flatMap(({ values = [] }) => values);
  const below = values.map((value) => `"${value}"`).join(", ");
  return [row.join("\t"), ...(below === "" ? [] : [below])];
}

/** The values in a line. In a list of values, a comma can end each. */
function valuesIn(line: string): string[] | undefined {
  return valuesOf(line.replace(/,$/, ""));
}

/**
 * The rows of a list of definitions. A term has the name, and can have the other cells before the description; what it
 * does not have stands in definitions of their own.
 */
export function definitionLines(list: Element, kind: TableKind, linesOf: LinesOf): string[] {
  const columns = columnsOf(kind);
  const rows = groupsOf(list).flatMap(({ term, definitions }) => {
    const cells = [...tokensOf(term, linesOf).map((token) => [token]), ...definitions.map(linesOf)];
    const before = cells.slice(0, columns.length - 1);
    const description = cells.slice(columns.length - 1).flat();
    return rowLines([...before, description]);
  });
  return [columns.join("\t"), ...rows];
}

interface Group {
  readonly term: Element;
  readonly definitions: (readonly Node[])[];
}

function groupsOf(list: Element): Group[] {
  const groups: Group[] = [];
  for (const element of elementsIn(list, "dt", "dd")) {
    if (element.tagName === "dt") groups.push({ term: element, definitions: [] });
    else groups.at(-1)?.definitions.push(element.childNodes);
  }
  return groups;
}

/** The words of a term. The elements in it are parted, but for the brackets of an array: `<a>Customer</a>[]`. */
function tokensOf({ childNodes }: Element, linesOf: LinesOf): string[] {
  const tokens: string[] = [];
  for (const node of childNodes) {
    const words = linesOf([node]).flatMap((line) => line.split(" "));
    for (const word of words.filter((one) => one !== "")) {
      const last = word.startsWith("[]") ? tokens.pop() : undefined;
      tokens.push((last ?? "") + word);
    }
  }
  return tokens;
}
