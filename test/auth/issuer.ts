import { createServer } from "node:http";
import { type Configuration, Provider } from "oidc-provider";
import type { Turn } from "../faults/server.js";
import { listen } from "../listen.js";

/** An OpenID provider on this machine, real but for the faults that a test asks for. */
export interface TestIssuer {
  readonly url: string;
  /** What it was asked, such as `POST /token`, in order. */
  readonly requests: readonly string[];
  /** The headers and body of the last request to its token endpoint. */
  readonly lastTokenRequest: { readonly authorization: string | undefined; readonly body: string };
  /** What becomes of the next requests for a path, in place of the provider's answer. */
  next(path: string, ...turns: Turn[]): void;
  /** Whether it gave a token and would still vouch for it. */
  isGood(accessToken: string): Promise<boolean>;
  /** Takes back a token that it gave. */
  revoke(accessToken: string): Promise<void>;
  /** Makes what a user's log-in gives: a refresh token of this client. */
  logIn(clientId: string): Promise<string>;
  /** Asks it as if it stood at another origin, behind a gateway. */
  fetchAs(origin: string, request: Request): Promise<Response>;
  /** Nobody listens at its address any more, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The applications that the issuer knows. */
export const job = { clientId: "nightly-job", clientSecret: "Zq7-secret of+the/job:~Kx9" };
export const postJob = { clientId: "post-job", clientSecret: "Vw3-secret-of-the-post-job" };
export const shop = { clientId: "shop", clientSecret: "Bt5-secret-of-the-shop" };
export const phone = { clientId: "phone" };
/** Where a log-in sends the user of the shop back to. */
export const redirectUri = "http://127.0.0.1:8080/callback";

/** The lives of the tokens that it gives, in seconds. */
export const lifetimes = { job: 600, user: 300 };

const configuration: Configuration = {
  clients: [
    {
      client_id: job.clientId,
      client_secret: job.clientSecret,
      grant_types: ["client_credentials"],
      response_types: [],
      redirect_uris: [],
      scope: "openid",
    },
    {
      client_id: postJob.clientId,
      client_secret: postJob.clientSecret,
      token_endpoint_auth_method: "client_secret_post",
      grant_types: ["client_credentials"],
      response_types: [],
      redirect_uris: [],
    },
    {
      client_id: shop.clientId,
      client_secret: shop.clientSecret,
      // So that a log-in can lead back to any port of this machine.
      application_type: "native",
      grant_types: ["client_credentials", "authorization_code", "refresh_token"],
      redirect_uris: [redirectUri],
    },
    {
      client_id: phone.clientId,
      token_endpoint_auth_method: "none",
      application_type: "native",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: [redirectUri],
    },
  ],
  cookies: { keys: ["a key for the tests"] },
  features: { clientCredentials: { enabled: true } },
  // As issuers do that take care: each refresh token is good for one use.
  rotateRefreshToken: true,
  ttl: {
    ClientCredentials: lifetimes.job,
    AccessToken: lifetimes.user,
    RefreshToken: 86_400,
    Grant: 86_400,
    Session: 3_600,
    Interaction: 3_600,
    IdToken: 300,
    AuthorizationCode: 60,
  },
};

/** @param name - the issuer's name, if it is not the address that it listens at, such as behind a gateway */
export async function startIssuer(name?: string): Promise<TestIssuer> {
  const requests: string[] = [];
  const turns = new Map<string, Turn[]>();
  const lastTokenRequest = { authorization: undefined as string | undefined, body: "" };

  const server = createServer(async (request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    requests.push(`${request.method} ${path}`);
    response.on("error", () => {});
    const [turn, ...others] = turns.get(path) ?? [];
    turns.set(path, others);
    if (path === "/token") {
      lastTokenRequest.authorization = request.headers.authorization;
      lastTokenRequest.body = "";
      request.on("data", (part) => {
        lastTokenRequest.body += part;
      });
    }
    if (!turn) return respond(request, response);
    for (const step of turn) {
      if (response.destroyed) return;
      await step(response);
    }
  });
  const { close: stop, port, url } = await listen(server);
  const provider = new Provider(name ?? url, configuration);
  // Behind a gateway, the addresses in its discovery document are the gateway's.
  provider.proxy = name !== undefined;
  const respond = provider.callback();

  const find = async (token: string) =>
    (await provider.ClientCredentials.find(token)) ?? (await provider.AccessToken.find(token));

  return {
    url,
    requests,
    lastTokenRequest,
    next(path, ...more) {
      turns.set(path, [...(turns.get(path) ?? []), ...more]);
    },
    isGood: async (token) => (await find(token)) !== undefined,
    async revoke(token) {
      await (await find(token))?.destroy();
    },
    async logIn(clientId) {
      const accountId = "a-user";
      const scope = "openid offline_access";
      const client = await provider.Client.find(clientId);
      if (!client) throw new Error(`The issuer knows no ${clientId}.`);
      const grant = new provider.Grant({ accountId, clientId });
      grant.addOIDCScope(scope);
      const grantId = await grant.save();
      const gty = "authorization_code";
      return new provider.RefreshToken({ accountId, client, grantId, scope, gty }).save();
    },
    async fetchAs(origin, request) {
      const { host, protocol } = new URL(origin);
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      headers.set("x-forwarded-proto", protocol.slice(0, -1));
      headers.set("x-forwarded-host", host);
      return fetch(new Request(new URL(pathname + search, url), request), { headers });
    },
    stop,
    start: () => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve)),
  };
}
