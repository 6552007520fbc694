import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { createClient, type LokeClient } from "../../src/index.js";
import { createMockApi, type MockApi, type MockApiOptions } from "../../src/testing.js";

const origin = "https://api.loke.global";
const headers = { authorization: "Bearer any" };

/** A mock API, its client, and the arguments of its list. */
function open(options?: MockApiOptions): {
  api: MockApi;
  loke: LokeClient;
  of: { organizationId: string };
} {
  const api = createMockApi(options);
  const loke = createClient({ fetch: api, accessToken: "any", retry: false });
  return { api, loke, of: { organizationId: api.organizationId } };
}

/** The IDs of all rows. */
async function idsOf(rows: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of rows) ids.push(id);
  return ids;
}

const named = (...ids: string[]) => ids.map((id) => ({ id }));

describe("fetch", () => {
  test("takes what fetch takes: a URL as text or object with an init, or a Request", async () => {
    const api = createMockApi();
    const url = `${origin}/organizations/${api.organizationId}/customers`;
    const request = new Request(url, { headers });
    for (const response of [
      await api(url, { headers }),
      await api(new URL(url), { headers }),
      await api(request),
      await api.fetch(request),
      await api(new Request(url), { headers }),
    ]) {
      expect(response.status).toBe(200);
      expect(response.url).toBe(url);
      expect(await response.json()).toEqual(api.customers);
    }
  });

  test("rejects with the reason of a signal that has aborted, as fetch does", async () => {
    const reason = new Error("left");
    const api = createMockApi({ faults: ["reset"] });
    const url = `${origin}/organizations/${api.organizationId}/customers`;
    const signal = AbortSignal.abort(reason);
    await expect(api(url, { headers, signal })).rejects.toBe(reason);
    // Nothing was sent.
    expect(api.requests).toEqual([]);
    expect(api.pendingFaults).toEqual(["reset"]);
  });

  test("ends the body of an answer when the request is aborted, as fetch does", async () => {
    const api = createMockApi();
    const url = `${origin}/organizations/${api.organizationId}/customers`;
    const reason = new Error("left");
    for (const read of ["json", "text", "arrayBuffer"] as const) {
      const controller = new AbortController();
      const response = await api(url, { headers, signal: controller.signal });
      const clone = response.clone();
      controller.abort(reason);
      await expect(response[read]()).rejects.toBe(reason);
      await expect(clone[read]()).rejects.toBe(reason);
    }
  });

  test("ends a body that has been read in part when the request is aborted", async () => {
    const api = createMockApi();
    const url = `${origin}/organizations/${api.organizationId}/customers`;
    const controller = new AbortController();
    const request = new Request(url, { headers, signal: controller.signal });
    const reader = (await api(request)).body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(1000);
    controller.abort("left");
    await expect(reader?.read()).rejects.toBe("left");
  });

  test("gives a response whose clones tell where they come from, too", async () => {
    const api = createMockApi();
    const url = `${origin}/organizations/${api.organizationId}/customers`;
    const clone = (await api(url, { headers })).clone();
    expect(clone.url).toBe(url);
    expect(clone.clone().url).toBe(url);
    expect(await clone.json()).toEqual(api.customers);
  });

  test("leaves no listener on the signal of a request that it has answered", async () => {
    const { signal } = new AbortController();
    const { loke, of } = open();
    await loke.listCustomers(of, { signal }).toArray({ limit: 100 });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("pages", () => {
  test("are as long as the document says, and each row comes once", async () => {
    const { api, loke, of } = open({ customers: 2_500 });
    const sizes: number[] = [];
    for await (const { items } of loke.listCustomers(of).pages()) sizes.push(items.length);
    expect(sizes).toEqual([1000, 1000, 500]);
    expect(await idsOf(loke.listCustomers(of))).toEqual(api.customers.map(({ id }) => id));
  });

  test("are ten memberships long, and end with a full one", async () => {
    const { api, loke, of } = open({ customers: named("a"), memberships: { a: 20 } });
    const list = loke.listMemberships({ ...of, customerId: "a" });
    const pages: unknown[][] = [];
    for await (const { items } of list.pages()) pages.push(items);
    expect(pages.map(({ length }) => length)).toEqual([10, 10]);
    expect(pages.flat()).toEqual(api.memberships("a"));
  });

  test.each([
    [3, [3, 3, 3, 1], [2, 2, 1]],
    [{ listCustomers: 4 }, [4, 4, 2], [5]],
    [{ listMemberships: 1 }, [10], [1, 1, 1, 1, 1]],
  ])("can be made as long as a test wants them: %j", async (pageSize, customers, memberships) => {
    const size =
      typeof pageSize === "number" ? { ...{ listCustomers: 3, listMemberships: 2 } } : pageSize;
    const { loke, of } = open({
      customers: [{ id: "a" }, 9],
      memberships: { a: 5 },
      pageSize: size,
    });
    const sizes = async (list: { pages(): AsyncIterable<{ items: unknown[] }> }) => {
      const found: number[] = [];
      for await (const { items } of list.pages()) found.push(items.length);
      return found;
    };
    expect(await sizes(loke.listCustomers(of))).toEqual(customers);
    expect(await sizes(loke.listMemberships({ ...of, customerId: "a" }))).toEqual(memberships);
  });

  test("of all lists have the one size that is given as a number", async () => {
    const { loke, of } = open({ customers: [{ id: "a" }, 2], memberships: { a: 3 }, pageSize: 2 });
    expect((await loke.listCustomers(of).page()).items).toHaveLength(2);
    expect((await loke.listMemberships({ ...of, customerId: "a" }).page()).items).toHaveLength(2);
  });

  test("carry sort and filters to the next one, on the origin that was asked", async () => {
    const { api, of } = open({ customers: 3, pageSize: 1 });
    const url = `http://127.0.0.1:4010/organizations/${of.organizationId}/customers?sort=created&x=%26`;
    const response = await api(url, { headers });
    const next = new URL(response.headers.get("x-next-page") ?? "");
    expect(next.href).toMatch(/^http:\/\/127\.0\.0\.1:4010\/organizations\/.+\/customers\?/);
    const { after, ...rest } = Object.fromEntries(next.searchParams);
    expect(rest).toEqual({ sort: "created", x: "&" });
    expect(after).toBeDefined();
  });

  test("can be asked for again later, from a place that was kept", async () => {
    const { api, loke, of } = open({ customers: 5, pageSize: 2 });
    const { next } = await loke.listCustomers(of).page();
    expect(await idsOf(loke.listCustomers(of, { from: next }))).toEqual(
      api.customers.slice(2).map(({ id }) => id),
    );
  });
});

describe("searching and sorting", () => {
  const people = [
    { id: "a", email: "ada@example.org", phoneNumber: "+61491570006" },
    { id: "b", email: "ben+1@example.org", phoneNumber: "+61491570006" },
    { id: "c", email: undefined, phoneNumber: undefined },
  ];

  test("finds exactly the address, exactly the number, and with both only who has both", async () => {
    const { loke, of } = open({ customers: people });
    const found = (query: { email?: string; phoneNumber?: string }) =>
      idsOf(loke.listCustomers({ ...of, ...query }));
    expect(await found({ email: "ben+1@example.org" })).toEqual(["b"]);
    expect(await found({ email: "example.org" })).toEqual([]);
    expect(await found({ email: "ADA@example.org" })).toEqual([]);
    expect(await found({ phoneNumber: "+61491570006" })).toEqual(["a", "b"]);
    expect(await found({ phoneNumber: "+61491570006", email: "ada@example.org" })).toEqual(["a"]);
    expect(await found({ email: "" })).toEqual([]);
    expect(await found({ phoneNumber: "" })).toEqual([]);
  });

  test("sorts newest first, equal dates by arrival, and last those without", async () => {
    const { loke, of } = open({
      pageSize: 1,
      customers: [
        { id: "none", createdAt: undefined, updatedAt: "2024-01-01T00:00:00Z" },
        { id: "old", createdAt: "1965-01-01T00:00:00Z", updatedAt: "2024-01-03T00:00:00Z" },
        { id: "epoch", createdAt: "1970-01-01T00:00:00Z", updatedAt: undefined },
        { id: "new", createdAt: "2023-01-01T00:00:00.001Z", updatedAt: "2024-01-02T00:00:00Z" },
        { id: "same", createdAt: "2023-01-01T00:00:00.001Z", updatedAt: "2024-01-04T00:00:00Z" },
      ],
    });
    const sorted = (sort: "created" | "updated") => idsOf(loke.listCustomers({ ...of, sort }));
    expect(await sorted("created")).toEqual(["new", "same", "epoch", "old", "none"]);
    expect(await sorted("updated")).toEqual(["same", "old", "new", "none", "epoch"]);
    expect(await idsOf(loke.listCustomers(of))).toEqual(["none", "old", "epoch", "new", "same"]);
  });
});

describe("what is not there", () => {
  test("is a 404 without a body for a customer, and an empty list of memberships", async () => {
    const { loke, of } = open();
    const ids = { ...of, customerId: "nobody" };
    const failure = await loke.getCustomer(ids).catch((error) => error);
    expect(failure).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(failure.body).toBeUndefined();
    expect(await idsOf(loke.listMemberships(ids))).toEqual([]);
  });

  test("is everything, in another organization", async () => {
    const { api, loke } = open({ customers: [{ id: "a" }], memberships: { a: 3 } });
    const elsewhere = { organizationId: "another" };
    const ids = { ...elsewhere, customerId: "a" };
    expect(await idsOf(loke.listCustomers(elsewhere))).toEqual([]);
    expect(await idsOf(loke.listMemberships(ids))).toEqual([]);
    await expect(loke.getCustomer(ids)).rejects.toMatchObject({ status: 404 });
    expect(api.requests.map(({ status }) => status)).toEqual([200, 200, 404]);
  });

  test("does not hide a customer whose ID has to be escaped", async () => {
    const id = "a/b c%?é";
    const { api, loke, of } = open({ customers: [{ id }], memberships: { [id]: 2 } });
    const ids = { ...of, customerId: id };
    expect(await loke.getCustomer(ids)).toEqual(api.customers[0]);
    expect(await idsOf(loke.listMemberships(ids))).toHaveLength(2);
  });
});

describe("a base URL with a path of its own", () => {
  test.each(["/proxy", "/a/b/", "/organizations/x", ""])(
    "leads to every operation: %s",
    async (path) => {
      const api = createMockApi({
        customers: [{ id: "a" }, 4],
        memberships: { a: 3 },
        pageSize: 2,
      });
      const loke = createClient({
        fetch: api,
        accessToken: "any",
        baseUrl: `http://localhost${path}`,
        retry: false,
      });
      const of = { organizationId: api.organizationId };
      const ids = { ...of, customerId: "a" };
      expect(await idsOf(loke.listCustomers(of))).toEqual(api.customers.map(({ id }) => id));
      expect(await idsOf(loke.listMemberships(ids))).toHaveLength(3);
      expect(await loke.getCustomer(ids)).toEqual(api.customers[0]);
      expect(api.requests.every(({ status }) => status === 200)).toBe(true);
    },
  );
});

describe("tokens", () => {
  test("are needed: without one the answer is a 401 in the shape of the vendor's errors", async () => {
    const { api, of } = open();
    const anonymous = createClient({ fetch: api });
    const failure = await anonymous
      .listCustomers(of)
      .page()
      .catch((error) => error);
    expect(failure).toMatchObject({ name: "AuthenticationError", code: "unauthorized" });
    expect(failure.instance).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(api.requests).toMatchObject([{ status: 401, hasToken: false }]);
  });

  test("may be any, unless one is named", async () => {
    const { api, loke, of } = open({ token: "good" });
    await expect(loke.listCustomers(of).page()).rejects.toMatchObject({ status: 401 });
    const good = createClient({ fetch: api, accessToken: "good" });
    expect((await good.listCustomers(of).page()).items).toHaveLength(25);
    expect(api.requests).toMatchObject([{ status: 401 }, { status: 200 }]);
  });

  test("are not kept", async () => {
    const { api, of } = open();
    await createClient({ fetch: api, accessToken: "s3cret" }).listCustomers(of).page();
    expect(api.requests).toHaveLength(1);
    expect(JSON.stringify(api.requests)).not.toContain("s3cret");
  });
});

describe("what it remembers", () => {
  test("is every request: what it was for, which page, and what came of it", async () => {
    const { api, loke, of } = open({ customers: [{ id: "a" }, 2], pageSize: 2 });
    await idsOf(loke.listCustomers({ ...of, sort: "updated" }));
    await loke.getCustomer({ ...of, customerId: "a" });
    const path = `/organizations/${of.organizationId}/customers`;
    const common = { method: "GET", origin, hasToken: true, status: 200 };
    expect(api.requests).toEqual([
      { ...common, path, query: { sort: "updated" }, operation: "listCustomers", page: 1 },
      {
        ...common,
        path,
        query: { sort: "updated", after: expect.any(String) },
        operation: "listCustomers",
        page: 2,
      },
      { ...common, path: `${path}/a`, query: {}, operation: "getCustomer" },
    ]);
  });
});

describe("changes", () => {
  test("are seen by the next request", async () => {
    const { api, loke, of } = open({ customers: named("a", "b") });
    const added = api.add("customers", { firstName: "Ada" });
    const changed = api.change("customers", "a", { lastName: "Byron", email: undefined });
    api.remove("customers", "b");
    expect(added).toMatchObject({ firstName: "Ada", lastName: expect.any(String) });
    expect(changed).toMatchObject({ id: "a", lastName: "Byron" });
    expect(changed).not.toHaveProperty("email");
    expect(await loke.listCustomers(of).toArray({ limit: 10 })).toEqual([changed, added]);
    expect(api.customers).toEqual([changed, added]);
    expect(await loke.getCustomer({ ...of, customerId: "a" })).toEqual(changed);
  });

  test("are the newest, unless they say otherwise", async () => {
    const { api, loke, of } = open({ customers: 50 });
    const [first] = api.customers;
    const added = api.add("customers");
    const changed = api.change("customers", first?.id ?? "", { firstName: "Ada" });
    const old = api.add("customers", { createdAt: "1999-01-01T00:00:00Z", updatedAt: undefined });
    const updated = await idsOf(loke.listCustomers({ ...of, sort: "updated" }));
    const created = await idsOf(loke.listCustomers({ ...of, sort: "created" }));
    expect(updated.slice(0, 2)).toEqual([changed.id, added.id]);
    expect(created[0]).toBe(added.id);
    expect(created.indexOf(old.id)).toBeGreaterThan(40);
    expect(old).not.toHaveProperty("updatedAt");
    const dated = api.change("customers", changed.id, { updatedAt: "2001-01-01T00:00:00Z" });
    expect(dated.updatedAt).toBe("2001-01-01T00:00:00Z");
  });

  test("in mid-walk lose or repeat no row that stays as it is", async () => {
    const ids = "abcdefgh".split("");
    const { api, loke, of } = open({ customers: named(...ids), pageSize: 2 });
    const pages = loke.listCustomers(of, { prefetch: 0 }).pages();
    const read = async () => (await pages.next()).value?.items.map(({ id }) => id);
    expect(await read()).toEqual(["a", "b"]);
    api.remove("customers", "a");
    api.remove("customers", "b"); // the row that the cursor stands behind
    api.remove("customers", "c");
    expect(await read()).toEqual(["d", "e"]);
    api.change("customers", "f", { firstName: "Ada" });
    api.add("customers", { id: "z" });
    expect(await read()).toEqual(["f", "g"]);
    expect(await read()).toEqual(["h", "z"]);
    expect(await read()).toBeUndefined();
  });

  test("in mid-walk of a sorted list move a row to the front, where the walk has been", async () => {
    const day = (n: number) => `2024-01-0${n}T00:00:00Z`;
    const customers = ["a", "b", "c", "d"].map((id, index) => ({ id, updatedAt: day(9 - index) }));
    const { api, loke, of } = open({ customers, pageSize: 2 });
    const list = loke.listCustomers({ ...of, sort: "updated" }, { prefetch: 0 });
    const seen: string[] = [];
    for await (const { items } of list.pages()) {
      seen.push(...items.map(({ id }) => id));
      if (seen.length === 2) api.change("customers", "c", { firstName: "Ada" });
    }
    expect(seen).toEqual(["a", "b", "d"]);
    expect(await idsOf(list)).toEqual(["c", "a", "b", "d"]);
  });

  test("end a walk whose remaining rows are all gone", async () => {
    const { api, loke, of } = open({ customers: named("a", "b", "c"), pageSize: 2 });
    const pages = loke.listCustomers(of, { prefetch: 0 }).pages();
    await pages.next();
    api.remove("customers", "c");
    expect((await pages.next()).value).toMatchObject({ items: [], next: undefined });
  });

  test("of memberships replace those that were", async () => {
    const { api, loke, of } = open({ customers: named("a"), memberships: { a: 2 } });
    api.set("memberships", "a", [{ name: "Regulars" }]);
    const lists = await loke.listMemberships({ ...of, customerId: "a" }).toArray({ limit: 9 });
    expect(lists).toEqual([{ id: expect.any(String), name: "Regulars" }]);
    api.remove("customers", "a");
    expect(api.memberships("a")).toEqual([]);
  });

  test("are the mock's own: nobody changes what it holds from outside", () => {
    const mine = { id: "a", firstName: "Ada", statistics: statistics(1) };
    const api = createMockApi({ customers: [mine] });
    mine.firstName = "Eve";
    mine.statistics.pointsBalance = 2;
    expect(api.customers[0]).toMatchObject({ firstName: "Ada", statistics: { pointsBalance: 1 } });
    expect(() => Object.assign(api.customers[0] ?? {}, { firstName: "Eve" })).toThrow(TypeError);
    expect(() => Object.assign(api.customers[0]?.statistics ?? {}, { totalSpend: 9 })).toThrow(
      TypeError,
    );
  });

  test("of memberships are the mock's own as well", () => {
    const api = createMockApi({
      customers: named("a"),
      memberships: { a: [{ name: "Regulars" }] },
    });
    const [list = {}] = api.memberships("a");
    expect(() => Object.assign(list, { name: "Others" })).toThrow(TypeError);
  });

  test("of a whole list take along what belonged to its items", async () => {
    const api = createMockApi({ customers: named("a", "b"), memberships: { a: 2, b: 1 } });
    api.set("customers", [{ id: "b" }, 2]);
    expect(api.customers.map(({ id }) => id)).toEqual([
      "b",
      expect.any(String),
      expect.any(String),
    ]);
    expect([api.memberships("a"), api.memberships("b")]).toEqual([[], []]);
  });

  test("of a whole list that are refused change nothing", () => {
    const api = createMockApi({ customers: named("a") });
    expect(() => api.set("customers", named("b", "b"))).toThrow(/with the ID "b" already/);
    expect(api.customers.map(({ id }) => id)).toEqual(["a"]);
  });

  // biome-ignore lint/suspicious/noExplicitAny: as JavaScript calls them.
  test.each<[string, (api: any) => void, RegExp]>([
    [
      "another list",
      (api) => api.add("customer", {}),
      /no list "customer"; it has customers, memberships/,
    ],
    ["no list", (api) => api.add(), /no list "undefined"; it has customers/],
    ["what objects inherit", (api) => api.remove("toString", "a"), /no list "toString"/],
    ["no owner", (api) => api.add("memberships", {}), /as an ID: 1 come after "memberships"/],
    ["no ID", (api) => api.change("customers"), /as an ID: 1 come after "customers"/],
    [
      "a number for an item",
      (api) => api.add("customers", 5),
      /an object with fields of customers/,
    ],
    ["a text for changes", (api) => api.change("customers", "a", "x"), /an object with fields/],
    ["no changes", (api) => api.change("customers", "a"), /an object with fields/],
    [
      "a wrong field",
      (api) => api.add("customers", { fistName: "A" }),
      /no field of customers "fistName"; it has id/,
    ],
  ])("with %s are refused, with what there is", (_, change, message) => {
    const api = createMockApi({ customers: named("a") });
    expect(() => change(api)).toThrow(message);
    expect(() => change(api)).toThrow(TypeError);
  });

  test("of customers that are not there are refused", () => {
    const api = createMockApi({ customers: named("a") });
    const nobody = 'The mock API has no "x" in customers.';
    expect(() => api.change("customers", "x", {})).toThrow(new TypeError(nobody));
    expect(() => api.remove("customers", "x")).toThrow(new TypeError(nobody));
    expect(() => api.set("memberships", "x", 1)).toThrow(new TypeError(nobody));
    expect(() => api.change("customers", "a", { id: "b" })).toThrow(/cannot give "a" another ID/);
    expect(() => api.add("customers", { id: "a" })).toThrow(/with the ID "a" already/);
    expect(api.customers).toHaveLength(1);
  });
});

function statistics(pointsBalance: number) {
  const date = "2024-01-01T00:00:00Z";
  return {
    lastPointsEarnedAt: date,
    lastPointsRedeemedAt: date,
    lastSpentAt: date,
    pointsBalance,
    totalPointsEarned: pointsBalance,
    totalPointsRedeemed: 0,
    totalSpend: 0,
  };
}

describe("options", () => {
  test.each<[unknown, RegExp]>([
    [
      { custmers: 1 },
      /^createMockApi has no option "custmers"; it has customers, memberships, faults/,
    ],
    [{ customers: -1 }, /a whole number from 0 as customers/],
    [{ customers: 1.5 }, /as customers/],
    [{ customers: "3" }, /as customers/],
    [{ customers: null }, /as customers/],
    [{ customers: [{}, "x"] }, /as customers/],
    [{ customers: [undefined] }, /as customers/],
    [{ customers: named("a", "a") }, /with the ID "a" already/],
    [{ customers: named("..") }, /with the ID ".."/],
    [{ customers: named("") }, /with the ID ""/],
    [{ customers: [{ id: 7 }] }, /with the ID 7/],
    [{ memberships: { nobody: 1 } }, /no "nobody" in customers/],
    [{ memberships: 3 }, /an object as memberships: what each item of customers has, by its ID/],
    [{ memberships: [3] }, /an object as memberships/],
    [{ customers: named("a"), memberships: { a: -1 } }, /as memberships/],
    [{ token: "" }, /"token" must be a text that is not empty/],
    [{ organizationId: 5 }, /"organizationId" must be a text/],
    [{ seed: "x" }, /"seed" must be a whole number from 0/],
    [{ pageSize: 0 }, /"pageSize" must be a whole number from 1/],
    [{ pageSize: null }, /"pageSize" must be a whole number from 1/],
    [{ pageSize: { listCustomers: 0 } }, /"pageSize" must be a whole number from 1/],
    [
      { pageSize: { getCustomer: 5 } },
      /has no list "getCustomer"; it has listCustomers, listMemberships/,
    ],
  ])("%j is refused: %s", (options, message) => {
    expect(() => createMockApi(options as MockApiOptions)).toThrow(message);
    expect(() => createMockApi(options as MockApiOptions)).toThrow(TypeError);
  });

  test("may be undefined", async () => {
    const now = () => 1.7e12;
    const nothing = {
      customers: undefined,
      memberships: undefined,
      faults: undefined,
      token: undefined,
      organizationId: undefined,
      pageSize: { listCustomers: undefined },
      seed: undefined,
    };
    expect(createMockApi({ ...nothing, now }).customers).toEqual(createMockApi({ now }).customers);
    expect(createMockApi({ ...nothing, now: undefined }).customers).toHaveLength(25);
  });

  test("name the organization", async () => {
    const { api, loke } = open({ organizationId: "org/1" });
    expect(api.organizationId).toBe("org/1");
    expect(await idsOf(loke.listCustomers({ organizationId: "org/1" }))).toHaveLength(25);
  });
});
