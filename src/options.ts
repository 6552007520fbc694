import { server } from "../generated/operations.js";
import type { Drift } from "./drift/finding.js";
import type { LokeEvent } from "./events.js";
import type { NextPagePolicy } from "./next-page.js";
import type { Operation } from "./operation.js";
import type { Pace } from "./pace/pace.js";
import {
  countFrom,
  type OptionRules,
  type OptionTarget,
  parseFunction,
  parseNumber,
  parseOptions,
  parsePositive,
  parseSignal,
} from "./parse-options.js";
import type { ResolvedRetryOptions, RetryOptions } from "./retry.js";
import { isSecure, parseAddress } from "./url.js";

/**
 * An access token, or a function that returns one. The function is called before each attempt. After a 401 it is called
 * once more with `refresh: true`, and with the rejected token as `refused`: it may return any token that is newer.
 */
export type AccessToken =
  | string
  | ((context: { refresh: boolean; refused?: string }) => string | Promise<string>);

/** Options of one call. They win over the client's. */
export interface CallOptions {
  /** Aborts the request. The call rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /**
   * Sent with the request; merged over the client's. `authorization` wins over `accessToken`.
   *
   * When a response redirects to another origin, `fetch` drops `authorization`, but sends other headers, such as an `x-api-key`.
   */
  headers?: ConstructorParameters<typeof Headers>[0] | undefined;
  /**
   * The limit for one attempt (token, headers and body together), in milliseconds. Node's own fetch fails after 300 s
   * without headers or without a chunk of the body, even if this limit is longer. A custom `fetch` with an undici `Agent`
   * can raise those limits (`headersTimeout`, `bodyTimeout`).
   *
   * @default 30_000
   */
  timeoutMs?: number | undefined;
  /** The limit for the whole call or list, including waits, in milliseconds. @default Infinity */
  deadlineMs?: number | undefined;
  /**
   * When a failed attempt is retried. A number is the `limit`, `false` disables retries.
   *
   * @default { limit: 3, baseDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 }
   */
  retry?: RetryOptions | number | false | undefined;
}

/** Options of a call that returns a list. */
export interface ListOptions extends CallOptions {
  /**
   * The page to begin with: `page.next` or `error.walk.resumeFrom` of the same operation with the same arguments and `baseUrl`.
   * `undefined` begins at the first page.
   */
  from?: string | undefined;
  /** How many pages may be requested ahead of the reader. @default 1 */
  prefetch?: number | undefined;
  /** Which link to the next page is followed. @default "same-origin" */
  nextPage?: NextPagePolicy | undefined;
}

/** Options of a client. */
export interface ClientOptions extends Omit<ListOptions, "signal" | "from"> {
  /** Sent as `Authorization: Bearer …`. Without one, the client sends no authorization. */
  accessToken?: AccessToken | undefined;
  /** The API's address, with or without a path. http is for this machine only. @default "https://api.loke.global" */
  baseUrl?: string | URL | undefined;
  /** Allows plain http to another machine, over which anyone on the network can read the token. @default false */
  allowHttp?: boolean | undefined;
  /**
   * Sends a request, with the parameters of the global `fetch`. A network error, recognised by its code or message, is
   * retried. Any other error is rethrown as it is.
   *
   * @default globalThis.fetch, looked up at each call
   */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Receives an event for each request, response, retry, wait, page and drift. Its errors are ignored. */
  onEvent?: ((event: LokeEvent) => void) | undefined;
  /** Compares each response with the document: `watchDrift(…)` of `loke-customers/drift`. @default none */
  drift?: Drift | undefined;
  /** Limits the rate of requests: `adaptivePace(…)` of `loke-customers/pace`. Clients can share one. @default none */
  pace?: Pace | undefined;
}

/** The options of a client and a call, with their defaults. */
export interface ResolvedOptions {
  readonly accessToken?: AccessToken;
  readonly baseUrl: URL;
  readonly allowHttp: boolean;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly retry: ResolvedRetryOptions;
  readonly nextPage: NextPagePolicy;
  readonly prefetch: number;
  readonly onEvent?: (event: LokeEvent) => void;
  readonly drift?: Drift;
  readonly pace?: Pace;
  readonly signal?: AbortSignal;
  readonly from?: string;
}

const everywhere = "client, call, list";
const aFunction = ["client", "a function", parseFunction] as const;
const aLimit = [everywhere, "a number above 0", parsePositive] as const;

