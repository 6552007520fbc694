import { type Checks, type Inspect, patienceMs, type World } from "./world.js";

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

/** Fails unless two values are the same JSON. */
export function expectEqual(actual: unknown, expected: unknown, what = "it"): void {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`${what} is ${is}, and should be ${should}`);
}

export function expectTrue(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`not so: ${what}`);
}

/** What a promise rejects with. Fails if it is fulfilled. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`nothing failed, and ${JSON.stringify(value)} came`);
}

/** What a promise rejects with, which must be an error of this very class, with these facts. */
export async function expectFailure<Facts>(
  promise: Promise<unknown>,
  errorClass: new (...args: never[]) => Facts,
  facts: Partial<Facts> = {},
): Promise<Facts> {
  const error = await failureOf(promise);
  if (Object(error).constructor !== errorClass) {
    throw new Error(`it fails with ${error}, and should with a ${errorClass.name}`);
  }
  for (const [name, value] of Object.entries(facts)) {
    expectEqual(Reflect.get(Object(error), name), value, `${errorClass.name}.${name}`);
  }
  return error as Facts;
}
