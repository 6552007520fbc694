import {
  ApiError,
  ConnectionError,
  type LokeError,
  ResponseError,
  TimeoutError,
} from "./errors.js";

/** When a failed attempt is retried. */
export interface RetryOptions {
  /** The most retries of one call or page. @default 3 */
  limit?: number | undefined;
  /** The longest wait before the first retry, in milliseconds; it doubles with each. @default 500 */
  baseDelayMs?: number | undefined;
  /** The longest wait without a `Retry-After`, in milliseconds. @default 8_000 */
  maxDelayMs?: number | undefined;
  /** The longest `Retry-After` that is followed, in milliseconds; beyond it the call fails at once. @default 60_000 */
  maxRetryAfterMs?: number | undefined;
}

/** Why an attempt is retried. */
export type RetryReason = "status" | "network" | "timeout" | "body" | "token";

/** Statuses that another attempt can change. */
export const retryableStatuses: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/**
 * Returns why a failed attempt is retried, or `undefined` if it is not. POST and PATCH never are: sent twice, they can
 * have twice the effect (RFC 9110, 9.2.2).
 */
export function retryReason(method: string, error: LokeError): RetryReason | undefined {
  if (/^P(OST|ATCH)$/.test(method)) return undefined;
  if (error instanceof ApiError)
    return retryableStatuses.includes(error.status) ? "status" : undefined;
  if (error instanceof ConnectionError) return "network";
  if (error instanceof TimeoutError) return error.scope === "attempt" ? "timeout" : undefined;
  return error instanceof ResponseError && error.isBroken ? "body" : undefined;
}

/** `RetryOptions` with their defaults. */
export type ResolvedRetryOptions = { readonly [Key in keyof RetryOptions]-?: number };

export interface FailedAttempt {
  readonly error: LokeError;
  /** How many retries the call has had. */
  readonly retries: number;
  readonly retry: ResolvedRetryOptions;
  /** A number from 0 up to 1. */
  readonly random: number;
}

/**
 * Returns how long to wait before the next attempt, in milliseconds, or `undefined` if there is none.
 *
 * `Retry-After` is followed, with a little jitter on top, so that many that wait for the same moment do not come back in the
 * same millisecond. Without it the delay is exponential, with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function retryDelayMs({ error, random, retries, retry }: FailedAttempt): number | undefined {
  const { baseDelayMs, limit, maxDelayMs, maxRetryAfterMs } = retry;
  const retryAfter = error instanceof ApiError ? error.retryAfterMs : undefined;
  if (retries >= limit || (retryAfter ?? 0) > maxRetryAfterMs) return undefined;
  if (retryAfter === undefined) return random * Math.min(maxDelayMs, baseDelayMs * 2 ** retries);
  return retryAfter + random * Math.min(1_000, Math.max(100, retryAfter / 10));
}

/** Such as `Wed Oct 21 07:28:00 2015`, the oldest form of a date that RFC 9110 asks clients to parse. It is in GMT. */
const asctime = /^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/** Parses `Retry-After: 120`, `Retry-After: 1.5` and `Retry-After: Wed, 21 Oct 2015 07:28:00 GMT`. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get("retry-after") ?? "";
  // A cache has kept the response for so long: that part of the wait is over.
  const ageMs = Number(/^\d+$/.exec(headers.get("age") ?? "") ?? 0) * 1_000;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.max(0, Number(value) * 1_000 - ageMs);
  // Relative to the server's own clock if it is known: the local one may be minutes off.
  const sentAt = Date.parse(headers.get("date") ?? "");
  const serverNow = Number.isNaN(sentAt) ? nowMs : sentAt + ageMs;
  const date = asctime.test(value) ? `${value} GMT` : value;
  const waitMs = /GMT$/.test(date) ? Date.parse(date) - serverNow : Number.NaN;
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
