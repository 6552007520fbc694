import * as oauth from "oauth4webapi";
import type { Environment } from "../environment.js";
import { isLoopback, parseUrl } from "../url.js";
import { timedOut, withTimeout } from "../with-timeout.js";
import { exchange, type Session, type SessionFetch } from "./exchange.js";
import type { ResolvedOptions } from "./options.js";
import { TokenError } from "./token-error.js";
import type { Grant } from "./token-provider.js";

/** A response of the token endpoint. */
export interface Tokens extends Grant {
  readonly refreshToken: string | undefined;
}

/** The grant by which a token is requested. */
export type Reason =
  | { readonly grantType: "client_credentials" }
  | { readonly grantType: "refresh_token"; readonly refreshToken: string };

/** Requests tokens from an issuer. */
export interface Issuer {
  readonly name: string;
  requestTokens(reason: Reason): Promise<Tokens>;
  /** Returns the error for a request that took longer than `timeoutMs`. */
  timeoutError(): TokenError;
}

/**
 * Returns an issuer: tokens come from its token endpoint, which discovery names.
 *
 * The result of discovery is kept until a request fails. Then discovery runs again: the endpoint may have moved, and no
 * service should need a restart for that.
 */
export function createIssuer(environment: Environment, options: ResolvedOptions): Issuer {
  const { clientSecret = "", fetch, timeoutMs } = options;
  const signals = options.signal ? [options.signal] : [];
  const { href, origin, pathname } = options.issuer;
  const issuer = pathname === "/" ? origin : href;
  let known: oauth.AuthorizationServer | undefined;

  function timeoutError(): TokenError {
    return new TokenError(`${issuer} gave no token within timeoutMs, ${timeoutMs} ms`, { issuer });
  }

  return {
    name: issuer,
    timeoutError,
    async requestTokens(reason) {
      const giveUpAt = environment.now() + timeoutMs;
      const secrets = [clientSecret, "refreshToken" in reason ? reason.refreshToken : ""];
      try {
        return await withTimeout({ environment, timeoutMs, signals }, async (signal) => {
          const session = { environment, fetch, giveUpAt, issuer, secrets, signal };
          const server = known ?? (await discover(session));
          known = undefined;
          const tokens = await requestTokens(session, { options, server, reason });
          known = server;
          return tokens;
        });
      } catch (failure) {
        throw failure === timedOut ? timeoutError() : failure;
      }
    },
  };
}

async function discover(session: Session): Promise<oauth.AuthorizationServer> {
  const { issuer } = session;
  const url = new URL(issuer);
  return exchange(session, {
    label: `Discovery at ${issuer}`,
    isRepeatable: true,
    send: (fetch) => oauth.discoveryRequest(url, optionsFor(session, fetch)),
    async read(response) {
      const server = await oauth.processDiscoveryResponse(url, response);
      const endpoint = parseUrl(server.token_endpoint ?? "");
      if (!endpoint || !isAsSafeAs(url, endpoint)) {
        const message = `Discovery at ${issuer} named no token endpoint that a secret can be sent to`;
        throw new TokenError(message, { issuer, status: response.status });
      }
      return server;
    },
  });
}

/** The options accept http only for an issuer on this machine. */
function optionsFor({ issuer }: Session, fetch: SessionFetch) {
  return {
    [oauth.customFetch]: fetch,
    [oauth.allowInsecureRequests]: issuer.startsWith("http:"),
  };
}

/** Stricter than the library, which allows http to any host once the issuer may use it. */
function isAsSafeAs(issuer: URL, endpoint: URL): boolean {
  if (endpoint.protocol === "https:") return true;
  return issuer.protocol === "http:" && endpoint.protocol === "http:" && isLoopback(endpoint);
}

interface TokenRequest {
  readonly options: ResolvedOptions;
  readonly server: oauth.AuthorizationServer;
  readonly reason: Reason;
}

async function requestTokens(
  session: Session,
  { options, reason, server }: TokenRequest,
): Promise<Tokens> {
  const { clientId, scope } = options;
  const { issuer } = session;
  const client = { client_id: clientId };
  const authentication = authenticationFor(options, server);
  const parameters: Record<string, string> = scope === undefined ? {} : { scope };
  const label = `The token request to ${issuer}`;
  return exchange(session, {
    label,
    // A refresh token can often be used once: an issuer that receives it twice treats it as stolen and ends the log-in.
    isRepeatable: reason.grantType === "client_credentials",
    send(fetch) {
      const options = optionsFor(session, fetch);
      if (reason.grantType === "client_credentials")
        return oauth.clientCredentialsGrantRequest(
          server,
          client,
          authentication,
          parameters,
          options,
        );
      return oauth.refreshTokenGrantRequest(server, client, authentication, reason.refreshToken, {
        ...options,
        additionalParameters: parameters,
      });
    },
    async read(response) {
      const given = await oauth.processGenericTokenEndpointResponse(server, client, response);
      const { access_token: accessToken, expires_in: seconds, token_type: type } = given;
      // The library also accepts DPoP tokens, which need a proof with each request.
      if (type !== "bearer" || !/^[!-~]+$/.test(accessToken)) {
        const message = `${label} was answered with a token that is no bearer token`;
        throw new TokenError(message, { issuer, status: response.status });
      }
      const expiresInMs = seconds === undefined ? undefined : seconds * 1_000;
      return { accessToken, expiresInMs, refreshToken: given.refresh_token };
    },
  });
}

/** "basic" is the default of an issuer that lists nothing (RFC 8414, 2), and is preferred if it accepts both (RFC 6749, 2.3.1). */
function authenticationFor(
  { clientAuthentication, clientSecret }: ResolvedOptions,
  { token_endpoint_auth_methods_supported: listed }: oauth.AuthorizationServer,
): oauth.ClientAuth {
  if (clientSecret === undefined) return oauth.None();
  const takes = (method: string) => String(listed).includes(method);
  const isPostOnly = takes("client_secret_post") && !takes("client_secret_basic");
  return (clientAuthentication ?? (isPostOnly ? "post" : "basic")) === "post"
    ? oauth.ClientSecretPost(clientSecret)
    : oauth.ClientSecretBasic(clientSecret);
}
