import { describe, expect, test } from "vitest";
import { operations } from "../../generated/operations.js";
import { createClientIn } from "../../src/client.js";
import { realEnvironment } from "../../src/environment.js";
import { createClient, type LokeEvent } from "../../src/index.js";
import { failureOf, json, observeFetch, page } from "./observed-fetch.js";

const args = { organizationId: "o", customerId: "c" };
const customer = { id: "c", firstName: "Jo", lastName: "Smith" };
const path = "/organizations/{organizationId}/customers/{customerId}";

/** Each look at the clock is a second later, and waits are over at once. */
function quickEnvironment() {
  let nowMs = 0;
  return {
    now: () => {
      nowMs += 1_000;
      return nowMs;
    },
    date: () => nowMs,
    random: () => 0.5,
    timer: (callback: () => void, delayMs: number) =>
      realEnvironment.timer(callback, delayMs < 10_000 ? 0 : delayMs),
  };
}

describe("a client", () => {
  test("has a method for each operation of the document, and nothing else", () => {
    const loke = createClient();
    expect(Object.keys(loke)).toEqual(Object.keys(operations));
    for (const method of Object.values(loke)) expect(method).toBeTypeOf("function");
  });

  test("is no promise, so that an async function can return it", async () => {
    const loke = createClient();
    expect(await loke).toBe(loke);
  });

  test("has methods that work without it", async () => {
    const { fetch } = observeFetch(json(customer), page([]));
    const { getCustomer, listMemberships } = createClient({ fetch });
    expect(await getCustomer(args)).toEqual(customer);
    expect(await listMemberships(args).page()).toMatchObject({ items: [] });
  });

  test("is independent of other clients", async () => {
    const first = observeFetch(() => json(customer));
    const second = observeFetch(() => json(customer));
    const one = createClient({ fetch: first.fetch, headers: { "x-a": "1" }, accessToken: "a" });
    const two = createClient({ fetch: second.fetch, baseUrl: "https://two.test" });
    await Promise.all([one.getCustomer(args), two.getCustomer(args), one.getCustomer(args)]);
    expect(first.urls.map((url) => new URL(url).host)).toEqual([
      "api.loke.global",
      "api.loke.global",
    ]);
    expect(second.urls.map((url) => new URL(url).host)).toEqual(["two.test"]);
    expect([...(second.requests[0]?.headers ?? [])]).toEqual([["accept", "application/json"]]);
  });
});

describe("a call", () => {
  test("gives what the API answers, as it is", async () => {
    const body = { ...customer, unknown: [1, null, { deep: "é😀" }], __proto__: null };
    const { fetch } = observeFetch(json(body));
    expect(await createClient({ fetch }).getCustomer(args)).toEqual(body);
  });

  test("does not mind the type that a JSON body claims to be", async () => {
    const response = new Response(JSON.stringify(customer), { headers: { "content-type": "x/y" } });
    const { fetch } = observeFetch(response);
    expect(await createClient({ fetch }).getCustomer(args)).toEqual(customer);
  });

  test("takes any 2xx for a success", async () => {
    const { fetch } = observeFetch(json(customer, { status: 203 }));
    expect(await createClient({ fetch }).getCustomer(args)).toEqual(customer);
  });

  test("sends its request at once, and once", async () => {
    const observed = observeFetch(json(customer));
    const call = createClient({ fetch: observed.fetch }).getCustomer(args);
    await new Promise((resolve) => setImmediate(resolve));
    expect(observed.calls).toHaveLength(1);
    await call;
    await call;
    expect(observed.calls).toHaveLength(1);
  });

  test("withResponse gives the response beside the data, its body read", async () => {
    const { fetch } = observeFetch(json(customer, { status: 201, headers: { "x-a": "1" } }));
    const { data, response, ...rest } = await createClient({ fetch }).getCustomer.withResponse(
      args,
    );
    expect(data).toEqual(customer);
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({ status: 201, bodyUsed: true });
    expect(response.headers.get("x-a")).toBe("1");
    expect(rest).toEqual({});
  });

  test("withResponse takes options, and fails like the call", async () => {
    const observed = observeFetch(json({ code: "not_found" }, { status: 404 }));
    const { getCustomer } = createClient({ fetch: observed.fetch });
    const call = getCustomer.withResponse(args, { headers: { "x-a": "1" } });
    await expect(call).rejects.toMatchObject({ name: "NotFoundError", code: "not_found" });
    expect(observed.requests[0]?.headers.get("x-a")).toBe("1");
  });

  test("that is aborted while its token is asked for sends nothing", async () => {
    const observed = observeFetch();
    const events: LokeEvent[] = [];
    const controller = new AbortController();
    const accessToken = async () => {
      controller.abort("left");
      return "token";
    };
    const onEvent = (event: LokeEvent) => void events.push(event);
    const loke = createClient({ fetch: observed.fetch, accessToken, onEvent });
    const { signal } = controller;
    expect(await failureOf(() => loke.getCustomer(args, { signal }))).toBe("left");
    await new Promise((resolve) => setImmediate(resolve));
    expect(observed.calls).toEqual([]);
    expect(events).toEqual([]);
  });
});

