import { patienceMs } from "./targets.js";
import type { Checks, Inspect, World } from "./world.js";

/** What came of one check. */
export interface Result {
  readonly name: string;
  readonly ok: boolean;
  /** Why it failed. */
  readonly detail: string;
}

/** Runs checks one after the other, so that one that fails cannot make another fail. */
export async function runChecks(
  groups: readonly Checks[],
  world: World,
  inspect: Inspect,
  limitMs: number = patienceMs.check,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [name, check] of groups.flatMap((group) => Object.entries(group))) {
    let detail = "";
    try {
      await within(limitMs, check(world, inspect));
    } catch (error) {
      detail = describe(error);
    }
    results.push({ name, ok: detail === "", detail });
  }
  return results;
}

/** What failed, and where: a few lines, also when every check fails alike. */
function describe(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  const frames = lines.filter((line) => /^\s+at /.test(line)).slice(0, 3);
  return [error instanceof Error ? `${error}` : `threw ${error}`, ...frames].join("\n");
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took over ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
