import { setTimeout as sleep } from "node:timers/promises";

/** Long enough for a busy machine. Nothing passes or fails by being fast. */
const longestWaitMs = 90_000;

/** Waits for something that nobody tells of. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + longestWaitMs; !(await isSo()); await sleep(50)) {
    if (Date.now() > deadline) throw tooLong(what);
  }
}

/** Waits for something that is told of. */
export async function happens<T>(what: string, event: Promise<T>): Promise<T> {
  const given = new AbortController();
  const limit = sleep(longestWaitMs, undefined, { signal: given.signal }).then(() => {
    throw tooLong(what);
  });
  try {
    return await Promise.race([event, limit]);
  } finally {
    given.abort();
    limit.catch(() => {});
  }
}

function tooLong(what: string): Error {
  return new Error(`waited ${longestWaitMs / 1000} s for ${what}`);
}
