import { isDeepStrictEqual } from "node:util";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { isWithin } from "../lib/pointer.js";
import type { Correspondence } from "./assignability.js";
import { type Change, levels, type Pointers, pointersOf } from "./change.js";
import type { ClientModel } from "./client-model.js";
import {
  compare,
  type Edit,
  onlyPairs,
  type Renames,
  type Side,
  underOldNames,
} from "./compare.js";
import { differing, type Finding, short } from "./finding.js";
import { findingOf } from "./rules.js";
import { type Direction, ownerOf, partAt, type Usage, wholesOf } from "./subject.js";
import { haveSameUrls, isSameUrl, type View } from "./view.js";

/** The two documents of a comparison, and how their parts correspond. */
export interface Comparison {
  readonly old: Pick<ClientModel, "parts" | "view">;
  readonly now: Pick<ClientModel, "parts" | "view">;
  readonly names: Pick<Correspondence, "newName">;
  readonly renames: Renames;
  readonly usage: Usage;
}

/** Writes a change for each thing that changed: all edits of one type are one, and so are those of a shared place. */
export function changesOf(edits: readonly Edit[], comparison: Comparison): Change[] {
  const { old, now, renames, usage } = comparison;
  const isOther = ({ new: to, old: from, path: [root, , key] }: Edit) =>
    root !== "operations" ||
    key !== "path" ||
    !isSameUrl([old.view.tree, from?.value], [now.view.tree, to?.value]);
  const isSameServer = haveSameUrls(old.view.tree, underOldNames(now.view.tree, renames));
  const findings = [
    ...[...renames.models].map(([name, old]) => modelRename(old, name)),
    ...edits.filter(isOther).map((edit) =>
      findingOf(edit, {
        directionOf: (model) => narrowed(usage.directionOf(model), edit, comparison),
        isSameServer,
      }),
    ),
  ];
  const groups = groupBy<Finding>(findings, (one) => {
    if (one.isTyped) return one.subject;
    // Several words or examples of a thing are one line.
    return one.level === "docs" ? `docs ${one.subject}${one.detail}` : one;
  });
  const lines = groups.map((group) => {
    const [{ detail, isTyped }] = group;
    return lineOf(group, isTyped ? typedDetail(group, comparison) : detail);
  });
  return folded(withRenamedParts(lines, comparison), usage);
}

/** The direction of a part of a model: one way if a field that leads to it is read only or write only. */
function narrowed(direction: Direction, { path }: Edit, { now, old }: Comparison): Direction {
  const nodes = [old.view.tree, now.view.tree].flatMap((tree) => nodesOnWay(tree, path));
  const isMarked = (key: string) => nodes.some((node) => node[key] === true);
  if (isMarked("readOnly")) return { isSent: false, isRead: true };
  return isMarked("writeOnly") ? { isSent: true, isRead: false } : direction;
}

function nodesOnWay(tree: JsonMap, path: readonly string[]): JsonMap[] {
  const nodes: JsonMap[] = [];
  let node: Json | undefined = tree;
  for (const key of path) {
    node = isMap(node) ? node[key] : undefined;
    if (isMap(node)) nodes.push(node);
  }
  return nodes;
}

function modelRename(old: string, name: string): Finding {
  return {
    subject: old,
    detail: ` renamed to ${name}`,
    level: "breaking",
    reason: "The package exports the type under another name.",
    isTyped: true,
    old: { value: old, pointer: `/components/schemas/${old}` },
    new: { value: name, pointer: `/components/schemas/${name}` },
  };
}

/** The worst of what happened to one thing, and where all of it is. */
interface Line extends Finding {
  readonly pointers: Pointers;
  readonly alsoAbout?: readonly string[];
}

function lineOf(group: Group<Finding>, detail: string): Line {
  // That a thing is gone matters more than that it was required.
  const rank = ({ detail, level }: Finding) => levels.indexOf(level) + (isWhole(detail) ? 0 : 0.5);
  const worst = group.reduce((one, other) => (rank(other) < rank(one) ? other : one));
  return { ...worst, detail, pointers: pointersOf(group) };
}

function isWhole(detail: string): boolean {
  return /^ (added|removed|renamed)/.test(detail);
}

/** Describes what happened to a type, in TypeScript. */
function typedDetail(group: Group<Finding>, { names, now, old }: Comparison): string {
  const [{ subject }] = group;
  const before = partAt(old, subject)?.text;
  const after = partAt(now, names.newName(subject))?.text;
  const whole = group.find(({ detail }) => isWhole(detail));
  if (whole) {
    const isPart = subject !== ownerOf(subject);
    if (isPart && after !== undefined && before === undefined) return ` added: ${short(after)}`;
    if (isPart && before !== undefined && after === undefined) {
      return ` removed, it was ${short(before)}`;
    }
    if (before === undefined || after === undefined || !isPart) return whole.detail;
  }
  if (group.every(({ isEnumValue }) => isEnumValue)) return enumDetail(group);
  if (before !== undefined && after !== undefined && before !== after) {
    return changed(before, after);
  }
  const [first = "", ...others] = group.map(({ detail }) => detail);
  return [first, ...others.map((detail) => detail.replace(/^:/, ""))].join(",");
}

/** ` lost "updated", gained "name"` */
function enumDetail(group: readonly Finding[]): string {
  const values = (side: "old" | "new") =>
    group.flatMap(({ [side]: one }) => (one ? [JSON.stringify(one.value)] : [])).join(", ");
  const [lost, gained] = [values("old"), values("new")];
  return [lost && ` lost ${lost}`, gained && ` gained ${gained}`].filter(Boolean).join(",");
}

