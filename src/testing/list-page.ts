import { json, type MockResponse } from "./mock-response.js";

/** Something that is listed. */
export interface Listed {
  readonly item: unknown;
  /** Which one it was to come, from 1. Removing others does not change it. */
  readonly arrival: number;
  /** What the list is sorted by: a date as its milliseconds, a number, or a text. */
  readonly at?: number | string | undefined;
}

/** A list, and how it is paged. */
export interface PagedList {
  /** In their order. */
  readonly rows: readonly Listed[];
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
interface Cursor extends Pick<Listed, "at" | "arrival"> {
  /** Which page of its walk it is, from 1. */
  readonly page: number;
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
  serve(count?: number, consumed?: number, hasNext?: boolean): MockResponse;
}

/** @returns `undefined` for a cursor that no page has given out */
export function openPage({ header, pageSize, rows, url }: PagedList): ListPage | undefined {
  const after = url.searchParams.get("after");
  // Nothing has arrived as number 0, so everything is behind it.
  const from = after === null ? { page: 1, arrival: 0 } : readCursor(after);
  if (from === undefined) return undefined;
  const isBehind = (row: Listed) => from.arrival === 0 || compare(row, from) > 0;
  const first = rows.findIndex(isBehind);
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
      const { at, arrival } = consumed > 0 ? (rows[start + consumed - 1] ?? from) : from;
      const next = linkTo({ page: from.page + 1, at, arrival });
      return json(200, items, hasNext ? { [header]: next } : {});
    },
  };
}

/** Newest first, numbers from the greatest, texts from the first; then by arrival. Last come those that lack it. */
export function sorted(rows: readonly Listed[]): readonly Listed[] {
  return [...rows].sort(compare);
}

function compare(a: Omit<Listed, "item">, b: Omit<Listed, "item">): number {
  if (a.at === b.at) return a.arrival - b.arrival;
  if (a.at === undefined || b.at === undefined) return a.at === undefined ? 1 : -1;
  if (typeof a.at === "number" && typeof b.at === "number") return b.at - a.at;
  return `${a.at}` < `${b.at}` ? -1 : 1;
}

/** Such as `2.1635754000000.999`, and `2.~Ada.999` for a text. */
function writeCursor({ page, at = "", arrival }: Cursor): string {
  return `${page}.${typeof at === "string" && at ? `~${at}` : at}.${arrival}`;
}

function readCursor(text: string): Cursor | undefined {
  const match = /^([1-9]\d{0,8})\.(|-?\d+(?:\.\d+)?|~.*)\.(\d{1,15})$/s.exec(text);
  if (match === null) return undefined;
  const [, page, at = "", arrival] = match;
  const isText = at.startsWith("~");
  return {
    page: Number(page),
    at: isText ? at.slice(1) : at === "" ? undefined : Number(at),
    arrival: Number(arrival),
  };
}
