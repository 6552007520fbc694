import { createFinalURL, createQuerySerializer, defaultPathSerializer } from "openapi-fetch";
import type { SortedArguments } from "./arguments.js";
import type { Call, CallResult } from "./call.js";
import { ConnectionError, LokeError } from "./errors.js";
import { type AttemptFields, emit } from "./events.js";
import { jsonTypeOf } from "./json-type.js";
import { isNetworkError } from "./network-error.js";
import { type AccessToken, isToken } from "./options.js";
import { redact, systemCode } from "./redact.js";
import {
  type Body,
  errorFields,
  parseBody,
  readData,
  readErrorText,
  secretsOf,
  toApiError,
} from "./response.js";
import { throwIfAborted } from "./with-timeout.js";

/** What to request: an operation with its arguments, or the URL of a later page. */
export type Target = SortedArguments | URL;

/** One attempt of a call. `sendRequest` records in it how far the attempt got. */
export interface Attempt {
  readonly call: Call;
  /** From 1. */
  readonly number: number;
  /** The token that the API refused with a 401, if this attempt needs another one. */
  readonly refused: string | undefined;
  /** The token that the option `accessToken` returned. */
  token?: string;
  isSent?: boolean;
  /** The response, if its status is outside 2xx. */
  failed?: Response;
}

/**
 * Makes one attempt: gets a token, sends the request, reads the body. A failure at any step fails the attempt.
 *
 * @throws {LokeError} of the step that failed.
 */
export async function sendRequest(attempt: Attempt, signal: AbortSignal): Promise<CallResult> {
  const { call, number } = attempt;
  const { environment, description, operation, options, target } = call;
  const { accessToken, fetch: customFetch } = options;
  const headers: Record<string, string> = { accept: "application/json", ...options.headers };
  if (accessToken && !("authorization" in headers)) {
    attempt.token = await getToken(attempt, accessToken);
    headers.authorization = `Bearer ${attempt.token}`;
  }
  const init: RequestInit = { method: operation.method, headers, signal };
  if (!(target instanceof URL) && target.body !== undefined) {
    init.headers = { "content-type": "application/json", ...headers };
    init.body = JSON.stringify(target.body);
  }
  const url = urlOf(call);

  throwIfAborted(signal);
  attempt.isSent = true;
  const event = eventFields(attempt);
  emit(options, { type: "request", ...event });
  const sentAt = environment.now();
  let response: Response;
  try {
    response = await (customFetch ? customFetch(url, init) : fetch(url, init));
  } catch (error) {
    throw toFetchError(attempt, error);
  }
  const problem = responseProblem(response);
  if (problem)
    throw new LokeError(`${description}: fetch returned ${problem}`, errorFields(attempt));
  // A custom `fetch` may ignore the signal: release the body that nobody will read.
  if (signal.aborted) await response.body?.cancel();
  throwIfAborted(signal);
  const { ok, status } = response;
  emit(options, { type: "response", ...event, status, durationMs: environment.now() - sentAt });
  if (ok === false) {
    attempt.failed = response;
    checkDrift(call, response);
    // If the body breaks off, the status is what counts.
    const text = await readErrorText(response).catch(() => undefined);
    throw toApiError(attempt, response, text === undefined ? undefined : parseBody(text));
  }
  // A listener can abort. The page must not be recorded as read then.
  throwIfAborted(signal);
  call.onHeaders?.(response, url);
  let body: Body;
  try {
    body = parseBody(await response.text());
  } catch (error) {
    throw connectionError(attempt, error);
  }
  checkDrift(call, response, body.data);
  return { data: readData(attempt, response, body), response, attempts: number };
}

/**
 * Returns what to throw for an error of `fetch`. Only a network error becomes a `ConnectionError`. Any other is a bug in a
 * program, or a control-flow error of a framework, which marks it by `digest` and must receive it as it is.
 */
function toFetchError(attempt: Attempt, error: unknown): unknown {
  const { description, options } = attempt.call;
  if (isNetworkError(error, !options.fetch)) return connectionError(attempt, error);
  if (options.fetch || typeof Object(error).digest === "string") return error;
  const cause = redact(error, secretsOf(attempt));
  const message = `${description}: fetch threw an error that is not of the network`;
  return new LokeError(message, { ...errorFields(attempt), cause });
}

function connectionError(attempt: Attempt, error: unknown): ConnectionError {
  const cause = redact(error, secretsOf(attempt));
  const code = systemCode(cause);
  const message = `${attempt.call.description} failed on the network${code ? ` (${code})` : ""}`;
  return new ConnectionError(message, { ...errorFields(attempt), code, cause });
}

/** What is wrong with the result of a `fetch`. Without `instanceof`: polyfills and other realms have their own class. */
function responseProblem(value: unknown): string | undefined {
  const { bodyUsed, headers, status, text } = Object(value);
  if (typeof status !== "number" || typeof text !== "function" || !("get" in Object(headers)))
    return "no Response. A stand-in for tests can return Response.json(data).";
  return bodyUsed
    ? "a Response whose body was read. Read response.clone() in your own `fetch`."
    : undefined;
}

async function getToken(attempt: Attempt, accessToken: AccessToken): Promise<string> {
  const { call, refused } = attempt;
  const fail = (problem: string, cause?: unknown) => {
    const message = `${call.description} got no token from accessToken: ${problem}`;
    return new LokeError(message, { ...errorFields(attempt), cause });
  };
  if (typeof accessToken === "string") return accessToken;
  let token: unknown;
  try {
    token = await accessToken({ refresh: refused !== undefined, ...(refused && { refused }) });
  } catch (error) {
    throw fail("it threw the cause", error);
  }
  if (isToken(token)) return token;
  if (typeof token !== "string")
    throw fail(`it gave ${token === undefined ? token : jsonTypeOf(token)}`);
  throw fail(token ? "it gave a text with blanks in it" : "it gave an empty text");
}

const querySerializer = createQuerySerializer();

/** The link to a later page is followed byte for byte: it contains everything that the server needs. */
export function urlOf({ operation, options, target }: Call): string {
  if (target instanceof URL) return target.origin + target.pathname + target.search;
  return createFinalURL(operation.path, {
    baseUrl: options.baseUrl.href.replace(/\/$/, ""),
    params: target,
    querySerializer,
    pathSerializer: defaultPathSerializer,
  });
}

/** Returns the fields that all events of an attempt have. */
export function eventFields({ call: { id, operation, page }, number }: Attempt): AttemptFields {
  const { method, path } = operation;
  return { operation: id, method, path, attempt: number, ...(page && { page }) };
}

/** Compares a response with the document if the option `drift` is set. Errors of the comparison are ignored. */
function checkDrift({ id, options, page }: Call, response: Response, data?: unknown): void {
  try {
    for (const finding of options.drift?.(id, response, data) ?? [])
      emit(options, { type: "drift", page, ...finding });
  } catch {}
}
