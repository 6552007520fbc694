import * as undici from "undici";
import { expect, onTestFinished, test } from "vitest";
import { type ClientOptions, createClient } from "../../src/index.js";
import { failureOf } from "../unit/observed-fetch.js";
import { answer, type FaultServer, hang, json, startServer } from "./server.js";

const get = { organizationId: "org", customerId: "c" };
const target = "/organizations/org/customers/c";

type Fetch = NonNullable<ClientOptions["fetch"]>;
const undiciFetch = undici.fetch as unknown as Fetch;

async function openServer(): Promise<FaultServer> {
  const server = await startServer();
  onTestFinished(() => server.close());
  return server;
}

/** What a call to a server that never answers ends with, by a `fetch` with limits of its own. */
async function failureWith(limits: undici.Agent.Options, timeoutMs: number) {
  const server = await openServer();
  const dispatcher = new undici.Agent(limits);
  onTestFinished(() => dispatcher.destroy());
  server.script({ [target]: [[hang]] });
  const fetch: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher } as RequestInit);
  const loke = createClient({ baseUrl: server.url, fetch, timeoutMs, retry: false });
  return failureOf(() => loke.getCustomer(get));
}

test("Node's fetch has a limit of its own for the headers, whatever timeoutMs says", async () => {
  // 300 s unless it is set.
  expect(await failureWith({ headersTimeout: 50 }, 60_000)).toMatchObject({
    name: "ConnectionError",
    code: "UND_ERR_HEADERS_TIMEOUT",
  });
});

test("an Agent without that limit leaves timeoutMs to end the call", async () => {
  expect(await failureWith({ headersTimeout: 0, bodyTimeout: 0 }, 50)).toMatchObject({
    name: "TimeoutError",
    scope: "attempt",
  });
});

const fetches: [name: string, fetch: Fetch | undefined][] = [
  ["the global fetch", undefined],
  ["undici 7", undiciFetch],
];

test.each(fetches)(
  "%s takes own headers along to another origin, but neither the token nor cookies",
  async (_, fetch) => {
    const [api, stranger] = await Promise.all([openServer(), openServer()]);
    api.script({ [target]: [answer(302, "", { location: stranger.url + target })] });
    stranger.script({ [target]: [json({ id: "c" })] });
    const headers = { "x-api-key": "key", cookie: "session=1" };
    const loke = createClient({ baseUrl: api.url, accessToken: "token", headers, fetch });
    expect(await loke.getCustomer(get)).toEqual({ id: "c" });
    expect(api.requests[0]?.headers).toMatchObject({ authorization: "Bearer token", ...headers });
    expect(stranger.requests).toHaveLength(1);
    const received = stranger.requests[0]?.headers;
    expect(received).toMatchObject({ "x-api-key": "key" });
    expect(received).not.toHaveProperty("authorization");
    expect(received).not.toHaveProperty("cookie");
  },
);
