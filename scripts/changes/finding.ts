import type { Edit, Side } from "./compare.js";
import type { Level } from "./level.js";
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
  /** Whether the edit can change a type: then the line is written from the types, and compile errors look here first. */
  readonly isTyped?: boolean;
  /** Whether it breaks calls at run time, even if the compiler has nothing against them. */
  readonly isCertain?: boolean;
}

export type Kind = "added" | "removed" | "changed" | "reordered";

export function kindOf(edit: Edit): Kind {
  if (edit.isOrder) return "reordered";
  if (!edit.old) return "added";
  return edit.new ? "changed" : "removed";
}

/** The verdict on a key that means the same everywhere, or on one that nobody knows. */
export function commonVerdict(key: string, edit: Edit): Verdict {
  if (wordKeys.has(key))
    return { level: "docs", reason: "Words and examples are in no type and no request." };
  if (key === "deprecated") {
    return edit.new?.value === true
      ? { level: "compatible", reason: "It works as before; editors strike it through." }
      : { level: "docs", reason: "It is no longer marked as deprecated." };
  }
  return { level: "risky", reason: `Nothing is known of what \`${key}\` does to users.` };
}

/** `: format "date" → "date-time"`, `: description added`. */
export function describe(name: string, edit: Edit): string {
  const kind = kindOf(edit);
  if (kind === "reordered") return `: ${name} in another order`;
  const isWords = wordKeys.has(name);
  if (isWords && edit.path.at(-1) !== name) return `: ${name} changed`;
  if (kind === "changed") {
    return `: ${name} ${isWords ? "changed" : `${shown(edit.old)} → ${shown(edit.new)}`}`;
  }
  return `: ${name}${isWords ? "" : ` ${shown(edit.new ?? edit.old)}`} ${kind}`;
}

/** A value on one short line. */
function shown(side: Side | undefined): string {
  const text = typeof side?.value === "string" ? side.value : JSON.stringify(side?.value);
  const line = (text ?? "").replaceAll(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
