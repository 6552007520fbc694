import { mock } from "node:test";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createClient } from "../../src/index.js";
import { createMockApi, type Fault } from "../../src/testing.js";

// What the guide says of waits: the mock has none, and the client's own go by fake timers.

/** A walk of 5 customers on pages of 2, and what is known of it. */
function walk(faults: readonly Fault[], options: Parameters<typeof createClient>[0] = {}) {
  const api = createMockApi({ customers: 5, pageSize: 2, faults });
  const waits: number[] = [];
  const loke = createClient({
    fetch: api,
    accessToken: "any",
    onEvent: (event) => event.type === "retry" && waits.push(event.delayMs),
    ...options,
  });
  const { organizationId } = api;
  const outcome = loke
    .listCustomers({ organizationId })
    .toArray({ limit: 9 })
    .then(({ length }) => length);
  return { api, outcome, waits };
}

const throttled: Fault = { status: 429, retryAfter: 2, page: 3 };

test("`baseDelayMs: 0` leaves nothing to wait for", async () => {
  const { api, outcome, waits } = walk(["reset", { status: 503, page: 2, times: 2 }], {
    retry: { baseDelayMs: 0 },
  });
  expect(await outcome).toBe(5);
  expect(waits).toEqual([0, 0, 0]);
  expect(api.pendingFaults).toEqual([]);
});

describe("the fake timers of vitest", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("pass the time that a server asks for", async () => {
    vi.useFakeTimers();
    const { api, outcome, waits } = walk([throttled]);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(api.requests).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(201);
    expect(await outcome).toBe(5);
    expect(waits).toEqual([expect.closeTo(2_100, -3)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("pass the time that the client chooses itself, and the wait for a date", async () => {
    vi.useFakeTimers();
    const retryAfter = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 5_000);
    const { outcome, waits } = walk(["reset", { status: 503, retryAfter, page: 2 }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await outcome).toBe(5);
    expect(waits[1]).toBeGreaterThan(3_000);
    expect(waits[1]).toBeLessThanOrEqual(6_700);
  });

  test("end a stall when the time of the attempt is up", async () => {
    vi.useFakeTimers();
    const { api, outcome } = walk([
      { fault: "stall", page: 2 },
      { fault: "stall-in-body", page: 3 },
    ]);
    await vi.advanceTimersByTimeAsync(70_000);
    expect(await outcome).toBe(5);
    expect(api.pendingFaults).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("run to the end by themselves", async () => {
    vi.useFakeTimers();
    const { outcome } = walk([throttled, "reset", { fault: "stall", page: 2 }]);
    await vi.runAllTimersAsync();
    expect(await outcome).toBe(5);
  });
});

describe("the fake timers of node:test", () => {
  afterEach(() => mock.timers.reset());

  test("pass the time that a server asks for", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const { api, outcome, waits } = walk([throttled]);
    let isDone = false;
    void outcome.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      mock.timers.tick(100);
      await new Promise(setImmediate);
    }
    expect(await outcome).toBe(5);
    expect(waits).toEqual([expect.closeTo(2_100, -3)]);
    expect(api.requests).toHaveLength(4);
  });
});
