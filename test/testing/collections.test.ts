import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { render } from "../../scripts/generate/render.js";
import { problemsInProcess } from "../contract/every-operation.js";
import { fixtureDocument } from "../fixture/document.js";
import { growthMoves, type Move } from "../moves/moves.js";
import { loadPackage } from "../random/load-package.js";

// The mock of a richer document: what it does with lists, items and bodies that the fixture document does not have.

/** The mock and its client, whose types are those of another document. */
// biome-ignore lint/suspicious/noExplicitAny: named by a document that exists when this runs.
type Any = any;

/** The package, made from the fixture document after some moves. */
async function grow(moves: readonly Move[]) {
  const document = parse(await readFile(fixtureDocument, "utf8"), { merge: true });
  for (const { edit } of moves) edit(document);
  return { document, ...(await loadPackage(await render(document))) };
}

const grown = await grow(growthMoves);
const open = (options: object = {}) => {
  const api: Any = grown.createMockApi(options);
  const loke: Any = grown.createClient({ fetch: api, accessToken: "any", retry: false });
  return { api, loke, of: { organizationId: api.organizationId } };
};

const items = (list: Any) => list.toArray({ limit: 100 });

test("holds each list of the document, by the last word of its path", () => {
  const { api } = open({
    customers: 3,
    customerLists: [{ id: "a" }, 1],
    members: { a: 4 },
    shops: 2,
  });
  expect(api.customers).toHaveLength(3);
  expect(api.customerLists.map(({ id }: Any) => id)).toEqual([
    "a",
    expect.stringMatching(/^.{26}$/),
  ]);
  expect(api.members("a")).toHaveLength(4);
  expect(api.members("nobody")).toEqual([]);
  expect(api.shops.map(({ id }: Any) => id)).toEqual([1, 2]);
});

test("has lists within lists within lists", async () => {
  const { api, loke, of } = open({
    customers: [{ id: "c" }, { id: "d" }],
    memberships: { c: [{ id: "m" }], d: [{ id: "m" }] },
    notes: { c: { m: 12 }, d: { m: [{ text: "Of d." }] } },
  });
  const ids = { ...of, customerId: "c", membershipId: "m" };
  expect(await items(loke.listNotes(ids))).toHaveLength(12);
  expect(await items(loke.listNotes({ ...ids, customerId: "d" }))).toEqual(api.notes("d", "m"));
  api.set("notes", "c", "m", [{ id: "n", text: "Hello." }]);
  expect(await loke.getNote({ ...ids, noteId: "n" })).toMatchObject({ text: "Hello." });
  const added = api.add("notes", "c", "m", { text: "Later." });
  api.change("notes", "c", "m", "n", { text: "Changed." });
  expect(await items(loke.listNotes(ids))).toMatchObject([{ text: "Changed." }, added]);
  api.remove("notes", "c", "m", "n");
  expect(api.notes("c", "m")).toEqual([added]);
  api.remove("customers", "c");
  expect(api.notes("c", "m")).toEqual([]);
  expect(api.notes("d", "m")).toHaveLength(1);
});

