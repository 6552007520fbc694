import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { isApiError, type LokeEvent } from "../../src/index.js";
import { createLimits, type Flight } from "../../src/pace/limits.js";
import type { PacedCall } from "../../src/pace/pace.js";
import { createQueue } from "../../src/pace/queue.js";
import { adaptivePace } from "../../src/pace.js";
import { seededRandom } from "../../src/testing/random.js";
import { bucketServer, readAll, refusedShare } from "./bucket-server.js";
import { handClock } from "./clock.js";

const one = { organizationId: "org", customerId: "c" };

function statusesOf(outcomes: readonly PromiseSettledResult<unknown>[]): string[] {
  return [...new Set(outcomes.map(({ status }) => status))];
}

describe("many calls that share a pace", () => {
  for (const [name, refusal] of [
    ["without Retry-After", () => ({})],
    ["with a fraction of a second", () => ({ "retry-after": "0.5" })],
  ] as const) {
    test(`all succeed after a 429 ${name}`, async () => {
      const server = bucketServer({ refusal, random: seededRandom(3) });
      const outcomes = await server.settle(readAll(server.client({ pace: adaptivePace() }), 100));
      expect(statusesOf(outcomes)).toEqual(["fulfilled"]);
      expect(refusedShare(server)).toBeLessThan(0.2);
    });
  }

  test("send nothing before the date that a 429 names", async () => {
    let dated = "";
    let until = 0;
    const answer = ({ url }: Request, clock: { date(): number }) => {
      if (!url.includes("c20") || dated) return undefined;
      until = Math.ceil(clock.date() / 1_000) * 1_000 + 3_000;
      dated = new Date(until).toUTCString();
      return new Response("", { status: 429, headers: { "retry-after": dated } });
    };
    const server = bucketServer({ perSecond: 100_000, latencyMs: 40, answer });
    const startMs = server.clock.date();
    const outcomes = await server.settle(readAll(server.client({ pace: adaptivePace() }), 60));
    expect(statusesOf(outcomes)).toEqual(["fulfilled"]);
    const throttledAt = server.requests.find(({ status }) => status === 429)?.atMs ?? 0;
    const next = server.requests.find(({ atMs }) => atMs > throttledAt + 40);
    expect((next?.atMs ?? 0) + startMs).toBeGreaterThanOrEqual(until);
  });

  test("end by retry.limit if the server answers 429 to everything", async () => {
    const answer = () => new Response("", { status: 429, headers: { "retry-after": "1" } });
    const server = bucketServer({ answer });
    const startMs = server.clock.now();
    const outcomes = await server.settle(readAll(server.client({ pace: adaptivePace() }), 100));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { name: "RateLimitError" } });
      const { reason } = outcome as PromiseRejectedResult;
      expect(reason.attempts).toBeLessThanOrEqual(4);
    }
    expect(server.requests.length).toBeLessThanOrEqual(400);
    expect(server.clock.now() - startMs).toBeLessThan(20_000);
    expect(server.clock.pending()).toEqual([]);
  });

  test("end by the deadline if the server answers 429 to everything", async () => {
    const answer = () => new Response("", { status: 429, headers: { "retry-after": "1" } });
    const server = bucketServer({ answer });
    const startMs = server.clock.now();
    const retry = { limit: Number.POSITIVE_INFINITY };
    const loke = server.client({ pace: adaptivePace(), deadlineMs: 30_000, retry });
    const outcomes = await server.settle(readAll(loke, 50));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ reason: { name: "TimeoutError", scope: "deadline" } });
    expect(server.clock.now() - startMs).toBeLessThanOrEqual(30_000);
  });

  test("go on after a refresh of the token in the middle", async () => {
    let token = "first";
    let refreshes = 0;
    const answer = (request: Request, clock: { now(): number }) => {
      if (clock.now() - startMs < 3_000) return undefined;
      const isOld = request.headers.get("authorization") === "Bearer first";
      return isOld ? new Response("", { status: 401 }) : undefined;
    };
    const server = bucketServer({ answer, random: seededRandom(4) });
    const startMs = server.clock.now();
    const accessToken = ({ refresh, refused }: { refresh: boolean; refused?: string }) => {
      if (refresh && refused === token) {
        token = "second";
        refreshes += 1;
      }
      return token;
    };
    const loke = server.client({ pace: adaptivePace(), accessToken });
    const outcomes = await server.settle(readAll(loke, 120));
    expect(statusesOf(outcomes)).toEqual(["fulfilled"]);
    expect(refreshes).toBe(1);
    expect(server.requests.some(({ status }) => status === 401)).toBe(true);
  });

  test("go on when half of them are aborted, and leave no timer and no listener", async () => {
    const server = bucketServer({ random: seededRandom(5) });
    const loke = server.client({ pace: adaptivePace() });
    const stop = new AbortController();
    const calls = Array.from({ length: 200 }, (_, number) =>
      loke.getCustomer(one, number % 2 ? { signal: stop.signal } : {}),
    );
    const outcomes = Promise.allSettled(calls);
    await server.pass(2_000);
    expect(getEventListeners(stop.signal, "abort").length).toBe(1);
    stop.abort("enough");
    const done = await server.settle(outcomes);
    const even = done.filter((_, number) => number % 2 === 0);
    expect(statusesOf(even)).toEqual(["fulfilled"]);
    const aborted = done.filter((one) => one.status === "rejected" && one.reason === "enough");
    expect(aborted.length).toBeGreaterThan(30);
    expect(getEventListeners(stop.signal, "abort")).toEqual([]);
    expect(server.clock.pending()).toEqual([]);
  });

  test("go on when half of the lists are left with break", async () => {
    const server = bucketServer({ pages: 5, random: seededRandom(6) });
    const loke = server.client({ pace: adaptivePace() });
    const readers = Array.from({ length: 60 }, async (_, number) => {
      let rows = 0;
      const list = loke.listMemberships({ organizationId: "org", customerId: `c${number}` });
      for await (const _row of list) {
        rows += 1;
        if (number % 2 && rows === 2) break;
      }
      return rows;
    });
    const rows = await server.settle(Promise.all(readers));
    expect(rows).toEqual(Array.from({ length: 60 }, (_, number) => (number % 2 ? 2 : 5)));
    expect(server.clock.pending()).toEqual([]);
  });

  test("do not notice an error of onWait", async () => {
    const server = bucketServer({ random: seededRandom(7) });
    let waits = 0;
    const onWait = () => {
      waits += 1;
      if (waits % 2) throw new Error("The logger is broken.");
      return Promise.reject(new Error("It still is."));
    };
    const loke = server.client({ pace: adaptivePace({ onWait: onWait as () => void }) });
    expect(statusesOf(await server.settle(readAll(loke, 60)))).toEqual(["fulfilled"]);
    expect(waits).toBeGreaterThan(10);
  });

  test("do not share the fate of one whose Retry-After is above maxRetryAfterMs", async () => {
    const answer = ({ url }: Request) =>
      url.includes("bad")
        ? new Response("", { status: 429, headers: { "retry-after": "3600" } })
        : undefined;
    const server = bucketServer({ perSecond: 100_000, answer });
    const loke = server.client({ pace: adaptivePace() });
    const bad = loke.getCustomer({ ...one, customerId: "bad" }).catch((error) => error);
    const others = readAll(loke, 30);
    const startMs = server.clock.now();
    expect(await server.settle(bad)).toMatchObject({ attempts: 1, retryAfterMs: 3_600_000 });
    expect(statusesOf(await server.settle(others))).toEqual(["fulfilled"]);
    expect(server.clock.now() - startMs).toBeLessThan(2_000);
  });

  test("are not held back by a 503 that names no time, nor by what the network does", async () => {
    const answer = ({ url }: Request) =>
      url.includes("bad") ? new Response("", { status: 503 }) : undefined;
    const server = bucketServer({ perSecond: 100_000, answer });
    const loke = server.client({ pace: adaptivePace() });
    const bad = loke.getCustomer({ ...one, customerId: "bad" }).catch((error) => error);
    const startMs = server.clock.now();
    expect(statusesOf(await server.settle(readAll(loke, 30)))).toEqual(["fulfilled"]);
    expect(server.clock.now() - startMs).toBeLessThan(1_000);
    expect(isApiError(await server.settle(bad))).toBe(true);
  });
});

