/** A limit on requests, as a server has it that answers 429. */
export interface RateLimit {
  /** Requests a second that are accepted; as many at once after a second without any, and one at least. */
  perSecond: number;
  /** What a 429 names as `Retry-After`, in seconds. @default no such header */
  retryAfter?: number | undefined;
}

/**
 * Returns a function that says whether a request is within a limit: a token bucket, full at first.
 *
 * @param now - a clock, in milliseconds; where it goes back, the bucket stays as it is
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
    // What arithmetic leaves out is no whole request.
    if (tokens < 1 - 1e-6) return false;
    tokens -= 1;
    return true;
  };
}
