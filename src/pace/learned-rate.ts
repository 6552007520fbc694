/** The growth of the rate after a hold: this share of it, times the square of the seconds since. */
const growths = { measured: 0.03, guessed: 0.6 } as const;

/**
 * An additional growth, in requests a second, times the square of the seconds since the hold. It is the same for all
 * processes that share a bucket, so that one with a small share catches up.
 */
const addedGrowth = 1;

/** How much of the last second's rate is kept: a part of it may have come from the bucket's reserve. */
const keptOfRecent = { measured: 0.85, guessed: 0.7 } as const;

/** How much of the rate is kept if a burst was cut short: the bucket may be small although its rate is the same. */
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
 * Learns how many requests a second a server accepts. At the moment in which it throttles, its token bucket is empty. So the
 * requests accepted between two such moments give its rate, or less, if the bucket was full for a while.
 *
 * Requests are spaced by that rate. Those that a hold delayed are made up for after it, up to the known size of the bucket.
 * The rate grows slowly at first, and faster the longer the server accepts everything. Before the first throttle there is
 * no limit.
 */
export function createLearnedRate(): LearnedRate {
  let hasThrottled = false;
  /** Requests a second at the end of the hold. */
  let perSecond = Number.POSITIVE_INFINITY;
  let basis: keyof typeof growths = "guessed";
  let holdUntilMs = 0;
  let holdSeconds = 0;
  /** The known size of the server's bucket. */
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
    // At the first throttle there is only one such moment; `Retry-After` is about the time in which the bucket fills.
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
      // A rounding error of the arithmetic is too short for a clock that counts milliseconds since 1970.
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
