import { inspect } from "node:util";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { clientCredentialsIn } from "../../src/auth/client-credentials.js";
import { refreshTokenIn } from "../../src/auth/refresh-token.js";
import type { TokenProvider } from "../../src/auth/token-provider.js";
import { type IssuerOptions, TokenError } from "../../src/auth.js";
import { createClient, LokeError } from "../../src/index.js";
import { asFetch } from "../as-fetch.js";
import { type Clock, handClock } from "../faults/clock.js";
import { eventually, holdFetch, turn as turnOver } from "../faults/held-fetch.js";
import { answer, hang, head, write } from "../faults/server.js";
import { failureOf } from "../unit/observed-fetch.js";
import { issuerFailures, leaked, stalls } from "./failures.js";
import { job, phone, postJob, shop, startIssuer } from "./issuer.js";
import { passWaits } from "./pass-waits.js";

const issuer = await startIssuer();
afterAll(() => issuer.stop());

let clock: Clock;
let begin: number;
beforeEach(() => {
  clock = handClock();
  begin = issuer.requests.length;
});

/** As RFC 6749, appendix B, has it, and a little stricter, as the library does it. */
const formEncoded = (text: string) =>
  encodeURIComponent(text)
    .replaceAll(/[-_.!~*'()]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
const base64 = (text: string) => btoa(text).replace(/=+$/, "");
const credentials = ({ clientId = "", clientSecret = "" }) =>
  base64(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`);

/** In each form in which a secret goes over the wire. */
const formsOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  formEncoded(secret),
  new URLSearchParams({ secret }).toString().slice("secret=".length),
  base64(secret),
];

const refreshTokens = {
  shop: await issuer.logIn(shop.clientId),
  phone: await issuer.logIn(phone.clientId),
};
const sent = [
  ...[job, postJob, shop].flatMap(({ clientSecret }) => formsOf(clientSecret)),
  ...Object.values(refreshTokens).flatMap(formsOf),
  ...[job, postJob, shop].map(credentials),
];
const secrets = [...sent, ...Object.values(leaked)];

const url = issuer.url;
const ways: Readonly<Record<string, (options?: Pick<IssuerOptions, "fetch">) => TokenProvider>> = {
  "client credentials in the header": (options) =>
    clientCredentialsIn(clock, { ...job, issuer: url, ...options }),
  "client credentials in the body": (options) =>
    clientCredentialsIn(clock, {
      ...postJob,
      issuer: url,
      clientAuthentication: "post",
      ...options,
    }),
  "a refresh token with a secret": (options) =>
    refreshTokenIn(clock, { ...shop, issuer: url, refreshToken: refreshTokens.shop, ...options }),
  "a refresh token without one": (options) =>
    refreshTokenIn(clock, { ...phone, issuer: url, refreshToken: refreshTokens.phone, ...options }),
};

/** Makes a call with a token provider that fails. Its error is all that a user sees. */
async function failedCall(
  accessToken: TokenProvider,
  meanwhile: (call: Promise<unknown>) => Promise<unknown>,
) {
  let requests = 0;
  const loke = createClient({
    accessToken,
    fetch: async () => {
      requests += 1;
      return Response.json({});
    },
  });
  const call = failureOf(() => loke.getCustomer({ organizationId: "1", customerId: "2" }));
  await meanwhile(call);
  const error = await call;
  if (!(error instanceof LokeError)) throw error;
  expect(error.cause).toBeInstanceOf(TokenError);
  expect(requests).toBe(0);
  return { error, cause: error.cause as TokenError };
}

/** All that can be seen of a value by any means, whether or not it is enumerable. */
function everything(value: unknown, seen = new Set<unknown>()): string {
  if (Object(value) !== value) return String(value);
  if (seen.has(value)) return "";
  seen.add(value);
  const own = Reflect.ownKeys(value as object).map((key) => {
    const { value: field } = Object.getOwnPropertyDescriptor(value, key) ?? {};
    return `${String(key)} ${everything(field, seen)}`;
  });
  const shown = inspect(value, { depth: 10, showHidden: true, getters: true });
  return [String(value), shown, JSON.stringify(value), ...own].join("\n");
}

const secretsIn = (value: unknown) => {
  const shown = everything(value);
  return secrets.filter((secret) => shown.includes(secret));
};

test("a secret is found wherever an error could have it", () => {
  const secret = job.clientSecret;
  const hidden = Object.defineProperty(new Error("failed"), "body", { value: { deep: [secret] } });
  for (const error of [
    new Error(secret),
    new Error("failed", { cause: { cause: { cause: new Error(secret) } } }),
    Object.assign(new Error("failed"), { headers: { authorization: credentials(job) } }),
    hidden,
  ]) {
    expect(secretsIn(error)).not.toEqual([]);
  }
});

describe.for(Object.entries(ways))("%s", ([way, provider]) => {
  const isForOneUse = way.startsWith("a refresh token");

  test.for(
    issuerFailures(url, sent).map((failure) => [failure.path, failure.name, failure] as const),
  )("%s answers with %s", async ([path, , { turn, tells, facts, isPassing = false }]) => {
    const times = isPassing && !(isForOneUse && path === "/token") ? 3 : 1;
    issuer.next(path, ...Array.from({ length: times }, () => turn));
    const { error, cause } = await failedCall(provider(), (call) => passWaits(clock, call));
    const request = path === "/token" ? `The token request to ${url}` : `Discovery at ${url}`;
    expect(cause.message).toBe(`${request} ${tells.replace("CODE", `${cause.code}`)}`);
    expect({ ...cause }).toEqual({ name: "TokenError", issuer: url, ...facts });
    expect(issuer.requests.slice(begin).filter((one) => one.endsWith(path))).toHaveLength(times);
    expect(secretsIn(error)).toEqual([]);
  });

  test.for(
    ["/.well-known/openid-configuration", "/token"].flatMap((path) =>
      stalls.map((stall) => [path, stall.name, stall.turn] as const),
    ),
  )("%s answers with %s", async ([path, , turn]) => {
    let hungUp = false;
    issuer.next(path, [
      (response) => {
        response.once("close", () => {
          hungUp = true;
        });
      },
      ...turn,
    ]);
    const { error, cause } = await failedCall(provider(), async () => {
      await eventually(() => issuer.requests.slice(begin).some((one) => one.endsWith(path)));
      clock.advance(9_999);
      await turnOver();
      expect(hungUp).toBe(false);
      clock.advance(1);
    });
    expect(cause.message).toBe(`${url} gave no token within timeoutMs, 10000 ms`);
    expect({ ...cause }).toEqual({ name: "TokenError", issuer: url });
    await eventually(() => hungUp);
    expect(secretsIn(error)).toEqual([]);
    expect(clock.pending()).toEqual([]);
  });
});

describe("a fetch of the user's", () => {
  const failing = (fetch: (request: Request) => Promise<Response>) =>
    failedCall(clientCredentialsIn(clock, { ...job, issuer: url, fetch: asFetch(fetch) }), (call) =>
      passWaits(clock, call),
    );

  test("that has a mistake in it is called once", async () => {
    let calls = 0;
    const { cause } = await failing(async () => {
      calls += 1;
      throw new ReferenceError("x is not defined");
    });
    expect(calls).toBe(1);
    expect(cause.message).toContain("not of the network");
    expect(cause.cause).toMatchObject({ name: "ReferenceError", message: "x is not defined" });
  });

  test("that puts the request into its error", async () => {
    const { error, cause } = await failing(async (request) => {
      if (!request.url.endsWith("/token")) return fetch(request);
      const failure = new TypeError(`could not send ${request.headers.get("authorization")}`);
      throw Object.assign(failure, { request, code: "EPROXY" });
    });
    expect(cause).toMatchObject({
      code: "EPROXY",
      cause: { message: expect.stringMatching(/^Withheld/) },
    });
    expect(secretsIn(error)).toEqual([]);
  });

  test("that throws the credentials, as they are", async () => {
    const { error } = await failing(async (request) => {
      if (!request.url.endsWith("/token")) return fetch(request);
      const sent = request.headers.get("authorization")?.replace(/^Basic |=/g, "");
      expect(sent).toBe(credentials(job));
      throw sent;
    });
    expect(secretsIn(error)).toEqual([]);
  });

  test.for(Object.entries(ways))("that quotes what it sent, with %s", async ([, provider]) => {
    const { error } = await failedCall(
      provider({
        fetch: asFetch(async (request) => {
          if (!request.url.endsWith("/token")) return fetch(request);
          const sent = [...new URLSearchParams(await request.text()).values()];
          const causes = sent.map((value) => new TypeError(`could not send ${value}`));
          throw causes.reduce((cause, failure) => Object.assign(failure, { cause }));
        }),
      }),
      (call) => passWaits(clock, call),
    );
    expect(secretsIn(error)).toEqual([]);
  });

  test.for([undefined, {}, "text"])("that gives no Response: %o", async (given) => {
    const { cause } = await failing(async () => given as never);
    expect(cause.message).toMatch(/^Discovery at \S+ failed: fetch .* returned no Response$/);
  });

  test("whose error has a number for a code", async () => {
    const { cause } = await failing(async () => {
      throw new DOMException("failed", "NetworkError");
    });
    expect(cause.message).toBe(`Discovery at ${url} failed on the network`);
    expect(cause).not.toHaveProperty("code");
  });

  test("that shows a redirect as browsers do, without a status", async () => {
    const redirect = Object.defineProperties(new Response(), {
      status: { value: 0 },
      type: { value: "opaqueredirect" },
    });
    const { cause } = await failing(async () => redirect);
    expect(cause.message).toBe(
      `Discovery at ${url} was answered with a redirect: redirects are not followed`,
    );
    expect(cause).not.toHaveProperty("status");
  });

  test("that does not heed its signal: the body that comes too late is given up", async () => {
    let answerLate = (_: Response) => {};
    let isCancelled = false;
    const late = new Promise<Response>((resolve) => {
      answerLate = resolve;
    });
    const call = failedCall(
      clientCredentialsIn(clock, { ...job, issuer: url, fetch: () => late }),
      async () => {
        await turnOver();
        clock.advance(10_000);
      },
    );
    expect((await call).cause.message).toContain("timeoutMs");
    answerLate(
      new Response(
        new ReadableStream({
          cancel: () => {
            isCancelled = true;
          },
        }),
      ),
    );
    await eventually(() => isCancelled);
  });
});

test("an answer of discovery that comes to its end after shutdown leads to no request for a token", async () => {
  const { fetch, request, requests } = holdFetch({ heedsSignal: false });
  const shutdown = new AbortController();
  const { signal } = shutdown;
  const asked = failureOf(clientCredentialsIn(clock, { ...job, issuer: url, fetch, signal }));
  const body = (await request(1)).open({ "content-type": "application/json" });
  await turnOver();
  shutdown.abort("shutdown");
  expect(await asked).toBe("shutdown");
  body.send(JSON.stringify({ issuer: url, token_endpoint: `${url}/token` }));
  body.end();
  await turnOver();
  expect(requests).toHaveLength(1);
});

test("shutdown ends the wait before a request is repeated, and leaves no timer behind", async () => {
  const shutdown = new AbortController();
  const { signal } = shutdown;
  issuer.next("/token", answer(503));
  const asked = failureOf(clientCredentialsIn(clock, { ...job, issuer: url, signal }));
  await eventually(() => clock.pending().length === 3);
  shutdown.abort("shutdown");
  expect(await asked).toBe("shutdown");
  expect(clock.pending()).toEqual([]);
});

test("the body of an answer that is refused is given up, so that its connection is free", async () => {
  let isClosed = false;
  issuer.next("/token", [
    head(404, { "content-type": "text/html" }),
    write("<h1>"),
    (response) =>
      void response.once("close", () => {
        isClosed = true;
      }),
    hang,
  ]);
  await failureOf(clientCredentialsIn(clock, { ...job, issuer: url }));
  await eventually(() => isClosed);
});
