import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  type ClientCredentialsOptions,
  clientCredentialsIn,
} from "../../src/auth/client-credentials.js";
import { TokenError } from "../../src/auth.js";
import { type Clock, handClock } from "../faults/clock.js";
import { answer } from "../faults/server.js";
import { failureOf } from "../unit/observed-fetch.js";
import { job, lifetimes, postJob, startIssuer } from "./issuer.js";
import { passWaits } from "./pass-waits.js";

const issuer = await startIssuer();
afterAll(() => issuer.stop());

const discovery = "GET /.well-known/openid-configuration";
const token = "POST /token";

let clock: Clock;
let begin: number;
beforeEach(() => {
  clock = handClock();
  begin = issuer.requests.length;
});
const requests = () => issuer.requests.slice(begin);

function provider(options: Partial<ClientCredentialsOptions> = {}) {
  return clientCredentialsIn(clock, { ...job, issuer: issuer.url, ...options });
}

/** An answer of discovery that is the provider's own but for some fields. */
async function discoveryWith(fields: object) {
  const found = await fetch(`${issuer.url}/.well-known/openid-configuration`);
  begin = issuer.requests.length;
  const body = JSON.stringify({ ...((await found.json()) as object), ...fields });
  return answer(200, body, { "content-type": "application/json" });
}

describe("the first token", () => {
  test("is one that the issuer vouches for", async () => {
    expect(await issuer.isGood(await provider()())).toBe(true);
    expect(requests()).toEqual([discovery, token]);
  });

  test("is asked for when it is needed, and not before", async () => {
    provider();
    await new Promise((resolve) => setImmediate(resolve));
    expect(requests()).toEqual([]);
  });

  test("is asked for by the ID and the secret in the header, encoded as RFC 6749 has it", async () => {
    await provider()();
    const { authorization = "", body } = issuer.lastTokenRequest;
    const [id, secret] = atob(authorization.replace("Basic ", "")).split(":");
    expect(new URLSearchParams(`id=${id}&secret=${secret}`).get("id")).toBe(job.clientId);
    expect(new URLSearchParams(`id=${id}&secret=${secret}`).get("secret")).toBe(job.clientSecret);
    expect(body).toBe("grant_type=client_credentials");
  });

  test("is asked for with the scope of the options", async () => {
    await provider({ scope: "openid" })();
    expect(issuer.lastTokenRequest.body).toBe("scope=openid&grant_type=client_credentials");
  });

  test("goes through the option fetch, which is called as the global one", async () => {
    const given: unknown[][] = [];
    const accessToken = provider({
      fetch(...all) {
        given.push(all);
        return fetch(...all);
      },
    });
    expect(await issuer.isGood(await accessToken())).toBe(true);
    expect(given.map((all) => all.map((one) => typeof one))).toEqual([
      ["string", "object"],
      ["string", "object"],
    ]);
  });
});

describe("how ID and secret are sent", () => {
  const post = { ...postJob, issuer: issuer.url };
  const inBody = `grant_type=client_credentials&client_id=${postJob.clientId}&client_secret=${postJob.clientSecret}`;
  const posts = () =>
    new URLSearchParams(issuer.lastTokenRequest.body).toString() ===
      new URLSearchParams(inBody).toString() && issuer.lastTokenRequest.authorization === undefined;

  test("in the body, if the option says so", async () => {
    expect(await issuer.isGood(await provider({ ...post, clientAuthentication: "post" })())).toBe(
      true,
    );
    expect(posts()).toBe(true);
  });

  test("in the body, if the issuer takes nothing else", async () => {
    const methods = ["private_key_jwt", "client_secret_post"];
    issuer.next(
      "/.well-known/openid-configuration",
      await discoveryWith({ token_endpoint_auth_methods_supported: methods }),
    );
    await provider(post)();
    expect(posts()).toBe(true);
  });

  test.for([
    ["lists nothing", undefined],
    ["lists both", ["client_secret_post", "client_secret_basic"]],
    ["lists neither", ["none"]],
    ["has no list there", 5],
  ] as const)("in the header, if the issuer %s", async ([, listed]) => {
    issuer.next(
      "/.well-known/openid-configuration",
      await discoveryWith({ token_endpoint_auth_methods_supported: listed }),
    );
    await provider(post)();
    expect(issuer.lastTokenRequest.authorization).toMatch(/^Basic /);
    expect(issuer.lastTokenRequest.body).toBe("grant_type=client_credentials");
  });

  test("in the header, if the option says so to an issuer that does not list it", async () => {
    issuer.next(
      "/.well-known/openid-configuration",
      await discoveryWith({ token_endpoint_auth_methods_supported: ["client_secret_post"] }),
    );
    await provider({ ...post, clientAuthentication: "basic" })();
    expect(issuer.lastTokenRequest.authorization).toMatch(/^Basic /);
  });
});

