import type { DriftFinding } from "./drift/finding.js";
import type { WaitReason } from "./pace/pace.js";
import type { RetryReason } from "./retry.js";

/** The fields of every event of an attempt. */
export interface AttemptFields {
  /** The method that was called, such as `listCustomers`. */
  readonly operation: string;
  readonly method: string;
  /** The path as the document writes it: `/organizations/{organizationId}/customers`. It holds no value. */
  readonly path: string;
  /** Which attempt of the call or page this is, from 1. */
  readonly attempt: number;
  /** Which page of the list this is, from 1; absent for a single call. */
  readonly page?: number;
}

/** Emitted before a request is sent. */
export interface RequestEvent extends AttemptFields {
  readonly type: "request";
}

/** Emitted when the headers of a response have arrived. */
export interface ResponseEvent extends AttemptFields {
  readonly type: "response";
  readonly status: number;
  /** From the request to the headers, in milliseconds. */
  readonly durationMs: number;
}

/** Emitted when an attempt has failed and another follows after a wait. */
export interface RetryEvent extends AttemptFields {
  readonly type: "retry";
  /** `token`: a 401, retried with a new access token. */
  readonly reason: RetryReason;
  /** The status of the failed response, if there was one. */
  readonly status?: number;
  /** The wait, in milliseconds. */
  readonly delayMs: number;
}

/** Emitted when a request was held back by the option `pace`. */
export interface WaitEvent extends AttemptFields {
  readonly type: "wait";
  readonly reason: WaitReason;
  /** How long it waited, in milliseconds. */
  readonly durationMs: number;
}

/** Emitted when the reader of a list receives a page. */
export interface PageEvent {
  readonly type: "page";
  /** The method that was called, such as `listCustomers`. */
  readonly operation: string;
  /** Which page of the list this is, from 1. */
  readonly page: number;
  readonly items: number;
  /** Whether the page names a next one. */
  readonly hasNext: boolean;
}

/**
 * Emitted when a response differs from the document in a way that is new: a finding of the option `drift`. Here `path`
 * names what differs, such as `Customer.statistics`.
 */
export interface DriftEvent extends DriftFinding {
  readonly type: "drift";
  /** Which page of the list this is, from 1. `firstItem` is on that page. */
  readonly page: number | undefined;
}

/** The argument of `onEvent`. No event holds a token, a query value or a customer's data. */
export type LokeEvent =
  | RequestEvent
  | ResponseEvent
  | RetryEvent
  | WaitEvent
  | PageEvent
  | DriftEvent;

/** Emits an event. Listener errors are swallowed so that a broken logger cannot fail a call. */
export function emit<Event = LokeEvent>(
  { onEvent }: { readonly onEvent?: ((event: Event) => void) | undefined },
  event: Event,
): void {
  try {
    // An async listener: `then`, since its promise can be of another realm or library.
    const outcome: { then?: unknown } = Object(onEvent?.(event));
    if (typeof outcome.then === "function") outcome.then(undefined, () => {});
  } catch {}
}
