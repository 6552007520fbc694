import { type Environment, realEnvironment } from "../environment.js";
import { createIssuer } from "./issuer.js";
import { type IssuerOptions, parseAuthOptions } from "./options.js";
import { TokenError } from "./token-error.js";
import { keepToken, type TokenProvider } from "./token-provider.js";

/** Options of `refreshToken`. */
export interface RefreshTokenOptions extends IssuerOptions {
  /** What the user's log-in gave besides the access token. */
  refreshToken: string;
  /** Left out by an application that can keep no secret, such as one in a browser or on a phone. */
  clientSecret?: string | undefined;
  /**
   * Told of each refresh token that takes the place of the one before, so that it can be stored. It is waited for before the
   * access token is given, within `timeoutMs`. What it throws ends the call, and it is told again at the next request for a
   * token.
   *
   * Without it a refresh token that the issuer replaces is lost with the process.
   */
  onRefreshToken?: ((refreshToken: string) => void | Promise<void>) | undefined;
}

/**
 * Gets access tokens for a user who has logged in, by the refresh token of OAuth's authorization code flow.
 *
 * The result is what `createClient` takes as `accessToken`, and it asks when that of `clientCredentials` does. A request for
 * a token that fails is not repeated, though: an issuer that sees a refresh token for the second time may take it for
 * stolen. For the same reason let one process at a time use it.
 *
 * @throws {TypeError} naming the option that is wrong.
 *
 * @example
 * import { readFile, writeFile } from "node:fs/promises";
 * import { createClient } from "loke-customers";
 * import { refreshToken } from "loke-customers/auth";
 *
 * const file = "refresh-token.txt";
 * const accessToken = refreshToken({
 *   clientId: process.env.LOKE_CLIENT_ID ?? "",
 *   clientSecret: process.env.LOKE_CLIENT_SECRET,
 *   refreshToken: await readFile(file, "utf8"),
 *   onRefreshToken: (token) => writeFile(file, token, { mode: 0o600 }),
 * });
 * const loke = createClient({ accessToken });
 */
export function refreshToken(options: RefreshTokenOptions): TokenProvider {
  return refreshTokenIn(realEnvironment, options);
}

/** `refreshToken` with another clock and source of randomness: for tests. */
export function refreshTokenIn(
  environment: Environment,
  options: RefreshTokenOptions,
): TokenProvider {
  const resolved = parseAuthOptions("refreshToken", options);
  const { onRefreshToken, timeoutMs } = resolved;
  const issuer = createIssuer(environment, resolved);
  let current = options.refreshToken;
  let stored = current;
  let isStoring = false;

  function timeoutError(): TokenError {
    if (!isStoring) return issuer.timeoutError();
    const late = `onRefreshToken did not end within timeoutMs, ${timeoutMs} ms`;
    return new TokenError(`refreshToken: ${late}`, { issuer: issuer.name });
  }

  async function requestToken() {
    // The request before may never have ended.
    isStoring = false;
    const tokens = await issuer.requestTokens({
      grantType: "refresh_token",
      refreshToken: current,
    });
    // Before it is stored, which can fail: the one before may be used up.
    const given = tokens.refreshToken ?? current;
    current = given;
    if (given === stored) return tokens;
    isStoring = true;
    await onRefreshToken?.(given);
    isStoring = false;
    stored = given;
    return tokens;
  }
  return keepToken(environment, resolved, { requestToken, timeoutError });
}
