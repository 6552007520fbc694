import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { createClient } from "../../src/index.js";
import { createMockApi, type Fault, type MockApi, type MockApiOptions } from "../../src/testing.js";
import { turn } from "../faults/held-fetch.js";

const headers = { authorization: "Bearer any" };

function urlOf(api: MockApi, rest = ""): string {
  return `https://api.loke.global/organizations/${api.organizationId}/customers${rest}`;
}

/** A mock API of 5 customers on pages of 2, with faults. */
function open(faults: readonly Fault[], options?: MockApiOptions): MockApi {
  return createMockApi({ customers: 5, pageSize: 2, faults, ...options });
}

function get(api: MockApi, rest = "", signal?: AbortSignal): Promise<Response> {
  return api(urlOf(api, rest), { headers, ...(signal && { signal }) });
}

/** Walks a list as somebody would who trusts it, and gives the IDs page by page. */
async function walk(api: MockApi, rest = ""): Promise<string[][]> {
  const pages: string[][] = [];
  for (let url: string | null = urlOf(api, rest); url && pages.length < 9; ) {
    const response: Response = await api(url, { headers });
    pages.push(((await response.json()) as { id: string }[]).map(({ id }) => id));
    url = response.headers.get("x-next-page");
  }
  return pages;
}

const idsOf = (api: MockApi) => api.customers.map(({ id }) => id);

describe("a fault", () => {
  test("happens once, to the first request that it can happen to", async () => {
    const api = open([{ status: 503 }]);
    expect([(await get(api)).status, (await get(api)).status]).toEqual([503, 200]);
    expect(api.requests.map(({ fault, status }) => [status, fault])).toEqual([
      [503, { status: 503 }],
      [200, undefined],
    ]);
  });

  test("happens on the page and to the operation that it is for, as often as it is to", async () => {
    const api = open([{ status: 503, page: 2, operation: "listCustomers", times: 2 }]);
    const [id = ""] = idsOf(api);
    api.set("memberships", id, 5);
    await walk(api, `/${id}/memberships`);
    await get(api, `/${id}`);
    await get(api);
    expect(api.pendingFaults).toHaveLength(1);
    const next = (await get(api)).headers.get("x-next-page") ?? "";
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await api(next, { headers })).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect(api.requests.filter(({ fault }) => fault)).toHaveLength(2);
    expect(api.pendingFaults).toEqual([]);
  });

  test("that is for a page does not happen to what has none", async () => {
    const api = open([{ status: 503, page: 1 }]);
    expect((await get(api, `/${idsOf(api)[0]}`)).status).toBe(200);
    expect((await get(api)).status).toBe(503);
  });

  test("is taken in the order given, one to a request", async () => {
    const api = open([
      { status: 503, page: 1 },
      { fault: "reset", page: 1 },
      { status: 500, operation: "getCustomer" },
      { status: 404 },
    ]);
    expect((await get(api)).status).toBe(503);
    await expect(get(api)).rejects.toThrow("fetch failed");
    expect((await get(api)).status).toBe(404);
    expect((await get(api)).status).toBe(200);
    expect((await get(api, `/${idsOf(api)[0]}`)).status).toBe(500);
  });

  test("is pending until it has happened as often as it was to, or once if it is to happen always", async () => {
    const always: Fault = { fault: "cut-body", times: Number.POSITIVE_INFINITY };
    const twice: Fault = { status: 503, times: 2 };
    const never: Fault = { fault: "loop", page: 99 };
    const api = open([twice, always, never, "reset"]);
    expect(api.pendingFaults).toEqual([twice, always, never, "reset"]);
    await get(api);
    expect(api.pendingFaults).toEqual([twice, always, never, "reset"]);
    await get(api);
    expect(api.pendingFaults).toEqual([always, never, "reset"]);
    for (let i = 0; i < 3; i++) await get(api);
    expect(api.pendingFaults).toEqual([never, "reset"]);
    expect(api.requests.at(-1)?.fault).toBe(always);
  });

  test("waits for a request that would be answered with a 200", async () => {
    const api = open(["html-200"]);
    expect((await api(urlOf(api))).status).toBe(401);
    expect((await get(api, "/nobody")).status).toBe(404);
    expect((await get(api, "?after=x")).status).toBe(400);
    expect((await get(api, "/a/b")).status).toBe(404);
    expect(api.pendingFaults).toEqual(["html-200"]);
    expect(await (await get(api)).text()).toMatch(/^<!doctype html>/);
  });

  test("can be added later, for a second run", async () => {
    const api = open([]);
    expect(await walk(api)).toHaveLength(3);
    api.addFault({ fault: "reset", page: 2 });
    await expect(walk(api)).rejects.toThrow("fetch failed");
    expect(() => api.addFault("rest" as "reset")).toThrow(/has no fault "rest"/);
  });

  test.each<[unknown, RegExp]>([
    ["rest", /has no fault "rest"; it has reset, reset-in-body, stall, .*number-as-string\.$/],
    ["constructor", /has no fault "constructor"/],
    [{}, /has no fault "undefined"/],
    [
      { fault: "reset", tims: 2 },
      /has no fault with a field "tims"; it has fault, operation, page/,
    ],
    [{ fault: "reset", status: 503 }, /with a field "fault"; it has status, code, retryAfter/],
    [{ fault: "reset", retryAfter: 1 }, /with a field "retryAfter"/],
    [{ status: 200 }, /a status from 400 to 599/],
    [{ status: 600 }, /a status from 400 to 599/],
    [{ status: "503" }, /a status from 400 to 599/],
    [{ status: 503, code: 7 }, /as the code of a fault/],
    [{ status: 503, retryAfter: -1 }, /as retryAfter, or a date/],
    [{ status: 503, retryAfter: "2" }, /as retryAfter, or a date/],
    [{ status: 503, retryAfter: new Date(Number.NaN) }, /as retryAfter, or a date/],
    [{ fault: "reset", page: 0 }, /as the page of a fault/],
    [{ fault: "reset", times: 0 }, /as the times of a fault/],
    [{ fault: "reset", operation: "listShops" }, /no operation "listShops"; it has getCustomer/],
    [{ fault: "reset", operation: "getCustomer", page: 2 }, /has no pages of getCustomer/],
  ])("%j is refused: %s", (fault, message) => {
    expect(() => createMockApi({ faults: [fault as Fault] })).toThrow(message);
    expect(() => createMockApi({ faults: [fault as Fault] })).toThrow(TypeError);
  });
});

