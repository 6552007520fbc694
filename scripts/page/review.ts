import { isDeepStrictEqual } from "node:util";
import type { Reviewed } from "./beyond-the-page.js";
import { pointerOf } from "./document-source.js";
import type { Part } from "./part.js";

export interface Review {
  /** What the document says that is in no entry of the list. */
  readonly unknown: readonly Part[];
  /** The entries that nothing in the document fits any more. */
  readonly stale: readonly Reviewed[];
}

/** Holds what the document says beyond the page against the reviewed list. */
export function review(beyond: readonly Part[], list: readonly Reviewed[]): Review {
  const entries = list.map((reviewed) => ({ reviewed, fits: matcher(reviewed) }));
  const used = new Set<Reviewed>();
  const unknown = beyond.filter((part) => {
    const fitting = entries.filter(({ fits }) => fits(part));
    for (const { reviewed } of fitting) used.add(reviewed);
    return fitting.length === 0;
  });
  return { unknown, stale: list.filter((reviewed) => !used.has(reviewed)) };
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
