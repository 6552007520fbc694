import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  type ErrorFacts,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseError,
  ServerError,
} from "./errors.js";
import { retryAfterMs } from "./retry.js";

/** Where services put the ID of a request. The vendor documents none. */
const requestIdHeaders = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"];

/** Makes the error for a response outside 2xx. `label` names the call in its message. */
export function apiError(
  label: string,
  facts: ErrorFacts,
  { status, headers }: Response,
  body: unknown,
  nowMs: number,
): ApiError {
  const code = word(body, "code");
  const requestIdHeader = requestIdHeaders.find((name) => headers.has(name));
  return new (errorClass(status))(
    `${label} answered ${status}${code ? ` (${code})` : ""}`,
    {
      ...facts,
      status,
      code,
      instance: word(body, "instance"),
      requestId: requestIdHeader && headers.get(requestIdHeader),
      retryAfterMs: retryAfterMs(headers, nowMs),
    },
    { body, headers },
  );
}

function errorClass(status: number): typeof ApiError {
  if (status >= 500) return ServerError;
  const classes: Record<number, typeof ApiError> = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionError,
    404: NotFoundError,
    429: RateLimitError,
  };
  return classes[status] ?? ApiError;
}

/**
 * A field that is one word, such as `not_found` or `01FCCGYZA9JPQ97HBSTKW0KT7P`. The bodies are not documented, so
 * whatever does not look like a code could be private data, and stays in `body`.
 */
function word(body: unknown, key: string): string | undefined {
  const value: unknown = Object(body)[key];
  return typeof value === "string" && /^(?=.*[a-z])[\w.:-]{1,64}$/i.test(value) ? value : undefined;
}

/**
 * Reads the body of a success as the JSON that the document declares.
 *
 * No message quotes the body. The parser's own error does, so it is not made the `cause`.
 *
 * @throws {ResponseError} if it is anything else: a login page in HTML is not an empty list.
 */
export function readBody(
  label: string,
  facts: ErrorFacts,
  { status, headers }: Response,
  text: string,
  returns: readonly string[],
): unknown {
  let data: unknown;
  let found = "nothing";
  try {
    if (text) {
      data = JSON.parse(text);
      found = data === null ? "null" : Array.isArray(data) ? "array" : typeof data;
    }
  } catch {
    found = isCutShort(text) ? "JSON cut short" : "no JSON";
  }
  if (returns.includes(found) || (returns.includes("anything") && data !== undefined)) return data;
  throw new ResponseError(
    `${label} answered ${status} with ${found} where ${returns.join(" or ")} was due`,
    { ...facts, status, contentType: headers.get("content-type") ?? undefined },
    found === "JSON cut short" ? { isCutShort: true } : undefined,
  );
}

/** Begins as an array or object and does not end as one: `[{"id":"01FCCG`. */
function isCutShort(text: string): boolean {
  return /^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text);
}
