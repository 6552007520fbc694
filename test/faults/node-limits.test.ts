import * as undici from "undici";
import { expect, onTestFinished, test } from "vitest";
import { type ClientOptions, createClient } from "../../src/index.js";
import { failureOf } from "../unit/observed-fetch.js";
import { hang, startServer } from "./server.js";

const get = { organizationId: "org", customerId: "c" };

/** What a call to a server that never answers ends with, by a `fetch` with limits of its own. */
async function failureWith(limits: undici.Agent.Options, timeoutMs: number) {
  const server = await startServer();
  const dispatcher = new undici.Agent(limits);
  onTestFinished(async () => {
    await dispatcher.destroy();
    await server.close();
  });
  server.script({ "/organizations/org/customers/c": [[hang]] });
  const fetch = ((url: string, init: undici.RequestInit) =>
    undici.fetch(url, { ...init, dispatcher })) as unknown as NonNullable<ClientOptions["fetch"]>;
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
