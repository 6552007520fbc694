import { type Environment, realEnvironment } from "../environment.js";
import { createIssuer } from "./issuer.js";
import { type IssuerOptions, parseAuthOptions } from "./options.js";
import { keepToken, type TokenProvider } from "./token-provider.js";

/** Options of `clientCredentials`. */
export interface ClientCredentialsOptions extends IssuerOptions {
  /** The secret that goes with the ID. Not for browsers: whoever can load a page can read it. */
  clientSecret: string;
}

/**
 * Gets access tokens for an application that works by itself, by OAuth's client credentials. Such a token reaches every
 * organization that installed the add-on, the vendor says.
 *
 * The result is what `createClient` takes as `accessToken`. It asks the issuer when the first token is needed, shortly
 * before one expires, and after a 401; many calls that wait share one request. What the client would
 * repeat (the network, 408, 425, 429, 500, 502, 503, 504, a broken body) is repeated twice, `Retry-After` honoured, within
 * `timeoutMs`. What still fails is a `TokenError`.
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
