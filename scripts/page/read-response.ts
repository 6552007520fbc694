import { parseDocument } from "yaml";
import { type Cursor, isSection, type Problem, requestOf, startsResponse } from "./read-lines.js";
import { isType, primitives } from "./read-row.js";

interface ResponseLine {
  readonly status: string;
  /** The server's name of the error. */
  readonly code?: string;
  readonly words: string;
  /** The model of the body, whether or not the page has a table for it. */
  readonly type?: string;
}

/** `200: OK response.Customer[]`, `404: Not Found response.`, `404: not_found: Not Found response.` */
const withWord = /^(\d{3}): (?:([a-z]\w*): )?([^:]*?) response\.(\S*)$/;

/** The same without the word "response": `404: not_found: Customer not found.` */
const withoutWord = /^(\d{3}): (?:([a-z]\w*): )?([^:]+)$/;

/** `OK. Customer[]`, `OK.Customer`: words, and what can be a type after their full stop. */
const wordsAndType = /^(.*\.) ?(\S*[^\s.])$/;

/**
 * Reads a line of a response. Without the word "response", nothing marks where its words end, so the line must read in
 * one way only; undefined if it reads in none, or in more than one.
 */
export function readResponseLine(
  text: string,
  models: ReadonlySet<string>,
): ResponseLine | undefined {
  const marked = withWord.exec(text);
  if (marked) return toLine(marked[1], marked[2], marked[3], marked[4]);
  const [, status, code, rest = ""] = withoutWord.exec(text) ?? [];
  // A word in lower case before a colon can begin a sentence: `note: not for you.`
  const isCodeOrWord = code !== undefined && !code.includes("_") && !/^[A-Z]/.test(rest);
  // One word alone can be the code of an error that has no words.
  const isLoneWord = code === undefined && /^[a-z]\w*\.?$/.test(rest);
  if (isCodeOrWord || isLoneWord || /\bresponse\.?$/i.test(rest)) return undefined;
  const [, words, type] = wordsAndType.exec(rest) ?? [];
  if (words !== undefined && type !== undefined) {
    return isType(type, models) || /\w(\[\])+$/.test(type)
      ? toLine(status, code, words, type)
      : undefined;
  }
  // Without a full stop, the last word can be a model that the words have run into.
  const isWhole =
    rest.endsWith(".") ||
    ![...primitives, ...models].some((one) => /\]$/.test(rest) || rest.endsWith(one));
  return isWhole ? toLine(status, code, rest) : undefined;
}

function toLine(
  status?: string,
  code?: string,
  words?: string,
  type?: string,
): ResponseLine | undefined {
  if (!status || !words) return undefined;
  return { status, ...(code ? { code } : {}), words, ...(type ? { type } : {}) };
}

/** An example of the page, and the line it begins on. */
export interface Example {
  readonly line: number;
  readonly value: unknown;
}

/** Reads the JSON that begins at the cursor's line; what follows it on its last line is put back. */
export function readJson(cursor: Cursor): Example | Problem {
  const line = cursor.peek()?.number ?? 0;
  const scan = createScan();
  let text = "";
  while (true) {
    const next = cursor.peek();
    if (next === undefined || endsJson(next.text)) {
      return { line, message: "The JSON that begins here does not end." };
    }
    cursor.next();
    const end = scan(next.text);
    text += `${next.text.slice(0, end)}\n`;
    if (end === undefined) continue;
    const rest = next.text.slice(end).trim();
    if (rest !== "") cursor.putBack({ ...next, text: rest, afterGap: false });
    return parse(text, line);
  }
}

/** What can stand in no JSON: without it, an example that is not closed would swallow the rest of the page. */
function endsJson(text: string): boolean {
  return isSection(text) || startsResponse(text) || requestOf(text) !== undefined;
}

/** Follows JSON line by line; gives the place after its last bracket, once that is found. */
function createScan(): (text: string) => number | undefined {
  let depth = 0;
  return (text) => {
    // Strings are skipped as a whole: their brackets count for nothing. None goes on to the next line.
    for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
      if (/^[[{]$/.test(token)) depth++;
      if (/^[\]}]$/.test(token) && --depth === 0) return index + 1;
    }
    return undefined;
  };
}

function parse(text: string, line: number): Example | Problem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      line,
      message: `The JSON that begins here does not parse: ${(error as Error).message}`,
    };
  }
  // JSON.parse takes the last of two fields with one name, and says nothing.
  if (text.match(/"(?:[^"\\]|\\.)*"\s*:/g)?.length === fieldCount(value)) return { line, value };
  const [twice] = parseDocument(text, { schema: "json" }).errors.filter(
    ({ code }) => code === "DUPLICATE_KEY",
  );
  const at = line + text.slice(0, twice?.pos[0]).split("\n").length - 1;
  return { line: twice ? at : line, message: "The JSON has a field twice." };
}

/** How many fields the objects of an example have; undefined if there are none, as of a match. */
function fieldCount(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  const inner = Object.values(value).map((one) => fieldCount(one) ?? 0);
  return inner.reduce((sum, count) => sum + count, own) || undefined;
}
