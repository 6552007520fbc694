import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "../../src/index.js";
import { accessToken, organizationId, rowsPerPage } from "./api.js";
import { bareWalk, Reader, type Row } from "./client.js";
import { atMost, type Bench, type Result, spread } from "./measure.js";

const limit = 1.5;
const growthLimit = 1.05;

/**
 * The heap while 1,000,000 customers are walked, against the heap that three of their pages take.
 *
 * Fair: what is compared is what the pages add to the heap of an idle process that has made both kinds of walk
 * before, so the process itself hides nothing. It is taken after garbage collection, at the first row of a page and
 * after a wait in which the page asked for ahead has arrived: the client holds as much then as it ever does.
 *
 * Flat: of the whole heap, later pages against earlier ones. A suspended function can hold on to a page for a while
 * (what V8 keeps in its registers), and then not; hence a median of each half and not two pages only.
 */
export async function heap({ origin, isQuick }: Bench): Promise<Result[]> {
  const pages = isQuick ? 300 : 1_000;
  const marks = [3];
  for (let page = 100; page <= pages; page += 50) marks.push(page);

  await walkPages(origin, 3, []);
  await holdThreePages(origin);
  const idle = await heapUsed();
  const threePages = (await holdThreePages(origin)) - idle;
  const heaps = await walkPages(origin, pages, marks);

  // The median: at one mark or other V8 has some megabytes of its own in hand, which the next no longer shows.
  const added = spread(heaps).median - idle;
  const most = Math.max(...heaps) - idle;
  const later = heaps.slice(1);
  const half = Math.floor(later.length / 2);
  const first = spread(later.slice(0, half)).median;
  const second = spread(later.slice(-half)).median;
  const last = pages.toLocaleString("en");
  return [
    atMost(
      `heap while walking ${last},000 customers, against the heap of three pages`,
      limit,
      added / threePages,
      `${(added / threePages).toFixed(2)}; ${mebibytes(added)} against ${mebibytes(threePages)}, on top of an idle process (at one mark ${mebibytes(most)})`,
    ),
    atMost(
      `flat from page 100 to page ${last}: whole heap, second half against first`,
      growthLimit,
      second / first,
      `${(second / first).toFixed(3)}; ${mebibytes(second)} against ${mebibytes(first)}`,
    ),
  ];
}

/** The heap while three pages, read with bare `fetch`, are held. */
export async function holdThreePages(origin: string): Promise<number> {
  const held: Row[][] = [];
  const organization = organizationId({ pages: 3, headersAfterMs: 0 });
  await bareWalk(`${origin}/organizations/${organization}/customers`, (rows) => held.push(rows));
  const heap = await heapUsed();
  const reader = new Reader();
  for (const rows of held) reader.visitAll(rows);
  reader.mustHaveRead(3 * rowsPerPage);
  return heap;
}

/** Walks so many pages, row by row, and takes the heap at the first row of each page that is marked. */
async function walkPages(origin: string, pages: number, marks: number[]): Promise<number[]> {
  const loke = createClient({ baseUrl: origin, accessToken });
  // One page more than is read, so that the last mark, like the others, has a page asked for ahead.
  const organization = organizationId({ pages: pages + 1, headersAfterMs: 0 });
  const heaps: number[] = [];
  const reader = new Reader();
  for await (const row of loke.listCustomers({ organizationId: organization })) {
    const page = reader.rows / rowsPerPage + 1;
    if (marks.includes(page)) heaps.push(await heapUsed());
    reader.visit(row);
    if (reader.rows === pages * rowsPerPage) break;
  }
  reader.mustHaveRead(pages * rowsPerPage);
  return heaps;
}

/** What garbage collection leaves: the least of three, since one can come upon garbage that it may not take yet. */
export async function heapUsed(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("The heap is measured with node --expose-gc.");
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3; time++) {
    await sleep(60);
    gc();
    least = Math.min(least, process.memoryUsage().heapUsed);
  }
  return least;
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
