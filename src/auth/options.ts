/** How access tokens are asked for and kept, whatever is shown for them. */
export interface IssuerOptions {
  /** The ID that the vendor gave your application. */
  clientId: string;
  /**
   * Who gives the tokens: an OpenID issuer, asked at its discovery document where. Only one on this machine may be http.
   *
   * The default is from the vendor's guide (https://developers.loke.global/docs/guides/authentication); the page that
   * this package is made from names no issuer.
   *
   * @default "https://auth.loke.global"
   */
  issuer?: string | URL | undefined;
  /** Scopes, separated by blanks. The vendor documents none. @default none: what the issuer gives by itself */
  scope?: string | undefined;
  /**
   * Where ID and secret go: into the `Authorization` header, or into the body.
   *
   * @default what the issuer's discovery document lists; "basic" if it lists both or nothing
   */
  clientAuthentication?: "basic" | "post" | undefined;
  /** Sends a request. It is always given one `Request`. @default globalThis.fetch, looked up at each request */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /**
   * The time to get one token, discovery and repetitions included, in milliseconds. Less than the client's `timeoutMs`, or
   * a silent issuer looks like a silent API.
   *
   * @default 10_000
   */
  timeoutMs?: number | undefined;
  /**
   * How long before a token expires the next one is asked for, in milliseconds. Never more than a quarter of the
   * token's life.
   *
   * @default 60_000
   */
  refreshBeforeMs?: number | undefined;
  /** Ends it for good, such as at shutdown: from then on every request for a token rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** Every option, checked, with its default filled in. */
export interface Settings {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly refreshToken: string | undefined;
  readonly onRefreshToken: ((refreshToken: string) => unknown) | undefined;
  readonly issuer: URL;
  readonly scope: string | undefined;
  readonly clientAuthentication: "basic" | "post" | undefined;
  readonly fetch: ((request: Request) => Promise<Response>) | undefined;
  readonly timeoutMs: number;
  readonly refreshBeforeMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The functions that take options, and which of them must be there. */
const required = {
  clientCredentials: ["clientId", "clientSecret"],
  refreshToken: ["clientId", "refreshToken"],
} as const;

type Taker = keyof typeof required;

/** Who takes an option, what it must be, and how it is read: `undefined` if it is something else. */
type Rule<Value> = readonly [
  takers: readonly Taker[],
  mustBe: string,
  read: (value: unknown) => Value | undefined,
];

const both = ["clientCredentials", "refreshToken"] as const;
/** As in RFC 6749, appendix A. A line break at the end, from a file or a clipboard, is found before the issuer says no. */
const text = "a string of visible ASCII characters, not empty";

/** A new option without a rule fails the build. No rule puts a value into a message. */
const rules: { readonly [Key in keyof Settings]: Rule<NonNullable<Settings[Key]>> } = {
  clientId: [both, text, readText],
  clientSecret: [both, text, readText],
  refreshToken: [["refreshToken"], text, readText],
  onRefreshToken: [["refreshToken"], "a function", readFunction],
  issuer: [
    both,
    "an https URL without user name, query and fragment (http on this machine only)",
    readIssuer,
  ],
  scope: [both, text, readText],
  clientAuthentication: [both, '"basic" or "post"', readAuthentication],
  fetch: [both, "a function", readFunction],
  timeoutMs: [both, "a number above 0", (value) => readNumber(value) || undefined],
  refreshBeforeMs: [both, "a finite number from 0", readFiniteNumber],
  signal: [both, "an AbortSignal", readSignal],
};

const defaults: Settings = {
  clientId: "",
  clientSecret: undefined,
  refreshToken: undefined,
  onRefreshToken: undefined,
  issuer: new URL("https://auth.loke.global"),
  scope: undefined,
  clientAuthentication: undefined,
  fetch: undefined,
  timeoutMs: 10_000,
  refreshBeforeMs: 60_000,
  signal: undefined,
};

/**
 * Checks options, and fills in the defaults.
 *
 * @throws {TypeError} naming the option that is wrong, never its value.
 */
export function settle(taker: Taker, options: object): Settings {
  if (Object(options) !== options || typeof options === "function")
    throw new TypeError(`${taker}: the options must be an object.`);
  const settings = { ...defaults };
  const needed = Object.fromEntries(required[taker].map((key) => [key, undefined]));
  for (const [key, value] of Object.entries({ ...needed, ...options })) {
    const rule = Object.hasOwn(rules, key) ? rules[key as keyof Settings] : undefined;
    if (!rule?.[0].includes(taker)) throw new TypeError(`${taker} has no option "${key}".`);
    if (value === undefined && !(key in needed)) continue;
    const [, mustBe, read] = rule;
    const setting = read(value);
    if (setting === undefined) throw new TypeError(`${taker}: "${key}" must be ${mustBe}.`);
    Object.assign(settings, { [key]: setting });
  }
  return settings;
}

/** Whether a URL leads to this machine, where nobody listens in. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" && /^[ -~]+$/.test(value) ? value : undefined;
}

function readFunction<T>(value: unknown): T | undefined {
  return typeof value === "function" ? (value as T) : undefined;
}

function readNumber(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}

function readFiniteNumber(value: unknown): number | undefined {
  return Number.isFinite(value) ? readNumber(value) : undefined;
}

function readAuthentication(value: unknown): "basic" | "post" | undefined {
  return value === "basic" || value === "post" ? value : undefined;
}

/** Not by `instanceof`: the signal can be of another realm. */
function readSignal(value: unknown): AbortSignal | undefined {
  return "aborted" in Object(value) ? (value as AbortSignal) : undefined;
}

function readIssuer(value: unknown): URL | undefined {
  const href = String(value);
  if (!URL.canParse(href) || /[?#]/.test(href)) return undefined;
  const url = new URL(href);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
  return isSafe && !(url.username + url.password) ? url : undefined;
}
