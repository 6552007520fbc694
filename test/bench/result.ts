import type { Spread } from "./measure.js";

/** One line of the table. */
export interface Result {
  readonly what: string;
  /** Absent on a line that only explains another. */
  readonly target?: string;
  readonly measured: string;
  readonly isMet?: boolean;
}

/** What a benchmark is given. */
export interface Bench {
  /** Where the server is. */
  readonly origin: string;
  /** A short run: for a look, not for the guide. */
  readonly isQuick: boolean;
  /** The file for a picture, of the benchmark that draws one. */
  readonly picture?: string;
}

export function atMost(what: string, limit: number, value: number, measured: string): Result {
  return { what, target: `at most ${limit}`, measured, isMet: value <= limit };
}

export function atLeast(what: string, limit: number, value: number, measured: string): Result {
  return { what, target: `at least ${limit}`, measured, isMet: value >= limit };
}

/** A line that explains another one and has no target. */
export function note(what: string, measured: string): Result {
  return { what, measured };
}

/** `1.27 (1.24 to 1.31)`: the median, and between what the middle half of the rounds lay. */
export function spreadText({ median, low, high }: Spread): string {
  return `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

export type Benchmark = (bench: Bench) => Promise<Result[]>;
