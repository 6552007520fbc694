import { type ListCall, type Page, walkPages, withProgress } from "./walk.js";

/**
 * A list that is yet to be read: nothing is sent before then. Each reading is a walk of its own.
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
  [Symbol.asyncIterator](): ItemIterator<Item>;
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

/** Reads the items of a list one by one. `for await` also ends it. */
export interface ItemIterator<Item> extends AsyncIterableIterator<Item, void, undefined> {
  /** Ends the walk at once, and cancels what is in flight. */
  return(): Promise<IteratorResult<Item, void>>;
}

/** Makes the list that a call gives. */
export function createList(call: ListCall): List<unknown> {
  const { id, list, places, settings, target } = call;

  function pages(wantedPages = Number.POSITIVE_INFINITY) {
    const closing = new AbortController();
    const walk = walkPages(call, wantedPages, closing.signal);
    return Object.assign(walk, {
      // By itself, a generator that awaits a page heeds `return` when the page has come.
      return(): Promise<IteratorResult<Page<unknown>, void>> {
        closing.abort();
        return Object.getPrototypeOf(walk).return.call(walk);
      },
    });
  }

  /** Not a generator: that takes several promises an item, a tenth of a walk, and holds on to the page before. */
  function items(): ItemIterator<unknown> {
    const walk = pages();
    let rows: unknown[] | undefined = [];
    let at = 0;
    let turning: Promise<void> | undefined;

    async function turnPage() {
      try {
        const { value } = await walk.next();
        rows = value?.items;
        at = 0;
      } finally {
        turning = undefined;
      }
    }

    return {
      async next() {
        if (rows && settings.signal?.aborted) {
          await this.return();
          throw settings.signal.reason;
        }
        // Readers who come to the end of a page together turn it once.
        while (rows && at >= rows.length) {
          turning ??= turnPage();
          await turning;
        }
        return rows ? { done: false, value: rows[at++] } : { done: true, value: undefined };
      },
      return() {
        rows = undefined;
        return walk.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  async function toArray(options: { limit: number }) {
    const limit = options?.limit;
    if (!(Number.isInteger(limit) || limit === Number.POSITIVE_INFINITY) || limit < 0) {
      throw new TypeError(`${id}: toArray needs a { limit }, a whole number from 0.`);
    }
    const array: unknown[] = [];
    if (limit === 0) return array;
    // Of pages whose size is not known, the first can be enough: none is requested ahead that the limit may not need.
    const wanted = Math.ceil(limit / (list.pageSize ?? limit)) || limit;
    try {
      for await (const { items } of pages(wanted)) {
        for (const item of items.slice(0, limit - array.length)) array.push(item);
        if (array.length >= limit) break;
      }
    } catch (error) {
      settings.signal?.throwIfAborted();
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
