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