describe("a throttled call", () => {
  /** A server that refuses one customer so many times, and lets the others through. */
  function refusing(times: number) {
    let left = times;
    return bucketServer({
      perSecond: 20,
      answer: ({ url }) =>
        url.includes("unlucky") && left-- > 0
          ? new Response("", { status: 429, headers: { "retry-after": "1" } })
          : undefined,
    });
  }
  const unlucky = { ...one, customerId: "unlucky" };

  test("is not counted as retried while others make progress", async () => {
    const server = refusing(10);
    const events: LokeEvent[] = [];
    const loke = server.client({
      pace: adaptivePace({ maxPerSecond: 20 }),
      onEvent: (event) => events.push(event),
    });
    const call = loke.getCustomer(unlucky);
    const others = readAll(loke, 500);
    expect(await server.settle(call)).toMatchObject({ id: "c" });
    const path = "/organizations/org/customers/unlucky";
    expect(server.requests.filter((request) => request.path === path).length).toBe(11);
    const retries = events.filter(({ type }) => type === "retry");
    expect(retries.some((event) => "delayMs" in event && event.delayMs === 0)).toBe(true);
    await server.settle(others);
  });

  test("uses up retry.limit if it is alone", async () => {
    const server = refusing(10);
    const loke = server.client({ pace: adaptivePace() });
    const error = await server.settle(loke.getCustomer(unlucky).catch((reason) => reason));
    expect(error).toMatchObject({ name: "RateLimitError", attempts: 4 });
  });

  test("is not repeated with retry: false", async () => {
    const server = refusing(10);
    const loke = server.client({ pace: adaptivePace(), retry: false });
    const others = readAll(loke, 20);
    const error = await server.settle(loke.getCustomer(unlucky).catch((reason) => reason));
    expect(error).toMatchObject({ name: "RateLimitError", attempts: 1 });
    await server.settle(others);
  });

  test("ends with the deadline at once, and with the 429 as its cause, if the hold is longer", async () => {
    const server = refusing(10);
    const loke = server.client({ pace: adaptivePace() });
    await server.settle(loke.getCustomer(one));
    const call = loke.getCustomer(unlucky, { deadlineMs: 900 }).catch((reason) => reason);
    const startMs = server.clock.now();
    expect(await server.settle(call)).toMatchObject({
      name: "TimeoutError",
      scope: "deadline",
      cause: { name: "RateLimitError" },
    });
    expect(server.clock.now() - startMs).toBeLessThan(100);
  });
});

