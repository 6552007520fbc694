/** A rate limit, beyond which the status is 429. */
export interface RateLimit {
  /** Accepted requests per second. After a second without requests, as many (at least one) are accepted at once. */
  perSecond: number;
  /** The header `Retry-After` of a 429, in seconds. @default no such header */
  retryAfter?: number | undefined;
}

/**
 * Returns a function that returns whether a request is within a limit. It is a token bucket, full at first.
 *
 * @param now - a clock, in milliseconds; while it goes back, the bucket does not change
 */
export function createTokenBucket({ perSecond }: RateLimit, now: () => number): () => boolean {
  const most = Math.max(1, perSecond);
  let tokens = most;
  let filledAtMs = now();
  return () => {
    const nowMs = now();
    const seconds = Math.max(0, nowMs - filledAtMs) / 1_000;
    tokens = Math.min(most, tokens + seconds * perSecond);
    filledAtMs = nowMs;
    // A rounding error must not cost a request.
    if (tokens < 1 - 1e-6) return false;
    tokens -= 1;
    return true;
  };
}
