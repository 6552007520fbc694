import type { SortedArguments } from "./arguments.js";
import type { Call } from "./call.js";
import { cursorError, decodeCursor, listKey } from "./cursor.js";
import { followLink } from "./next-page.js";
import { type ListCall, type Page, paginate, startCursor, withProgress } from "./paginate.js";
import { type Target, urlOf } from "./request.js";
import { parseUrl } from "./url.js";
import { throwIfAborted } from "./with-timeout.js";

/**
 * A list. No request is sent before it is read. Each `for await`, `pages()`, `page()` and `toArray()` reads it from its
 * beginning.
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
   * The first items, at most `limit`. It rejects if a page fails; `walk.resumeFrom` of the error is where the array began.
   *
   * @throws {TypeError} without a `limit`: a list can be larger than memory.
   */
  toArray(options: { limit: number }): Promise<Item[]>;
}

/** Iterates over the items of a list. `for await` also ends the iteration. */
export interface ItemIterator<Item> extends AsyncGenerator<Item, void, undefined> {
  /** Ends the iteration at once and cancels requests in flight. */
  return(): Promise<IteratorResult<Item, void>>;
}

/** Returns the list of a call. */
export function createList(
  call: Call & { target: SortedArguments },
  list: ListCall["list"],
): List<unknown> {
  const { id, options } = call;
  const key = listKey(id, call.target);
  const listCall = { ...call, list, key, target: startOf(call, key) };

  function pages(pageCount = Number.POSITIVE_INFINITY) {
    const controller = new AbortController();
    const { signal } = controller;
    const generator = paginate(listCall, { pageCount, signal, callSite: new Error() });
    return toGenerator({
      next: () => generator.next(),
      // A generator that awaits a page does not react to `return` before the page has arrived.
      end() {
        controller.abort();
        return generator.return();
      },
    });
  }

  /** Not a generator, which creates several promises per item (a tenth of the time) and keeps the previous page in memory. */
  function iterateItems(): ItemIterator<unknown> {
    const generator = pages();
    let items: unknown[] | undefined = [];
    let index = 0;
    let loading: Promise<void> | undefined;
    let failure: { readonly error: unknown } | undefined;

    async function loadPage() {
      try {
        const { value } = await generator.next();
        items = value?.items;
        index = 0;
      } catch (error) {
        items = undefined;
        failure = { error };
      } finally {
        loading = undefined;
      }
    }

    function end() {
      items = undefined;
      return generator.return();
    }

    async function next(): Promise<IteratorResult<unknown, void>> {
      if (items && options.signal?.aborted) {
        await end();
        throw options.signal.reason;
      }
      // Concurrent calls at the end of a page load the next one once.
      while (items && index >= items.length) {
        loading ??= loadPage();
        await loading;
      }
      if (items) return { done: false, value: items[index++] };
      // One of concurrent calls fails, and the others find the list at its end.
      const failed = failure;
      failure = undefined;
      if (failed) throw failed.error;
      return { done: true, value: undefined };
    }

    return toGenerator({ next, end });
  }

  async function toArray(bounds: { limit: number }) {
    const limit = bounds?.limit;
    if (!(Number.isInteger(limit) || limit === Number.POSITIVE_INFINITY) || limit < 0) {
      throw new TypeError(`${id}: toArray needs a { limit }, a whole number from 0, or Infinity.`);
    }
    const array: unknown[] = [];
    if (limit === 0) return array;
    // If the page size is not known, the first page can be enough.
    const pageCount = Math.ceil(limit / (list.pageSize ?? limit)) || limit;
    try {
      for await (const { items } of pages(pageCount)) {
        for (const item of items.slice(0, limit - array.length)) array.push(item);
        if (array.length >= limit) break;
      }
    } catch (error) {
      throwIfAborted(options.signal);
      throw withProgress(error, { pages: 0, items: 0, resumeFrom: startCursor(listCall) });
    }
    return array;
  }

  /** Refuses a page number or a limit, which would be ignored silently. */
  function expectNone(method: string, given: unknown[]): void {
    if (given.length === 0) return;
    throw new TypeError(`${id}: ${method}() takes nothing; options such as "from" go to ${id}.`);
  }

  return {
    [Symbol.asyncIterator]: iterateItems,
    pages: (...given: unknown[]) => {
      expectNone("pages", given);
      return pages();
    },
    async page(...given: unknown[]) {
      expectNone("page", given);
      return (await pages(1).next()).value as Page<unknown>;
    },
    toArray,
  };
}

interface Iteration<T> {
  next(): Promise<IteratorResult<T, void>>;
  /** Ends it, and cancels requests in flight. */
  end(): Promise<unknown>;
}

/** Returns an iterator with everything that a generator has. */
function toGenerator<T>({ end, next }: Iteration<T>): AsyncGenerator<T, void, undefined> {
  return {
    next,
    async return(value) {
      await end();
      return { done: true, value: await value };
    },
    async throw(error) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    // Browsers from before 2025 do not know this symbol.
    async [(Symbol.asyncDispose ?? Symbol("asyncDispose")) as typeof Symbol.asyncDispose]() {
      await end();
    },
  };
}

/**
 * Returns what to request first: the page of the option `from`, or the beginning of the list.
 *
 * A cursor may have passed through a browser, where it can be forged: the token is sent only to the operation's own path
 * with these arguments, or where a function `nextPage` allows it.
 *
 * @throws {TypeError} with the code `invalid-cursor`
 */
function startOf(call: Call & { target: SortedArguments }, key: string): Target {
  const { id, options, target } = call;
  const { baseUrl, from, nextPage } = options;
  const href = from === undefined ? "" : decodeCursor(key, from);
  if (!href) return target;
  const ownPath = segments(new URL(urlOf(call)));
  const isOwn = (url: unknown): url is URL => url instanceof URL && segments(url) === ownPath;
  const url = parseUrl(href);
  if (url?.origin === baseUrl.origin && isOwn(url)) return url;
  const next = nextPage === "same-origin" ? undefined : followLink(href, baseUrl, options);
  if (next instanceof URL && typeof nextPage === "function") {
    // On the origin of `baseUrl`, the cursor holds the result of an earlier call of the function.
    return url?.origin === baseUrl.origin ? url : next;
  }
  if (isOwn(next)) return next;
  const problem =
    url?.origin === baseUrl.origin
      ? "leads to another path than this list"
      : `names no page on ${baseUrl.origin}, the origin of baseUrl`;
  throw cursorError(`${id}: "from" ${problem}. A function nextPage can allow it.`);
}

/** The path of a URL by its segments, however they are encoded. */
function segments({ pathname }: URL): string {
  const decode = (segment: string) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      return segment;
    }
  };
  return JSON.stringify(pathname.replace(/\/$/, "").split("/").map(decode));
}
