import {
  ApiError,
  ConnectionError,
  type LokeError,
  ResponseError,
  TimeoutError,
} from "./errors.js";

/** When a failed attempt is repeated. */
export interface RetryOptions {
  /** How many times an attempt is repeated at most. @default 3 */
  limit?: number | undefined;
  /** The longest wait before the first repetition, in milliseconds; it doubles with each. @default 500 */
  baseDelayMs?: number | undefined;
  /** The longest wait that the client chooses itself, in milliseconds. @default 8_000 */
  maxDelayMs?: number | undefined;
  /** The longest wait that a server may ask for, in milliseconds; beyond it the call fails at once. @default 60_000 */
  maxRetryAfterMs?: number | undefined;
}

/** Why an attempt is repeated. */
export type RetryReason = "status" | "network" | "timeout" | "body" | "token";

const retryableStatuses = [408, 425, 429, 500, 502, 503, 504];

/**
 * Why a failed attempt is worth another, or `undefined`. POST and PATCH are not: sent twice, they can have twice the
 * effect (RFC 9110, 9.2.2).
 */
export function retryReason(method: string, error: LokeError): RetryReason | undefined {
  if (/^P(OST|ATCH)$/.test(method)) return undefined;
  if (error instanceof ApiError)
    return retryableStatuses.includes(error.status) ? "status" : undefined;
  if (error instanceof ConnectionError) return "network";
  if (error instanceof TimeoutError) return error.scope === "attempt" ? "timeout" : undefined;
  return error instanceof ResponseError && error.isBroken ? "body" : undefined;
}

/**
 * How long to wait before the next attempt, in milliseconds, or `undefined` not to try again.
 *
 * The server's wish is honoured as it is. Without one: exponential, with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @param retries - how many times the call has been repeated so far
 * @param random - a number from 0 up to 1
 */
export function retryDelayMs(
  retries: number,
  error: LokeError,
  {
    baseDelayMs,
    limit,
    maxDelayMs,
    maxRetryAfterMs,
  }: { readonly [Key in keyof RetryOptions]-?: number },
  random: number,
): number | undefined {
  const asked = error instanceof ApiError ? error.retryAfterMs : undefined;
  if (retries >= limit || (asked ?? 0) > maxRetryAfterMs) return undefined;
  return asked ?? random * Math.min(maxDelayMs, baseDelayMs * 2 ** retries);
}

/** Reads `Retry-After: 120` and `Retry-After: Wed, 21 Oct 2015 07:28:00 GMT`. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  // By the server's own clock, where it is known: ours may be minutes off.
  const sentAt = Date.parse(headers.get("date") ?? "") || nowMs;
  const waitMs = /GMT$/.test(value) ? Date.parse(value) - sentAt : Number.NaN;
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
