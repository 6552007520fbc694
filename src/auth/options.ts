import {
  type OptionRules,
  parseFunction,
  parseNumber,
  parseOptions,
  parsePositive,
  parseSignal,
} from "../parse-options.js";
import { isSecure, parseAddress } from "../url.js";

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
  /** Sends a request, called as the global `fetch` is. @default globalThis.fetch, looked up at each request */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
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

/** The options of both functions, with their defaults. */
export interface ResolvedOptions {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly refreshToken: string | undefined;
  readonly onRefreshToken: ((refreshToken: string) => unknown) | undefined;
  readonly issuer: URL;
  readonly scope: string | undefined;
  readonly clientAuthentication: "basic" | "post" | undefined;
  readonly fetch: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  readonly timeoutMs: number;
  readonly refreshBeforeMs: number;
  readonly signal: AbortSignal | undefined;
}

const both = "clientCredentials, refreshToken";
/** As in RFC 6749, appendix A. Finds a line break at the end, from a file or a clipboard, before the issuer refuses it. */
const text = "a string of visible ASCII characters, not empty";
const aText = [both, text, parseText] as const;

const rules: OptionRules<ResolvedOptions> = {
  clientId: aText,
  clientSecret: aText,
  refreshToken: ["refreshToken", text, parseText],
  onRefreshToken: ["refreshToken", "a function", parseFunction],
  issuer: [
    both,
    "an https URL without user name, query and fragment (http on this machine only)",
    parseIssuer,
  ],
  scope: aText,
  clientAuthentication: [both, '"basic" or "post"', parseAuthentication],
  fetch: [both, "a function", parseFunction],
  timeoutMs: [both, "a number above 0", parsePositive],
  refreshBeforeMs: [both, "a finite number from 0", parseFinite],
  signal: [both, "an AbortSignal", parseSignal],
};

const required = {
  clientCredentials: ["clientId", "clientSecret"],
  refreshToken: ["clientId", "refreshToken"],
} as const;

/**
 * Checks the options of a function, and adds the defaults.
 *
 * @throws {TypeError} naming the option that is wrong, never its value.
 */
export function parseAuthOptions(
  caller: keyof typeof required,
  options: IssuerOptions,
): ResolvedOptions {
  const base: ResolvedOptions = {
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
  return parseOptions(options, { caller, scope: caller, rules, base, required: required[caller] });
}

function parseText(value: unknown): string | undefined {
  return typeof value === "string" && /^[ -~]+$/.test(value) ? value : undefined;
}

function parseFinite(value: unknown): number | undefined {
  return Number.isFinite(value) ? parseNumber(value) : undefined;
}

function parseAuthentication(value: unknown): "basic" | "post" | undefined {
  return value === "basic" || value === "post" ? value : undefined;
}

function parseIssuer(value: unknown): URL | undefined {
  const url = parseAddress(value);
  return url && isSecure(url) ? url : undefined;
}
