/**
 * What the client is compared with: the least code that does the same. The status is looked at, since code that
 * does not look does less; there is no timeout, retry or check of what came, since that is what a client is for.
 */

import { setTimeout as sleep } from "node:timers/promises";
import createFetchClient from "openapi-fetch";
import { createClient } from "../../src/index.js";
import { accessToken, customerId, organizationId, rowsPerPage } from "./api.js";
import {
  atLeast,
  atMost,
  type Bench,
  type Cost,
  interleave,
  medianOf,
  note,
  type Result,
  ratio,
  spread,
  spreadText,
} from "./measure.js";

/** What a benchmark does with rows: the same for the client and for what it is compared with. */

export interface Row {
  readonly id: string;
  readonly statistics?: { readonly totalSpend: number };
}

/** Visits each row, and knows at the end whether it was given every one. */
export class Reader {
  rows = 0;
  spend = 0;

  visit(row: Row): void {
    this.rows += 1;
    this.spend += row.statistics?.totalSpend ?? 0;
  }

  visitAll(rows: Row[]): void {
    for (const row of rows) this.visit(row);
  }

  /** A benchmark that lost rows has measured nothing. */
  mustHaveRead(rows: number): void {
    if (this.rows !== rows) throw new Error(`${this.rows} rows were read, ${rows} were due.`);
  }
}

export async function bareGet(url: string): Promise<Response> {
  const headers = { authorization: `Bearer ${accessToken}`, accept: "application/json" };
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response;
}

/** Reads a list page by page: asks for a page, reads it, lets the reader work on it, asks for the next. */
export async function bareWalk(firstUrl: string, read: (rows: Row[]) => unknown): Promise<void> {
  let url: string | null = firstUrl;
  while (url !== null) {
    const response = await bareGet(url);
    await read((await response.json()) as Row[]);
    url = response.headers.get("x-next-page");
  }
}

/** To the headers of a page, and again of the reader's work on it. */
const delayMs = 50;

const limits = { oneCall: 1.25, walk: 1.1, slowest: 1.15, fastest: 1.6 };

/**
 * `getCustomer` against bare `fetch` + `json()`.
 *
 * Fair: both send the same method, URL, Authorization and Accept to the same server over the same kept-alive
 * connection, look at the status and parse the body. Calls go one after the other; the server's time, which both
 * wait for, is in the wall time and not in the CPU time. openapi-fetch by itself is measured in the same rounds,
 * since no code of ours can win back what it costs.
 */
export async function oneCall({ origin, isQuick }: Bench): Promise<Result[]> {
  const args = { organizationId: organizationId({ pages: 1, headersAfterMs: 0 }), customerId };
  const path = "/organizations/{organizationId}/customers/{customerId}";
  const url = `${origin}/organizations/${args.organizationId}/customers/${customerId}`;
  const loke = createClient({ baseUrl: origin, accessToken });
  const openapiFetch = createFetchClient<Record<string, Record<string, never>>>({
    baseUrl: origin,
    headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
  });

  const calls = isQuick ? 100 : 1_000;
  const repeated = (call: () => Promise<unknown>) => async () => {
    for (let count = 0; count < calls; count++) {
      const customer = (await call()) as { id: string };
      if (customer.id !== customerId) throw new Error("It is not the customer that was due.");
    }
  };
  const costs = await interleave(
    {
      bare: repeated(async () => (await bareGet(url)).json()),
      openapiFetch: repeated(async () => {
        const { data } = await openapiFetch.GET(path as never, { params: { path: args } } as never);
        return data;
      }),
      client: repeated(() => loke.getCustomer(args)),
    },
    isQuick ? { rounds: 15, warmUps: 5 } : { rounds: 31, warmUps: 4 },
  );

  return (["CPU", "wall"] as const).flatMap((name) => {
    const what = name === "CPU" ? "cpuMs" : "wallMs";
    const client = ratio(costs.client, costs.bare, what);
    const micros = (one: keyof typeof costs) =>
      `${Math.round((medianOf(costs[one], what) / calls) * 1_000)} µs`;
    return [
      atMost(
        `\`getCustomer\` against bare \`fetch\` + \`json()\`, ${name}`,
        limits.oneCall,
        client.median,
        `${spreadText(client)}; ${micros("client")} against ${micros("bare")}`,
      ),
      note(
        `openapi-fetch alone, without the client, ${name}`,
        spreadText(ratio(costs.openapiFetch, costs.bare, what)),
      ),
    ];
  });
}

