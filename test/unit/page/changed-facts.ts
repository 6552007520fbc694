import type { Facts } from "../../../scripts/page/facts.js";
import { facts } from "./this-page.js";

/**
 * A change of the facts of a page: its place, such as `models/Customer/fields/gender/type`, and the new value. Without a value,
 * the place is taken away; `"reversed"` turns a list around. `get` and `list` are the first two operations; `+` is a new item.
 */
export type Change = readonly [place: string, value?: unknown];

// biome-ignore lint/suspicious/noExplicitAny: each change knows its way among the facts
type Part = any;

/** The facts of the page after changes. */
export function changed(...changes: readonly Change[]): Facts {
  const result: Part = structuredClone(facts);
  for (const [place, value] of changes) {
    const path = place
      .replace(/^get\b/, "operations/0")
      .replace(/^list\b/, "operations/1")
      .split("/");
    const last = path.pop() ?? "";
    const holder = path.reduce((node: Part, key) => node[keyIn(node, key)], result);
    const key = keyIn(holder, last);
    if (value === "reversed") holder[key].reverse();
    else if (value !== undefined) holder[key] = value;
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }
  return result;
}

/** An item of a list goes by its name, its status, or its place. */
function keyIn(node: Part, key: string): string | number {
  if (!Array.isArray(node)) return key;
  if (key === "+") return node.length;
  const index = node.findIndex((one: Part) => one.name === key || one.status === key);
  return index < 0 ? Number(key) : index;
}
