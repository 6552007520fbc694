import type { Clock } from "../faults/clock.js";
import { turn } from "../faults/held-fetch.js";

/**
 * Lets each wait pass as soon as it begins, until a piece of work is done, and gives the waits in milliseconds. What waits
 * for longer than `longestMs` is a time limit, and does not run out.
 */
export async function passWaits(
  clock: Clock,
  work: Promise<unknown>,
  longestMs = 2_000,
): Promise<number[]> {
  const waits: number[] = [];
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) {
    await turn(1);
    const next = Math.min(...clock.pending());
    if (next > longestMs) continue;
    waits.push(next);
    clock.advance(next);
  }
  return waits;
}