describe("a token", () => {
  const lifeMs = lifetimes.job * 1_000;

  test("is kept until a minute before it expires, and then replaced without asking discovery again", async () => {
    const accessToken = provider();
    const first = await accessToken();
    clock.advance(lifeMs - 60_001);
    expect(await accessToken()).toBe(first);
    clock.advance(1);
    const second = await accessToken();
    expect(second).not.toBe(first);
    expect(await issuer.isGood(second)).toBe(true);
    expect(requests()).toEqual([discovery, token, token]);
  });

  test("is replaced after a 401, however long it would live", async () => {
    const accessToken = provider();
    const first = await accessToken({ refresh: false });
    await issuer.revoke(first);
    const second = await accessToken({ refresh: true });
    expect(second).not.toBe(first);
    expect(await issuer.isGood(second)).toBe(true);
    expect(await accessToken({ refresh: false })).toBe(second);
    expect(requests()).toEqual([discovery, token, token]);
  });

  const given = (fields: object) =>
    answer(200, JSON.stringify({ access_token: "given", token_type: "Bearer", ...fields }), {
      "content-type": "application/json",
    });

  test("is kept until a 401, if the issuer does not say how long it lives", async () => {
    const accessToken = provider();
    issuer.next("/token", given({}));
    await accessToken();
    clock.advance(1e12);
    expect(await accessToken()).toBe("given");
    expect(await accessToken({ refresh: true })).not.toBe("given");
  });

  test("lives for as many seconds as the issuer says, also in a string", async () => {
    const accessToken = provider();
    issuer.next("/token", given({ expires_in: "3600" }));
    await accessToken();
    clock.advance(3_539_999);
    expect(await accessToken()).toBe("given");
    clock.advance(1);
    expect(await accessToken()).not.toBe("given");
  });
});

describe("an issuer that fails", () => {
  test("a wrong secret is said to be one, and asked about once", async () => {
    const error = await failureOf(provider({ clientSecret: "wrong" }));
    expect(error).toBeInstanceOf(TokenError);
    expect(error).toMatchObject({
      name: "TokenError",
      message: `The token request to ${issuer.url} was answered with 401 (invalid_client): are clientId, clientSecret and clientAuthentication right?`,
      issuer: issuer.url,
      status: 401,
      code: "invalid_client",
    });
    expect(requests()).toEqual([discovery, token]);
  });

  test("is asked for discovery again after a token that did not come: the endpoint may have moved", async () => {
    const accessToken = provider();
    await accessToken();
    issuer.next("/token", answer(404, "<h1>moved</h1>", { "content-type": "text/html" }));
    expect(await failureOf(() => accessToken({ refresh: true }))).toMatchObject({ status: 404 });
    await accessToken();
    await accessToken({ refresh: true });
    expect(requests()).toEqual([discovery, token, token, discovery, token, token]);
  });

  test("that is down for a moment is asked twice more", async () => {
    const unavailable = answer(503, "");
    issuer.next("/.well-known/openid-configuration", unavailable, unavailable);
    issuer.next("/token", unavailable, unavailable);
    const given = provider()();
    // Half of 500 ms and of 1,000 ms, each time: chance says a half.
    expect(await passWaits(clock, given)).toEqual([250, 500, 250, 500]);
    expect(await issuer.isGood(await given)).toBe(true);
    expect(requests()).toEqual([discovery, discovery, discovery, token, token, token]);
  });

  test("is told to be down when nobody listens, and is asked again when it is back", async () => {
    const accessToken = provider();
    await issuer.stop();
    const given = accessToken();
    expect(
      await passWaits(
        clock,
        given.catch(() => {}),
      ),
    ).toEqual([250, 500]);
    const error = await failureOf(() => given);
    expect(error).toMatchObject({
      message: `Discovery at ${issuer.url} failed on the network (ECONNREFUSED)`,
      code: "ECONNREFUSED",
      cause: { message: "fetch failed" },
    });
    expect(Object.keys(error as object)).not.toContain("status");
    await issuer.start();
    expect(await issuer.isGood(await accessToken())).toBe(true);
  });
});

describe("Retry-After", () => {
  test("is waited for as the issuer asks, without jitter", async () => {
    issuer.next("/token", answer(429, "", { "retry-after": "2" }));
    const given = provider()();
    expect(await passWaits(clock, given)).toEqual([2_000]);
    expect(await issuer.isGood(await given)).toBe(true);
  });

  test("beyond timeoutMs ends it at once, and is on the error", async () => {
    issuer.next("/token", answer(503, "", { "retry-after": "10" }));
    const error = await failureOf(provider());
    expect(error).toMatchObject({ status: 503, retryAfterMs: 10_000 });
    expect(requests()).toEqual([discovery, token]);
  });
});
