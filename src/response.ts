import type { Call } from "./call.js";
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  type ErrorFields,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseError,
  ServerError,
} from "./errors.js";
import { jsonTypeOf } from "./json-type.js";
import { containsSecret, isSafeCode } from "./redact.js";
import type { Attempt } from "./request.js";
import { retryAfterMs } from "./retry.js";

/** A body that has been read. */
export interface Body {
  readonly text: string;
  /** `undefined` if the text is empty or no JSON. */
  readonly data: unknown;
  /** The JSON type of the data, "nothing" or "no JSON". */
  readonly type: string;
}

/** The most that is read of an error body, in bytes: some servers send one without an end. */
const maxErrorBytes = 2 ** 20;

/** Reads the body of an error. Returns `undefined` for one that is too long, and cancels the rest. */
export async function readErrorText({ body }: Response): Promise<string | undefined> {
  if (!body) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > maxErrorBytes) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

export function parseBody(text: string): Body {
  if (!text) return { text, data: undefined, type: "nothing" };
  try {
    const data: unknown = JSON.parse(text);
    return { text, data, type: jsonTypeOf(data) };
  } catch {
    return { text, data: undefined, type: "no JSON" };
  }
}

/**
 * Returns the data of a success if it has a type that the document declares.
 *
 * No message quotes the body. The error of `JSON.parse` does, so it is not set as the `cause`.
 *
 * @throws {ResponseError} if it has another type: an HTML login page is not an empty list.
 */
export function readData(
  attempt: Attempt,
  { status, headers }: Response,
  { data, text, type }: Body,
): unknown {
  const { description, operation } = attempt.call;
  const declared = operation.returns;
  if (declared.includes(type) || (declared.includes("anything") && data !== undefined)) return data;
  // Such as `text/html`, without parameters: they can contain anything.
  const contentType = /^[\w.+-]+\/[\w.+-]+/.exec(headers.get("content-type") ?? "")?.[0];
  // A body that begins as JSON was cut off, and so was a compressed one that is empty.
  const isBroken =
    type === "no JSON" ? /^\s*[[{]/.test(text) : !text && headers.has("content-encoding");
  throw new ResponseError(
    `${description} answered ${status} with ${type} (${contentType ?? "no content type"}) instead of ${declared.join(" or ")}`,
    { ...errorFields(attempt), status, contentType, isBroken },
  );
}

/** Headers in which services send the ID of a request. The vendor documents none. */
const requestIdHeaders = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"];

/**
 * Returns the error for a status outside 2xx.
 *
 * Error bodies are not documented. A value that does not look like a code could be private data, and stays in `body`.
 *
 * @param body - `undefined` if it was not read to its end: the status is what counts
 */
export function toApiError(attempt: Attempt, { status, headers }: Response, body?: Body): ApiError {
  const { description, environment, options } = attempt.call;
  const secrets = secretsOf(attempt);
  const data = body?.type === "no JSON" ? body.text : body?.data;
  const safe = (value: unknown) => (isSafeCode(value, secrets) ? value : undefined);
  const code = safe(Object(data).code);
  const requestId = requestIdHeaders.map((name) => headers.get(name)).find((id) => id !== null);
  const hasToken = attempt.token !== undefined || "authorization" in options.headers;
  const hint = status === 401 && !hasToken ? ": no access token was sent" : "";
  const answer = `answered ${status}${code ? ` (${code})` : ""}${hint}`;
  return new (errorClass(status))(`${description} ${answer}`, {
    ...errorFields(attempt),
    status,
    code,
    instance: safe(Object(data).instance),
    requestId: requestId && !containsSecret(requestId, secrets) ? requestId : undefined,
    retryAfterMs: retryAfterMs(headers, environment.date()),
    body: data,
    headers,
  });
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

/** Returns the fields that every error of a call has, except `attempts`. */
export function callFields({
  id,
  operation,
  options,
  target,
}: Call): Omit<ErrorFields, "attempts"> {
  const { method, path } = operation;
  const { origin } = target instanceof URL ? target : options.baseUrl;
  return { operation: id, method, path, origin };
}

/** Returns the fields that every error of an attempt has. */
export function errorFields({ call, isSent, number }: Attempt): ErrorFields {
  return { ...callFields(call), attempts: isSent ? number : number - 1 };
}

/** Returns the texts that no error may contain: the token and the query values, also without the plus of a phone number. */
export function secretsOf({ call: { options, target }, token = "" }: Attempt): string[] {
  const { authorization = "" } = options.headers;
  const values =
    target instanceof URL
      ? [...target.searchParams.values()]
      : Object.values(target.query).flat().map(String);
  return [
    token,
    ...authorization.split(" "),
    ...values,
    ...values.map((one) => one.replace("+", "")),
  ];
}
