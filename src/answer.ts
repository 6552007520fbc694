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
import { isWord, namesSecret } from "./secrets.js";

/** Where services put the ID of a request. The vendor documents none. */
const requestIdHeaders = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"];

/**
 * Makes the error for a response outside 2xx. `label` names the call in its message.
 *
 * The bodies are not documented, so whatever does not look like a code could be private data, and stays in `body`.
 */
export function apiError(
  label: string,
  facts: ErrorFacts,
  { status, headers }: Response,
  body: unknown,
  secrets: readonly string[],
  nowMs: number,
): ApiError {
  const { code, instance } = Object(body);
  const requestId = requestIdHeaders.map((name) => headers.get(name)).find((id) => id !== null);
  const word = (value: unknown) => (isWord(value, secrets) ? value : undefined);
  return new (errorClass(status))(
    `${label} answered ${status}${word(code) ? ` (${code})` : ""}`,
    {
      ...facts,
      status,
      code: word(code),
      instance: word(instance),
      requestId: requestId && !namesSecret(requestId, secrets) ? requestId : undefined,
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
 * Reads the body of a success as the JSON that the document declares.
 *
 * No message quotes the body. The parser's own error does, so it is not made the `cause`.
 *
 * @param onData - called with what came, whatever it is; with `undefined` if it is no JSON
 * @throws {ResponseError} if it is anything else: a login page in HTML is not an empty list.
 */
export function readBody(
  label: string,
  facts: ErrorFacts,
  { status, headers }: Response,
  text: string,
  returns: readonly string[],
  onData: (data: unknown) => void,
): unknown {
  // Such as `text/html`: without parameters, which can hold anything.
  const contentType = /^[\w.+-]+\/[\w.+-]+/.exec(headers.get("content-type") ?? "")?.[0];
  let data: unknown;
  let found = "nothing";
  try {
    if (text) {
      data = JSON.parse(text);
      found = data === null ? "null" : Array.isArray(data) ? "array" : typeof data;
    }
  } catch {
    found = "no JSON";
  }
  onData(data);
  if (returns.includes(found) || (returns.includes("anything") && data !== undefined)) return data;
  throw new ResponseError(
    `${label} answered ${status} with ${found} (${contentType ?? "no content type"}) instead of ${returns.join(" or ")}`,
    { ...facts, status, contentType },
    // What begins as JSON, and is none, was cut off on its way; so was a compressed body of which nothing is left.
    {
      isBroken:
        found === "no JSON" ? /^\s*[[{]/.test(text) : !text && headers.has("content-encoding"),
    },
  );
}
