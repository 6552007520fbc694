import { watchDrift } from "../../src/drift.js";
import { createClient } from "../../src/index.js";
import { accessToken, customerId, customerOf, organizationId, rowsPerPage } from "./api.js";
import {
  atMost,
  type Bench,
  interleave,
  medianOf,
  note,
  type Result,
  ratio,
  spreadText,
} from "./measure.js";

const limits = { valid: 0.35, drifted: 1.5, whole: 1.2 };

/**
 * What it costs to watch for drift: the check of a page against `JSON.parse` of it, and a whole GET of that page with
 * and without.
 *
 * Fair: what is measured is parsing with and without the check, page by page as calls come: what the check costs is the
 * difference, garbage and all. In the page that has drifted, each customer differs in five ways: two unknown fields, a
 * missing one and two of another type.
 */
export async function drift({ origin, isQuick }: Bench): Promise<Result[]> {
  const valid = Array.from({ length: rowsPerPage }, (_, row) => customerOf(row));
  const drifted = valid.map(({ firstName, ...row }) => ({
    ...row,
    dob: Number(row.dob.replaceAll("-", "")),
    tier: "gold",
    statistics: { ...row.statistics, totalSpend: "12.50", visits: 3 },
  }));
  return [
    ...(await check("a valid page of 1,000 customers", valid, 0, limits.valid, isQuick)),
    ...(await check(
      "a page of 1,000 customers, each of which drifted in five ways",
      drifted,
      5,
      limits.drifted,
      isQuick,
    )),
    ...(await wholeGet(origin, isQuick)),
  ];
}

async function check(
  what: string,
  rows: object[],
  found: number,
  limit: number,
  isQuick: boolean,
): Promise<Result[]> {
  const text = JSON.stringify(rows);
  const response = Response.json(null);
  const watch = watchDrift();
  const times = 20;
  const costs = await interleave(
    {
      async parse() {
        for (let time = 0; time < times; time++) JSON.parse(text);
      },
      async both() {
        for (let time = 0; time < times; time++) watch("listCustomers", response, JSON.parse(text));
      },
    },
    isQuick ? { rounds: 9, warmUps: 4 } : { rounds: 101, warmUps: 10 },
  );
  if (watch.findings().length !== found) throw new Error(`There are not ${found} findings.`);
  const both = ratio(costs.both, costs.parse, "cpuMs");
  const share = { median: both.median - 1, low: both.low - 1, high: both.high - 1 };
  const parseMicros = Math.round((medianOf(costs.parse, "cpuMs") / times) * 1_000);
  return [
    atMost(
      `drift: ${what}, against \`JSON.parse\` of it, CPU`,
      limit,
      share.median,
      `${spreadText(share)}; parsing takes ${parseMicros} µs`,
    ),
  ];
}

async function wholeGet(origin: string, isQuick: boolean): Promise<Result[]> {
  const ids = { organizationId: organizationId({ pages: 1, headersAfterMs: 0 }), customerId };
  const plain = createClient({ baseUrl: origin, accessToken });
  const watching = createClient({ baseUrl: origin, accessToken, drift: watchDrift() });
  const pages = isQuick ? 10 : 40;
  const calls = isQuick ? 50 : 400;
  const getPages = (loke: typeof plain) => async () => {
    for (let count = 0; count < pages; count++) {
      const { items } = await loke.listCustomers({ organizationId: ids.organizationId }).page();
      if (items.length !== rowsPerPage) throw new Error("It is not the page that was due.");
    }
  };
  const getOnes = (loke: typeof plain) => async () => {
    for (let count = 0; count < calls; count++) await loke.getCustomer(ids);
  };
  const rounds = isQuick ? { rounds: 9, warmUps: 3 } : { rounds: 31, warmUps: 4 };
  const ofPages = await interleave(
    { plain: getPages(plain), watching: getPages(watching) },
    rounds,
  );
  const ofOnes = await interleave({ plain: getOnes(plain), watching: getOnes(watching) }, rounds);
  const page = ratio(ofPages.watching, ofPages.plain, "cpuMs");
  const one = ratio(ofOnes.watching, ofOnes.plain, "cpuMs");
  return [
    atMost(
      "drift: a whole GET of such a page, against one without, CPU",
      limits.whole,
      page.median,
      spreadText(page),
    ),
    note("the same, wall", spreadText(ratio(ofPages.watching, ofPages.plain, "wallMs"))),
    atMost(
      "drift: a whole `getCustomer`, against one without, CPU",
      limits.whole,
      one.median,
      spreadText(one),
    ),
  ];
}
