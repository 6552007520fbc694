import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { createClientIn } from "../../src/client.js";
import { realEnvironment } from "../../src/environment.js";
import { type ClientOptions, isLokeError } from "../../src/index.js";
import { adaptivePace } from "../../src/pace.js";
import { seededRandom } from "../../src/testing/random.js";
import { accessToken, type Bucket, bucketId, pagesOf, type Seen } from "./api.js";
import { atMost, type Bench, interleave, note, type Result, ratio, spreadText } from "./measure.js";
import { drawRequests } from "./pace-picture.js";

const limits = { time: 1.15, refused: 0.1, unlimited: 1.03, shared: 1.3 };
const perSecond = 40;
const customers = 300;
const pages = Array.from({ length: customers }, (_, customer) => pagesOf(customer));
const requests = pages.reduce((sum, count) => sum + count, 0);

/**
 * Memberships of 300 customers, all asked for at once, of a server with a bucket of 40 requests a second that answers 429
 * with `Retry-After: 1`.
 *
 * Fair: the ideal time is the requests that are needed, over the rate. The bucket is full at first, which is a second's
 * start; every wait, refused request and late timer counts against the pace. What is random is seeded.
 */
export async function pace({ origin, isQuick, picture }: Bench): Promise<Result[]> {
  const idealMs = (requests / perSecond) * 1_000;
  const one = await read(origin, { perSecond, halvesAfter: 0, name: "one" });
  const unpaced = { perSecond, halvesAfter: 0, name: "without" };
  const without = await read(origin, unpaced, { pace: undefined });
  if (picture) await writeFile(picture, pictureOf(without, one));
  const halvesAfter = Math.round(requests / 2);
  const halving = await read(origin, { perSecond, halvesAfter, name: "halving" });
  const halvingMs = (halvesAfter / perSecond + (requests - halvesAfter) / (perSecond / 2)) * 1_000;
  return [
    ...resultsOf(`${customers} customers at ${perSecond} a second`, one, idealMs),
    note("the same without a pace", textOf(without)),
    ...resultsOf("the same, and the rate halves in the middle", halving, halvingMs),
    await shared(origin, 2 * idealMs),
    ...(await unlimited(origin, isQuick)),
  ];
}

interface Reading {
  readonly wallMs: number;
  readonly succeeded: number;
  readonly seen: readonly Seen[];
}

/** Reads the memberships of all customers at once. */
async function read(
  origin: string,
  bucket: Bucket,
  options: ClientOptions = { pace: adaptivePace() },
  seed = 1,
): Promise<Reading> {
  const organizationId = bucketId(bucket);
  const environment = { ...realEnvironment, random: seededRandom(seed) };
  const loke = createClientIn(environment, { baseUrl: origin, accessToken, ...options });
  const start = performance.now();
  const outcomes = await Promise.all(
    pages.map(async (count, customer) => {
      const list = loke.listMemberships({ organizationId, customerId: `${customer}` });
      try {
        const rows = await list.toArray({ limit: 100 });
        if (rows.length !== count) throw new Error(`${rows.length} rows, ${count} were due.`);
        return true;
      } catch (error) {
        if (isLokeError(error)) return false;
        throw error;
      }
    }),
  );
  const wallMs = performance.now() - start;
  const seen = await fetch(`${origin}/organizations/${organizationId}/seen`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return {
    wallMs,
    succeeded: outcomes.filter(Boolean).length,
    seen: (await seen.json()) as Seen[],
  };
}

function refusedShare({ seen }: Reading): number {
  return seen.filter(({ isAccepted }) => !isAccepted).length / seen.length;
}

function textOf(reading: Reading): string {
  const { seen, succeeded, wallMs } = reading;
  const share = (refusedShare(reading) * 100).toFixed(1);
  return `${succeeded} of ${customers} lists; ${(wallMs / 1_000).toFixed(1)} s, ${seen.length} requests, ${share} % refused`;
}

function resultsOf(what: string, reading: Reading, idealMs: number): Result[] {
  const times = reading.wallMs / idealMs;
  const time = atMost(
    `pace: ${what}, against requests ÷ rate`,
    limits.time,
    times,
    `${times.toFixed(2)}; ${textOf(reading)}`,
  );
  const share = refusedShare(reading);
  const isComplete = reading.succeeded === customers;
  return [
    { ...time, isMet: time.isMet === true && isComplete },
    atMost(
      "the same, the share of requests that is refused",
      limits.refused,
      share,
      share.toFixed(3),
    ),
  ];
}

function pictureOf(without: Reading, paced: Reading): string {
  const titleOf = (how: string, { seen, succeeded }: Reading) =>
    `${how}: ${succeeded} of ${customers} lists, ${seen.length.toLocaleString("en")} requests`;
  return drawRequests(
    [
      { title: titleOf("Without a pace", without), seen: without.seen },
      { title: titleOf("With a pace", paced), seen: paced.seen },
    ],
    perSecond,
  );
}

/** Two processes that share a bucket, and do not know of each other. */
async function shared(origin: string, idealMs: number): Promise<Result> {
  const [program = ""] = process.argv.slice(1);
  const start = performance.now();
  const shares = await Promise.all(
    ["1", "2"].map(async (seed) => {
      const child = fork(program, ["pace-share", origin, seed]);
      const [succeeded] = await once(child, "message");
      return succeeded as number;
    }),
  );
  const wallMs = performance.now() - start;
  const times = wallMs / idealMs;
  const row = atMost(
    "pace: two processes that share that bucket, against requests ÷ rate",
    limits.shared,
    times,
    `${times.toFixed(2)}; ${shares.join(" and ")} of ${customers} lists; ${(wallMs / 1_000).toFixed(1)} s`,
  );
  return { ...row, isMet: row.isMet === true && shares.every((one) => one === customers) };
}

/** What each of the two processes does. */
export async function readShare(origin: string, seed: string): Promise<void> {
  const bucket = { perSecond, halvesAfter: 0, name: "shared" };
  const { succeeded } = await read(origin, bucket, { pace: adaptivePace() }, Number(seed));
  process.send?.(succeeded);
}

/** The same lists of a server without limits. */
async function unlimited(origin: string, isQuick: boolean): Promise<Result[]> {
  const bucket = { perSecond: 0, halvesAfter: 0, name: "unlimited" };
  const costs = await interleave(
    {
      without: async () => void (await read(origin, bucket, { pace: undefined })),
      paced: async () => void (await read(origin, bucket)),
    },
    isQuick ? { rounds: 5, warmUps: 3 } : { rounds: 31, warmUps: 5 },
  );
  const wall = ratio(costs.paced, costs.without, "wallMs");
  return [
    atMost(
      "pace: a server without limits, against no pace",
      limits.unlimited,
      wall.median,
      spreadText(wall),
    ),
    note("the same, CPU", spreadText(ratio(costs.paced, costs.without, "cpuMs"))),
  ];
}