function changed(old: string, now: string): string {
  const isLong = Math.max(old.length, now.length) > 60;
  if (isLong && now === `${old} | undefined`) return ": required → optional";
  if (isLong && old === `${now} | undefined`) return ": optional → required";
  return `: ${differing(old, now)} → ${differing(now, old)}`;
}

/** Makes one line of a part that is gone and one that is new with the same type and words. */
function withRenamedParts(lines: readonly Line[], { names, now, old }: Comparison): Line[] {
  const holderOf = ({ subject }: Line) => wholesOf(subject)[0];
  const isPart = ({ isTyped, subject }: Line) => isTyped && subject !== ownerOf(subject);
  const gone = lines.filter((line) => isPart(line) && line.old && / removed\b/.test(line.detail));
  const come = lines.filter((line) => isPart(line) && line.new && / added\b/.test(line.detail));
  const textOf = (line: Line) => old.parts.get(line.subject)?.text;
  const pairs = onlyPairs(gone, come, (a, b) => {
    const text = now.parts.get(names.newName(b.subject))?.text;
    return (
      holderOf(a) === holderOf(b) &&
      text !== undefined &&
      text === textOf(a) &&
      isDeepStrictEqual(withoutName(a.old?.value), withoutName(b.new?.value))
    );
  });
  const newNames = new Map(pairs.map(([from, to]) => [from, to]));
  const merged = new Set(pairs.map(([, to]) => to));
  return lines
    .filter((line) => !merged.has(line))
    .map((line) => {
      const to = newNames.get(line);
      if (!to) return line;
      const name = nameIn(to.subject, holderOf(to) ?? "");
      return {
        ...line,
        level: "breaking",
        detail: ` → ${name}: renamed?`,
        reason: "Code that uses the old name no longer compiles.",
        new: to.new,
        alsoAbout: [to.subject],
        pointers: {
          old: [...line.pointers.old, ...to.pointers.old],
          new: [...line.pointers.new, ...to.pointers.new],
        },
      };
    });
}

/** A field or parameter without its name, which is another. */
function withoutName(value: Json | undefined): unknown {
  if (!isMap(value)) return value;
  const { name: _, ...rest } = value;
  return typeof value.name === "string" ? rest : value;
}

/** The name of a part: `total` of `Order.total`, `limit` of `listOrders({ limit })`. */
function nameIn(subject: string, holder: string): string {
  const end = holder.replace(/ \}\)$/, "");
  return subject
    .slice(end.length)
    .replace(/ \}\)$/, "")
    .replace(/^(\.|\(\{ )/, "");
}

/** One line for what is said of several subjects because they share a place in the document. */
function folded(lines: readonly Line[], usage: Usage): Change[] {
  const placeOf = ({ detail, level, new: now, old }: Line) =>
    JSON.stringify([detail, level, old?.pointer, now?.pointer]);
  return groupBy(lines, placeOf).map((group) => {
    const [first] = group;
    const subjects = [...new Set(group.map(({ subject }) => subject))];
    return {
      level: first.level,
      subjects,
      detail: first.detail,
      reason: first.reason,
      usedBy: [...new Set(subjects.flatMap((subject) => usage.usedBy(subject)))],
      compiler: [],
      isTyped: first.isTyped ?? false,
      isCertain: first.isCertain ?? false,
      alsoAbout: group.flatMap(({ alsoAbout = [] }) => alsoAbout),
      // Subjects that share a place share it all.
      pointers: first.pointers,
      ...place("old", first.old),
      ...place("new", first.new),
    };
  });
}

function place(key: "old" | "new", side: Side | undefined) {
  return side ? { [key]: { pointer: side.pointer } } : {};
}

/**
 * Writes changes for what differs between the documents and not between their views: what nothing refers to, and what
 * means the same in another arrangement. With them, no change of a document is silent.
 */
export function unseenChanges(
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
  return groupBy(unseen, (edit) => partOf(edit).join("\n")).map(unseenChange);
}

/** What an edit is a change of. */
function partOf({ isOrder, path }: Edit): readonly string[] {
  return isOrder ? path : path.slice(0, -1);
}

/** Kinds of components that the view puts in the place of the references to them, and examples. */
const withoutEffect =
  /^\/components\/(schemas|parameters|responses|requestBodies|headers|pathItems|examples)(\/|$)/;

function unseenChange(edits: Group<Edit>): Change {
  const [first] = edits;
  const pointer = (first.new ?? first.old)?.pointer ?? "";
  const isUnknown = pointer.startsWith("/components/") && !withoutEffect.test(pointer);
  const keys = edits.flatMap(({ isOrder, path }) => (isOrder ? [] : path.slice(-1)));
  return {
    level: isUnknown ? "risky" : "docs",
    subjects: [partOf(first).join(" › ") || "document"],
    detail: keys.length > 0 ? `: ${keys.join(", ")} changed` : ": in another order",
    reason: isUnknown
      ? "Nothing is known of what it does to users."
      : "No operation uses it, or it means the same in another arrangement.",
    usedBy: [],
    compiler: [],
    isTyped: false,
    pointers: pointersOf(edits),
    old: first.old && { pointer: first.old.pointer },
    new: first.new && { pointer: first.new.pointer },
  };
}

type Group<Item> = [Item, ...Item[]];

/** `Map.groupBy`, which Node 20 does not have. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Group<Item>[] {
  const groups = new Map<unknown, Group<Item>>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
