import * as oauth from "oauth4webapi";
import { isNetworkError } from "../network-error.js";
import { isSafeCode, redact, systemCode } from "../redact.js";
import { retryAfterMs, retryableStatuses } from "../retry.js";
import { TokenError } from "./token-error.js";

/** A request to the issuer that failed. */
export interface Failure {
  readonly error: TokenError;
  /** Whether the same request may succeed a little later. */
  readonly isPassing: boolean;
}

/** What is known of a failed request. */
export interface FailureFacts {
  /** Names the request, at the beginning of the message. */
  readonly label: string;
  readonly issuer: string;
  /** The error that `fetch` threw, or the library for a response. */
  readonly failure: unknown;
  /** Whether the option `fetch` was called, not the global one. */
  readonly hasOwnFetch: boolean;
  /** The issuer's response, if there was one. */
  readonly response: Response | undefined;
  /** Texts that no error may contain. */
  readonly secrets: readonly string[];
  /** The time, in milliseconds since 1970. */
  readonly dateMs: number;
}

/** What is wrong with a response of 200, by the code of the library's error. */
const findings = new Map<unknown, string>([
  [oauth.RESPONSE_IS_NOT_JSON, "something else than JSON"],
  [oauth.PARSE_ERROR, "JSON that is cut off or damaged"],
  [oauth.JSON_ATTRIBUTE_COMPARISON, "the name of another issuer"],
  [oauth.UNSUPPORTED_OPERATION, "a token that is no bearer token"],
]);

/** Advice for OAuth's error codes that point to an option. */
const advice = new Map<unknown, string>([
  ["invalid_client", "are clientId, clientSecret and clientAuthentication right?"],
  [
    "invalid_grant",
    "the refresh token was used, revoked or has expired; the user must log in again",
  ],
  ["invalid_scope", "is scope right?"],
  ["unauthorized_client", "the issuer does not let this client have tokens in this way"],
]);

/**
 * Returns the error for a failed request. Its message says what to do, and contains nothing of the request or response.
 *
 * The library's own errors contain the response with its body, so none of them becomes a `cause`.
 */
export async function readFailure(facts: FailureFacts): Promise<Failure> {
  const { failure, hasOwnFetch, issuer, label, dateMs, response, secrets } = facts;
  // A custom `fetch` can resolve with anything.
  if (typeof response?.status !== "number") {
    const cause = redact(failure, secrets);
    const code = systemCode(cause);
    const isPassing = isNetworkError(failure, !hasOwnFetch);
    const what = isPassing
      ? `failed on the network${code ? ` (${code})` : ""}`
      : "failed: fetch threw an error that is not of the network, or returned no Response";
    return { error: new TokenError(`${label} ${what}`, { issuer, code, cause }), isPassing };
  }

  const { headers, status } = response;
  if (status === 200) {
    const { code, message } = Object(failure);
    // Such as `"response" body "access_token" property must be a string`: the name is the library's, not the answer's.
    const field = /^"response" body "(\w+)" property/.exec(message)?.[1];
    const finding = findings.get(code) ?? `${field ?? "a field"} missing or wrong`;
    const error = new TokenError(`${label} was answered with ${finding}`, { issuer, status });
    return { error, isPassing: code === oauth.PARSE_ERROR };
  }

  const code = await oauthCode(failure, secrets);
  // In a browser, a redirect that is not followed has no status.
  const isRedirect = response.type === "opaqueredirect" || (status >= 300 && status < 400);
  const hint = isRedirect ? "redirects are not followed" : advice.get(code);
  const answer = `${status || "a redirect"}${code ? ` (${code})` : ""}${hint ? `: ${hint}` : ""}`;
  const error = new TokenError(`${label} was answered with ${answer}`, {
    issuer,
    status: status || undefined,
    code,
    retryAfterMs: retryAfterMs(headers, dateMs),
  });
  return { error, isPassing: retryableStatuses.includes(status) };
}

/** OAuth's error code (RFC 6749, 5.2), such as `invalid_client`. It consists of words, which a secret does not. */
async function oauthCode(
  failure: unknown,
  secrets: readonly string[],
): Promise<string | undefined> {
  let body: unknown;
  if (failure instanceof oauth.ResponseBodyError) body = failure.cause;
  // For a 401 the library stops at the header and leaves the body unread.
  if (failure instanceof oauth.WWWAuthenticateChallengeError)
    body = await failure.response.json().catch(() => undefined);
  const { error } = Object(body);
  return isSafeCode(error, secrets) && /^[a-z]+(_[a-z]+)*$/.test(error) ? error : undefined;
}
