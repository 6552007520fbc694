import { type Environment, realEnvironment } from "../environment.js";
import { createIssuer } from "./issuer.js";
import { type IssuerOptions, parseAuthOptions } from "./options.js";
import { keepToken, type TokenProvider } from "./token-provider.js";

/** Options of `refreshToken`. */
export interface RefreshTokenOptions extends IssuerOptions {
  /** What the user's log-in gave besides the access token. */
  refreshToken: string;
  /** Left out by an application that can keep no secret, such as one in a browser or on a phone. */
  clientSecret?: string | undefined;
  /**
   * Told of each refresh token that takes the place of the one before, so that it can be stored. It is waited for before the
   * access token is given, and what it throws ends the call. It is then told again at the next request for a token.
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
  const requestTokens = createIssuer(environment, resolved);
  let current = options.refreshToken;
  let stored = current;
  return keepToken(environment, resolved, async () => {
    const tokens = await requestTokens({ grantType: "refresh_token", refreshToken: current });
    current = tokens.refreshToken ?? current;
    if (current !== stored) await resolved.onRefreshToken?.(current);
    stored = current;
    return tokens;
  });
}
