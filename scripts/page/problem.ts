import type { Line } from "./lines.js";

/** Why a page cannot be read, and at which line. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/**
 * Notes a problem at a line. `unread` is the key of what the line may be about, or the beginning of such keys. Without it, the line
 * can be about anything on the page.
 */
export type Complain = (line: Line | Problem, message: string, unread?: string) => void;

/** A text as it is shown in a message: in quotes, and cut if it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 70 ? `${text.slice(0, 67)}…` : text);
}
