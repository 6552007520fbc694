import type { SortedArguments } from "./arguments.js";
import { checksum } from "./checksum.js";

/**
 * Returns an opaque string for the URL of a page, such as `1x0k2f0 https://api.loke.global/…`. A checksum over the list
 * and the URL comes first, so that a cursor that is damaged or belongs to another list is recognised.
 *
 * @param list - the list call, as `listKey` returns it
 * @param href - `""` stands for the beginning of the list
 */
export function encodeCursor(list: string, href: string): string {
  return `${checksum(list + href)} ${href}`;
}

/** Whether a value looks like a cursor, such as one that is passed as an argument. */
export function isCursor(value: unknown): boolean {
  return typeof value === "string" && /^[\da-z]{1,7} (https?:\/\/|$)/.test(value);
}

/** Returns the error for a cursor that is refused. Its `code` tells a program to begin the list again. */
export function cursorError(message: string): TypeError {
  return Object.assign(new TypeError(message), { code: "invalid-cursor" });
}

/**
 * Returns the URL of a cursor.
 *
 * @param list - the list call, as `listKey` returns it; it begins with the operation's ID
 * @throws {TypeError} if the cursor is damaged or belongs to another list.
 */
export function decodeCursor(list: string, cursor: string): string {
  const href = cursor.slice(cursor.indexOf(" ") + 1);
  if (cursor === encodeCursor(list, href)) return href;
  const [operation] = JSON.parse(list);
  throw cursorError(
    `${operation}: "from" is damaged or belongs to another list: the arguments must be the same.`,
  );
}

/** Identifies a list call by its operation and arguments. */
export function listKey(id: string, { path, query }: SortedArguments): string {
  // As in the URL: a number that was stored comes back as a text.
  const entries = Object.entries({ ...path, ...query }).map(([name, value]) => {
    return [name, Array.isArray(value) ? value.map(String) : String(value)];
  });
  return JSON.stringify([id, entries.sort()]);
}