describe("an error status", () => {
  test("has a body in the shape of the vendor's errors, with the code that is asked for", async () => {
    const api = open([{ status: 409 }, { status: 403, code: "no_access" }]);
    const first = await get(api);
    const body = await first.json();
    expect(first.headers.get("content-type")).toBe("application/json");
    expect(body).toEqual({
      message: expect.any(String),
      code: "mock_fault",
      type: "/mock/errors/mock_fault",
      instance: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
    });
    const second = await (await get(api)).json();
    expect(second).toMatchObject({ code: "no_access" });
    expect(second).not.toMatchObject({ instance: body.instance });
  });

  test("has a Retry-After in seconds or as a date, if it is to have one", async () => {
    const moment = new Date("2030-01-02T03:04:05Z");
    const api = open([
      { status: 429 },
      { status: 429, retryAfter: 0 },
      { status: 429, retryAfter: 2 },
      { status: 429, retryAfter: moment },
    ]);
    const waits: (string | null)[] = [];
    for (let i = 0; i < 4; i++) waits.push((await get(api)).headers.get("retry-after"));
    expect(waits).toEqual([null, "0", "2", "Wed, 02 Jan 2030 03:04:05 GMT"]);
  });
});

describe("the network", () => {
  test("reset: rejects as fetch does, with the system's code", async () => {
    const api = open(["reset"]);
    const error = await get(api).catch((failure) => failure);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: "fetch failed", cause: { code: "ECONNRESET" } });
    expect(api.requests[0]).not.toHaveProperty("status");
  });

  test("reset-in-body: gives the headers and half of the body, then the body fails", async () => {
    const api = open(["reset-in-body"]);
    const response = await get(api);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-next-page")).toBeTruthy();
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    const whole = await (await get(api)).text();
    expect(new TextDecoder().decode(value)).toBe(whole.slice(0, whole.length / 2));
    await expect(reader?.read()).rejects.toMatchObject({
      name: "TypeError",
      message: "terminated",
      cause: { code: "ECONNRESET" },
    });
    expect(api.requests[0]).toMatchObject({ status: 200, fault: "reset-in-body" });
  });

  test("stall: nothing comes until the request is aborted", async () => {
    const api = open(["stall"]);
    const controller = new AbortController();
    const states: string[] = [];
    const response = get(api, "", controller.signal).then(
      () => states.push("came"),
      (reason) => states.push(reason),
    );
    await turn();
    expect(states).toEqual([]);
    controller.abort("left");
    await response;
    expect(states).toEqual(["left"]);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  test("stall-in-body: half of the body comes, and nothing until the request is aborted", async () => {
    const api = open(["stall-in-body"]);
    const controller = new AbortController();
    const response = await get(api, "", controller.signal);
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(50);
    let state = "waits";
    const rest = reader?.read().catch((reason) => {
      state = reason;
    });
    await turn();
    expect(state).toBe("waits");
    controller.abort("left");
    await rest;
    expect(state).toBe("left");
  });

  test.each(["stall-in-body", "reset-in-body"] as const)(
    "%s: a body that is given up hears of an abort no more",
    async (fault) => {
      const api = open([fault]);
      const request = new Request(urlOf(api), { headers });
      const before = getEventListeners(request.signal, "abort").length;
      const response = await api(request);
      expect(getEventListeners(request.signal, "abort")).toHaveLength(before + 1);
      await response.body?.cancel();
      expect(getEventListeners(request.signal, "abort")).toHaveLength(before);
    },
  );

  test("reset-in-body: a body that has failed hears of an abort no more", async () => {
    const api = open(["reset-in-body"]);
    const request = new Request(urlOf(api), { headers });
    await (await api(request)).text().catch(() => {});
    expect(getEventListeners(request.signal, "abort")).toEqual([]);
  });

  test("stall: an abort arrives even when nobody else holds the request any more", async () => {
    const api = open(["stall"]);
    const controller = new AbortController();
    const response = get(api, "", controller.signal);
    // Node forwards an abort to a request through a weak reference.
    setFlagsFromString("--expose-gc");
    for (let i = 0; i < 3; i++) {
      await turn();
      runInNewContext("gc")();
    }
    controller.abort(new Error("left"));
    await expect(response).rejects.toThrow("left");
  });
});

