/** What the client takes from the world besides `fetch`: time and chance. Tests bring their own. */
export interface Environment {
  /** Milliseconds on a clock that is never set: a step of the wall clock would end a walk, or never end it. */
  now(): number;
  /** The time on the wall, in milliseconds since 1970. */
  date(): number;
  /** A number from 0 up to 1. */
  random(): number;
  /** Calls back after a delay in milliseconds. Returns what cancels it. */
  timer(callback: () => void, delayMs: number): () => void;
}

/** The longest that `setTimeout` can wait, 24.8 days: it takes anything longer for no wait at all. */
const longestTimerMs = 2 ** 31 - 1;

export const realEnvironment: Environment = {
  now: () => performance.now(),
  date: () => Date.now(),
  random: Math.random,
  timer(callback, delayMs) {
    const id = setTimeout(callback, Math.min(delayMs, longestTimerMs));
    return () => clearTimeout(id);
  },
};
