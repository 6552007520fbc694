import type { DriftFinding } from "./drift/finding.js";
import type { RetryReason } from "./retry.js";

/** What is known of an attempt before it is sent. */
export interface AttemptFacts {
  /** The method that was called, such as `listCustomers`. */
  readonly operation: string;
  readonly method: string;
  /** The path as the document writes it: `/organizations/{organizationId}/customers`. It holds no value. */
  readonly path: string;
  /** Which attempt of the call or page this is, from 1. */
  readonly attempt: number;
  /** Which page of the walk this is, from 1; absent where the call is no walk. */
  readonly page?: number;
}

/** An attempt is about to be sent. */
export interface RequestEvent extends AttemptFacts {
  readonly type: "request";
}

/** The headers of a response have arrived. */
export interface ResponseEvent extends AttemptFacts {
  readonly type: "response";
  readonly status: number;
  /** From the request to the headers, in milliseconds. */
  readonly durationMs: number;
}

/** An attempt has failed, and is repeated after a wait. */
export interface RetryEvent extends AttemptFacts {
  readonly type: "retry";
  /** `token`: a 401, repeated with a fresh access token. */
  readonly reason: RetryReason;
  /** The status that failed, where one did. */
  readonly status?: number;
  /** The wait, in milliseconds. */
  readonly delayMs: number;
}

/** The reader of a walk has been given a page. */
export interface PageEvent {
  readonly type: "page";
  /** The method that was called, such as `listCustomers`. */
  readonly operation: string;
  /** Which page of the walk this is, from 1. */
  readonly page: number;
  readonly items: number;
  /** Whether the page names a next one. */
  readonly hasNext: boolean;
}

/**
 * An answer differs from the document in a way that was not seen before: a finding of the option `drift`. Here `path`
 * names what differs, such as `Customer.statistics.totalSpend`.
 */
export interface DriftEvent extends DriftFinding {
  readonly type: "drift";
  /** Which page of the walk this is, from 1. `firstItem` is on that page. */
  readonly page: number | undefined;
}

/** What `onEvent` is told. No event holds a token, a query value or a customer's data. */
export type LokeEvent = RequestEvent | ResponseEvent | RetryEvent | PageEvent | DriftEvent;