describe("an item", () => {
  test("is added by a POST, and has what was sent and what the server makes of it", async () => {
    const { api, loke, of } = open({ customers: 1 });
    const body = { firstName: "Ada", email: "ada@example.org" };
    const { data, response } = await loke.createCustomer.withResponse({ ...of, body });
    expect(response.status).toBe(201);
    expect(data).toMatchObject({ ...body, id: expect.any(String), createdAt: expect.any(String) });
    // A last name is required of a customer, and was not sent.
    expect(data.lastName).toEqual(expect.any(String));
    expect(api.customers.at(-1)).toEqual(data);
    expect(await loke.getCustomer({ ...of, customerId: data.id })).toEqual(data);
  });

  test("is without what could have been sent and was not", async () => {
    const { loke, of } = open({ customers: 0 });
    const { data } = await loke.createCustomer.withResponse({ ...of, body: { firstName: "Ada" } });
    expect(data).not.toHaveProperty("email");
  });

  test("is changed in part by a PATCH; null removes what cannot be null", async () => {
    const { api, loke, of } = open({ customers: [{ id: "c", email: "a@example.org" }] });
    const [before] = api.customers;
    const ids = { ...of, customerId: "c" };
    const changed = await loke.updateCustomer({ ...ids, body: { firstName: "Ada", email: null } });
    expect(changed).toMatchObject({ id: "c", firstName: "Ada", lastName: before.lastName });
    expect(changed).not.toHaveProperty("email");
    expect(changed.updatedAt > before.updatedAt).toBe(true);
    expect(api.customers).toEqual([changed]);
  });

  test("is replaced by a PUT: what can be sent and is not, is gone", async () => {
    const { loke, of } = open({ customerLists: [{ id: "l", name: "Old", description: "Old." }] });
    const ids = { ...of, customerListId: "l" };
    const replaced = await loke.updateCustomerList({ ...ids, body: { name: "New" } });
    expect(replaced).toEqual({ id: "l", name: "New", isDynamic: expect.any(Boolean) });
    expect(await loke.getCustomerList(ids)).toEqual(replaced);
  });

  test("is gone after a DELETE, with what belongs to it", async () => {
    const { api, loke, of } = open({ customers: [{ id: "c" }], memberships: { c: 2 } });
    const ids = { ...of, customerId: "c" };
    expect((await loke.deleteCustomer.withResponse(ids)).response.status).toBe(204);
    await expect(loke.getCustomer(ids)).rejects.toMatchObject({ status: 404 });
    await expect(loke.deleteCustomer(ids)).rejects.toMatchObject({ status: 404 });
    expect([api.customers, api.memberships("c")]).toEqual([[], []]);
  });

  test("that is known by a number is found by it", async () => {
    const { loke, of } = open({ shops: [{ id: 7, name: "Corner" }] });
    expect(await loke.getShop({ ...of, shopId: 7 })).toMatchObject({ id: 7, name: "Corner" });
    await expect(loke.getShop({ ...of, shopId: 8 })).rejects.toMatchObject({ status: 404 });
  });

  test("of another organization is not there, to nobody who writes either", async () => {
    const { api, loke } = open({ customers: [{ id: "c" }] });
    const elsewhere = { organizationId: "another", customerId: "c" };
    await expect(loke.deleteCustomer(elsewhere)).rejects.toMatchObject({ status: 404 });
    await expect(
      loke.createCustomer({ organizationId: "another", body: { firstName: "Ada" } }),
    ).rejects.toMatchObject({ status: 404 });
    expect(api.customers).toHaveLength(1);
  });
});

describe("a list", () => {
  test("is filtered by what is named as a field, and sorted by a text from the first", async () => {
    const names = [{ name: "B" }, { name: "A" }, { name: "C", kind: undefined }];
    const { loke, of } = open({
      shops: names.map((one) => ({ kind: "BAR", ...one })),
      pageSize: 1,
    });
    const found = async (query: object) =>
      (await items(loke.listShops({ ...of, ...query }))).map(({ name }: Any) => name);
    expect(await found({ sort: "name" })).toEqual(["A", "B", "C"]);
    expect(await found({ kind: "BAR" })).toEqual(["B", "A"]);
    expect(await found({ kind: "CAFE" })).toEqual([]);
  });

  test("of an owner who is not there is a 404, where the document has one", async () => {
    const { loke, of } = open();
    const list = loke.listCustomerListMembers({ ...of, customerListId: "nobody" });
    await expect(list.page()).rejects.toMatchObject({ status: 404 });
  });
});

describe("a request that does not fit", () => {
  test.each([
    [undefined, "A JSON body is missing."],
    ["{", "The body is no JSON."],
    ["[]", "The body must be of type object."],
    ["{}", "firstName is missing."],
    ['{"firstName": 5}', "firstName must be of type string."],
  ])("has a 400 that names the field, never its value: %s", async (body, message) => {
    const { api, of } = open({ customers: 0 });
    const response = await api(
      `https://api.loke.global/organizations/${of.organizationId}/customers`,
      {
        method: "POST",
        headers: { authorization: "Bearer any", "content-type": "application/json" },
        ...(body !== undefined && { body }),
      },
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "bad_request", message });
    expect(api.customers).toEqual([]);
  });

  test.each([
    ["", "The query parameter default is missing."],
    ["?default=x&constructor=y&default=y", "The query parameter default is given more than once."],
    [
      "?default=x&constructor=y&x-kind=1&x-kind=two",
      "The query parameter x-kind[1] must be of type integer.",
    ],
  ])("has a 400 that names the parameter: %s", async (query, message) => {
    const { api, of } = open();
    const url = `https://api.loke.global/organizations/${of.organizationId}/reports/1${query}`;
    const response = await api(url, { headers: { authorization: "Bearer any" } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "bad_request", message });
  });
});