describe("onEvent", () => {
  test("sees each attempt of a call in order, and nothing else", async () => {
    const events: LokeEvent[] = [];
    const failing = () => json({}, { status: 503 });
    const { fetch } = observeFetch(failing(), failing(), json(customer));
    const onEvent = (event: LokeEvent) => void events.push(event);
    await createClientIn(quickEnvironment(), { fetch, onEvent }).getCustomer(args);
    const facts = { operation: "getCustomer", method: "GET", path };
    expect(events).toStrictEqual([
      { type: "request", ...facts, attempt: 1 },
      { type: "response", ...facts, attempt: 1, status: 503, durationMs: 1_000 },
      { type: "retry", ...facts, attempt: 1, reason: "status", status: 503, delayMs: 250 },
      { type: "request", ...facts, attempt: 2 },
      { type: "response", ...facts, attempt: 2, status: 503, durationMs: 1_000 },
      { type: "retry", ...facts, attempt: 2, reason: "status", status: 503, delayMs: 500 },
      { type: "request", ...facts, attempt: 3 },
      { type: "response", ...facts, attempt: 3, status: 200, durationMs: 1_000 },
    ]);
  });

  test("sees a failure of the network, a body cut short and a stale token by their reasons", async () => {
    const events: LokeEvent[] = [];
    const { fetch } = observeFetch(
      () => Promise.reject(new TypeError("fetch failed")),
      json({}, { status: 401 }),
      new Response('{"id":"c'),
      json(customer),
    );
    await createClientIn(quickEnvironment(), {
      fetch,
      accessToken: () => "token",
      onEvent: (event) => void events.push(event),
    }).getCustomer(args);
    const facts = { operation: "getCustomer", method: "GET", path };
    expect(events.filter(({ type }) => type === "retry")).toStrictEqual([
      { type: "retry", ...facts, attempt: 1, reason: "network", delayMs: 250 },
      { type: "retry", ...facts, attempt: 2, reason: "token", status: 401, delayMs: 0 },
      { type: "retry", ...facts, attempt: 3, reason: "body", delayMs: 500 },
    ]);
  });

  test("sees a walk of two pages: the second is asked for before the reader gets the first", async () => {
    const events: LokeEvent[] = [];
    const { fetch } = observeFetch(page([{ id: "l1" }, { id: "l2" }], "?after=2"), page([]));
    const onEvent = (event: LokeEvent) => void events.push(event);
    const loke = createClientIn(quickEnvironment(), { fetch, onEvent });
    for await (const { items } of loke.listMemberships(args).pages()) expect(items).toBeDefined();
    const operation = "listMemberships";
    const facts = { operation, method: "GET", path: `${path}/memberships`, attempt: 1 };
    const response = { type: "response", ...facts, status: 200, durationMs: expect.any(Number) };
    expect(events.filter((event) => event.type === "page" || event.page === 1)).toStrictEqual([
      { type: "request", ...facts, page: 1 },
      { ...response, page: 1 },
      { type: "page", operation, page: 1, items: 2, hasNext: true },
      { type: "page", operation, page: 2, items: 0, hasNext: false },
    ]);
    const second = events.filter((event) => event.type !== "page" && event.page === 2);
    expect(second).toStrictEqual([
      { type: "request", ...facts, page: 2 },
      { ...response, page: 2 },
    ]);
    expect(events.findIndex(({ type }) => type === "page")).toBeGreaterThan(
      events.indexOf(second[0] as LokeEvent),
    );
  });
});
