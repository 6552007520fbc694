import { parse } from "yaml";
import { keysOf } from "../../../scripts/lib/pointer.js";
import type { Facts } from "../../../scripts/page/facts.js";
import { documentText, facts } from "./this-page.js";

/**
 * A change of the facts of a page, or of the document: its place, such as `models/Customer/fields/gender/type`, and the new
 * value. Without a value, the place is taken away; `"reversed"` turns a list around. `get` and `list` are the first two
 * operations; `+` is a new item.
 */
export type Change = readonly [place: string, value?: unknown];

// biome-ignore lint/suspicious/noExplicitAny: each change knows its way
type Part = any;

/** The facts of the page after changes. */
export function changed(...changes: readonly Change[]): Facts {
  return edited(structuredClone(facts), changes, { get: "operations/0", list: "operations/1" });
}

const customers = "paths/~1organizations~1{organizationId}~1customers";

/** The document after changes. */
export function changedDocument(...changes: readonly Change[]): Part {
  const operations = { get: `${customers}~1{customerId}/get`, list: `${customers}/get` };
  return edited(parse(documentText), changes, operations);
}

/** Changes as a text: `get/title "Read one" ; list -`. */
export function changesOf(text: string): Change[] {
  return text.split(" ; ").map((change): Change => {
    const [, place = "", value = ""] = /^(\S+) (.*)$/.exec(change) ?? [];
    return [place, value === "-" ? undefined : JSON.parse(value)];
  });
}

function edited(whole: Part, changes: readonly Change[], names: Record<string, string>): Part {
  for (const [place, value] of changes) {
    const path = keysOf(`/${place.replace(/^\w+/, (first) => names[first] ?? first)}`);
    const last = path.pop() ?? "";
    const holder = path.reduce((node: Part, key) => node[keyIn(node, key)], whole);
    const key = keyIn(holder, last);
    if (value === "reversed") holder[key].reverse();
    else if (value !== undefined) holder[key] = value;
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }
  return whole;
}

/** An item of a list goes by its name, its status, or its place. */
function keyIn(node: Part, key: string): string | number {
  if (!Array.isArray(node)) return key;
  if (key === "+") return node.length;
  const index = node.findIndex((one: Part) => one.name === key || one.status === key);
  return index < 0 ? Number(key) : index;
}
