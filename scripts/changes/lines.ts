import { type Change, type Pointers, pointersOf } from "./change.js";
import type { Edit, Side } from "./compare.js";
import type { Finding } from "./finding.js";
import { groupBy } from "./group-by.js";
import { levels } from "./level.js";
import type { Renames } from "./renames.js";
import { findingOf } from "./rules.js";
import { ownerOf } from "./subject.js";
import type { Usage } from "./usage.js";

/** What subjects are typed as, before and after. */
export interface Types {
  readonly old: ReadonlyMap<string, string>;
  readonly new: ReadonlyMap<string, string>;
}

/** Writes the lines of edits, a line for each change: all that one type is made of is one, and so is what many share. */
export function linesOf(
  edits: readonly Edit[],
  renames: Renames,
  types: Types,
  usage: Usage,
): Change[] {
  const findings = [
    ...[...renames.models].map(([name, old]) => modelRename(old, name)),
    ...edits.map((edit) => findingOf(edit, usage.directionOf)),
  ];
  const groups = groupBy<Finding>(findings, (one) => {
    if (one.isTyped) return one.subject;
    // Several words or examples of a thing are one line.
    return one.level === "docs" ? `docs ${one.subject}${one.detail}` : one;
  });
  const newNames = new Map(
    [...renames.models, ...renames.operations].map(([name, old]) => [old, name]),
  );
  const lines = groups.map((group) => {
    const [first] = group;
    return lineOf(group, first?.isTyped ? typedDetail(group, types, newNames) : first?.detail);
  });
  return folded(lines, usage);
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
}

function lineOf(group: readonly Finding[], detail = ""): Line {
  // Of what is gone, that it is gone says more than that it was required.
  const rank = ({ detail, level }: Finding) =>
    levels.indexOf(level) + (detail === " removed" ? 0 : 0.5);
  const [worst] = group.toSorted((a, b) => rank(a) - rank(b));
  if (!worst) throw new Error("A group of findings cannot be empty.");
  return { ...worst, detail, pointers: pointersOf(group) };
}

/** What happened to a type, in the words of TypeScript. */
function typedDetail(
  group: readonly Finding[],
  types: Types,
  newNames: ReadonlyMap<string, string>,
): string {
  const subject = group[0]?.subject ?? "";
  const owner = ownerOf(subject);
  const old = types.old.get(subject);
  const now = types.new.get((newNames.get(owner) ?? owner) + subject.slice(owner.length));
  const whole = group.find(({ detail }) => /^ (added|removed|renamed)/.test(detail));
  if (whole) {
    const isPart = subject !== owner;
    if (isPart && now !== undefined && old === undefined) return ` added: ${short(now)}`;
    if (isPart && old !== undefined && now === undefined) return ` removed, it was ${short(old)}`;
    if (old === undefined || now === undefined || !isPart) return whole.detail;
  }
  if (group.every(({ isEnumValue }) => isEnumValue)) return enumDetail(group);
  if (old !== undefined && now !== undefined && old !== now) return changed(old, now);
  return group.map(({ detail }) => detail).join(",");
}

/** ` lost "updated", gained "name"` */
function enumDetail(group: readonly Finding[]): string {
  const values = (side: "old" | "new") =>
    group.flatMap(({ [side]: one }) => (one ? [JSON.stringify(one.value)] : [])).join(", ");
  const [lost, gained] = [values("old"), values("new")];
  return [lost && ` lost ${lost}`, gained && ` gained ${gained}`].filter(Boolean).join(",");
}

function changed(old: string, now: string): string {
  const isLong = old.length > 60 && now.length > 60;
  if (isLong && now === `${old} | undefined`) return ": required → optional";
  if (isLong && old === `${now} | undefined`) return ": optional → required";
  return `: ${short(old)} → ${short(now)}`;
}

/** A type on a line beside others. */
function short(type: string): string {
  return type.length > 60 ? `${type.slice(0, 59)}…` : type;
}

/** One line for what is said of several subjects because they share a place in the document. */
function folded(lines: readonly Line[], usage: Usage): Change[] {
  const placeOf = ({ detail, level, new: now, old }: Line) =>
    JSON.stringify([detail, level, old?.pointer, now?.pointer]);
  return groupBy(lines, placeOf).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const subjects = [...new Set(group.map(({ subject }) => subject))];
    return {
      level: first.level,
      subjects,
      detail: first.detail,
      reason: first.reason,
      usedBy: [...new Set(subjects.flatMap((subject) => usage.usedBy(subject)))],
      compiler: [],
      isTyped: first.isTyped ?? false,
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
