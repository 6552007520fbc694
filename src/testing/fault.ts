import type { OperationId } from "../operation.js";
import type { ListOperationId } from "./mock-options.js";

/**
 * What can go wrong, by name.
 *
 * The network:
 * - `reset`: the connection is reset before the headers come: `TypeError: fetch failed`, code `ECONNRESET`.
 * - `reset-in-body`: the connection is reset half-way through the body.
 * - `stall`: nothing comes, until the request is aborted.
 * - `stall-in-body`: half of the body comes, and then nothing, until the request is aborted.
 *
 * The body of a 200:
 * - `cut-body`: it ends half-way, as if it were complete.
 * - `empty-body`: there is none.
 * - `html-200`: it is a page in HTML.
 * - `not-json`: it says that it is JSON, and is not.
 * - `wrong-type`: it is an object where an array was due, or the other way round.
 *
 * The way to the next page of a list:
 * - `loop`: the link leads back to the beginning of the list.
 * - `foreign-link`: the link leads to another host. Requests to it fail as if nobody had that name.
 * - `bad-link`: the link is no URL.
 * - `hidden-header`: the response is one of another origin that does not expose its link, as a browser shows it to a
 *   script. It waits for a page with a link. The client can tell on a full first page only, of the documented size.
 *
 * Pages as the document allows them, that not every program expects. No row is lost:
 * - `empty-page`: a page without rows that is not the end.
 * - `short-page`: half a page that is not the end.
 * - `repeated-row`: the last row of the page comes again as the first of the next.
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

/** What can go wrong with a page of a list only: see `FaultName`. */
export type ListFaultName =
  | "loop"
  | "foreign-link"
  | "bad-link"
  | "hidden-header"
  | "empty-page"
  | "short-page"
  | "repeated-row";

/** When a fault happens: to the first requests that it can happen to, of those that would have succeeded. */
export interface Occasion {
  /** To this operation only. @default any */
  operation?: OperationId | undefined;
  /** To this page of a walk only, from 1. @default any */
  page?: number | undefined;
  /** How often; `Infinity` is always. @default 1 */
  times?: number | undefined;
}

/** A fault of a name, on some occasion. */
export interface NamedFault extends Occasion {
  fault: Exclude<FaultName, ListFaultName>;
}

/** A fault of a page of a list, on some occasion. */
export interface ListFault extends Occasion {
  fault: ListFaultName;
  operation?: ListOperationId | undefined;
}

/** An error status instead of a 200, on some occasion. */
export interface StatusFault extends Occasion {
  /** From 400 to 599. */
  status: number;
  /** The error code in the body. @default "mock_fault" */
  code?: string | undefined;
  /** The header `Retry-After`: seconds, or a moment. */
  retryAfter?: number | Date | undefined;
}

/**
 * What goes wrong. A name alone is that fault, once, on the first request that it can happen to. Of several faults
 * that a request could have, it has the first: `[{ status: 503, page: 2 }, { fault: "reset", page: 2 }]` is a page
 * that fails twice.
 *
 * @example
 * import type { Fault } from "loke-customers/testing";
 *
 * const faults: Fault[] = ["reset-in-body", { status: 429, retryAfter: 0, page: 3, times: 2 }];
 */
export type Fault = FaultName | NamedFault | ListFault | StatusFault;
