import { describe, expect, test } from "vitest";
import { createClient } from "../../src/index.js";
import { failureOf, type ObservedFetch, observeFetch, page } from "./observed-fetch.js";

const baseUrl = "https://api.test";
const args = { organizationId: "o" };
const url = `${baseUrl}/organizations/o/customers`;

/** A list of so many rows to each page, and its `fetch`. */
function listOf(...sizes: readonly number[]) {
  const observed: ObservedFetch = observeFetch((request) => {
    const index = Number(new URL(request.url).searchParams.get("after") ?? 0);
    const items = Array.from({ length: sizes[index] ?? 0 }, (_, row) => ({
      id: `${index}.${row}`,
    }));
    return page(items, index + 1 < sizes.length ? `?after=${index + 1}` : undefined);
  });
  const loke = createClient({ baseUrl, fetch: observed.fetch });
  return { observed, list: loke.listCustomers(args), loke };
}

async function idsOf(rows: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of rows) ids.push(id);
  return ids;
}

describe("a list", () => {
  test("sends nothing before it is read", async () => {
    const { list, observed } = listOf(1);
    list.pages();
    list[Symbol.asyncIterator]();
    await new Promise((resolve) => setImmediate(resolve));
    expect(observed.calls).toEqual([]);
    await list.pages().next();
    expect(observed.urls).toEqual([url]);
  });

  test("is no promise: awaiting it sends nothing and gives the list", async () => {
    const { list, observed } = listOf(1);
    expect(await list).toBe(list);
    expect(observed.calls).toEqual([]);
  });

  test("gives every item of every page, in order, also beyond empty and short pages", async () => {
    const { list, observed } = listOf(2, 0, 1, 0);
    expect(await idsOf(list)).toEqual(["0.0", "0.1", "2.0"]);
    expect(observed.urls).toEqual([url, `${url}?after=1`, `${url}?after=2`, `${url}?after=3`]);
  });

  test("reads on past a page that begins and ends as an earlier one does", async () => {
    const rows = (...ids: string[]) => ids.map((id) => ({ id }));
    const { fetch } = observeFetch(
      page(rows("a", "b", "c"), "?after=1"),
      page(rows("a", "d", "c")),
    );
    const ids = await idsOf(createClient({ fetch }).listCustomers(args));
    expect(ids).toEqual(["a", "b", "c", "a", "d", "c"]);
  });

  test("can be empty", async () => {
    const { list, observed } = listOf(0);
    expect(await idsOf(list)).toEqual([]);
    expect(observed.calls).toHaveLength(1);
  });

  test("gives items that are generators: return() ends them", async () => {
    const { list, observed } = listOf(1, 1, 1, 1);
    const items = list[Symbol.asyncIterator]();
    expect(await items.next()).toEqual({ done: false, value: { id: "0.0" } });
    await items.return();
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(observed.calls.length).toBeLessThanOrEqual(2);
    expect(items[Symbol.asyncIterator]()).toBe(items);
  });
});

describe("pages()", () => {
  test("gives each page with its items, its response and the place of the next", async () => {
    const { list } = listOf(2, 1);
    const pages = [];
    for await (const one of list.pages()) pages.push(one);
    expect(pages).toEqual([
      {
        items: [{ id: "0.0" }, { id: "0.1" }],
        next: expect.any(String),
        response: expect.any(Response),
      },
      { items: [{ id: "1.0" }], next: undefined, response: expect.any(Response) },
    ]);
    expect(pages[0]?.response).toMatchObject({ status: 200, bodyUsed: true });
    expect(pages[0]?.response.headers.get("x-next-page")).toBe("?after=1");
  });

  test("gives items of the reader's own: to change them changes nothing", async () => {
    const { list } = listOf(2, 2);
    const sizes: number[] = [];
    for await (const { items } of list.pages()) {
      sizes.push(items.length);
      items.length = 0;
    }
    expect(sizes).toEqual([2, 2]);
  });
});

describe("page()", () => {
  test("has no next place on the last page, nor with an empty header", async () => {
    expect((await listOf(1).list.page()).next).toBeUndefined();
    const { fetch } = observeFetch(page([], ""));
    expect((await createClient({ fetch }).listCustomers(args).page()).next).toBeUndefined();
  });
});

describe("toArray", () => {
  test("gives as many items as its limit says, also beyond an empty page", async () => {
    const { list } = listOf(2, 0, 2);
    const array = await list.toArray({ limit: 3 });
    expect(array.map(({ id }) => id)).toEqual(["0.0", "0.1", "2.0"]);
    expect(await list.toArray({ limit: 5_000 })).toHaveLength(4);
  });

  test("gives a new array each time", async () => {
    const { list } = listOf(1);
    const first = await list.toArray({ limit: 5 });
    first.length = 0;
    expect(await list.toArray({ limit: 5 })).toHaveLength(1);
  });

  const wrong: Record<string, unknown[]> = {
    "no options": [],
    "no limit": [{}],
    "limit undefined": [{ limit: undefined }],
    "limit null": [{ limit: null }],
    "limit NaN": [{ limit: Number.NaN }],
    "limit -1": [{ limit: -1 }],
    "a text as limit": [{ limit: "5" }],
    "a bigint as limit": [{ limit: 5n }],
    "a number as options": [5],
    "null as options": [null],
  };
  for (const [name, given] of Object.entries(wrong)) {
    test(`rejects ${name}, and sends nothing`, async () => {
      const { list, observed } = listOf(1);
      const error = await failureOf(() => list.toArray(...(given as [never])));
      expect(error).toBeInstanceOf(TypeError);
      expect((error as TypeError).message).toContain("limit");
      expect(observed.calls).toEqual([]);
    });
  }
});

describe("a next link without an origin", () => {
  /** A first page that says where it was read, and a last one. */
  function answeredFrom(from: string, redirected: boolean, link: string) {
    const first = Object.defineProperties(page([{ id: "1" }], link), {
      url: { value: from },
      redirected: { value: redirected },
    });
    const observed = observeFetch(first, page([{ id: "2" }]));
    return { observed, list: createClient({ baseUrl, fetch: observed.fetch }).listCustomers(args) };
  }

  test("is read from what was asked for, wherever a fetch of the user's went for the answer", async () => {
    const { list, observed } = answeredFrom("https://gateway.test/x", false, "?after=1");
    expect(await idsOf(list)).toEqual(["1", "2"]);
    expect(observed.urls).toEqual([url, `${url}?after=1`]);
  });

  test("is read from where a redirect led", async () => {
    const { list, observed } = answeredFrom(`${baseUrl}/moved/customers`, true, "?after=1");
    expect(await idsOf(list)).toEqual(["1", "2"]);
    expect(observed.urls).toEqual([url, `${baseUrl}/moved/customers?after=1`]);
  });
});
