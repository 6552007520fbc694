import { type Call, type CallResult, performCall, timeoutError } from "./call.js";
import { encodeCursor } from "./cursor.js";
import { LokeError, PaginationError, type PaginationReason } from "./errors.js";
import { emit } from "./events.js";
import { type BadLink, findNextPage, hidesNextPage } from "./next-page.js";
import { createProgressCheck } from "./repeated-page.js";
import type { Target } from "./request.js";
import { callFields } from "./response.js";
import { throwIfAborted } from "./with-timeout.js";

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /**
   * The next page: pass it as `from`, now or in another process, with the same operation, arguments and `baseUrl`.
   * `undefined` on the last page. It holds no credential; it can hold the query values of the list.
   */
  readonly next: string | undefined;
  /** The response, for its status, headers and url: its body has been read. */
  readonly response: Response;
}

/** A call that returns a list. */
export interface ListCall extends Call {
  readonly list: NonNullable<Call["operation"]["list"]>;
  /** Identifies the list in cursors. */
  readonly key: string;
}

const messages = {
  cycle: "the next link leads back to a page that was read before",
  "foreign-origin": "the next link leads to another origin; see the option nextPage",
  "invalid-link": "the next link is not an http(s) URL, path or query without user name",
  "hidden-header":
    "the first page is full and shows no next link; for a script of another origin, " +
    "the server must send Access-Control-Expose-Headers: ",
} satisfies Record<PaginationReason, string>;

/** A page that has been requested. */
interface PageRequest {
  /** From 1. */
  readonly page: number;
  readonly result: Promise<CallResult>;
  /** Known from the start for every page but the first of a list. */
  url: URL | undefined;
  /** The next page, once the headers have arrived. */
  next?: URL | BadLink | undefined;
  /** The request of the next page, if it has been prefetched. */
  prefetched?: PageRequest | undefined;
  abort(): void;
}

/** How a reader reads a list. */
export interface Reading {
  /** How many pages the reader needs at least; no page beyond them is prefetched. */
  readonly pageCount: number;
  /** Aborts when the reader stops, also while it waits for a page. */
  readonly signal: AbortSignal;
  /** Where the reader called. */
  readonly callSite: Error;
}

/**
 * Yields the pages of a list. The next page is requested as soon as the headers of the current one arrive, before its
 * body has been read, and at most `prefetch` pages ahead of the reader.
 */
export async function* paginate(
  call: ListCall,
  { callSite, pageCount, signal }: Reading,
): AsyncGenerator<Page<unknown>, void, undefined> {
  const { description, environment, id, key, list, options, target } = call;
  const deadlineAt = environment.now() + options.deadlineMs;
  const seen = new Set<string>();
  const isStuck = createProgressCheck();
  let current = requestPage(1, target);
  let pages = 0;
  let items = 0;
  let resumeFrom = startCursor(call);
  try {
    for (;;) {
      yield await readPage(current);
      const { next, page, prefetched, result } = current;
      if (!next) return;
      if (!(next instanceof URL)) {
        const { attempts } = await result;
        throw paginationError(next.reason, attempts, { cause: next.cause });
      }
      current = prefetched ?? requestPage(page + 1, next);
      prefetch(current);
    }
  } catch (error) {
    if (signal.aborted) return;
    throwIfAborted(options.signal);
    showCaller(error, callSite);
    throw withProgress(error, { pages, items, resumeFrom });
  } finally {
    cancel(current);
  }

  function requestPage(page: number, from: Target): PageRequest {
    const controller = new AbortController();
    const request: PageRequest = {
      page,
      url: from instanceof URL ? from : undefined,
      abort: () => controller.abort(),
      result: performCall({
        ...call,
        target: from,
        signals: [controller.signal, signal],
        deadlineAt,
        page,
        onHeaders(response, url) {
          request.url ??= new URL(url);
          seen.add(request.url.href);
          setNext(request, findNextPage({ list, response, url, options }));
          prefetch(request);
        },
      }),
    };
    // A failed prefetch is reported when the reader reaches that page.
    request.result.catch(() => {});
    return request;
  }

  /** A retried page can name another next page than its first attempt did: the later link counts. */
  function setNext(request: PageRequest, next: URL | BadLink | undefined): void {
    if (next && next.href === request.prefetched?.url?.href) return;
    cancel(request.prefetched);
    request.prefetched = undefined;
    const isCycle = next && seen.has(next.href);
    request.next = isCycle ? { reason: "cycle", href: next.href } : next;
  }

  /** Requests the page after this one, and those after it, as far as they may be requested now. */
  function prefetch(request: PageRequest): void {
    const last = Math.min(current.page + options.prefetch, pageCount);
    if (request.page < last && request.next instanceof URL)
      request.prefetched ??= requestPage(request.page + 1, request.next);
    if (request.prefetched) prefetch(request.prefetched);
  }

  function cancel(request: PageRequest | undefined): void {
    if (!request) return;
    request.abort();
    if (request.url) seen.delete(request.url.href);
    cancel(request.prefetched);
  }

  /** A function of its own, since a suspended generator would keep the page before in memory as well. */
  async function readPage(request: PageRequest): Promise<Page<unknown>> {
    const { attempts, data, response } = await request.result;
    throwIfAborted(options.signal);
    if (environment.now() >= deadlineAt) throw timeoutError(call, { attempts, scope: "deadline" });
    const rows = data as unknown[];
    const isFirst = request.page === 1 && !(target instanceof URL);
    if (isFirst && hidesNextPage(list, response, rows.length))
      throw paginationError("hidden-header", attempts, { detail: list.header });
    if (isStuck(rows)) {
      const detail = rows.length > 0 ? ", with the same rows under another link" : ": it is empty";
      throw paginationError("cycle", attempts, { detail });
    }
    const { next } = request;
    pages += 1;
    items += rows.length;
    if (next) resumeFrom = encodeCursor(key, next.href);
    const hasNext = next !== undefined;
    emit(options, { type: "page", operation: id, page: pages, items: rows.length, hasNext });
    return { items: rows, next: next && resumeFrom, response };
  }

  function paginationError(
    reason: PaginationReason,
    attempts: number,
    { cause, detail = "" }: { cause?: unknown; detail?: string },
  ): PaginationError {
    const message = `${description}: ${messages[reason]}${detail}`;
    return new PaginationError(message, { ...callFields(call), attempts, reason, cause });
  }
}

/** The cursor from which a list begins. */
export function startCursor({ key, target }: ListCall): string {
  return encodeCursor(key, target instanceof URL ? target.href : "");
}

/**
 * Adds the frames of the reader to the stack of an error. A page is requested ahead, so that the stack where its error is
 * made does not lead to the reader.
 */
function showCaller(error: unknown, callSite: Error): void {
  if (!(error instanceof LokeError) || !error.stack || !callSite.stack) return;
  // V8 begins with the name of the error, others with the first frame.
  const frames = callSite.stack.replace(/^Error.*\n/, "");
  const stack = { value: `${error.stack}\n${frames}`, writable: true, configurable: true };
  Object.defineProperty(error, "stack", stack);
}

/** Sets on an error how far the reading of the list got. */
export function withProgress(
  error: unknown,
  { pages, items, resumeFrom }: { pages: number; items: number; resumeFrom: string },
): unknown {
  if (error instanceof LokeError) {
    const walk = Object.defineProperty({ pages, items }, "resumeFrom", { value: resumeFrom });
    Object.assign(error, { walk });
  }
  return error;
}
