import type { Environment } from "./environment.js";

/** What `within` throws when time is up. */
export const timeIsUp: unique symbol = Symbol("time is up");

/**
 * Runs a piece of work until it is done, its time is up, or one of the signals aborts. Then the work's own signal
 * aborts, and this rejects at once, with `timeIsUp` or the signal's reason, even if the work does not heed its signal.
 *
 * The work gets an `AbortController` of its own and every listener is taken back: handed to each request, a long-lived
 * signal gathers listeners, and so does one in `AbortSignal.any` (https://github.com/nodejs/node/issues/54614).
 */
export async function within<T>(
  environment: Environment,
  limitMs: number,
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (const signal of signals) signal.throwIfAborted();
  const controller = new AbortController();
  let end: (reason: unknown) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = (reason) => {
      reject(reason);
      controller.abort(reason);
    };
  });
  const onAbort = (event: Event) => end((event.target as AbortSignal).reason);
  for (const signal of signals) signal.addEventListener("abort", onAbort);
  const cancelTimer = environment.timer(() => end(timeIsUp), limitMs);
  try {
    return await Promise.race([ended, work(controller.signal)]);
  } finally {
    cancelTimer();
    for (const signal of signals) signal.removeEventListener("abort", onAbort);
  }
}

/** Waits. Ends early, with the reason, when a signal aborts. */
export async function sleep(
  environment: Environment,
  delayMs: number,
  signals: readonly AbortSignal[],
): Promise<void> {
  await within(environment, delayMs, signals, () => new Promise<never>(() => {})).catch((end) => {
    if (end !== timeIsUp) throw end;
  });
}