/**
 * A walk of 1,000-row pages against a sequential loop of bare `fetch`, with no delays.
 *
 * Fair: both follow X-Next-Page with the same headers, parse each page and visit each row with the same function.
 * The client is read in its dearest form, item by item; page by page is measured in the same rounds. The client asks
 * ahead, so the server, on another core, works while it parses: that is in the wall time. The CPU time is without it.
 */
export async function walk({ origin, isQuick }: Bench): Promise<Result[]> {
  const pages = 50;
  const organization = organizationId({ pages, headersAfterMs: 0 });
  const url = `${origin}/organizations/${organization}/customers`;
  const loke = createClient({ baseUrl: origin, accessToken });

  const reading = (walkWith: (reader: Reader) => Promise<void>) => async () => {
    const reader = new Reader();
    await walkWith(reader);
    reader.mustHaveRead(pages * rowsPerPage);
  };
  const costs = await interleave(
    {
      bare: reading((reader) => bareWalk(url, (rows) => reader.visitAll(rows))),
      items: reading(async (reader) => {
        const customers = loke.listCustomers({ organizationId: organization });
        for await (const customer of customers) reader.visit(customer);
      }),
      pages: reading(async (reader) => {
        const customers = loke.listCustomers({ organizationId: organization });
        for await (const page of customers.pages()) reader.visitAll(page.items);
      }),
    },
    isQuick ? { rounds: 7, warmUps: 2 } : { rounds: 41, warmUps: 5 },
  );

  const items = ratio(costs.items, costs.bare, "wallMs");
  const millis = (one: keyof typeof costs) => (medianOf(costs[one], "wallMs") / pages).toFixed(1);
  const text = (of: keyof typeof costs, what: keyof Cost) =>
    spreadText(ratio(costs[of], costs.bare, what));
  return [
    atMost(
      "a walk of 1,000-row pages against a sequential loop of bare `fetch`, no delays",
      limits.walk,
      items.median,
      `${spreadText(items)}; ${millis("items")} ms a page against ${millis("bare")} ms`,
    ),
    note("the same, CPU", text("items", "cpuMs")),
    note("the same, read with `.pages()`", text("pages", "wallMs")),
    note("the same, read with `.pages()`, CPU", text("pages", "cpuMs")),
  ];
}

/**
 * A walk while server and reader take 50 ms each for a page, against the time that the slower of the two needs
 * anyway, and against a loop that does one after the other.
 *
 * Fair: the bound is the delays as they were asked for; what timers, transfer and parsing add counts against the
 * client, and so does the wait for the first page, in which nothing can overlap. Both get the same pages of 1,000
 * rows, visit each row, and then wait as a reader does who writes a page to a database.
 */
export async function overlap({ origin, isQuick }: Bench): Promise<Result[]> {
  const pages = isQuick ? 20 : 40;
  const organization = organizationId({ pages, headersAfterMs: delayMs });
  const url = `${origin}/organizations/${organization}/customers`;
  const loke = createClient({ baseUrl: origin, accessToken });

  const reading =
    (walkWith: (work: (rows: Row[]) => Promise<void>) => Promise<void>) => async () => {
      const reader = new Reader();
      await walkWith(async (rows) => {
        reader.visitAll(rows);
        await sleep(delayMs);
      });
      reader.mustHaveRead(pages * rowsPerPage);
    };
  const costs = await interleave(
    {
      sequential: reading((work) => bareWalk(url, work)),
      client: reading(async (work) => {
        const customers = loke.listCustomers({ organizationId: organization });
        for await (const { items } of customers.pages()) await work(items);
      }),
    },
    isQuick ? { rounds: 2, warmUps: 1 } : { rounds: 5, warmUps: 1 },
  );

  const boundMs = pages * delayMs;
  const againstBound = spread(costs.client.map(({ wallMs }) => wallMs / boundMs));
  const timesAsFast = ratio(costs.sequential, costs.client, "wallMs");
  return [
    atMost(
      `a walk of ${pages} pages against max(N × time to headers, N × reader's work), ${delayMs} ms each`,
      limits.slowest,
      againstBound.median,
      spreadText(againstBound),
    ),
    atLeast(
      "the same against a sequential loop, times as fast",
      limits.fastest,
      timesAsFast.median,
      spreadText(timesAsFast),
    ),
  ];
}