describe("a 429", () => {
  /** Four requests in flight, of the eight that may be at first. Long after a hold the rate has no part in what may be sent. */
  function fourInFlight() {
    const limits = createLimits({ maxConcurrent: 100, maxPerSecond: Number.POSITIVE_INFINITY });
    const flights = [1, 2, 3, 4].map(() => limits.send(0, 1_000_000));
    return { limits, flights: flights as [Flight, Flight, Flight, Flight] };
  }

  test("halves what is in flight, where more could have been", () => {
    const { limits, flights } = fourInFlight();
    limits.throttle(flights[0], 0, { retryAfterMs: 1_000, random: 0 });
    expect(limits.obstacleAt(100_000, 3)).toMatchObject({ reason: "concurrency" });
    limits.drop(flights[1]);
    expect(limits.obstacleAt(100_000, 3)).toMatchObject({ reason: "concurrency" });
    limits.drop(flights[2]);
    expect(limits.obstacleAt(100_000, 3)).toBeUndefined();
  });

  test("counts once for all that were in flight together, and the longest hold counts", () => {
    const { limits, flights } = fourInFlight();
    limits.throttle(flights[0], 0, { retryAfterMs: 1_000, random: 0 });
    limits.throttle(flights[1], 0, { retryAfterMs: 3_000, random: 0 });
    expect(limits.holdUntilMs).toBe(3_000);
    expect(limits.obstacleAt(100_000, 3)).toMatchObject({ reason: "concurrency" });
    limits.drop(flights[2]);
    expect(limits.obstacleAt(100_000, 3)).toBeUndefined();
  });
});

test("a call that is aborted in the moment in which its turn comes leaves its place to others", async () => {
  const limits = createLimits({ maxConcurrent: 1, maxPerSecond: Number.POSITIVE_INFINITY });
  const queue = createQueue(limits);
  const environment = handClock();
  const retry = { limit: 3, maxRetryAfterMs: 60_000 };
  const call: PacedCall = {
    id: "getCustomer",
    operation: { method: "GET", path: "/" },
    target: {},
    options: { baseUrl: new URL("https://api.test"), timeoutMs: 1_000, retry },
    environment,
  };
  const stop = new AbortController();
  const place = { lane: "first request", call, deadlineAt: Number.POSITIVE_INFINITY } as const;
  const first = await queue.enter({ ...place, signals: [] });
  const second = queue.enter({ ...place, signals: [stop.signal] });
  stop.abort("enough");
  limits.accept(first?.flight as Flight, environment.now());
  queue.advance(environment);
  await expect(second).rejects.toBe("enough");
  expect(limits.obstacleAt(environment.now(), 3)).toBeUndefined();
  expect(environment.pending()).toEqual([]);
});

describe("what is lost in a worker", () => {
  test("gives its place free when it must be over: a request that ended without a word", async () => {
    const limits = createLimits({ maxConcurrent: 1, maxPerSecond: Number.POSITIVE_INFINITY });
    limits.send(0, 1_000);
    limits.dropLost(999);
    expect(limits.obstacleAt(999, 3)).toMatchObject({ reason: "concurrency" });
    limits.dropLost(1_000);
    expect(limits.obstacleAt(1_000, 3)).toBeUndefined();
  });
});
