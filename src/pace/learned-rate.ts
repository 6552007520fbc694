/** How the rate grows with the seconds since a hold: by this share of it, times the square of them. */
const growths = { measured: 0.03, guessed: 0.6 } as const;

/**
 * What the rate grows by besides, in requests a second, times the square of the seconds. It is the same for all who share a
 * bucket, so whoever got little of it catches up.
 */
const addedGrowth = 1;

/** How much is kept of the rate of the last second, part of which can have been the bucket's reserve. */
const keptOfRecent = { measured: 0.85, guessed: 0.7 } as const;

/** How much is kept of a rate whose burst was cut short: the bucket may be small, and its rate the same. */
const keptOfCut = 0.7;

/** How many requests were accepted since the hold, at a moment. */
interface Mark {
  readonly atMs: number;
  readonly accepted: number;
}

export interface LearnedRate {
  /** Returns how long to wait for the next request, in milliseconds. */
  delayAt(nowMs: number): number;
  /** Counts a request that is sent. */
  send(nowMs: number): void;
  /** Counts a request that the server accepted. */
  accept(nowMs: number): void;
  /** Learns from a request that the server throttled, after which nothing is sent until the hold is over. */
  throttle(nowMs: number, holdUntilMs: number): void;
  /** Moves the end of the hold. */
  extend(untilMs: number): void;
}

/**
 * Learns how many requests a second a server accepts, from the moments in which it throttles: its bucket is empty then. So
 * the requests that it accepts between two such moments are its rate, or less, if the bucket was full for a while.
 *
 * Requests are spaced by that rate, and those of a hold are made up for after it, as far as the bucket is known to hold them.
 * Near the rate that was measured it grows slowly, and faster the longer the server accepts everything. There is no limit
 * before the server has throttled.
 */
export function createLearnedRate(): LearnedRate {
  let hasThrottled = false;
  /** Requests a second at the end of the hold. */
  let perSecond = Number.POSITIVE_INFINITY;
  let basis: keyof typeof growths = "guessed";
  let holdUntilMs = 0;
  let holdSeconds = 0;
  /** The most that the server's bucket gives at once, as far as is known. */
  let burst = Number.POSITIVE_INFINITY;
  let tokens = 0;
  let filledAtMs = 0;
  /** The tokens when the first request after the hold was sent. */
  let startTokens: number | undefined;
  /** When the server throttled before, or when the first request was sent. */
  let emptyAtMs: number | undefined;
  let acceptedSinceEmpty = 0;
  let acceptedSinceHold = 0;
  let marks: Mark[] = [];

  function rateAt(nowMs: number): number {
    const seconds = Math.max(0, nowMs - holdUntilMs) / 1_000;
    const growth = growths[basis] * perSecond + addedGrowth / Math.max(1, holdSeconds);
    return perSecond + growth * seconds ** 2;
  }

  /** The rate of the last second or two, if the requests that a hold had saved up were spent before. */
  function recentRate(nowMs: number): number {
    const saved = startTokens ?? 0;
    const mark = marks.find(({ atMs, accepted }) => nowMs - atMs >= 500 && accepted >= saved);
    if (!mark) return 0;
    return ((acceptedSinceHold - mark.accepted) / (nowMs - mark.atMs)) * 1_000;
  }

  /** The rate that follows from what the server accepted until now. */
  function measure(nowMs: number, isCut: boolean): number {
    const seconds = (nowMs - (emptyAtMs ?? nowMs)) / 1_000;
    // At first there is one such moment only. The server names the time in which its bucket fills, more or less.
    const mean = acceptedSinceEmpty / Math.max(seconds, hasThrottled ? 0.001 : holdSeconds);
    const least = 1 / Math.max(1, holdSeconds);
    if (!hasThrottled) return Math.max(least, mean);
    if (acceptedSinceEmpty === 0) return Math.max(least, perSecond / 2);
    const recent = keptOfRecent[basis] * recentRate(nowMs);
    return Math.max(least, mean, recent, isCut ? keptOfCut * perSecond : 0);
  }

  return {
    delayAt(nowMs) {
      if (!hasThrottled) return 0;
      const most = Math.min(burst, perSecond * Math.max(1, holdSeconds));
      const rate = rateAt(nowMs);
      tokens = Math.min(Math.max(1, most), tokens + ((nowMs - filledAtMs) / 1_000) * rate);
      filledAtMs = nowMs;
      const delayMs = ((1 - tokens) / rate) * 1_000;
      // A remainder of the arithmetic is too short for a clock that counts milliseconds since 1970.
      return delayMs < 0.01 ? 0 : delayMs;
    },

    send(nowMs) {
      emptyAtMs ??= nowMs;
      if (startTokens === undefined) {
        startTokens = tokens;
        acceptedSinceHold = 0;
      }
      tokens -= 1;
    },

    accept(nowMs) {
      acceptedSinceEmpty += 1;
      acceptedSinceHold += 1;
      if (nowMs - (marks.at(-1)?.atMs ?? 0) < 1_000) return;
      marks = [...marks.slice(-1), { atMs: nowMs, accepted: acceptedSinceHold }];
    },

    throttle(nowMs, untilMs) {
      holdSeconds = (untilMs - nowMs) / 1_000;
      const isCut = hasThrottled && acceptedSinceHold < (startTokens ?? 0) * 0.9;
      if (isCut) burst = Math.max(1, acceptedSinceHold);
      const before = perSecond;
      perSecond = measure(nowMs, isCut);
      const isMeasured = hasThrottled && !isCut && perSecond >= 0.75 * before;
      basis = isMeasured ? "measured" : "guessed";
      hasThrottled = true;
      holdUntilMs = untilMs;
      emptyAtMs = nowMs;
      filledAtMs = nowMs;
      tokens = 0;
      acceptedSinceEmpty = 0;
      startTokens = undefined;
      marks = [];
    },

    extend(untilMs) {
      holdUntilMs = untilMs;
    },
  };
}
