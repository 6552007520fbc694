import * as undici from "undici";
import { expect, onTestFinished, test } from "vitest";
import { type ClientOptions, createClient } from "../../src/index.js";
import { answer, json, startServer } from "./server.js";

const get = { organizationId: "org", customerId: "c" };
const target = "/organizations/org/customers/c";

/** The headers of a request that the API redirects to another origin, as that origin gets it. */
async function redirectedHeaders(fetch: ClientOptions["fetch"]) {
  const api = await startServer();
  const stranger = await startServer();
  onTestFinished(async () => void (await Promise.all([api.close(), stranger.close()])));
  api.script({ [target]: [answer(302, "", { location: stranger.url + target })] });
  stranger.script({ [target]: [json({ id: "c" })] });
  const headers = { "x-api-key": "key", cookie: "session=1" };
  const loke = createClient({ baseUrl: api.url, accessToken: "token", headers, fetch });
  expect(await loke.getCustomer(get)).toEqual({ id: "c" });
  expect(api.requests[0]?.headers).toMatchObject({ authorization: "Bearer token", ...headers });
  expect(stranger.requests).toHaveLength(1);
  return stranger.requests[0]?.headers;
}

const fetchOf = ({ fetch }: { fetch: unknown }) => fetch as NonNullable<ClientOptions["fetch"]>;
const fetches: [name: string, fetch: ClientOptions["fetch"]][] = [
  ["the global fetch", undefined],
  ["undici 7", fetchOf(undici)],
];

test.each(fetches)(
  "%s takes own headers along to another origin, but neither the token nor cookies",
  async (_, fetch) => {
    const headers = await redirectedHeaders(fetch);
    expect(headers).toMatchObject({ "x-api-key": "key" });
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("cookie");
  },
);
