/** The sections of an operation, as the page names them. */
export const sectionNames = ["Parameters", "Request Body", "Responses"] as const;

const methods = "get|put|post|delete|options|head|patch";

/** `get /organizations/{organizationId}/customers`, also as `GET`, which is how a browser may show it. */
export function requestOf(text: string): string | undefined {
  const [, method, path] = new RegExp(`^(${methods})\\s+(/[\\w\\-.~:/{}]*)$`, "i").exec(text) ?? [];
  return method && path && `${method.toLowerCase()} ${path}`;
}

/** Whether a line is the name of one of an operation's sections. */
export function isSection(text: string): boolean {
  return (sectionNames as readonly string[]).includes(text);
}

/** `200: OK response.Customer`, well-formed or not. */
export function startsResponse(text: string): boolean {
  return /^\d{3}:/.test(text);
}

/** Whether a line begins the JSON of an example. */
export function startsJson(text: string): boolean {
  return /^[[{]/.test(text);
}

const values = String.raw`"[^"]*"(?:,\s*"[^"]*")*`;

/** `"created", "updated"`: the values of the row above it. A pipe can end the cell that they are in. */
export function valuesOf(text: string): string[] | undefined {
  if (!new RegExp(`^${values}(?:\\s*\\|)?$`).test(text)) return undefined;
  return [...text.matchAll(/"([^"]*)"/g)].map(([, value = ""]) => value);
}

/** The words of a cell, and the list of values that it ends in, if it does. */
export function partValues(cell: string): { words: string; list?: string } {
  const [, words = "", list] = new RegExp(`^(.*?)(?:(?<=^|\\s)(${values}))?$`).exec(cell) ?? [];
  return { words: words.trim(), ...(list === undefined ? {} : { list }) };
}

/** Whether a line can only be from an example or a list of values: it is no sentence and no title. */
export function isData(text: string): boolean {
  return /^[{}[\]]|^"[^"]*"\s*:/.test(text) || valuesOf(text) !== undefined;
}

/** The text that begins the vendor's list of what is on the page: what follows is no part of it. */
export function startsNavigation(text: string): boolean {
  return text === "In this article";
}

export function startsBeta(text: string): boolean {
  return /^BETA\b/.test(text);
}

/** Whether a line can be an operation's title: a label, not a sentence. */
export function isTitle(text: string): boolean {
  return !/[.!?:;,]$/.test(text) && text.length <= 80;
}

/** Whether a line can be the name of a model. */
export function isModelName(text: string): boolean {
  return /^[A-Za-z]\w*$/.test(text);
}

/** A line that is not blank. */
export interface Line {
  readonly number: number;
  readonly text: string;
  /** Whether a blank line, or the start of the text, is before it. */
  readonly afterGap: boolean;
}

const section = `(${sectionNames.join("|")}|Models)`;
const startsSection = new RegExp(`^${section}$`);

/** `get /organizations/{organizationId}/customer-listsParameters` */
const blockAndSection = new RegExp(`^(.*\\S)${section}$`);

/**
 * The lines of a text, whatever ends them. Blocks that a rendition has run together are parted again. Tabs stay as
 * they are: they part the cells of a row, of which the first or the last can be empty.
 */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let afterGap = true;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.replaceAll("\u00A0", " ").replaceAll(/^ +| +$/g, "");
    if (line.trim() === "") {
      afterGap = true;
      continue;
    }
    lines.push({ number: index + 1, text: line, afterGap });
    afterGap = false;
  }
  return lines.flatMap((line, index) => partSection(line, lines[index + 1]));
}

/** Parts a section's name from a request, or from a row that a pipe ends. */
function partSection(line: Line, next: Line | undefined): Line[] {
  const [, before = "", name = ""] = blockAndSection.exec(line.text) ?? [];
  const isRow = before.endsWith("|");
  // A path can end in the word "Parameters" itself: then the next line is the section's name.
  const isRequest = requestOf(before) !== undefined && !startsSection.test(next?.text ?? "");
  if (!isRow && !isRequest) return [line];
  return [
    { ...line, text: before },
    { ...line, text: name, afterGap: false },
  ];
}

/** A place in a list of lines. */
export interface Cursor {
  peek(): Line | undefined;
  next(): Line | undefined;
  /** Takes lines as long as they fit. */
  takeWhile(fits: (line: Line) => boolean): Line[];
  /** Puts what is left of a line back before the next. */
  putBack(line: Line): void;
}

export function createCursor(lines: readonly Line[]): Cursor {
  const left = [...lines].reverse();
  const peek = () => left.at(-1);
  return {
    peek,
    next: () => left.pop(),
    takeWhile(fits) {
      const taken: Line[] = [];
      for (let line = peek(); line && fits(line); line = peek()) {
        taken.push(line);
        left.pop();
      }
      return taken;
    },
    putBack: (line) => left.push(line),
  };
}

/** Why a page cannot be read, and at which line. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/**
 * Notes a problem at a line. `unread` is the key of what the line may be about, or the beginning of such keys. Without it, the line
 * can be about anything on the page.
 */
export type Complain = (line: Line | Problem, message: string, unread?: string) => void;

/** A text as it is shown in a message: in quotes, and cut if it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 70 ? `${text.slice(0, 67)}…` : text);
}
