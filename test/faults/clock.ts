import type { Environment } from "../../src/environment.js";

/** Time that stands still until a test moves it. */
export interface Clock extends Environment {
  /** Moves time on, and calls whatever falls due on the way, in order. */
  advance(delayMs: number): void;
  /** How many milliseconds are left of each timer, in the order they were set. */
  pending(): number[];
}

/** 2026-01-01T00:00:00Z. */
export const startMs = Date.UTC(2026, 0, 1);

export function handClock(random: () => number = () => 0.5): Clock {
  let nowMs = startMs;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => nowMs,
    date: () => nowMs,
    random,
    timer(callback, delayMs) {
      const timer = { at: nowMs + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(delayMs) {
      const endMs = nowMs + delayMs;
      for (;;) {
        const [first] = [...timers].filter(({ at }) => at <= endMs).sort((a, b) => a.at - b.at);
        if (first === undefined) break;
        timers.delete(first);
        nowMs = Math.max(nowMs, first.at);
        first.callback();
      }
      nowMs = endMs;
    },
    pending: () => [...timers].map(({ at }) => at - nowMs),
  };
}
