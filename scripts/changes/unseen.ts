import { type Change, pointersOf } from "./change.js";
import { compare, type Edit } from "./compare.js";
import { groupBy } from "./group-by.js";
import type { Json } from "./json.js";
import { isWithin } from "./pointer.js";
import type { View } from "./view.js";

/**
 * Lines for what differs between the documents and not between their views: what nothing refers to, and what says the
 * same in another arrangement. With them, no change of a document is silent.
 */
export function unseenLines(
  edits: readonly Edit[],
  renamed: ReadonlyMap<string, string>,
  before: View,
  after: View,
): Change[] {
  const all = compare(before.document as Json, after.document as Json, { renamed });
  const schemas = "/components/schemas/";
  const names = { old: [...renamed.values()], new: [...renamed.keys()] };
  const isSeen = (edit: Edit, side: "old" | "new") => {
    const pointer = edit[side]?.pointer;
    const others = [
      ...edits.flatMap((one) => one[side]?.pointer ?? []),
      ...names[side].map((name) => schemas + name),
    ];
    return pointer !== undefined && others.some((other) => isWithin(pointer, other));
  };
  const unseen = all.filter((edit) => !isSeen(edit, "old") && !isSeen(edit, "new"));
  return groupBy(unseen, (edit) => partOf(edit).join("\n")).map(lineOf);
}

/** What an edit is a change of. */
function partOf({ isOrder, path }: Edit): readonly string[] {
  return isOrder ? path : path.slice(0, -1);
}

/** Kinds of components that the view puts in the place of the references to them, and examples. */
const withoutEffect =
  /^\/components\/(parameters|responses|requestBodies|headers|pathItems|examples)(\/|$)/;

function lineOf(edits: readonly Edit[]): Change {
  const [first] = edits;
  const pointer = (first?.new ?? first?.old)?.pointer ?? "";
  const isUnknown = pointer.startsWith("/components/") && !withoutEffect.test(pointer);
  const keys = edits.flatMap(({ isOrder, path }) => (isOrder ? [] : path.slice(-1)));
  return {
    level: isUnknown ? "risky" : "docs",
    subjects: [(first && partOf(first).join(" › ")) || "document"],
    detail: keys.length > 0 ? `: ${keys.join(", ")} changed` : ": in another order",
    reason: isUnknown
      ? "Nothing is known of what it does to users."
      : "No operation uses it, or it says the same in another arrangement.",
    usedBy: [],
    compiler: [],
    isTyped: false,
    pointers: pointersOf(edits),
    old: first?.old && { pointer: first.old.pointer },
    new: first?.new && { pointer: first.new.pointer },
  };
}
