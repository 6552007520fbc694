import type { Line } from "./lines.js";

/** Why a page cannot be read, and at which line. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** Notes a problem at a line. */
export type Complain = (line: Line | Problem, message: string) => void;

/** A text as it is shown in a message: in quotes, and cut if it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 70 ? `${text.slice(0, 67)}…` : text);
}
