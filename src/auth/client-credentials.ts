import { type Environment, realEnvironment } from "../environment.js";
import { createIssuer } from "./issuer.js";
import { type IssuerOptions, parseAuthOptions } from "./options.js";
import { keepToken, type TokenProvider } from "./token-provider.js";

/** Options of `clientCredentials`. */
export interface ClientCredentialsOptions extends IssuerOptions {
  /** The secret of the application. Never use it in a browser: every visitor of the page can read it. */
  clientSecret: string;
}

/**
 * Returns a function that gets access tokens by OAuth's client credentials, for an application that acts without a user.
 * According to the vendor, such a token is valid for every organization that installed the add-on.
 *
 * Pass the function to `createClient` as `accessToken`. It requests a token when the first one is needed, shortly before
 * one expires, and after a 401. Concurrent calls share one request. A request that fails temporarily (network, 408, 425,
 * 429, 500, 502, 503, 504, broken body) is retried up to twice within `timeoutMs`, and `Retry-After` is followed. Any
 * other failure rejects with a `TokenError`.
 *
 * @throws {TypeError} naming the option that is wrong.
 *
 * @example
 * import { createClient } from "loke-customers";
 * import { clientCredentials } from "loke-customers/auth";
 *
 * const accessToken = clientCredentials({
 *   clientId: process.env.LOKE_CLIENT_ID ?? "",
 *   clientSecret: process.env.LOKE_CLIENT_SECRET ?? "",
 * });
 * const loke = createClient({ accessToken });
 */
export function clientCredentials(options: ClientCredentialsOptions): TokenProvider {
  return clientCredentialsIn(realEnvironment, options);
}

/** `clientCredentials` with another clock and source of randomness: for tests. */
export function clientCredentialsIn(
  environment: Environment,
  options: ClientCredentialsOptions,
): TokenProvider {
  const resolved = parseAuthOptions("clientCredentials", options);
  const { requestTokens, timeoutError } = createIssuer(environment, resolved);
  const requestToken = () => requestTokens({ grantType: "client_credentials" });
  return keepToken(environment, resolved, { requestToken, timeoutError });
}
