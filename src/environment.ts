/** The client's sources of time and randomness. Tests inject their own. */
export interface Environment {
  /** Milliseconds on a monotonic clock: a step of the wall clock would end a list early, or never. */
  now(): number;
  /** The wall-clock time, in milliseconds since 1970. */
  date(): number;
  /** A number from 0 up to 1. */
  random(): number;
  /** Calls back after a delay in milliseconds. Returns a function that cancels the timer. */
  timer(callback: () => void, delayMs: number): () => void;
}

/** The longest delay of `setTimeout`, 24.8 days. It treats anything longer as no delay. */
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
