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

  function pages(wantedPages = Number.POSITIVE_INFINITY) {
    const closing = new AbortController();
    return closable(walkPages(call, wantedPages, closing.signal), closing);
  }

  function items() {
    const closing = new AbortController();
    const walk = walkPages(call, Number.POSITIVE_INFINITY, closing.signal);
    async function* flatten() {
      for await (const page of walk) {
        for (const item of page.items) {
          settings.signal?.throwIfAborted();
          yield item;
        }
      }
    }
    return closable(flatten(), closing);
  }

  async function toArray(options: { limit: number }) {
    const limit = options?.limit;
    if (!(Number.isInteger(limit) || limit === Number.POSITIVE_INFINITY) || limit < 0) {
      throw new TypeError(`${id}: toArray needs a { limit }, a whole number from 0.`);
    }
    const array: unknown[] = [];
    if (limit === 0) return array;
    try {
      for await (const { items } of pages(Math.ceil(limit / list.pageSize))) {
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

/** Lets `return` end a generator at once: by itself, one that awaits a page heeds it when the page has come. */
function closable<T>(
  generator: AsyncGenerator<T, void, undefined>,
  closing: AbortController,
): AsyncGenerator<T, void, undefined> {
  return Object.assign(generator, {
    return(): Promise<IteratorResult<T, void>> {
      closing.abort();
      return Object.getPrototypeOf(generator).return.call(generator);
    },
  });
}
