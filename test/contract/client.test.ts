import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createCheck } from "../../scripts/mock/prism.js";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import { ApiError, createClient, type LokeClient } from "../../src/index.js";
import { fixturePath } from "../fixture/document.js";

const customers = "/organizations/{organizationId}/customers";

interface Media {
  example: unknown;
}

/** The example of the document for a path's 200. */
async function exampleOf(path: string): Promise<unknown> {
  const text = await readFile(fixturePath, "utf8");
  const { paths } = parse(text) as {
    paths: Record<string, { get: { responses: { 200: { content: Record<string, Media> } } } }>;
  };
  return paths[path]?.get.responses[200].content["application/json"]?.example;
}

describe("the client against the mock, every request and response checked by Prism", () => {
  let mock: Mock;
  let loke: LokeClient;
  let ids: { organizationId: string; customerId: string };

  beforeAll(async () => {
    mock = await startMock({ document: fixturePath });
    loke = createClient({ baseUrl: mock.url, accessToken: "any", retry: false });
    const { organizationId = "", customerId = "" } = mock.parameters;
    ids = { organizationId, customerId };
  });
  afterAll(() => mock?.stop());

  it("walks all 2,500 customers in their order on pages of 1,000, 1,000 and 500, and stays on the mock", async () => {
    const urls: URL[] = [];
    const spy = createClient({
      baseUrl: mock.url,
      accessToken: "any",
      fetch: (url, init) => {
        urls.push(new URL(url));
        return fetch(url, init);
      },
    });
    const sizes: number[] = [];
    const customerIds = new Set<string>();
    const { organizationId } = ids;
    for await (const { items } of spy.listCustomers({ organizationId, sort: "updated" }).pages()) {
      sizes.push(items.length);
      for (const { id } of items) customerIds.add(id);
    }
    expect(sizes).toEqual([1000, 1000, 500]);
    expect(customerIds.size).toBe(2500);
    expect(urls.map(({ origin }) => origin)).toEqual(Array(3).fill(mock.url));
    const sorts = urls.map(({ searchParams }) => searchParams.get("sort"));
    expect(sorts).toEqual(Array(3).fill("updated"));
  });

  it("walks the 25 memberships of a customer, and goes on from the place of a page", async () => {
    const first = await loke.listMemberships(ids).page();
    const rest = await loke.listMemberships(ids, { from: first.next }).toArray({ limit: 100 });
    const all = await loke.listMemberships(ids).toArray({ limit: 100 });
    expect(first.items).toHaveLength(10);
    expect([...first.items, ...rest]).toEqual(all);
    expect(new Set(all.map(({ name }) => name)).size).toBe(25);
  });

  it("gets the customer of the documented example", async () => {
    const { data, response } = await loke.getCustomer.withResponse(ids);
    expect(data).toEqual(await exampleOf(`${customers}/{customerId}`));
    expect(response.status).toBe(200);
  });

  it("throws the error of each status", async () => {
    const { organizationId } = ids;
    const sort = "name" as "created";
    const anonymous = createClient({ baseUrl: mock.url, retry: false });
    for (const [call, expected] of [
      [
        () => loke.getCustomer({ ...ids, customerId: "0".repeat(26) }),
        { name: "NotFoundError", status: 404, operation: "getCustomer" },
      ],
      [
        () => loke.listCustomers({ organizationId, sort }).page(),
        { name: "BadRequestError", status: 400, operation: "listCustomers" },
      ],
      [
        () => anonymous.listMemberships(ids).page(),
        { name: "AuthenticationError", status: 401, operation: "listMemberships" },
      ],
    ] as const) {
      const error = await call().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject(expected);
    }
  });
});

describe("the client against Prism alone, which answers with the document's examples", () => {
  let loke: LokeClient;

  beforeAll(async () => {
    const check = await createCheck(fixturePath);
    const fetch = async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      const { pathname: path, searchParams: query } = new URL(request.url);
      const { headers, method } = request;
      const { response } = await check({ method, path, query, headers, body: "" }, undefined);
      return new Response(response.text, response);
    };
    loke = createClient({ fetch, accessToken: "any", retry: false });
  });

  const ids = { organizationId: "org", customerId: "customer" };

  it("getCustomer gives its example", async () => {
    expect(await loke.getCustomer(ids)).toEqual(await exampleOf(`${customers}/{customerId}`));
  });

  it("listCustomers gives its example", async () => {
    const { items } = await loke.listCustomers({ organizationId: "org" }).page();
    expect(items).toHaveLength(3);
    expect(items).toEqual(await exampleOf(customers));
  });

  it("listMemberships gives its example", async () => {
    const { items } = await loke.listMemberships(ids).page();
    expect(items).toHaveLength(3);
    expect(items).toEqual(await exampleOf(`${customers}/{customerId}/memberships`));
  });
});
