import { performance } from "node:perf_hooks";

/** What a piece of work took. */
export interface Cost {
  readonly wallMs: number;
  /** Of the whole process: user and system time, garbage collection included. */
  readonly cpuMs: number;
}

/** The middle of many rounds, and the quarter below and above it. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export async function cost(work: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

/**
 * Measures rivals in turn: one after the other in every round, so that a machine that is slow for a while is slow
 * for all of them, and in another order each round, so that none always cleans up after the same other.
 */
export async function interleave<Name extends string>(
  rivals: Record<Name, () => Promise<void>>,
  { rounds, warmUps }: { rounds: number; warmUps: number },
): Promise<Record<Name, Cost[]>> {
  const names = Object.keys(rivals) as Name[];
  const costs = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Cost[]
  >;
  for (let round = -warmUps; round < rounds; round++) {
    const first = Math.abs(round) % names.length;
    const turns = [...names.slice(first), ...names.slice(0, first)];
    if (round % 2 !== 0) turns.reverse();
    for (const name of turns) {
      const one = await cost(rivals[name]);
      if (round >= 0) costs[name].push(one);
    }
  }
  return costs;
}

/** The ratio of two rivals: of each round by itself, and of these the median. */
export function ratio(of: Cost[], to: Cost[], what: keyof Cost): Spread {
  return spread(of.map((one, round) => one[what] / (to[round] as Cost)[what]));
}

export function spread(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

export function medianOf(costs: Cost[], what: keyof Cost): number {
  return spread(costs.map((one) => one[what])).median;
}

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
