import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  type ClientCredentialsOptions,
  clientCredentialsIn,
} from "../../src/auth/client-credentials.js";
import type { TokenProvider } from "../../src/auth/token-provider.js";
import { type ClientOptions, createClient, LokeError } from "../../src/index.js";
import { asFetch } from "../as-fetch.js";
import { type Clock, handClock } from "../faults/clock.js";
import { eventually } from "../faults/held-fetch.js";
import { answer, hang } from "../faults/server.js";
import { failureOf } from "../unit/observed-fetch.js";
import { job, startIssuer } from "./issuer.js";

const issuer = await startIssuer();
afterAll(() => issuer.stop());

const pages = 10;
const organizationId = "org";
const ids = Array.from({ length: pages * 2 }, (_, index) => `${index + 1}`);

let clock: Clock;
let begin: number;
let accessToken: TokenProvider;
/** What the API answered, in order. */
let statuses: number[];

beforeEach(() => {
  clock = handClock();
  begin = issuer.requests.length;
  accessToken = provider();
  statuses = [];
});

/** Its short waits take no time: an issuer that was stopped can fail once more when it is back, on an old connection. */
function provider(options: Partial<ClientCredentialsOptions> = {}): TokenProvider {
  const timer: Clock["timer"] = (callback, delayMs) => {
    if (delayMs > 1_000) return clock.timer(callback, delayMs);
    const id = setImmediate(callback);
    return () => clearImmediate(id);
  };
  return clientCredentialsIn({ ...clock, timer }, { ...job, issuer: issuer.url, ...options });
}

const tokenRequests = () => issuer.requests.slice(begin).filter((one) => one === "POST /token");

/** The API, which asks the issuer whether it vouches for a token. `before` is called with the number of the request. */
function loke(
  before: (nth: number, token: string) => unknown = () => {},
  options: ClientOptions = {},
) {
  let requests = 0;
  return createClient({
    accessToken,
    retry: false,
    ...options,
    fetch: asFetch(async ({ headers, url }) => {
      requests += 1;
      const token = headers.get("authorization")?.replace("Bearer ", "") ?? "";
      await before(requests, token);
      const isGood = await issuer.isGood(token);
      statuses.push(isGood ? 200 : 401);
      if (!isGood) return Response.json({ code: "unauthorized" }, { status: 401 });
      const { pathname, searchParams } = new URL(url);
      if (!pathname.endsWith("/customers")) return Response.json({ id: pathname.slice(-1) });
      const from = Number(searchParams.get("after") ?? "0");
      const next = from + 2 < ids.length ? { "x-next-page": `?after=${from + 2}` } : {};
      const items = ids.slice(from, from + 2).map((id) => ({ id }));
      return Response.json(items, { headers: next as Record<string, string> });
    }),
  });
}

async function walk(client: ReturnType<typeof loke>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { id } of client.listCustomers({ organizationId })) seen.push(id);
  return seen;
}

describe("a walk", () => {
  test("takes one token", async () => {
    expect(await walk(loke())).toEqual(ids);
    expect(tokenRequests()).toHaveLength(1);
    expect(statuses).toEqual(Array(pages).fill(200));
  });

  test("whose tokens are good for three requests each goes on to its end; every row once", async () => {
    const uses = new Map<string, number>();
    const client = loke(async (_, token) => {
      const used = (uses.get(token) ?? 0) + 1;
      uses.set(token, used);
      if (used > 3) await issuer.revoke(token);
    });
    expect(await walk(client)).toEqual(ids);
    expect(tokenRequests()).toHaveLength(4);
  });

  test("whose tokens expire on its way has another in time, and meets no 401", async () => {
    const client = loke(() => clock.advance(200_000));
    expect(await walk(client)).toEqual(ids);
    expect(statuses).toEqual(Array(pages).fill(200));
    // 10 requests of 200 s each, with tokens that are used for 540 s.
    expect(tokenRequests().length).toBeGreaterThanOrEqual(4);
  });

  test("goes on while the issuer is down, with the token in hand", async () => {
    const client = loke((nth) => (nth === 2 ? issuer.stop() : undefined));
    expect(await walk(client)).toEqual(ids);
    await issuer.start();
  });

  test("whose next token cannot be had ends after its rows, and says where to resume", async () => {
    const refused = answer(400, '{"error":"invalid_client"}', {
      "content-type": "application/json",
    });
    const seen: string[] = [];
    const client = loke((nth, token) => {
      if (nth !== 5) return undefined;
      issuer.next("/token", refused);
      return issuer.revoke(token);
    });
    const read = async () => {
      for await (const { id } of client.listCustomers({ organizationId })) seen.push(id);
    };
    const error = (await failureOf(read)) as LokeError;
    expect(error).toBeInstanceOf(LokeError);
    expect(error.cause).toMatchObject({ name: "TokenError", code: "invalid_client" });
    expect(seen).toEqual(ids.slice(0, 8));
    const rest = await client
      .listCustomers({ organizationId }, { from: error.walk?.resumeFrom })
      .toArray({ limit: 100 });
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(8));
  });
});

