import { createClient } from "../../src/index.js";
import { accessToken, organizationId, rowsPerPage } from "./api.js";
import { bareWalk } from "./bare.js";
import { type Cost, interleave, medianOf, ratio } from "./measure.js";
import { Reader } from "./reader.js";
import { atMost, type Bench, note, type Result, spreadText } from "./result.js";

const limit = 1.1;
const pages = 50;

/**
 * A walk of 1,000-row pages against a sequential loop of bare `fetch`, with no delays.
 *
 * Fair: both follow X-Next-Page with the same headers, parse each page and visit each row with the same function.
 * The client is read in its dearest form, item by item; page by page is measured in the same rounds. The client asks
 * ahead, so the server, on another core, works while it parses: that is in the wall time. The CPU time is without it.
 */
export async function walk({ origin, isQuick }: Bench): Promise<Result[]> {
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
      limit,
      items.median,
      `${spreadText(items)}; ${millis("items")} ms a page against ${millis("bare")} ms`,
    ),
    note("the same, CPU", text("items", "cpuMs")),
    note("the same, read with `.pages()`", text("pages", "wallMs")),
    note("the same, read with `.pages()`, CPU", text("pages", "cpuMs")),
  ];
}
