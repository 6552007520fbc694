import { json, type MockResponse } from "./mock-response.js";

/** A row of a list. */
export interface Listed {
  readonly item: unknown;
  /** Its position in the order of arrival, from 1. Removing others does not change it. */
  readonly arrival: number;
  /** The sort key: a date as its milliseconds, a number, or a text. */
  readonly at?: number | string | undefined;
}

/** A list, and how it is paginated. */
export interface PagedList {
  /** In their order. */
  readonly rows: readonly Listed[];
  readonly pageSize: number;
  /** The name of the paging header. */
  readonly header: string;
  /** The requested URL. The link to the next page has its origin, path and query. */
  readonly url: URL;
}

/**
 * Where a page begins: after a row, even if that row has been removed. So each page shows the list at the time of its
 * request: removed rows shift no others, and added rows appear if they are after the previous page.
 */
interface Cursor extends Pick<Listed, "at" | "arrival"> {
  /** Which page it is, from 1. */
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

/** @returns `undefined` for a cursor that no page has issued */
export function openPage({ header, pageSize, rows, url }: PagedList): ListPage | undefined {
  const after = url.searchParams.get("after");
  // No row has the position 0, so all rows are after it.
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

/** Newest date, greatest number or first text first, then by arrival. Rows without a sort key are last. */
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