describe("calls", () => {
  const call = (client: ReturnType<typeof loke>) =>
    client.getCustomer({ organizationId, customerId: "7" });

  test("that all get a 401 at once cost one request for a token", async () => {
    await issuer.revoke(await accessToken());
    const client = loke();
    const calls = await Promise.all(Array.from({ length: 40 }, () => call(client)));
    expect(calls).toEqual(Array(40).fill({ id: "7" }));
    expect(statuses.filter((status) => status === 401)).toHaveLength(40);
    expect(tokenRequests()).toHaveLength(2);
  });

  test("that end early leave the token to the others", async () => {
    let release: (() => void) | undefined;
    issuer.next("/token", [
      () =>
        new Promise<void>((go) => {
          release = go;
        }),
      (response) =>
        void response
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify({ access_token: "from-the-held-answer", token_type: "bearer" })),
    ]);
    const stop = new AbortController();
    const client = loke();
    const stopped = failureOf(() =>
      client.getCustomer({ organizationId, customerId: "7" }, { signal: stop.signal }),
    );
    const other = call(client);
    await eventually(() => release !== undefined);
    stop.abort("enough");
    expect(await stopped).toBe("enough");
    release?.();
    // The API does not know the token of the held answer; but it is what the other call came with at first.
    expect(await other).toEqual({ id: "7" });
    expect(statuses).toEqual([401, 200]);
    expect(tokenRequests()).toHaveLength(2);
  });

  test("that wait for an issuer that is ended at shutdown are told its reason as the cause", async () => {
    const shutdown = new AbortController();
    accessToken = provider({ signal: shutdown.signal });
    issuer.next("/token", [() => shutdown.abort(new Error("shutting down")), hang]);
    const error = await failureOf(() => call(loke()));
    expect(error).toMatchObject({ name: "LokeError", cause: new Error("shutting down") });
  });
});

describe("calls whose token is refused late", () => {
  const calls = 100;

  /** An API and an issuer in this process. The API knows the newest token only, and answers a 401 one call after the other. */
  function api() {
    const counts = { tokens: 0, refusals: 0 };
    const held: (() => void)[] = [];
    const isOld = (headers: HeadersInit | undefined) =>
      new Headers(headers).get("authorization") !== `Bearer token-${counts.tokens}`;
    return {
      counts,
      held,
      /** Each new token makes the one before invalid. */
      async issue(url: string) {
        if (!url.endsWith("/token")) {
          return Response.json({
            issuer: "https://issuer.test",
            token_endpoint: "https://issuer.test/token",
          });
        }
        counts.tokens += 1;
        return Response.json({ access_token: `token-${counts.tokens}`, token_type: "bearer" });
      },
      async fetch(_: string, { headers }: RequestInit) {
        const sentWith = headers;
        if (counts.refusals < calls && counts.tokens === 1) counts.tokens = 2;
        if (!isOld(sentWith)) return Response.json({ id: "c" });
        counts.refusals += 1;
        await new Promise<void>((release) => held.push(release));
        return new Response(null, { status: 401 });
      },
    };
  }

  test("cost one new token, and all succeed, while others run", async () => {
    const { counts, fetch, held, issue } = api();
    const accessToken = clientCredentialsIn(clock, {
      ...job,
      issuer: "https://issuer.test",
      fetch: issue,
    });
    const client = createClient({ accessToken, fetch, retry: false });
    const all = Array.from({ length: calls }, () =>
      client.getCustomer({ organizationId, customerId: "c" }),
    );
    await eventually(() => held.length === calls);
    for (const release of held) {
      release();
      // Others that run meanwhile use the new token.
      all.push(client.getCustomer({ organizationId, customerId: "c" }));
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    expect(counts.refusals).toBeGreaterThanOrEqual(calls);
    // The first, one that was issued to somebody else, and the one that replaced them.
    expect(counts.tokens).toBe(3);
  });

  test("name it to a function, with which it keeps one token for all of them", async () => {
    const asked: unknown[] = [];
    const client = createClient({
      accessToken(context) {
        asked.push(context);
        return context.refused === "old" ? "new" : "old";
      },
      fetch: async (_, { headers }) =>
        new Headers(headers).get("authorization") === "Bearer new"
          ? Response.json({ id: "c" })
          : new Response(null, { status: 401 }),
      retry: false,
    });
    await client.getCustomer({ organizationId, customerId: "c" });
    expect(asked).toEqual([{ refresh: false }, { refresh: true, refused: "old" }]);
  });
});
