import { describe, expect, test } from "vitest";
import type { LokeEvent } from "../../../src/index.js";
import { adaptivePace, type PaceWait } from "../../../src/pace.js";
import { seededRandom } from "../../../src/testing/random.js";
import { bucketServer, readAll, refusedShare } from "../../faults/bucket-server.js";

const one = { organizationId: "org", customerId: "c" };

describe("many calls at once, of a server that accepts 40 requests a second", () => {
  for (const [name, options, times] of [
    ["that answers in 4 ms", {}, 1.15],
    ["that answers in 100 ms", { latencyMs: 100 }, 1.15],
    [
      "whose rate halves in the middle",
      { perSecond: (ms: number) => (ms < 6_000 ? 40 : 20) },
      1.15,
    ],
    // What it does not keep while everybody is held back is lost.
    ["whose bucket holds only 10", { burst: 10 }, 1.8],
    ["that names no time", { refusal: () => ({}) }, 1.15],
  ] as const) {
    test(`all succeed with a pace, of a server ${name}`, async () => {
      const server = bucketServer({ ...options, random: seededRandom(1) });
      const loke = server.client({ pace: adaptivePace() });
      const startMs = server.clock.now();
      const outcomes = await server.settle(readAll(loke, 300));
      const seconds = (server.clock.now() - startMs) / 1_000;
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["fulfilled"]));
      const ideal = "perSecond" in options ? 6 + (600 - 240) / 20 : 600 / 40;
      expect(seconds / ideal).toBeLessThanOrEqual(times);
      expect(refusedShare(server)).toBeLessThanOrEqual(0.1);
      expect(server.clock.pending()).toEqual([]);
    });
  }

  test("most fail without one", async () => {
    const server = bucketServer({ random: seededRandom(1) });
    const outcomes = await server.settle(readAll(server.client(), 300));
    const failed = outcomes.filter(({ status }) => status === "rejected");
    expect(failed.length).toBeGreaterThan(100);
  });

  test("two that do not know of each other share its rate", async () => {
    const server = bucketServer({ random: seededRandom(2) });
    const startMs = server.clock.now();
    const clients = [1, 2].map(() => server.client({ pace: adaptivePace() }));
    const both = Promise.all(clients.map((loke) => readAll(loke, 300)));
    const outcomes = (await server.settle(both)).flat();
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["fulfilled"]));
    expect((server.clock.now() - startMs) / 1_000 / (1_200 / 40)).toBeLessThanOrEqual(1.3);
  });
});

describe("the limits", () => {
  test("sends at most maxConcurrent requests at once", async () => {
    const server = bucketServer({ perSecond: 100_000, latencyMs: 50 });
    const loke = server.client({ pace: adaptivePace({ maxConcurrent: 3 }) });
    await server.settle(readAll(loke, 40));
    expect(server.mostInFlight()).toBe(3);
  });

  test("goes beyond the first few requests at once where the server accepts all", async () => {
    const server = bucketServer({ perSecond: 100_000, latencyMs: 50 });
    const loke = server.client({ pace: adaptivePace() });
    await server.settle(readAll(loke, 400));
    expect(server.mostInFlight()).toBe(100);
  });

  test("spaces requests by maxPerSecond", async () => {
    const server = bucketServer({ perSecond: 100_000 });
    const loke = server.client({ pace: adaptivePace({ maxPerSecond: 50 }) });
    await server.settle(readAll(loke, 50));
    const times = server.requests.map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(19.9);
    expect(times.at(-1)).toBeGreaterThanOrEqual(99 * 19.9);
  });

  test("halves what is in flight after a 429, and holds every call back until Retry-After", async () => {
    let refusals = 1;
    const answer = ({ url }: Request) => {
      if (url.includes("c30") && refusals-- > 0) {
        return new Response("", { status: 429, headers: { "retry-after": "5" } });
      }
      return undefined;
    };
    const server = bucketServer({ perSecond: 100_000, latencyMs: 50, answer });
    const loke = server.client({ pace: adaptivePace() });
    await server.settle(readAll(loke, 100));
    const refusedAt = server.requests.find(({ status }) => status === 429)?.atMs ?? 0;
    const during = server.requests.filter(
      ({ atMs }) => atMs > refusedAt + 50 && atMs < refusedAt + 5_000 + 50,
    );
    expect(during).toEqual([]);
    expect(server.requests.length).toBe(201);
  });

  test("holds calls back that are not retried", async () => {
    const answer = ({ url }: Request) =>
      url.endsWith("c0")
        ? new Response("", { status: 429, headers: { "retry-after": "5" } })
        : undefined;
    const server = bucketServer({ perSecond: 100_000, latencyMs: 50, answer });
    const loke = server.client({ pace: adaptivePace({ maxConcurrent: 1 }), retry: false });
    const calls = Array.from({ length: 10 }, (_, number) =>
      loke.getCustomer({ ...one, customerId: `c${number}` }),
    );
    const outcomes = await server.settle(Promise.allSettled(calls));
    expect(outcomes.filter(({ status }) => status === "rejected").length).toBe(1);
    expect(server.requests[1]?.atMs).toBeGreaterThanOrEqual(5_050);
  });

  for (const [option, value] of [
    ["maxConcurrent", 0],
    ["maxConcurrent", 1.5],
    ["maxPerSecond", 0],
    ["maxPerSecond", null],
    ["onWait", "log"],
    ["perSecond", 3],
  ] as const) {
    test(`refuses ${option}: ${value}`, () => {
      expect(() => adaptivePace({ [option]: value } as never)).toThrow(
        new RegExp(`^adaptivePace.*"${option}"`),
      );
    });
  }
});

