import { type Environment, realEnvironment } from "../environment.js";
import { createIssuer } from "./issuer.js";
import { type IssuerOptions, parseAuthOptions } from "./options.js";
import { TokenError } from "./token-error.js";
import { keepToken, type TokenProvider } from "./token-provider.js";

/** Options of `refreshToken`. */
export interface RefreshTokenOptions extends IssuerOptions {
  /** The refresh token that the user's log-in returned besides the access token. */
  refreshToken: string;
  /** Absent for an application that cannot keep a secret, such as one in a browser or on a phone. */
  clientSecret?: string | undefined;
  /**
   * Called with each refresh token that replaces the previous one, so that it can be stored. The access token is returned
   * after this function has resolved, within `timeoutMs`. If it throws, the call fails with that error, and the next
   * request for a token calls it again.
   *
   * Without it, a replaced refresh token is lost when the process ends.
   */
  onRefreshToken?: ((refreshToken: string) => void | Promise<void>) | undefined;
}

/**
 * Returns a function that gets access tokens for a user who has logged in, by the refresh token of OAuth's authorization
 * code flow.
 *
 * Pass the function to `createClient` as `accessToken`. It requests tokens at the same moments as that of
 * `clientCredentials`, but never retries a failed request: an issuer that receives a refresh token twice may treat it as
 * stolen. For the same reason, only one process at a time may use a refresh token.
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
    // An earlier request may never have ended.
    isStoring = false;
    const tokens = await issuer.requestTokens({
      grantType: "refresh_token",
      refreshToken: current,
    });
    // Set before it is stored, which can fail: the previous one may be used up.
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
