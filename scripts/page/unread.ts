import type { KeyedDifference } from "./comparison.js";
import type { PageResult } from "./read-page.js";

/**
 * Leaves out the differences that may come from lines which could not be read: those on such a line, and what the page seems not
 * to have, but may have there. `unread` are keys of things, or beginnings of keys; an empty one is of everything.
 */
export function withoutUnread(
  differences: readonly KeyedDifference[],
  { problems = [], unread = [] }: PageResult,
): KeyedDifference[] {
  if (problems.length === 0) return [...differences];
  const lines = new Set(problems.map(({ line }) => line));
  const isUnread = (key: string) =>
    unread.some((one) => one === "" || key === one || key.startsWith(`${one.trimEnd()} `));
  return differences.filter(({ key, kind, line, page }) => {
    if (kind === "beyond") return true;
    // The last table without its header reads as text; the problem is then where its model is used.
    if (kind === "model" && page === null) return false;
    return page === null ? !isUnread(key) : line === null || !lines.has(line);
  });
}