test("an operation that is about no list answers with what its schema says", async () => {
  const { loke, of } = open();
  expect(await loke.getSettings(of)).toEqual({ currency: "AUD" });
  const merged = loke.mergeCustomer.withResponse({ ...of, customerId: "c", body: { into: "d" } });
  expect((await merged).response.status).toBe(202);
  const report = { ...of, class: "x", default: "y", "x-kind": [1, 2], constructor: "z" };
  expect(await loke.getReport(report)).toEqual({ default: expect.any(Number) });
});

describe("faults", () => {
  test("happen to what writes, too", async () => {
    const faults = [{ status: 503, operation: "createCustomer" }, "reset-in-body"];
    const { api, loke, of } = open({ customers: 0, faults });
    const create = () => loke.createCustomer({ ...of, body: { firstName: "Ada" } });
    await expect(create()).rejects.toMatchObject({ status: 503 });
    // An error status has changed nothing; an answer that breaks off has.
    expect(api.customers).toHaveLength(0);
    await expect(create()).rejects.toMatchObject({ name: "ConnectionError" });
    expect(api.customers).toHaveLength(1);
    expect(api.pendingFaults).toEqual([]);
  });

  test("of a body wait for an answer that has one", async () => {
    const { api, loke, of } = open({ customers: [{ id: "c" }], faults: ["html-200", "cut-body"] });
    await loke.deleteCustomer({ ...of, customerId: "c" });
    expect(api.pendingFaults).toHaveLength(2);
    await expect(loke.listCustomers(of).page()).rejects.toMatchObject({ name: "ResponseError" });
  });
});

test("writes are in the log, with the operation and without the body", async () => {
  const { api, loke, of } = open({ customers: 0 });
  await loke.createCustomer({ ...of, body: { firstName: "Ada" } });
  expect(api.requests).toMatchObject([
    { method: "POST", operation: "createCustomer", status: 201 },
  ]);
});

test("every operation is answered as the document says", async () => {
  const { api } = open();
  const { organizationId } = api;
  const create = () =>
    open({
      customers: [{ id: "c" }],
      memberships: { c: [{ id: "m" }] },
      notes: { c: { m: [{ id: "n" }] } },
      customerLists: [{ id: "l" }],
      members: { l: 1 },
      shops: [{ id: 1 }],
    }).api;
  const parameters = {
    organizationId,
    customerId: "c",
    membershipId: "m",
    noteId: "n",
    customerListId: "l",
    shopId: "1",
    class: "any",
  };
  expect(await problemsInProcess(grown.document, parameters, create)).toEqual([]);
});

test("a field that appears changes no other value", async () => {
  const before = await grow([]);
  const after = await grow([
    {
      name: "fields appear",
      edit({ components }) {
        const { Customer: customer, CustomerStatistics: statistics } = components.schemas;
        const more = { nickname: { type: "string" }, tier: { enum: ["A", "B"] } };
        customer.properties = { nickname: more.nickname, ...customer.properties, tier: more.tier };
        customer.required.push("tier");
        statistics.properties = { visits: { type: "integer" }, ...statistics.properties };
      },
    },
  ]);
  const options = { customers: 200, memberships: {}, now: () => 1.7e12 };
  const old = before.createMockApi(options).customers;
  const found = after.createMockApi(options).customers;
  expect(found.some((one: Any) => "nickname" in one && "tier" in one)).toBe(true);
  const rest = found.map(({ nickname: _, tier: __, statistics, ...customer }: Any) => {
    const { visits: ___, ...others } = statistics ?? {};
    return statistics ? { ...customer, statistics: others } : customer;
  });
  expect(rest).toEqual(old);
});
