import { createLearnedRate } from "./learned-rate.js";
import type { WaitReason } from "./pace.js";

/** Why a request cannot be sent yet. */
export interface Obstacle {
  readonly reason: WaitReason;
  /** How long it lasts, in milliseconds; `Infinity`: until another request ends. */
  readonly delayMs: number;
}

/** A request in flight. */
export interface Flight {
  /** How often the server had throttled when the request was sent: requests in flight together count once. */
  readonly throttles: number;
  /** When it is assumed to have ended if its end is never reported. */
  readonly endsAtMs: number;
}

export interface LimitOptions {
  readonly maxConcurrent: number;
  readonly maxPerSecond: number;
}

export interface Limits {
  /** How many requests the server has accepted. If it grows, other calls make progress. */
  readonly accepted: number;
  /** Whether the server has accepted nothing since it throttled. */
  readonly isStalled: boolean;
  /** When the server throttled last. */
  readonly throttledAtMs: number;
  readonly holdUntilMs: number;
  /**
   * Returns why a request cannot be sent yet.
   *
   * @param retryLimit - of its call. If the server has throttled more often in a row, the request is let through, so that
   *   the call ends
   */
  obstacleAt(nowMs: number, retryLimit: number): Obstacle | undefined;
  /** Counts a request that is sent. It is assumed to have ended at `endsAtMs` at the latest. */
  send(nowMs: number, endsAtMs: number): Flight;
  /** Counts a request that the server accepted. */
  accept(flight: Flight, nowMs: number): void;
  /** Counts a request that the server throttled, and holds back all calls. */
  throttle(flight: Flight, nowMs: number, server: Throttle): void;
  /** Removes a request that says nothing about the rate. */
  drop(flight: Flight): void;
  /** Removes requests whose end was never reported: a worker stops everything that a finished invocation began. */
  dropLost(nowMs: number): void;
}

export interface Throttle {
  readonly retryAfterMs: number | undefined;
  /** A number from 0 up to 1. */
  readonly random: number;
}

/** How many requests are in flight at first. About as many are refused when the server's bucket is first empty. */
const firstWindow = 8;

/** How much each accepted request adds to the window before the first throttle. */
const firstGrowth = 1 / 4;

/** How often in a row the server may throttle, at least, before calls are no longer held back. */
const leastPatience = 3;

/** The hold for a 429 without `Retry-After`, in milliseconds. It doubles with each in a row. */
const firstHoldMs = 500;
const longestHoldMs = 8_000;

/**
 * Decides when a request may be sent to an origin. It has no clock, no timer and no queue.
 *
 * The window (the number of requests in flight) grows by one for each round of accepted requests, and halves when the
 * server throttles (AIMD). The window alone is not enough: a server that responds within milliseconds throttles even one
 * request at a time. So the rate of requests is learned as well.
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
      // A late timer is made up for; time without requests is not.
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
      // Jitter, as between retries: other processes may have received the same `Retry-After`.
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
