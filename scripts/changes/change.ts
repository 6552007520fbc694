/**
 * What a change does to a user of the client, worst first.
 *
 * - `breaking`: code that compiles stops compiling, or a call that works stops working.
 * - `risky`: it compiles as before, and can behave otherwise.
 * - `compatible`: there is more to use; what was used stays as it is.
 * - `docs`: words and examples.
 */
export const levels = ["breaking", "risky", "compatible", "docs"] as const;

export type Level = (typeof levels)[number];

/** A line of the report. */
export interface Change {
  readonly level: Level;
  /** What it is about, in the terms of the client. */
  readonly subjects: readonly string[];
  /** What happened to it, to be read after its name. */
  readonly detail: string;
  /** Why this is its level. */
  readonly reason: string;
  /** Operations that it touches. */
  readonly usedBy: readonly string[];
  /** What the compiler says to users, in their own terms; the plainest first. */
  readonly compiler: readonly CompilerMessage[];
  /** Whether it can change a type. */
  readonly isTyped: boolean;
  /** Whether it breaks calls at run time, even if the compiler has nothing against them. */
  readonly isCertain?: boolean;
  /** Other subjects whose compiler errors it causes. */
  readonly alsoAbout?: readonly string[];
  /** Where the worst of it is. */
  readonly old?: Place | undefined;
  readonly new?: Place | undefined;
  /** Where all that it is made of is. */
  readonly pointers: Pointers;
}

/** Places in the documents, as JSON pointers. */
export interface Pointers {
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** The places of some edits, or of what is made of them. */
export function pointersOf(
  edits: readonly {
    old?: { pointer: string } | undefined;
    new?: { pointer: string } | undefined;
  }[],
): Pointers {
  const on = (side: "old" | "new") => edits.flatMap((edit) => edit[side]?.pointer ?? []);
  return { old: on("old"), new: on("new") };
}

export interface CompilerMessage {
  /** Such as `TS2322`. */
  readonly code: string;
  readonly message: string;
  /** What a user wrote. */
  readonly statement: string;
}

/** Where in a document. */
export interface Place {
  readonly pointer: string;
  readonly file?: string;
  readonly line?: number;
}

export function textOf({ detail, subjects }: Change): string {
  return `${subjects.join(", ")}${detail}`;
}

export function worstFirst(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}

/** The version that a set of changes asks for; none if nothing changed, or if the version is not one of three numbers. */
export function nextVersion(
  version: string,
  changes: readonly Pick<Change, "level">[],
): string | undefined {
  const numbers = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (!numbers || changes.length === 0) return undefined;
  const [major, minor, patch] = numbers.slice(1).map(Number) as [number, number, number];
  const has = (...levels: string[]) => changes.some(({ level }) => levels.includes(level));
  // Before 1.0 the minor is what breaks, and the patch is all the rest.
  if (major === 0) return has("breaking") ? `0.${minor + 1}.0` : `0.${minor}.${patch + 1}`;
  if (has("breaking")) return `${major + 1}.0.0`;
  return has("risky", "compatible") ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
