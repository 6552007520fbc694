/** What the client takes from the world besides `fetch`: time and chance. Tests bring their own. */
export interface Environment {
  /** The time, in milliseconds since 1970. */
  now(): number;
  /** A number from 0 up to 1. */
  random(): number;
  /** Calls back after a delay in milliseconds. Returns what cancels it. */
  timer(callback: () => void, delayMs: number): () => void;
}

/** Added to `performance.now()`, it gives the time. Fake timers such as those of Jest 29 make `timeOrigin` a function. */
let startedAt: number | undefined;

/** The longest that `setTimeout` can wait, 24.8 days: it takes anything longer for no wait at all. */
const longestTimerMs = 2 ** 31 - 1;

export const realEnvironment: Environment = {
  // Of a clock that is never set: a step of the wall clock would end a walk, or never end it.
  now() {
    startedAt ??= Date.now() - performance.now();
    return startedAt + performance.now();
  },
  random: Math.random,
  timer(callback, delayMs) {
    const id = setTimeout(callback, Math.min(delayMs, longestTimerMs));
    return () => clearTimeout(id);
  },
};