describe("the order", () => {
  test("lets calls go first come, first served", async () => {
    const server = bucketServer({ perSecond: 100_000 });
    const loke = server.client({ pace: adaptivePace({ maxConcurrent: 1 }) });
    const calls = ["a", "b", "c", "d"].map((customerId) =>
      loke.getCustomer({ ...one, customerId }),
    );
    await server.settle(Promise.all(calls));
    expect(server.requests.map(({ path }) => path.at(-1))).toEqual(["a", "b", "c", "d"]);
  });

  test("lets the next pages of a list go before first requests of calls that came before", async () => {
    const server = bucketServer({ perSecond: 100_000, pages: 4 });
    const loke = server.client({ pace: adaptivePace({ maxConcurrent: 1 }) });
    const list = loke.listCustomers({ organizationId: "org" }).toArray({ limit: 9_000 });
    const calls = Array.from({ length: 20 }, () => loke.getCustomer(one));
    await server.settle(Promise.all([list, ...calls]));
    const pages = server.requests.map(
      ({ path }) => path.includes("customers?") || path.endsWith("customers"),
    );
    expect(pages.indexOf(false)).toBe(4);
  });
});

describe("a wait", () => {
  test("emits an event with its reason and duration, and calls onWait", async () => {
    const events: LokeEvent[] = [];
    const waits: PaceWait[] = [];
    const server = bucketServer({ perSecond: 100_000, latencyMs: 50 });
    const loke = server.client({
      pace: adaptivePace({ maxConcurrent: 1, onWait: (wait) => waits.push(wait) }),
      onEvent: (event) => events.push(event),
    });
    await server.settle(Promise.all([loke.getCustomer(one), loke.getCustomer(one)]));
    const wait = { operation: "getCustomer", reason: "concurrency", durationMs: 50 };
    expect(waits).toEqual([{ ...wait, origin: "https://api.loke.global" }]);
    expect(events.filter(({ type }) => type === "wait")).toEqual([
      {
        type: "wait",
        ...wait,
        method: "GET",
        path: "/organizations/{organizationId}/customers/{customerId}",
        attempt: 1,
      },
    ]);
  });

  test("names the rate and a throttling server as reasons", async () => {
    const reasons: string[] = [];
    const server = bucketServer({ perSecond: 2, burst: 1 });
    const onWait = ({ reason }: PaceWait) => reasons.push(reason);
    const pace = adaptivePace({ maxPerSecond: 100, onWait });
    const loke = server.client({ pace });
    await server.settle(Promise.all([loke.getCustomer(one), loke.getCustomer(one)]));
    expect(new Set(reasons)).toEqual(new Set(["rate", "throttled"]));
  });

  test("is no event where nothing waits", async () => {
    const events: string[] = [];
    const server = bucketServer();
    const loke = server.client({ pace: adaptivePace(), onEvent: ({ type }) => events.push(type) });
    await server.settle(loke.getCustomer(one));
    expect(events).toEqual(["request", "response"]);
  });

  test("is no part of timeoutMs and no attempt", async () => {
    const server = bucketServer({ perSecond: 100_000, latencyMs: 900 });
    const loke = server.client({
      pace: adaptivePace({ maxConcurrent: 1 }),
      timeoutMs: 1_000,
      retry: 0,
    });
    const calls = Array.from({ length: 10 }, () => loke.getCustomer(one));
    await server.settle(Promise.all(calls));
    expect(server.requests.length).toBe(10);
  });

  test("ends with deadlineMs", async () => {
    const server = bucketServer({ perSecond: 100_000, latencyMs: 900 });
    const loke = server.client({ pace: adaptivePace({ maxConcurrent: 1 }), deadlineMs: 2_000 });
    const calls = Array.from({ length: 10 }, () => loke.getCustomer(one));
    const outcomes = await server.settle(Promise.allSettled(calls));
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(2);
    const last = outcomes.at(-1);
    expect(last).toMatchObject({
      reason: { name: "TimeoutError", scope: "deadline", attempts: 0 },
    });
    expect(server.clock.pending()).toEqual([]);
  });

  test("ends on abort, with the signal's reason", async () => {
    const server = bucketServer({ perSecond: 100_000, latencyMs: 900 });
    const loke = server.client({ pace: adaptivePace({ maxConcurrent: 1 }) });
    const stop = new AbortController();
    const first = loke.getCustomer(one);
    const second = loke.getCustomer(one, { signal: stop.signal });
    await server.pass(100);
    stop.abort("enough");
    await expect(second).rejects.toBe("enough");
    await server.settle(first);
    expect(server.requests.length).toBe(1);
    expect(server.clock.pending()).toEqual([]);
  });
});

describe("what clients share", () => {
  test("is the pace, if they have the same", async () => {
    const server = bucketServer({ perSecond: 100_000, latencyMs: 50 });
    const pace = adaptivePace({ maxConcurrent: 2 });
    const calls = [1, 2, 3, 4].map(() => server.client({ pace }).getCustomer(one));
    await server.settle(Promise.all(calls));
    expect(server.mostInFlight()).toBe(2);
  });

  test("is nothing between origins", async () => {
    const server = bucketServer({ perSecond: 100_000, latencyMs: 50 });
    const pace = adaptivePace({ maxConcurrent: 2 });
    const calls = [1, 2, 3, 4].map((number) =>
      server.client({ pace, baseUrl: `https://${number % 2}.example.org` }).getCustomer(one),
    );
    await server.settle(Promise.all(calls));
    expect(server.mostInFlight()).toBe(4);
  });
});