describe("the way to the next page", () => {
  test("loop: leads back to the beginning", async () => {
    const api = open([{ fault: "loop", page: 2 }]);
    const pages = await walk(api, "?sort=created");
    expect(pages.slice(2)).toEqual([...pages.slice(0, 2), pages[4]]);
    expect(api.requests.map(({ page }) => page)).toEqual([1, 2, 1, 2, 3]);
    expect(api.requests.map(({ query }) => query.sort)).toEqual(Array(5).fill("created"));
  });

  test("loop: happens to a list of one page as well", async () => {
    const api = open(["loop"], { customers: 1 });
    const [id] = idsOf(api);
    expect(await walk(api)).toEqual([[id], [id]]);
  });

  test("foreign-link: names the next page on another host, where nobody is", async () => {
    const api = open(["foreign-link"]);
    const next = new URL((await get(api)).headers.get("x-next-page") ?? "");
    expect(next.origin).toBe("https://elsewhere.example");
    const failure = await api(next, { headers }).catch((error) => error);
    expect(failure).toMatchObject({ message: "fetch failed", cause: { code: "ENOTFOUND" } });
    const seen = {
      origin: next.origin,
      path: next.pathname,
      operation: "listCustomers",
      hasToken: true,
    };
    expect(api.requests[1]).toMatchObject(seen);
    expect(api.requests[1]).not.toHaveProperty("status");
    // What is on the host that the link should have named.
    next.host = "api.loke.global";
    expect(await (await api(next, { headers })).json()).toEqual(api.customers.slice(2, 4));
  });

  test('foreign-link: a client with nextPage "rebase" has every row', async () => {
    const api = open([{ fault: "foreign-link", page: 2 }]);
    const loke = createClient({ fetch: api, accessToken: "any", nextPage: "rebase" });
    const { organizationId } = api;
    const rows = await loke.listCustomers({ organizationId }).toArray({ limit: 9 });
    expect(rows).toEqual(api.customers);
    expect(api.pendingFaults).toEqual([]);
  });

  test("bad-link: is no URL", async () => {
    const link = (await get(open(["bad-link"]))).headers.get("x-next-page") ?? "";
    expect(link).not.toBe("");
    expect(URL.canParse(link, "https://api.loke.global")).toBe(false);
  });

  test("hidden-header: a page with a link is one of another origin, and shows none", async () => {
    const api = open(["hidden-header"], { customers: 2 });
    expect(await walk(api)).toEqual([idsOf(api)]);
    expect(api.pendingFaults).toEqual(["hidden-header"]);
    api.add("customers");
    const response = await get(api);
    expect(response.type).toBe("cors");
    expect(response.headers.has("x-next-page")).toBe(false);
    expect(await response.json()).toHaveLength(2);
  });
});

