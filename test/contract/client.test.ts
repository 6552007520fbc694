import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createCheck } from "../../scripts/mock/prism.js";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import {
  ApiError,
  AuthenticationError,
  createClient,
  type LokeClient,
  NotFoundError,
} from "../../src/index.js";
import { fixturePath } from "../fixture/document.js";
import { phoneNumbers } from "./phone-numbers.js";

const unknownCustomerId = "00000000000000000000000000";

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

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const outcome = await promise.catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(ApiError);
  return outcome as ApiError;
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

  it("walks all 2,500 customers on pages of 1,000, 1,000 and 500", async () => {
    const sizes: number[] = [];
    const customerIds = new Set<string>();
    for await (const page of loke.listCustomers({ organizationId: ids.organizationId }).pages()) {
      sizes.push(page.items.length);
      for (const { id } of page.items) customerIds.add(id);
    }
    expect(sizes).toEqual([1000, 1000, 500]);
    expect(customerIds.size).toBe(2500);
  });

  it("walks the 25 memberships of a customer on pages of 10, 10 and 5", async () => {
    const names = new Set<string>();
    const sizes: number[] = [];
    for await (const page of loke.listMemberships(ids).pages()) {
      sizes.push(page.items.length);
      for (const { name } of page.items) names.add(name);
    }
    expect(sizes).toEqual([10, 10, 5]);
    expect(names.size).toBe(25);
  });

  it("keeps the sort on the way through all pages, and stays on the mock", async () => {
    const { organizationId } = ids;
    const urls: URL[] = [];
    const spy = createClient({
      baseUrl: mock.url,
      accessToken: "any",
      fetch: (url, init) => {
        urls.push(new URL(url));
        return fetch(url, init);
      },
    });
    const all = await spy
      .listCustomers({ organizationId, sort: "updated" })
      .toArray({ limit: 3_000 });
    expect(new Set(all.map(({ id }) => id)).size).toBe(2500);
    expect(urls.map(({ origin }) => origin)).toEqual(Array(3).fill(mock.url));
    expect(urls.map(({ searchParams }) => searchParams.get("sort"))).toEqual(
      Array(3).fill("updated"),
    );
  });

  it("goes on from the place of a page", async () => {
    const first = await loke.listMemberships(ids).page();
    const rest = await loke.listMemberships(ids, { from: first.next }).toArray({ limit: 100 });
    const all = await loke.listMemberships(ids).toArray({ limit: 100 });
    expect([...first.items, ...rest]).toEqual(all);
    expect(all).toHaveLength(25);
  });

  it("gets the customer of the documented example", async () => {
    const { data, response } = await loke.getCustomer.withResponse(ids);
    expect(data).toEqual(await exampleOf("/organizations/{organizationId}/customers/{customerId}"));
    expect(response.status).toBe(200);
  });

  it("finds customers by e-mail address and by phone number", async () => {
    const { organizationId } = ids;
    const [phoneNumber = ""] = phoneNumbers;
    const byEmail = await loke
      .listCustomers({ organizationId, email: "john@example.com" })
      .toArray({ limit: 10 });
    const byPhone = await loke
      .listCustomers({ organizationId, phoneNumber })
      .toArray({ limit: 10 });
    expect(byEmail.map(({ id }) => id)).toEqual([ids.customerId]);
    expect(byPhone.length).toBeGreaterThan(1);
    expect(new Set(byPhone.map((customer) => customer.phoneNumber))).toEqual(
      new Set([phoneNumber]),
    );
  });

  it("sorts by what is asked for", async () => {
    const { items } = await loke
      .listCustomers({ organizationId: ids.organizationId, sort: "updated" })
      .page();
    const updatedAt = items.flatMap((customer) => customer.updatedAt ?? []);
    expect(updatedAt.length).toBeGreaterThan(500);
    expect(updatedAt).toEqual([...updatedAt].sort().reverse());
  });

  it("throws NotFoundError for a customer who does not exist", async () => {
    const error = await failureOf(loke.getCustomer({ ...ids, customerId: unknownCustomerId }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ name: "NotFoundError", status: 404, operation: "getCustomer" });
  });

  it("throws BadRequestError for a sort that the document does not have", async () => {
    const wrong = { organizationId: ids.organizationId, sort: "name" as "created" };
    const error = await failureOf(loke.listCustomers(wrong).page());
    expect(error).toMatchObject({
      name: "BadRequestError",
      status: 400,
      operation: "listCustomers",
    });
  });

  it.each(["getCustomer", "listCustomers", "listMemberships"] as const)(
    "throws AuthenticationError when %s is called without a token",
    async (id) => {
      const anonymous = createClient({ baseUrl: mock.url, retry: false });
      const calls = {
        getCustomer: () => anonymous.getCustomer(ids),
        listCustomers: () => anonymous.listCustomers({ organizationId: ids.organizationId }).page(),
        listMemberships: () => anonymous.listMemberships(ids).page(),
      };
      const error = await failureOf(calls[id]());
      expect(error).toBeInstanceOf(AuthenticationError);
      expect(error).toMatchObject({ status: 401, operation: id });
    },
  );
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
  const customers = "/organizations/{organizationId}/customers";

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
