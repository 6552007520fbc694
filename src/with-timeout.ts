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
 * A timer that fires late was held up by the program, which blocked the event loop. It gets that time again, at most
 * `timeoutMs` in all, so that what the server has sent meanwhile is read first.
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
  const stopListening = signals.map((signal) => onAbort(signal, () => end(signal.reason)));
  let dueAt = environment.now() + timeoutMs;
  let graceMs = timeoutMs;
  const onTime = () => {
    const lateMs = Math.min(environment.now() - dueAt, graceMs);
    if (lateMs < lateTimerMs) return end(timedOut);
    graceMs -= lateMs;
    dueAt = environment.now() + lateMs;
    cancelTimer = environment.timer(onTime, lateMs);
  };
  let cancelTimer = environment.timer(onTime, timeoutMs);
  try {
    return await Promise.race([ended, work(controller.signal)]);
  } finally {
    cancelTimer();
    for (const stop of stopListening) stop();
  }
}

/** From how late on a timer is taken for held up, in milliseconds. */
const lateTimerMs = 10;

interface AbortListener {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const listeners = new WeakMap<AbortSignal, AbortListener>();

/**
 * Calls back when a signal aborts. Returns a function that ends it. All calls share one listener: Node warns of a leak at
 * the eleventh.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let shared = listeners.get(signal);
  if (!shared) {
    const callbacks = new Set<() => void>();
    const listener = () => {
      for (const one of callbacks) one();
    };
    shared = { callbacks, listener };
    listeners.set(signal, shared);
    signal.addEventListener("abort", listener);
  }
  const { callbacks, listener } = shared;
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size > 0) return;
    signal.removeEventListener("abort", listener);
    listeners.delete(signal);
  };
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
