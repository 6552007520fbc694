import { createLearnedRate } from "./learned-rate.js";
import type { WaitReason } from "./pace.js";

/** Why a request cannot be sent yet. */
export interface Obstacle {
  readonly reason: WaitReason;
  /** How long it stands in the way, in milliseconds: `Infinity` until another request ends. */
  readonly delayMs: number;
}

/** A request in flight. */
export interface Flight {
  /** How often the server had throttled when the request was sent: what was in flight together counts once. */
  readonly throttles: number;
  /** When it has ended, also if nobody says so. */
  readonly endsAtMs: number;
}

export interface LimitOptions {
  readonly maxConcurrent: number;
  readonly maxPerSecond: number;
}

export interface Limits {
  /** How many requests the server has accepted: others make progress if it grows. */
  readonly accepted: number;
  /** Whether the server has accepted nothing since it throttled. */
  readonly isStalled: boolean;
  /** When the server throttled last. */
  readonly throttledAtMs: number;
  readonly holdUntilMs: number;
  /**
   * Returns what stands in the way of a request.
   *
   * @param retryLimit - of its call: if the server has throttled more often in a row, the call is let go, so that it ends
   */
  obstacleAt(nowMs: number, retryLimit: number): Obstacle | undefined;
  /** Counts a request that is sent, and that has ended at that time, also if nobody says so. */
  send(nowMs: number, endsAtMs: number): Flight;
  /** Counts a request that the server accepted. */
  accept(flight: Flight, nowMs: number): void;
  /** Counts a request that the server throttled, and holds everybody back. */
  throttle(flight: Flight, nowMs: number, server: Throttle): void;
  /** Forgets a request of which nothing was learned. */
  drop(flight: Flight): void;
  /** Forgets requests that have ended: in a worker, what a request has begun can end with it, unsaid. */
  dropLost(nowMs: number): void;
}

export interface Throttle {
  readonly retryAfterMs: number | undefined;
  /** A number from 0 up to 1. */
  readonly random: number;
}

/** How many are in flight at first. A server refuses about as many when its bucket runs dry for the first time. */
const firstWindow = 8;

/** What each accepted request adds to the window until then. */
const firstGrowth = 1 / 4;

/** How often the server may throttle in a row at least before holding calls back is given up. */
const leastPatience = 3;

/** The hold for a 429 that names no time, in milliseconds. It doubles with each in a row. */
const firstHoldMs = 500;
const longestHoldMs = 8_000;

/**
 * Decides when a request may be sent to an origin. It has no clock, no timer and no queue.
 *
 * The window, which is how many may be in flight, grows by one for each round of accepted requests, and halves when the
 * server throttles (AIMD). That alone is not enough: a server that answers within milliseconds throttles even one request
 * at a time. So there is a rate, too, that is learned from the server.
 */
export function createLimits({ maxConcurrent, maxPerSecond }: LimitOptions): Limits {
  const rate = createLearnedRate();
  const flights = new Set<Flight>();
  let window = Math.min(firstWindow, maxConcurrent);
  let throttles = 0;
  let stalls = 0;
  let accepted = 0;
  let throttledAtMs = Number.NEGATIVE_INFINITY;
  let holdUntilMs = Number.NEGATIVE_INFINITY;
  let spacedUntilMs = Number.NEGATIVE_INFINITY;

  const isFull = () => flights.size >= Math.floor(window);

  return {
    get accepted() {
      return accepted;
    },
    get isStalled() {
      return stalls > 0;
    },
    get throttledAtMs() {
      return throttledAtMs;
    },
    get holdUntilMs() {
      return holdUntilMs;
    },

    obstacleAt(nowMs, retryLimit) {
      const spacingMs = spacedUntilMs - nowMs;
      if (stalls > Math.max(retryLimit, leastPatience)) {
        if (spacingMs > 0) return { reason: "rate", delayMs: spacingMs };
        const isTooMany = flights.size >= Math.min(firstWindow, maxConcurrent);
        return isTooMany ? { reason: "concurrency", delayMs: Number.POSITIVE_INFINITY } : undefined;
      }
      if (nowMs < holdUntilMs) return { reason: "throttled", delayMs: holdUntilMs - nowMs };
      const delayMs = Math.max(spacingMs, rate.delayAt(nowMs));
      if (delayMs > 0) return { reason: "rate", delayMs };
      return isFull() ? { reason: "concurrency", delayMs: Number.POSITIVE_INFINITY } : undefined;
    },

    send(nowMs, endsAtMs) {
      const flight = { throttles, endsAtMs };
      flights.add(flight);
      rate.send(nowMs);
      const intervalMs = 1_000 / maxPerSecond;
      // A timer that is late is made up for, time without requests is not.
      const isLate = nowMs - spacedUntilMs < intervalMs;
      spacedUntilMs = (isLate ? spacedUntilMs : nowMs) + intervalMs;
      return flight;
    },

    accept(flight, nowMs) {
      const wasFull = isFull();
      flights.delete(flight);
      accepted += 1;
      stalls = 0;
      rate.accept(nowMs);
      if (wasFull)
        window = Math.min(maxConcurrent, window + (throttles === 0 ? firstGrowth : 1 / window));
    },

    throttle(flight, nowMs, { random, retryAfterMs }) {
      const inFlight = flights.size;
      flights.delete(flight);
      const isNew = flight.throttles === throttles;
      if (isNew) stalls += 1;
      const waitMs = retryAfterMs ?? Math.min(longestHoldMs, firstHoldMs * 2 ** (stalls - 1));
      // Spreads those who share the server and were told the same time, as between retries.
      const jitterMs = isNew ? random * Math.min(1_000, Math.max(100, waitMs / 10)) : 0;
      holdUntilMs = Math.max(holdUntilMs, nowMs + waitMs + jitterMs);
      if (!isNew) {
        rate.extend(holdUntilMs);
        return;
      }
      throttles += 1;
      throttledAtMs = nowMs;
      rate.throttle(nowMs, holdUntilMs);
      window = Math.max(1, Math.min(window, inFlight) / 2);
    },

    drop(flight) {
      flights.delete(flight);
    },

    dropLost(nowMs) {
      for (const flight of flights) if (flight.endsAtMs <= nowMs) flights.delete(flight);
    },
  };
}
