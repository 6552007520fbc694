import { type ListCall, type Page, walkPages, withProgress } from "./walk.js";

/**
 * A list that is yet to be read: nothing is sent before then. Each reading is a walk of its own, from the beginning.
 *
 * @example
 * import { createClient } from "loke-customers";
 *
 * const loke = createClient({ accessToken: process.env.LOKE_ACCESS_TOKEN });
 * const customers = loke.listCustomers({ organizationId: process.env.LOKE_ORGANIZATION_ID ?? "" });
 * for await (const customer of customers) {
 *   console.log(customer.id);
 * }
 */
export interface List<Item> extends AsyncIterable<Item> {
  /** Every item of every page, in order. */
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
  /** Every page, in order. */
  pages(): AsyncGenerator<Page<Item>, void, undefined>;
  /** The first page only: one request. */
  page(): Promise<Page<Item>>;
  /**
   * The first items, at most `limit`. A failure gives none of them: its `walk.resumeFrom` is where the array began.
   *
   * @throws {TypeError} without a `limit`: a list can be longer than memory.
   */
  toArray(options: { limit: number }): Promise<Item[]>;
}

/** Makes the list that a call gives. */
export function createList(call: ListCall): List<unknown> {
  const { id, list, places, settings, target } = call;
  const pages = (wantedPages = Number.POSITIVE_INFINITY) => walkPages(call, wantedPages);

  async function* items() {
    for await (const page of pages()) {
      for (const item of page.items) {
        settings.signal?.throwIfAborted();
        yield item;
      }
    }
  }

  async function toArray(options: { limit: number }) {
    const limit: unknown = options?.limit;
    if (typeof limit !== "number" || !(limit >= 0)) {
      throw new TypeError(`${id}: toArray needs a { limit } from 0.`);
    }
    const array: unknown[] = [];
    if (limit === 0) return array;
    try {
      for await (const { items } of pages(Math.ceil(limit / list.pageSize))) {
        for (const item of items.slice(0, limit - array.length)) array.push(item);
        if (array.length >= limit) break;
      }
    } catch (error) {
      throw withProgress(error, 0, 0, places.encode(target instanceof URL ? target.href : ""));
    }
    return array;
  }

  return {
    [Symbol.asyncIterator]: items,
    pages: () => pages(),
    page: async () => (await pages(1).next()).value as Page<unknown>,
    toArray,
  };
}