const rules: OptionRules<ResolvedOptions> = {
  accessToken: ["client", "a token without blanks, or a function", parseToken],
  baseUrl: ["client", "an http(s) URL without user name, query and fragment", parseAddress],
  allowHttp: ["client", "true or false", parseBoolean],
  fetch: aFunction,
  headers: [everywhere, "valid HTTP headers", parseHeaders],
  timeoutMs: aLimit,
  deadlineMs: aLimit,
  retry: [everywhere, "false, a number from 0, or RetryOptions of such", parseRetry],
  nextPage: ["client, list", '"same-origin", "rebase" or a function', parsePolicy],
  prefetch: ["client, list", "a whole number from 0", countFrom(0)],
  onEvent: aFunction,
  drift: ["client", "what watchDrift() returns", parseMade("findings")],
  pace: ["client", "what adaptivePace() returns", parseMade("isPace")],
  signal: ["call, list", "an AbortSignal", parseSignal],
  from: ["list", "a string", parseString],
};

/** Returns the options of a client, with their defaults. */
export function parseClientOptions(options: ClientOptions): ResolvedOptions {
  const defaults: ResolvedOptions = {
    baseUrl: new URL(server),
    allowHttp: false,
    headers: {},
    timeoutMs: 30_000,
    deadlineMs: Number.POSITIVE_INFINITY,
    retry: { limit: 3, baseDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 },
    nextPage: "same-origin",
    prefetch: 1,
  };
  const caller = "createClient";
  const resolved = parseOptions(options, { caller, scope: "client", rules, base: defaults });
  if (isSecure(resolved.baseUrl, resolved.allowHttp)) return resolved;
  const advice = "http exposes the token, and needs allowHttp: true";
  throw new TypeError(`${caller}: "baseUrl" must be an https URL: ${advice}.`);
}

/** Returns the options of a call, merged over those of its client. */
export function parseCallOptions(
  options: ListOptions,
  call: Pick<OptionTarget<ResolvedOptions>, "caller" | "scope" | "base">,
): ResolvedOptions {
  return parseOptions(options, { ...call, rules });
}

/** Whether a name is that of an option of a call, which is not passed among the arguments. */
export function isCallOption(name: string, { list }: Operation): boolean {
  const [scopes] = Object.hasOwn(rules, name) ? rules[name as keyof ResolvedOptions] : [""];
  return scopes.includes(list ? "list" : "call");
}

/** Whether a value can be sent as a bearer token. `Headers` would throw with the token in its message. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[!-~]+$/.test(value);
}

function parseToken(value: unknown): AccessToken | undefined {
  return isToken(value) ? value : parseFunction(value);
}

function parseString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function parseBoolean(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** Distinguishes the result of `watchDrift()` or `adaptivePace()` from these functions themselves, not called. */
function parseMade<Made>(member: string): (value: unknown) => Made | undefined {
  return (value) => (Object(value)[member] ? (value as Made) : undefined);
}

function parsePolicy(value: unknown): NextPagePolicy | undefined {
  return value === "same-origin" || value === "rebase" ? value : parseFunction(value);
}

function parseHeaders(
  value: unknown,
  { headers }: ResolvedOptions,
): ResolvedOptions["headers"] | undefined {
  try {
    const isRecord = Object(value) === value && !(Symbol.iterator in Object(value));
    const entries = Object.entries(Object(value)).filter(([, one]) => one !== undefined);
    // Given a record, `Headers` would send `undefined` as a text.
    const init = (isRecord ? entries : value) as CallOptions["headers"];
    return { ...headers, ...Object.fromEntries(new Headers(init)) };
  } catch {
    return undefined;
  }
}

function parseRetry(
  value: unknown,
  { retry }: ResolvedOptions,
  caller: string,
): ResolvedRetryOptions | undefined {
  if (value === false) return { ...retry, limit: 0 };
  if (typeof value !== "object") {
    const limit = parseNumber(value);
    return limit === undefined ? undefined : { ...retry, limit };
  }
  if (value === null) return undefined;
  const target = { caller: `${caller}: "retry"`, scope: "retry", rules: retryRules, base: retry };
  return parseOptions(value, target);
}

const aNumber = ["retry", "a number from 0", parseNumber] as const;

const retryRules: OptionRules<ResolvedRetryOptions> = {
  limit: aNumber,
  baseDelayMs: aNumber,
  maxDelayMs: aNumber,
  maxRetryAfterMs: aNumber,
};
