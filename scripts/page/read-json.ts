import { parseDocument } from "yaml";
import type { Cursor } from "./cursor.js";
import { isSection, requestOf, startsResponse } from "./line-forms.js";
import type { Problem } from "./problem.js";

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