describe("pages that the document allows", () => {
  test.each([1, 2, 3])("empty-page: page %i is empty, and no row is lost", async (page) => {
    const api = open([{ fault: "empty-page", page }]);
    const pages = await walk(api);
    expect(pages).toHaveLength(4);
    expect(pages[page - 1]).toEqual([]);
    expect(pages.flat()).toEqual(idsOf(api));
  });

  test.each(["created", "updated"])("empty-page: also of a list sorted by %s", async (sort) => {
    const api = open([{ fault: "empty-page", times: 2 }]);
    const pages = await walk(api, `?sort=${sort}`);
    expect(pages.slice(0, 2)).toEqual([[], []]);
    expect(pages.flat()).toEqual((await walk(api, `?sort=${sort}`)).flat());
    expect(pages.flat()).toHaveLength(5);
  });

  test("empty-page: happens to a list without rows, and is not the end of that either", async () => {
    expect(await walk(open(["empty-page"], { customers: 0 }))).toEqual([[], []]);
  });

  test("short-page: has half the rows, and no row is lost", async () => {
    const api = open([{ fault: "short-page", page: 1 }], { pageSize: 5 });
    const pages = await walk(api);
    expect(pages.map(({ length }) => length)).toEqual([2, 3]);
    expect(pages.flat()).toEqual(idsOf(api));
  });

  test("short-page: waits for a page that can be halved", async () => {
    const api = open(["short-page"], { customers: 1 });
    expect(await walk(api)).toHaveLength(1);
    expect(api.pendingFaults).toEqual(["short-page"]);
  });

  test("repeated-row: the last row of a page comes again as the first of the next", async () => {
    const api = open([{ fault: "repeated-row", page: 1 }]);
    const [a, b, c, d, e] = idsOf(api);
    expect(await walk(api)).toEqual([
      [a, b],
      [b, c],
      [d, e],
    ]);
  });

  test("repeated-row: happens to the last page, and to a page of one row", async () => {
    const api = open(["repeated-row"], { customers: 1 });
    const [a] = idsOf(api);
    expect(await walk(api)).toEqual([[a], [a]]);
    const none = open(["repeated-row"], { customers: 0 });
    expect(await walk(none)).toEqual([[]]);
    expect(none.pendingFaults).toEqual(["repeated-row"]);
  });
});

describe("data that no longer matches", () => {
  test("is in the first row that can show it, and all else stays as it was", async () => {
    const customers = [{ id: "a", statistics: undefined }, { id: "b" }];
    for (const [fault, at] of [
      ["unknown-field", 0],
      ["missing-field", 0],
      ["number-as-string", 1],
    ] as const) {
      const api = open([fault], { customers: [...customers, 1] });
      const response = await get(api);
      const rows = await response.json();
      expect(response.headers.get("x-next-page")).toBeTruthy();
      expect(rows[1 - at]).toEqual(api.customers[1 - at]);
      expect(rows[at]).not.toEqual(api.customers[at]);
      expect(rows[at].id).toBe(api.customers[at]?.id);
    }
  });

  test("number-as-string: waits for a customer with statistics", async () => {
    const api = open(["number-as-string"], { customers: [{ id: "a", statistics: undefined }] });
    await get(api);
    expect(await (await get(api, "/a")).json()).toEqual(api.customers[0]);
    expect(api.pendingFaults).toEqual(["number-as-string"]);
    api.add("customers", { id: "b" });
    const balance = api.customers[1]?.statistics?.pointsBalance;
    const customer = await (await get(api, "/b")).json();
    expect(customer.statistics.pointsBalance).toBe(String(balance));
    expect(customer).toEqual({
      ...api.customers[1],
      statistics: { ...api.customers[1]?.statistics, pointsBalance: String(balance) },
    });
  });
});
