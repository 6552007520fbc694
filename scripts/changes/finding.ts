import type { Level } from "./change.js";
import type { Edit, Side } from "./compare.js";
import { wordKeys } from "./view.js";

/** What a rule makes of one edit, before the compiler has been asked. */
export interface Finding extends Verdict {
  readonly subject: string;
  /** What happened to the subject, to be read after its name: ` removed`, `: format date → date-time`. */
  readonly detail: string;
  /** One value of an enum came or went. */
  readonly isEnumValue?: boolean;
  readonly old?: Side | undefined;
  readonly new?: Side | undefined;
}

export interface Verdict {
  readonly level: Level;
  /** Why this is its level, as a sentence. */
  readonly reason: string;
  /** Whether the edit can change a type: then it is described by its types, and compiler errors are looked for. */
  readonly isTyped?: boolean;
  /** Whether it breaks calls at run time, even if the compiler has nothing against them. */
  readonly isCertain?: boolean;
}

export function finding(edit: Edit, subject: string, detail: string, verdict: Verdict): Finding {
  return { subject, detail, old: edit.old, new: edit.new, ...verdict };
}

export const breaking = (reason: string): Verdict => ({ level: "breaking", reason });
export const risky = (reason: string): Verdict => ({ level: "risky", reason });
export const compatible = (reason: string): Verdict => ({ level: "compatible", reason });
export const docs = (reason: string): Verdict => ({ level: "docs", reason });

/** A verdict on an edit that can change a type. */
export function typed(verdict: Verdict): Verdict {
  return { ...verdict, isTyped: true };
}

export type Kind = "added" | "removed" | "changed" | "reordered";

export function kindOf(edit: Edit): Kind {
  if (edit.isOrder) return "reordered";
  if (!edit.old) return "added";
  return edit.new ? "changed" : "removed";
}

/** The verdict on a key that means the same everywhere, or on one that nobody knows. */
export function commonVerdict(key: string, edit: Edit): Verdict {
  if (wordKeys.has(key)) return docs("Words and examples are in no type and no request.");
  if (key !== "deprecated") return risky(`Nothing is known of what \`${key}\` does to users.`);
  return edit.new?.value === true
    ? compatible("It works as before; editors strike it through.")
    : docs("It is no longer marked as deprecated.");
}

/** `: format "date" → "date-time"`, `: description added`. */
export function describe(name: string, edit: Edit): string {
  const kind = kindOf(edit);
  if (kind === "reordered") return `: ${name} in another order`;
  const isWords = wordKeys.has(name);
  if (isWords && (kind === "changed" || edit.path.at(-1) !== name)) return `: ${name} changed`;
  if (kind !== "changed") {
    return `: ${name}${isWords ? "" : ` ${short(textOf(edit.new ?? edit.old))}`} ${kind}`;
  }
  const [old, now] = [textOf(edit.old), textOf(edit.new)];
  return `: ${name} ${differing(old, now)} → ${differing(now, old)}`;
}

/** A value on one line. */
function textOf(side: Side | undefined): string {
  const text = typeof side?.value === "string" ? side.value : JSON.stringify(side?.value);
  return (text ?? "").replaceAll(/\s+/g, " ");
}

const longest = 60;

/** A text that is cut where it is too long for a line beside others. */
export function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** A text beside one that it differs from: of a long one, the part that differs, and some of what is around it. */
export function differing(text: string, other: string): string {
  if (Math.max(text.length, other.length) <= longest) return text;
  const shorter = Math.min(text.length, other.length);
  let start = 0;
  while (start < shorter && text[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && text.at(-1 - end) === other.at(-1 - end)) end += 1;
  // Whole words, from the field that differs on.
  const word = text.lastIndexOf(" ", Math.max(0, start - 1)) + 1;
  const field = text.lastIndexOf("; ", word - 2) + 2;
  const from = field > 1 && start - field < longest / 2 ? field : word;
  const rest = text.slice(text.length - end).search(/[\s;,|)}\]]/);
  const to = rest < 0 ? text.length : text.length - end + rest;
  const part = short(text.slice(from, Math.max(to, from)).trim());
  const isCut = to < text.length && !part.endsWith("…");
  return [from > 0 && "…", part, isCut && "…"].filter(Boolean).join(" ");
}
