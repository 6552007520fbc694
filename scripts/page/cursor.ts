import type { Line } from "./lines.js";

/** A place in a list of lines. */
export interface Cursor {
  peek(): Line | undefined;
  next(): Line | undefined;
  /** Takes lines as long as they fit. */
  takeWhile(fits: (line: Line) => boolean): Line[];
  /** Puts what is left of a line back before the next. */
  putBack(line: Line): void;
}

export function createCursor(lines: readonly Line[]): Cursor {
  const left = [...lines].reverse();
  const peek = () => left.at(-1);
  return {
    peek,
    next: () => left.pop(),
    takeWhile(fits) {
      const taken: Line[] = [];
      for (let line = peek(); line && fits(line); line = peek()) {
        taken.push(line);
        left.pop();
      }
      return taken;
    },
    putBack: (line) => left.push(line),
  };
}
