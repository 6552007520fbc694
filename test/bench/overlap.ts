import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "../../src/index.js";
import { accessToken, organizationId, rowsPerPage } from "./api.js";
import { bareWalk } from "./bare.js";
import { interleave, ratio, spread } from "./measure.js";
import { Reader, type Row } from "./reader.js";
import { atLeast, atMost, type Bench, type Result, spreadText } from "./result.js";

const slowest = 1.15;
const fastest = 1.6;
/** To the headers of a page, and again of the reader's work on it. */
const delayMs = 50;

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
      slowest,
      againstBound.median,
      spreadText(againstBound),
    ),
    atLeast(
      "the same against a sequential loop, times as fast",
      fastest,
      timesAsFast.median,
      spreadText(timesAsFast),
    ),
  ];
}
