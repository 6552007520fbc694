import type { OperationId } from "../operation.js";
import type { ListOperationId } from "./mock-options.js";

/**
 * The named faults.
 *
 * The network:
 * - `reset`: the connection is reset before the headers arrive: `TypeError: fetch failed`, code `ECONNRESET`.
 * - `reset-in-body`: the connection is reset half-way through the body.
 * - `stall`: no response arrives until the request is aborted.
 * - `stall-in-body`: half of the body arrives, and then nothing until the request is aborted.
 *
 * The body of a 200:
 * - `cut-body`: it ends half-way, as if it were complete.
 * - `empty-body`: it is empty.
 * - `html-200`: it is an HTML page.
 * - `not-json`: its content type is JSON, but it cannot be parsed.
 * - `wrong-type`: it is an object in place of an array, or the reverse.
 *
 * The link to the next page of a list:
 * - `loop`: the link leads back to the beginning of the list.
 * - `foreign-link`: the link leads to another host. Requests to it fail as for an unknown host.
 * - `bad-link`: the link is not a URL.
 * - `hidden-header`: the link is hidden, as in a browser for a CORS response that does not expose the header. It applies to
 *   a page with a link. The client can detect it only on a full first page of the documented size.
 *
 * Unusual pages that the document allows. No row is lost:
 * - `empty-page`: a page without rows that is not the end.
 * - `short-page`: half a page that is not the end.
 * - `repeated-row`: the last row of the page is also the first of the next page.
 *
 * Data that no longer matches the document, in the first row that can show it:
 * - `unknown-field`: a field that the document does not have.
 * - `missing-field`: a required field is gone.
 * - `number-as-string`: the first number of the row, however deep, is a string.
 */
export type FaultName =
  | ListFaultName
  | "reset"
  | "reset-in-body"
  | "stall"
  | "stall-in-body"
  | "cut-body"
  | "empty-body"
  | "html-200"
  | "not-json"
  | "wrong-type"
  | "unknown-field"
  | "missing-field"
  | "number-as-string";

/** The named faults of a page of a list: see `FaultName`. */
export type ListFaultName =
  | "loop"
  | "foreign-link"
  | "bad-link"
  | "hidden-header"
  | "empty-page"
  | "short-page"
  | "repeated-row";

/** When a fault applies: to the first matching requests that would have succeeded. */
export interface Occasion {
  /** Only to this operation. @default any */
  operation?: OperationId | undefined;
  /** Only to this page of a list, from 1. @default any */
  page?: number | undefined;
  /** How often; `Infinity` is always. @default 1 */
  times?: number | undefined;
}

/** A named fault, and when it applies. */
export interface NamedFault extends Occasion {
  fault: Exclude<FaultName, ListFaultName>;
}

/** A fault of a page of a list, and when it applies. */
export interface ListFault extends Occasion {
  fault: ListFaultName;
  operation?: ListOperationId | undefined;
}

/** An error status in place of a success, and when it applies. */
export interface StatusFault extends Occasion {
  /** From 400 to 599. */
  status: number;
  /** The error code in the body. @default "mock_fault" */
  code?: string | undefined;
  /** The header `Retry-After`: seconds, or a date. */
  retryAfter?: number | Date | undefined;
}

/**
 * A fault. A name alone applies once, to the first request that it can apply to. If several faults match a request, the
 * first one applies: with `[{ status: 503, page: 2 }, { fault: "reset", page: 2 }]`, page 2 fails twice.
 *
 * @example
 * import type { Fault } from "loke-customers/testing";
 *
 * const faults: Fault[] = ["reset-in-body", { status: 429, retryAfter: 0, page: 3, times: 2 }];
 */
export type Fault = FaultName | NamedFault | ListFault | StatusFault;
