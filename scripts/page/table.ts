/** How the cells of a table's rows are told apart. */
export type Rendition = "glued" | "pipes" | "tabs";

/** The columns of the two kinds of table that the page has. */
const columns = {
  parameters: ["Name", "Type", "In", "Description"],
  fields: ["Name", "Type", "Description"],
} as const;

export type TableKind = keyof typeof columns;

export interface Header {
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
export function isSeparator(text: string): boolean {
  return /^[|:\s-]*---[|:\s-]*$/.test(text);
}

/** Whether a line has cells of a rendition that marks them. */
export function hasCells(rendition: "pipes" | "tabs", text: string): boolean {
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
