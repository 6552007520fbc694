import { type Answer, type Call, emit, perform, timeoutError } from "./call.js";
import { LokeError, PaginationError, type PaginationReason } from "./errors.js";
import { type BadLink, followLink } from "./next-page.js";
import type { Places } from "./place.js";
import type { Target } from "./transport.js";

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /**
   * Where the next page is: pass it as `from`, now or in another process, with the same operation, arguments and `baseUrl`.
   * `undefined` on the last page. It holds no credential; it can hold the query values of the list.
   */
  readonly next: string | undefined;
  /** The response, for its status, headers and url: its body has been read. */
  readonly response: Response;
}

/** A list call, as a walk needs it. */
export interface ListCall extends Call {
  readonly list: NonNullable<Call["operation"]["list"]>;
  readonly places: Places;
}

/** What to tell of a link that cannot be followed. */
const problems = {
  cycle: "the next link leads back to a page that was read before",
  "foreign-origin": "the next link leads to another origin; see the option nextPage",
  "invalid-link": "the next link is not an http(s) URL, path or query without user name",
  "hidden-header":
    "the first page is full and shows no next link; for a script of another origin, " +
    "the server must send Access-Control-Expose-Headers: ",
} satisfies Record<PaginationReason, string>;

/** A page that has been asked for. */
interface AskedPage {
  /** From 1. */
  readonly page: number;
  readonly answer: Promise<Answer>;
  /** Where it was asked for; known from the start for all but the first page of a list. */
  url: URL | undefined;
  /** What its paging header names, once its headers have arrived. */
  next?: URL | BadLink | undefined;
  /** The next page, if that has been asked for ahead. */
  following?: AskedPage | undefined;
  abort(): void;
}

/**
 * Walks the pages of a list. The next page is asked for as soon as the headers of the current one arrive, before its
 * body has been read, and at most `prefetch` pages ahead of the reader.
 *
 * @param wantedPages - how many pages the reader needs at least; no more than these are asked for ahead
 * @param closing - the reader wants no more, also while it waits for a page
 */
export async function* walkPages(
  call: ListCall,
  wantedPages: number,
  closing: AbortSignal,
): AsyncGenerator<Page<unknown>, void, undefined> {
  const { environment, id, label, list, places, settings, target } = call;
  const deadlineAt = environment.now() + settings.deadlineMs;
  const seen = new Set<string>();
  let reading = 1;

  function ask(page: number, from: Target): AskedPage {
    const controller = new AbortController();
    const asked: AskedPage = {
      page,
      url: from instanceof URL ? from : undefined,
      abort: () => controller.abort(),
      answer: perform({
        ...call,
        target: from,
        signals: [controller.signal, closing],
        deadlineAt,
        page,
        onHeaders(response, url) {
          asked.url ??= new URL(url);
          seen.add(asked.url.href);
          // Only a redirect moves the place that a path or query is read from: a `fetch` can answer from elsewhere.
          const current = new URL(response.redirected ? response.url : url);
          noteLink(asked, current, response.headers.get(list.header));
          askAhead(asked);
        },
      }),
    };
    // What fails ahead of the reader is told when the reader gets there.
    asked.answer.catch(() => {});
    return asked;
  }

  /** Notes what a page says of the next one. A repeated attempt can say something else: the later link counts. */
  function noteLink(asked: AskedPage, url: URL, link: string | null): void {
    const next = link ? followLink(link, url, settings.baseUrl, settings.nextPage) : undefined;
    if (next && next.href === asked.following?.url?.href) return;
    drop(asked.following);
    asked.following = undefined;
    const isCycle = next && seen.has(next.href);
    asked.next = isCycle ? { reason: "cycle", href: next.href } : next;
  }

  /** Asks for the page after this one, if its time has come. */
  function askAhead(asked: AskedPage): void {
    const isDue = asked.page < Math.min(reading + settings.prefetch, wantedPages);
    if (isDue && asked.next instanceof URL) asked.following ??= ask(asked.page + 1, asked.next);
    if (asked.following) askAhead(asked.following);
  }

  function drop(asked: AskedPage | undefined): void {
    if (!asked) return;
    asked.abort();
    if (asked.url) seen.delete(asked.url.href);
    drop(asked.following);
  }

  const fail = (attempts: number, reason: PaginationReason, detail = "", cause?: unknown) =>
    new PaginationError(`${label}: ${problems[reason]}${detail}`, {
      operation: id,
      attempts,
      reason,
      cause,
    });

  /** Waits for a page. A function of its own: the generator, asleep, would hold on to the page before as well. */
  async function turnTo(asked: AskedPage): Promise<Page<unknown>> {
    const { data, response, attempts } = await asked.answer;
    settings.signal?.throwIfAborted();
    if (environment.now() >= deadlineAt) throw timeoutError(call, attempts, "deadline");
    const page = data as unknown[];
    const { next } = asked;
    // A script sees of a CORS response only the headers that the server exposes, so a full first page that names no
    // next one is more likely cut off than complete. If the document knows no page size, no page is known to be full.
    const hidesHeader = response.type === "cors" && !response.headers.has(list.header);
    if (
      hidesHeader &&
      asked.page === 1 &&
      page.length >= Number(list.pageSize) &&
      !(target instanceof URL)
    ) {
      throw fail(attempts, "hidden-header", list.header);
    }
    pages += 1;
    items += page.length;
    if (next) resumeFrom = places.encode(next.href);
    const hasNext = next !== undefined;
    emit(settings, { type: "page", operation: id, page: pages, items: page.length, hasNext });
    return { items: page, next: next && resumeFrom, response };
  }

  let asked = ask(1, target);
  let pages = 0;
  let items = 0;
  let resumeFrom = places.encode(target instanceof URL ? target.href : "");
  try {
    for (;;) {
      yield await turnTo(asked);
      const { answer, following, next } = asked;
      if (!next) return;
      if (!(next instanceof URL)) {
        throw fail((await answer).attempts, next.reason, "", next.cause);
      }
      reading += 1;
      asked = following ?? ask(reading, next);
      askAhead(asked);
    }
  } catch (error) {
    if (closing.aborted) return;
    settings.signal?.throwIfAborted();
    throw withProgress(error, pages, items, resumeFrom);
  } finally {
    drop(asked);
  }
}

/** Puts on an error how far the walk had come. */
export function withProgress(
  error: unknown,
  pages: number,
  items: number,
  resumeFrom: string,
): unknown {
  if (error instanceof LokeError) {
    const walk = Object.defineProperty({ pages, items }, "resumeFrom", { value: resumeFrom });
    Object.assign(error, { walk });
  }
  return error;
}
