import { type Level, levels } from "./level.js";

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
