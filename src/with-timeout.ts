import type { Environment } from "./environment.js";

/** What `withTimeout` throws when the time is over. */
export const timedOut: unique symbol = Symbol("timed out");

export interface Limits {
  readonly environment: Environment;
  readonly timeoutMs: number;
  readonly signals: readonly AbortSignal[];
}

/**
 * Runs work until it is done, its time is over, or one of the signals aborts. In the last two cases it aborts the signal
 * of the work and rejects at once, with `timedOut` or with the signal's reason, even if the work ignores its signal.
 *
 * The work gets an `AbortController` of its own and every listener is removed: handed to each request, a long-lived
 * signal collects listeners, and so does one in `AbortSignal.any` (https://github.com/nodejs/node/issues/54614).
 */
export async function withTimeout<T>(
  { environment, timeoutMs, signals }: Limits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (const signal of signals) throwIfAborted(signal);
  const controller = new AbortController();
  let end: (reason: unknown) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = (reason) => {
      reject(reason);
      controller.abort(reason);
    };
  });
  const onAbort = () => end(signals.find(({ aborted }) => aborted)?.reason);
  for (const signal of signals) signal.addEventListener("abort", onAbort);
  const cancelTimer = environment.timer(() => end(timedOut), timeoutMs);
  try {
    return await Promise.race([ended, work(controller.signal)]);
  } finally {
    cancelTimer();
    for (const signal of signals) signal.removeEventListener("abort", onAbort);
  }
}

/** Throws the reason of a signal that has aborted. Not every implementation of signals has a method for it. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}

/** Waits. Rejects with the reason of the first signal that aborts. */
export async function sleep(
  environment: Environment,
  delayMs: number,
  signals: readonly AbortSignal[],
): Promise<void> {
  const limits = { environment, timeoutMs: delayMs, signals };
  await withTimeout(limits, () => new Promise<never>(() => {})).catch((reason) => {
    if (reason !== timedOut) throw reason;
  });
}
