import type { LokeEvent } from "../events.js";

/**
 * Why a request waited:
 *
 * - `throttled`: the server answered 429, or 503 with `Retry-After`
 * - `rate`: it would have exceeded `maxPerSecond`, or the rate that the server has accepted
 * - `concurrency`: too many requests were in flight
 */
export type WaitReason = "throttled" | "rate" | "concurrency";

/** An attempt that a client is about to make. */
export interface PacedAttempt {
  readonly call: PacedCall;
  /** Requests that the call has sent before. */
  readonly attempts: number;
  readonly signals: readonly AbortSignal[];
  /** When the call must be over, on the clock of the call. */
  readonly deadlineAt: number;
}

/** The part of a call that a pace uses. It is the same object in each attempt of the call. */
export interface PacedCall {
  readonly id: string;
  readonly operation: { readonly method: string; readonly path: string };
  readonly target: object;
  readonly page?: number;
  readonly options: {
    readonly baseUrl: URL;
    readonly timeoutMs: number;
    readonly retry: { readonly limit: number; readonly maxRetryAfterMs: number };
    readonly onEvent?: (event: LokeEvent) => void;
  };
  readonly environment: {
    now(): number;
    random(): number;
    timer(callback: () => void, delayMs: number): () => void;
  };
}

/**
 * Called when an attempt has ended, with its error if it failed. Returns whether the attempt is repeated without counting
 * as a retry and without a delay of its own.
 */
export type EndAttempt = (error?: unknown) => boolean;

/**
 * The value of the option `pace`: the result of `adaptivePace`. It is called before each attempt, and resolves when the
 * attempt may begin, or at the deadline of the call.
 */
export interface Pace {
  (attempt: PacedAttempt): Promise<EndAttempt | undefined>;
  /** Distinguishes a pace from the function `adaptivePace` itself. */
  readonly isPace: true;
}
