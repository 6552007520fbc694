import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type RefreshTokenOptions, refreshTokenIn } from "../../src/auth/refresh-token.js";
import { type Clock, handClock } from "../faults/clock.js";
import { turn } from "../faults/held-fetch.js";
import { answer } from "../faults/server.js";
import { failureOf } from "../unit/observed-fetch.js";
import { phone, shop, startIssuer } from "./issuer.js";
import { passWaits } from "./pass-waits.js";

const issuer = await startIssuer();
afterAll(() => issuer.stop());

let clock: Clock;
let begin: number;
let stored: string[];
beforeEach(() => {
  clock = handClock();
  begin = issuer.requests.length;
  stored = [];
});

async function provider(options: Partial<RefreshTokenOptions> = {}) {
  return refreshTokenIn(clock, {
    ...shop,
    issuer: issuer.url,
    refreshToken: await issuer.logIn(options.clientId ?? shop.clientId),
    onRefreshToken: (token) => void stored.push(token),
    ...options,
  });
}

/** An access token without a refresh token: the one before stays good. */
const kept = answer(200, '{"access_token":"kept","token_type":"Bearer","expires_in":300}', {
  "content-type": "application/json",
});

const tokenRequests = () => issuer.requests.slice(begin).filter((one) => one === "POST /token");

describe("a user's token", () => {
  test("is one that the issuer vouches for", async () => {
    expect(await issuer.isGood(await (await provider())())).toBe(true);
  });

  test("is asked for without a secret by who can keep none", async () => {
    const accessToken = await provider({ ...phone, clientSecret: undefined });
    expect(await issuer.isGood(await accessToken())).toBe(true);
    expect(issuer.lastTokenRequest.authorization).toBeUndefined();
    expect(issuer.lastTokenRequest.body).toContain(`client_id=${phone.clientId}`);
    expect(issuer.lastTokenRequest.body).not.toContain("secret");
  });

  test("is asked for with the scope of the options", async () => {
    await (await provider({ scope: "openid" }))();
    expect(new URLSearchParams(issuer.lastTokenRequest.body).get("scope")).toBe("openid");
  });
});

describe("a refresh token that is replaced", () => {
  test("is used from then on, and told of before the access token is given", async () => {
    const order: string[] = [];
    let store = () => {};
    const accessToken = await provider({
      onRefreshToken: (token) =>
        new Promise<void>((resolve) => {
          order.push("told");
          stored.push(token);
          store = () => {
            order.push("stored");
            resolve();
          };
          setImmediate(store);
        }),
    });
    await accessToken().then(() => order.push("given"));
    expect(order).toEqual(["told", "stored", "given"]);
    await accessToken({ refresh: true });
    expect(new URLSearchParams(issuer.lastTokenRequest.body).get("refresh_token")).toBe(stored[0]);
    expect(stored).toHaveLength(2);
  });

  test("is told of once", async () => {
    const accessToken = await provider();
    await accessToken();
    issuer.next("/token", kept);
    expect(await accessToken({ refresh: true })).toBe("kept");
    expect(stored).toHaveLength(1);
  });

  test("lets another process go on with the one that was stored", async () => {
    await (await provider())();
    const [refreshToken = ""] = stored;
    const other = await provider({ refreshToken });
    expect(await issuer.isGood(await other())).toBe(true);
  });

  test("that cannot be stored ends the call, and is told of again: the one before is used up", async () => {
    let isFull = true;
    const accessToken = await provider({
      onRefreshToken: (token) => {
        if (isFull) throw new Error("The disk is full.");
        stored.push(token);
      },
    });
    expect(await failureOf(accessToken)).toEqual(new Error("The disk is full."));
    isFull = false;
    // This issuer keeps the token from now on, so that only the one that was not stored can be told of.
    issuer.next("/token", kept);
    expect(await accessToken()).toBe("kept");
    const [refreshToken = ""] = stored;
    expect(await issuer.isGood(await (await provider({ refreshToken }))())).toBe(true);
  });

  test("that is never stored ends the call at timeoutMs, and the next call is told again", async () => {
    let hangs = true;
    const accessToken = await provider({
      timeoutMs: 5_000,
      onRefreshToken(token) {
        stored.push(token);
        return hangs ? new Promise<void>(() => {}) : undefined;
      },
    });
    const first = failureOf(accessToken);
    while (stored.length === 0) await turn(1);
    clock.advance(5_000);
    expect(await first).toMatchObject({
      name: "TokenError",
      message: "refreshToken: onRefreshToken did not end within timeoutMs, 5000 ms",
    });
    hangs = false;
    issuer.next("/token", kept);
    expect(await accessToken()).toBe("kept");
    expect(new Set(stored).size).toBe(1);
    expect(clock.pending()).toEqual([]);
  });

  test("needs nobody to be told", async () => {
    const accessToken = await provider({ onRefreshToken: undefined });
    await accessToken();
    expect(await issuer.isGood(await accessToken({ refresh: true }))).toBe(true);
  });
});

test("a refresh token that stays the same is told of to nobody", async () => {
  const refreshToken = await issuer.logIn(shop.clientId);
  const accessToken = await provider({ refreshToken });
  for (const fields of [{}, { refresh_token: refreshToken }]) {
    const body = { access_token: "kept", token_type: "Bearer", ...fields };
    issuer.next(
      "/token",
      answer(200, JSON.stringify(body), { "content-type": "application/json" }),
    );
    await accessToken({ refresh: true });
  }
  expect(stored).toEqual([]);
  expect(new URLSearchParams(issuer.lastTokenRequest.body).get("refresh_token")).toBe(refreshToken);
});

test("a refresh token that is used up is said to be so", async () => {
  const refreshToken = await issuer.logIn(shop.clientId);
  await (await provider({ refreshToken }))();
  expect(await failureOf(await provider({ refreshToken }))).toMatchObject({
    name: "TokenError",
    status: 400,
    code: "invalid_grant",
    message: expect.stringContaining("the user must log in again"),
  });
});

test("a request with a refresh token is sent once, whatever becomes of it; discovery is asked again", async () => {
  const accessToken = await provider();
  const unavailable = answer(503, "");
  issuer.next("/.well-known/openid-configuration", unavailable, unavailable);
  issuer.next("/token", unavailable);
  const error = failureOf(accessToken);
  expect(await passWaits(clock, error)).toEqual([250, 500]);
  expect(await error).toMatchObject({ status: 503 });
  expect(tokenRequests()).toHaveLength(1);
});

test("the option signal ends it with its reason", async () => {
  const stop = new AbortController();
  const accessToken = await provider({ signal: stop.signal });
  issuer.next("/token", [() => stop.abort("shutdown")]);
  expect(await failureOf(accessToken)).toBe("shutdown");
  expect(await failureOf(accessToken)).toBe("shutdown");
  expect(clock.pending()).toEqual([]);
});
