/** How far the reading of a list got before it failed, and where to resume. */
export interface WalkProgress {
  /** Pages that the reader received. */
  readonly pages: number;
  /** Items on those pages. */
  readonly items: number;
  /**
   * Pass it as `from`, with the same operation and arguments, to resume with no item lost or repeated.
   * (After a `PaginationError` of reason "cycle" this is not possible: the server leads back to an earlier page.)
   *
   * Not enumerable, since it can hold a query value: logging the error does not print it. Store the string itself, since
   * `JSON.stringify(error.walk)` leaves it out.
   */
  readonly resumeFrom: string;
}

/** The fields of every error, and its cause. */
export interface ErrorFields {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly origin: string;
  readonly attempts: number;
  readonly cause?: unknown;
}

/** The fields of an `ApiError`. */
export interface ApiErrorFields extends ErrorFields {
  readonly status: number;
  readonly code: string | undefined;
  readonly instance: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly body: unknown;
  readonly headers: Headers;
}

/** The fields of a `ResponseError`. */
export interface ResponseErrorFields extends ErrorFields {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly isBroken: boolean;
}

/** Marks errors of this package for `isLokeError`, also those of another copy of it. */
const brand = "isLokeError";

/**
 * The base class of every error that a call throws, with three exceptions: an abort rejects with the signal's own reason,
 * wrong arguments throw a `TypeError` before anything is sent, and an error that the option `fetch` throws is rethrown as
 * it is, unless it is a network error.
 *
 * No message and no enumerable field contains a token, a query value or a customer's data.
 */
export class LokeError extends Error {
  override readonly name: string = "LokeError";
  /** The method that was called, such as `listCustomers`. */
  declare readonly operation: string;
  declare readonly method: string;
  /** The path as the document writes it: `/organizations/{organizationId}/customers`. It holds no value. */
  declare readonly path: string;
  /** Where the request went, such as `https://api.loke.global`. */
  declare readonly origin: string;
  /** Requests sent for this call, or for the page that failed. */
  declare readonly attempts: number;
  /** Set if reading a list failed: how far it got. */
  declare readonly walk?: WalkProgress;

  /**
   * Fields that are `undefined` are left out; `hidden` ones are not enumerable.
   *
   * @internal
   */
  constructor(message: string, { cause, ...fields }: ErrorFields, hidden: object = {}) {
    super(message, cause === undefined ? undefined : { cause });
    for (const [key, value] of Object.entries({ ...fields, ...hidden, [brand]: true })) {
      if (value !== undefined)
        Object.defineProperty(this, key, { value, enumerable: key in fields });
    }
  }
}

/** The API answered with a status outside 2xx. */
export class ApiError extends LokeError {
  override readonly name: string = "ApiError";
  declare readonly status: number;
  /** The vendor's error code, such as `not_found`, if the body has one. The bodies are not documented. */
  declare readonly code?: string;
  /** The vendor's ID of this occurrence (a ULID), if the body has one: quote it to the vendor's support. */
  declare readonly instance?: string;
  /** The request's ID, if the response has it in a header. */
  declare readonly requestId?: string;
  /** The wait that the server requested by `Retry-After`, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /**
   * The body: parsed if it is JSON, otherwise its text; `undefined` if it is empty, broke off or is longer than 1 MiB.
   * Not enumerable, so that logging the error does not print it. `JSON.stringify(error, Object.getOwnPropertyNames(error))`
   * does.
   * Where the document declares it, its type is `ErrorBodyOf<"getCustomer", 404>`.
   */
  declare readonly body: unknown;
  /** The headers of the response. Not enumerable. */
  declare readonly headers: Headers;

  /** @internal */
  constructor(message: string, { body, headers, ...fields }: ApiErrorFields) {
    super(message, fields, { body, headers });
  }
}

/** 400: the API did not understand the request. */
export class BadRequestError extends ApiError {
  override readonly name = "BadRequestError";
}

/** 401: the access token is missing, invalid or expired. */
export class AuthenticationError extends ApiError {
  override readonly name = "AuthenticationError";
}

/** 403: the token is valid, but not for this organization or operation. */
export class PermissionError extends ApiError {
  override readonly name = "PermissionError";
}

/** 404: the resource does not exist. */
export class NotFoundError extends ApiError {
  override readonly name = "NotFoundError";
}

/** 429: too many requests. The vendor documents no rate limits. */
export class RateLimitError extends ApiError {
  override readonly name = "RateLimitError";
}

/** 5xx: the API failed. */
export class ServerError extends ApiError {
  override readonly name = "ServerError";
}

/** The network failed: no connection, a connection reset, or a body that broke off. The `cause` is the original error. */
export class ConnectionError extends LokeError {
  override readonly name = "ConnectionError";
  /** The system's code, such as `ECONNREFUSED`, if there is one. */
  declare readonly code?: string;

  /** @internal */
  constructor(message: string, fields: ErrorFields & { readonly code: string | undefined }) {
    super(message, fields);
  }
}

/** Time ran out: for one attempt (`timeoutMs`), or for the whole call or list (`deadlineMs`). */
export class TimeoutError extends LokeError {
  override readonly name = "TimeoutError";
  declare readonly scope: "attempt" | "deadline";

  /** @internal */
  constructor(message: string, fields: ErrorFields & Pick<TimeoutError, "scope">) {
    super(message, fields);
  }
}

/** A 2xx whose body is not JSON of the declared type, such as an HTML login page. It is never treated as an empty result. */
export class ResponseError extends LokeError {
  override readonly name = "ResponseError";
  declare readonly status: number;
  /** The media type of the response, such as `text/html`, if it names one. */
  declare readonly contentType?: string;
  /** Whether the body broke off, so that a retry may succeed. Not enumerable. */
  declare readonly isBroken: boolean;

  /** @internal */
  constructor(message: string, { isBroken, ...fields }: ResponseErrorFields) {
    super(message, fields, { isBroken });
  }
}

/**
 * Why a list cannot be followed to its end:
 *
 * - `cycle`: the next link leads to a page that was read before, also if the page comes under another link, or after
 *   1,000 empty pages in a row.
 * - `foreign-origin`: the next link names another origin, which must not get the token. See the option `nextPage`.
 * - `invalid-link`: the next link is not an http(s) URL, path or query, or holds a user name or password.
 * - `hidden-header`: a browser hides the paging header from scripts, so every page looks like the last.
 */
export type PaginationReason = "cycle" | "foreign-origin" | "invalid-link" | "hidden-header";

/** A list cannot be followed to its end. No request was sent to the link in question. */
export class PaginationError extends LokeError {
  override readonly name = "PaginationError";
  declare readonly reason: PaginationReason;

  /** @internal */
  constructor(message: string, fields: ErrorFields & Pick<PaginationError, "reason">) {
    super(message, fields);
  }
}

/**
 * Whether a value is an error of this client. Unlike `instanceof`, it also recognises errors of another copy of the
 * package and of another realm.
 *
 * @example
 * import { createClient, isLokeError } from "loke-customers";
 *
 * const loke = createClient();
 * try {
 *   await loke.getCustomer({ organizationId: "org", customerId: "customer" });
 * } catch (error) {
 *   if (!isLokeError(error)) throw error;
 *   console.error(error.operation, error.attempts);
 * }
 */
export function isLokeError(value: unknown): value is LokeError {
  return brand in Object(value);
}

/** Whether a value is an `ApiError` of this client, also of another copy of the package. */
export function isApiError(value: unknown): value is ApiError {
  return isLokeError(value) && "headers" in value;
}
