import {
  type OptionRules,
  parseFunction,
  parseNumber,
  parseOptions,
  parsePositive,
  parseSignal,
} from "../parse-options.js";
import { isSecure, parseAddress } from "../url.js";

/** Options for requesting and keeping access tokens, whichever grant is used. */
export interface IssuerOptions {
  /** The ID of your application, issued by the vendor. */
  clientId: string;
  /**
   * The OpenID issuer of the tokens. Its discovery document names the token endpoint. http is for an issuer on this
   * machine only.
   *
   * The default is from the vendor's guide (https://developers.loke.global/docs/guides/authentication). The API's own page
   * names no issuer.
   *
   * @default "https://auth.loke.global"
   */
  issuer?: string | URL | undefined;
  /** Scopes, separated by blanks. The vendor documents none. @default none: the issuer decides */
  scope?: string | undefined;
  /**
   * Where the ID and the secret are sent: in the `Authorization` header, or in the body.
   *
   * @default what the issuer's discovery document lists; "basic" if it lists both or nothing
   */
  clientAuthentication?: "basic" | "post" | undefined;
  /** Sends a request, called as the global `fetch` is. @default globalThis.fetch, looked up at each request */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * The limit for getting one token, discovery and retries included, in milliseconds. Keep it below the client's
   * `timeoutMs`: otherwise an issuer that does not respond looks like an API that does not respond.
   *
   * @default 10_000
   */
  timeoutMs?: number | undefined;
  /**
   * How long before a token expires the next one is requested, in milliseconds. At most a quarter of the token's
   * lifetime.
   *
   * @default 60_000
   */
  refreshBeforeMs?: number | undefined;
  /** Stops it for good, such as at shutdown: every later call rejects with the signal's reason. */
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
/** As in RFC 6749, appendix A. Rejects a trailing line break, from a file or a clipboard, before the issuer does. */
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
 * Returns the options of a function, with their defaults.
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
