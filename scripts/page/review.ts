import { isDeepStrictEqual } from "node:util";
import { beyondThePage, type Reviewed } from "./beyond-the-page.js";
import { pointerOf } from "./document-source.js";
import type { Part } from "./part.js";

const matchers = beyondThePage.map(matcher);

/**
 * What the document says beyond the page that nothing explains. An `x-source` explains everything below it where the
 * page has nothing, as in a server. Beside something that the page has, such as the type of a field, it explains the
 * one thing beside it, or, of several, those that it names: the source of a format is not that of a pattern.
 */
export function unexplained(root: Part, beyond: readonly Part[]): Part[] {
  const open = beyond.filter((part) => !matchers.some((fits) => fits(part)));
  const isBeyond = new Set(beyond.map(({ path }) => pointerOf(path)));
  const isAllBeyond = (part: Part): boolean => {
    const parts = part.entries();
    if (parts.length === 0) return isBeyond.has(pointerOf(part.path));
    return parts.every(([, inner]) => isAllBeyond(inner));
  };
  const isExplained = ({ path }: Part): boolean => {
    const holders = path.map((_, length) => root.at(...path.slice(0, length)));
    const sourced = holders.filter((holder) => sourceOf(holder) !== undefined);
    if (sourced.some(isAllBeyond)) return true;
    const [holder, key = ""] = [holders.at(-1), path.at(-1)];
    const source = holder && sourceOf(holder);
    if (source === undefined) return false;
    const beside = open.filter(
      (other) => pointerOf(other.path.slice(0, -1)) === pointerOf(path.slice(0, -1)),
    );
    return beside.length === 1 || source.split(/\W+/).includes(key);
  };
  return open.filter((part) => !isExplained(part));
}

/** The `x-source` of a part, unless it is blank. */
function sourceOf(part: Part): string | undefined {
  const { value } = part.at("x-source");
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function matcher(reviewed: Reviewed): (part: Part) => boolean {
  const pattern = new RegExp(
    `^#${reviewed.at
      .replaceAll(/[.+?^$()[\]\\{}|]/g, "\\$&")
      .replaceAll("/**", "(?:/[^/]+)*")
      .replaceAll("/*", "/[^/]+")}$`,
  );
  return ({ path, value }) => {
    if (!pattern.test(pointerOf(path))) return false;
    return "is" in reviewed
      ? isDeepStrictEqual(value, reviewed.is)
      : typeof value === "string" && value.trim() !== "";
  };
}
