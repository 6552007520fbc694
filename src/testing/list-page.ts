import { type Answer, json } from "./answer.js";

/** Something that is listed. */
export interface Row<Item> {
  readonly item: Item;
  /** Which one it was to come, from 1. Removing others does not change it. */
  readonly arrival: number;
  /** When it was created or updated, if the list is sorted by that. */
  readonly at?: number | undefined;
}

/** A list, and how it is paged. */
export interface PagedList {
  /** In their order. */
  readonly rows: readonly Row<unknown>[];
  readonly pageSize: number;
  /** The name of the paging header. */
  readonly header: string;
  /** What was asked for; its origin, path and query travel to the next page. */
  readonly url: URL;
}

/**
 * Where a page begins: behind a row, whether that is still there or not. So a walk sees a list as it is when it asks:
 * rows that are removed shift nothing, and those that come are read where they stand behind the page before.
 */
interface Cursor {
  /** Which page of its walk it is, from 1. */
  readonly page: number;
  readonly at: number;
  readonly arrival: number;
}

/** One page of a list, and the ways to serve it. */
export interface ListPage {
  readonly page: number;
  readonly header: string;
  /** Where the list begins. */
  readonly beginning: string;
  /** How many rows the page has. */
  readonly size: number;
  /**
   * @param count - how many of its rows are served
   * @param consumed - how many of them the next page does not serve again
   * @param hasNext - whether there is a next page
   */
  serve(count?: number, consumed?: number, hasNext?: boolean): Answer;
}

/** Rows without a date come last. */
const never = Number.MIN_SAFE_INTEGER;

const beginning: Cursor = { page: 1, at: Number.MAX_SAFE_INTEGER, arrival: 0 };

/** @returns `undefined` for a cursor that no page has given out */
export function openPage({ header, pageSize, rows, url }: PagedList): ListPage | undefined {
  const after = url.searchParams.get("after");
  const from = after === null ? beginning : readCursor(after);
  if (from === undefined) return undefined;
  const first = rows.findIndex((row) => isBehind(row, from));
  const start = first === -1 ? rows.length : first;
  const size = Math.min(pageSize, rows.length - start);

  function linkTo(cursor: Cursor | undefined): string {
    const link = new URL(url);
    if (cursor) link.searchParams.set("after", writeCursor(cursor));
    else link.searchParams.delete("after");
    return link.href;
  }

  return {
    page: from.page,
    header,
    size,
    beginning: linkTo(undefined),
    serve(count = size, consumed = count, hasNext = start + consumed < rows.length) {
      const items = rows.slice(start, start + count).map(({ item }) => item);
      const { at = never, arrival } = consumed > 0 ? (rows[start + consumed - 1] ?? from) : from;
      const next = linkTo({ page: from.page + 1, at, arrival });
      return json(200, items, hasNext ? { [header]: next } : {});
    },
  };
}

/** Newest first, equal dates in the order of arrival, and last those that lack the date. */
export function newestFirst(rows: readonly Row<unknown>[]): readonly Row<unknown>[] {
  return [...rows].sort((a, b) => (b.at ?? never) - (a.at ?? never) || a.arrival - b.arrival);
}

function isBehind({ at = never, arrival }: Row<unknown>, cursor: Cursor): boolean {
  return at < cursor.at || (at === cursor.at && arrival > cursor.arrival);
}

/** Such as `2.1635754000000.999`. */
function writeCursor({ page, at, arrival }: Cursor): string {
  return `${page}.${at}.${arrival}`;
}

function readCursor(text: string): Cursor | undefined {
  const match = /^(\d+)\.(-?\d+)\.(\d+)$/.exec(text);
  if (match === null) return undefined;
  const [, page, at, arrival] = match;
  return { page: Number(page), at: Number(at), arrival: Number(arrival) };
}
