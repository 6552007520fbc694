import { transform } from "esbuild";
import { expect, test } from "vitest";
import { type Customer, createClient, type LokeClient } from "../../src/index.js";
import { createMockApi, type MockApi } from "../../src/testing.js";
import { codeBlocks } from "./code-blocks.js";
import { readGuidePage } from "./documents.js";

// What the guide says of customers that change while a list is read, and its job that copies changes.

const pageSize = 10;

interface Job {
  copyChanges: (since?: number) => Promise<number>;
  copies: ReadonlyMap<string, Customer>;
}

/** The functions of the guide's job, for a client. */
async function createJob(loke: LokeClient, organizationId: string): Promise<Job> {
  const { markdown } = readGuidePage("lists");
  const block = codeBlocks(markdown).find(({ code }) => code.includes("copyChanges("));
  const [, body = ""] = /(const copies = [\s\S]*)\nconst since = /.exec(block?.code ?? "") ?? [];
  const source = `export function create(loke, organizationId) {\n${body}\nreturn { copyChanges, copies };\n}`;
  const { code } = await transform(source, { loader: "ts" });
  const { create } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return create(loke, organizationId);
}

/** A client of a mock that holds 30 customers, and calls `afterFirstPage` when it has answered a list's first page. */
function setUp(afterFirstPage: (api: MockApi) => void = () => {}) {
  const api = createMockApi({ customers: 30, pageSize, now: () => Date.now() });
  const loke = createClient({
    accessToken: "any",
    prefetch: 0,
    async fetch(url, init) {
      const response = await api(url, init);
      if (api.requests.at(-1)?.page === 1) afterFirstPage(api);
      return response;
    },
  });
  return { api, loke, organizationId: api.organizationId };
}

/** Changes one customer of the last page, whatever the order. */
function changeOne({ customers, change }: MockApi, read: ReadonlySet<string>): void {
  const byUpdate = customers.toSorted(
    (one, other) => Date.parse(one.updatedAt ?? "") - Date.parse(other.updatedAt ?? ""),
  );
  const unread = byUpdate.find(({ id, updatedAt }) => updatedAt && !read.has(id));
  if (unread) change("customers", unread.id, { firstName: "Changed" });
}

const orders = [
  { sort: undefined, rows: 30 },
  { sort: "created", rows: 30 },
  { sort: "updated", rows: 29 },
] as const;

test.each(orders)(
  "a list sorted by $sort returns $rows of 30 customers while one changes",
  async ({ sort, rows }) => {
    const { api, loke, organizationId } = setUp();
    const read = new Set<string>();
    for await (const page of loke.listCustomers({ organizationId, sort }).pages()) {
      for (const { id } of page.items) read.add(id);
      if (read.size === pageSize) changeOne(api, read);
    }
    expect(read.size).toBe(rows);
  },
);

test("the job copies every change, those made while it runs at the next run", async () => {
  let isChanging = false;
  const { api, loke, organizationId } = setUp((mock) => {
    if (isChanging) changeOne(mock, new Set());
  });
  const { copyChanges, copies } = await createJob(loke, organizationId);
  const inOrder = () => api.customers.map(({ id }) => copies.get(id));
  const since = await copyChanges();
  expect(inOrder()).toEqual(api.customers);

  isChanging = true;
  const next = await copyChanges(since);
  expect(inOrder()).not.toEqual(api.customers);
  isChanging = false;
  await copyChanges(next);
  expect(inOrder()).toEqual(api.customers);
});

test("the job stops at the first page that is older than the last run", async () => {
  const { api, loke, organizationId } = setUp();
  const { copyChanges } = await createJob(loke, organizationId);
  const since = await copyChanges();
  expect(api.requests).toHaveLength(3);
  await copyChanges(since);
  expect(api.requests).toHaveLength(4);
});

test("the job reads the whole list if it is sorted oldest first", async () => {
  const { api, organizationId } = setUp();
  const reversed = createClient({
    accessToken: "any",
    prefetch: 0,
    async fetch(url, init) {
      const response = await api(url, init);
      const items: unknown[] = await response.json();
      const { headers } = response;
      headers.delete("content-length");
      return new Response(JSON.stringify(items.toReversed()), { headers });
    },
  });
  const { copyChanges, copies } = await createJob(reversed, organizationId);
  await copyChanges(Date.now());
  expect(copies.size).toBe(30);
});
