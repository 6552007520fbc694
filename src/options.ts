import { server } from "../generated/operations.js";
import type { Drift } from "./drift/finding.js";
import type { LokeEvent } from "./events.js";
import { isHttp, type NextPagePolicy } from "./next-page.js";
import type { RetryOptions } from "./retry.js";

/**
 * An access token, or a function that gives one. The function is asked before each attempt, and once more with
 * `refresh: true` after a 401, when the token it gave before is no longer good.
 */
export type AccessToken = string | ((context: { refresh: boolean }) => string | Promise<string>);

/** Options of one call. They win over the client's. */
export interface CallOptions {
  /** Ends the call: it rejects with the signal's own reason, and the request is aborted. */
  signal?: AbortSignal | undefined;
  /** Sent with the request; merged over the client's. `authorization` wins over `accessToken`. */
  headers?: ConstructorParameters<typeof Headers>[0] | undefined;
  /** The time of one attempt, token, headers and body together, in milliseconds. @default 30_000 */
  timeoutMs?: number | undefined;
  /** The time of the whole call, or the whole walk of a list, waits included, in milliseconds. @default Infinity */
  deadlineMs?: number | undefined;
  /**
   * When a failed attempt is repeated. A number is the `limit`, `false` is none.
   *
   * @default { limit: 3, baseDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 }
   */
  retry?: RetryOptions | number | false | undefined;
}

/** Options of a call that gives a list. */
export interface ListOptions extends CallOptions {
  /**
   * Where to begin: `page.next` or `error.walk.resumeFrom` of the same operation with the same arguments and `baseUrl`.
   * `undefined` is the beginning of the list.
   */
  from?: string | undefined;
  /** How many pages may be asked for ahead of the reader. @default 1 */
  prefetch?: number | undefined;
  /** What to do with the link to the next page. @default "same-origin" */
  nextPage?: NextPagePolicy | undefined;
}

/** Options of a client. */
export interface ClientOptions extends Omit<ListOptions, "signal" | "from"> {
  /** Sent as `Authorization: Bearer …`. Without one, requests carry no authorization of ours. */
  accessToken?: AccessToken | undefined;
  /** The API's address, with or without a path. @default "https://api.loke.global" */
  baseUrl?: string | URL | undefined;
  /** Sends a request. It is always given one `Request`. @default globalThis.fetch, looked up at each call */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Told of each attempt, response, retry, page and drift, as it happens. What it throws is ignored. */
  onEvent?: ((event: LokeEvent) => void) | undefined;
  /** Compares each answer with the document: `watchDrift(…)` of `loke-customers/drift`. @default none */
  drift?: Drift | undefined;
}

/** Every option, checked, with its default filled in. */
export interface Settings {
  readonly accessToken?: AccessToken;
  readonly baseUrl: URL;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly retry: { [Key in keyof RetryOptions]-?: number };
  readonly nextPage: NextPagePolicy;
  readonly prefetch: number;
  readonly onEvent?: (event: LokeEvent) => void;
  readonly drift?: Drift;
  readonly signal?: AbortSignal;
  readonly from?: string;
}

/** Who takes options: a client, a single call, a call that gives a list. */
type Taker = "client" | "call" | "list";

/** Who takes an option, what it must be, and how it is read: `undefined` if it is something else. */
type Rule<Value> = readonly [
  takers: string,
  mustBe: string,
  read: (value: unknown, base: Settings) => Value | undefined,
];

const everyone = "client, call, list";
const aFunction = ["client", "a function", readFunction] as const;
const aTime = [everyone, "a number above 0", readTime] as const;

/** A new option without a rule fails the build. No rule puts a value into a message. */
const rules: { readonly [Key in keyof Settings]-?: Rule<NonNullable<Settings[Key]>> } = {
  accessToken: ["client", "a token without blanks, or a function", readToken],
  baseUrl: ["client", "an http(s) URL without user name, query and fragment", readBaseUrl],
  fetch: aFunction,
  headers: [everyone, "valid HTTP headers", readHeaders],
  timeoutMs: aTime,
  deadlineMs: aTime,
  retry: [everyone, "false, a number from 0, or RetryOptions of such", readRetry],
  nextPage: ["client, list", '"same-origin", "rebase" or a function', readPolicy],
  prefetch: ["client, list", "a whole number from 0", readCount],
  onEvent: aFunction,
  drift: aFunction,
  signal: ["call, list", "an AbortSignal", readSignal],
  from: ["list", "a string", readString],
};

/** What applies where no option says otherwise. */
export const defaults: Settings = {
  baseUrl: new URL(server),
  headers: {},
  timeoutMs: 30_000,
  deadlineMs: Number.POSITIVE_INFINITY,
  retry: { limit: 3, baseDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 },
  nextPage: "same-origin",
  prefetch: 1,
};

/**
 * Checks options and lays them over the settings they win over.
 *
 * @throws {TypeError} naming the option that is wrong, never its value.
 */
export function settle(caller: string, taker: Taker, options: object, base: Settings): Settings {
  if (Object(options) !== options || typeof options === "function")
    throw new TypeError(`${caller}: the options must be an object.`);
  const settings: Settings & Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, key) ? rules[key as keyof Settings] : undefined;
    if (!rule?.[0].includes(taker)) throw new TypeError(`${caller} has no option "${key}".`);
    if (value === undefined) continue;
    const [, mustBe, read] = rule;
    const setting = read(value, base);
    if (setting === undefined) throw new TypeError(`${caller}: "${key}" must be ${mustBe}.`);
    settings[key] = setting;
  }
  return settings;
}

/** Whether a value can be sent as a bearer token. `Headers` would refuse it with the token in its message. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[!-~]+$/.test(value);
}

function readToken(value: unknown): AccessToken | undefined {
  return isToken(value) ? value : readFunction(value);
}

function readFunction<T>(value: unknown): T | undefined {
  return typeof value === "function" ? (value as T) : undefined;
}

function readNumber(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}

function readTime(value: unknown): number | undefined {
  return readNumber(value) || undefined;
}

function readCount(value: unknown): number | undefined {
  return Math.floor(Number(value)) === value ? readNumber(value) : undefined;
}

function readString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function readPolicy(value: unknown): NextPagePolicy | undefined {
  return value === "same-origin" || value === "rebase" ? value : readFunction(value);
}

/** Not by `instanceof`: the signal can be of another realm. */
function readSignal(value: unknown): AbortSignal | undefined {
  return "aborted" in Object(value) ? (value as AbortSignal) : undefined;
}

function readBaseUrl(value: unknown): URL | undefined {
  const href = String(value);
  const url = URL.canParse(href) && !/[?#]/.test(href) ? new URL(href) : undefined;
  return isHttp(url) ? url : undefined;
}

function readHeaders(value: unknown, { headers }: Settings): Settings["headers"] | undefined {
  try {
    return { ...headers, ...Object.fromEntries(new Headers(value as CallOptions["headers"])) };
  } catch {
    return undefined;
  }
}

function readRetry(value: unknown, { retry }: Settings): Settings["retry"] | undefined {
  const isOptions = typeof value === "object" && value !== null;
  const given = isOptions ? value : { limit: value === false ? 0 : value };
  const merged = { ...retry };
  for (const [key, one] of Object.entries(given)) {
    if (!Object.hasOwn(retry, key)) return undefined;
    if (one === undefined && isOptions) continue;
    if (readNumber(one) === undefined) return undefined;
    merged[key as keyof RetryOptions] = one;
  }
  return merged;
}
