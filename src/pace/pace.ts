import type { LokeEvent } from "../events.js";

/**
 * Why a request waited:
 *
 * - `throttled`: the server answered 429, or 503 with `Retry-After`
 * - `rate`: it would have exceeded `maxPerSecond`, or the rate that the server was seen to accept
 * - `concurrency`: as many as may be were in flight
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

/** A call, or the request of a page, as far as a pace has to know it. It is the same object in each of its attempts. */
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
 * Receives what an attempt ended with: nothing, or an error. Returns whether the attempt is repeated without being counted
 * as a retry, and without a delay of its own.
 */
export type EndAttempt = (error?: unknown) => boolean;

/**
 * What the option `pace` takes: made by `adaptivePace`. It is called before each attempt, and resolves when the attempt may
 * be made, or when the call's deadline has come.
 */
export interface Pace {
  (attempt: PacedAttempt): Promise<EndAttempt | undefined>;
  /** Tells a pace from the function that makes one. */
  readonly isPace: true;
}
