import { afterEach, describe, expect, test, vi } from "vitest";
import { createClient, isApiError } from "../../src/index.js";
import { adaptivePace } from "../../src/pace.js";
import { createTokenBucket } from "../../src/testing/rate-limit.js";
import { createMockApi } from "../../src/testing.js";

afterEach(() => {
  vi.useRealTimers();
});

test("a request that is due is accepted, though its time is a fraction", () => {
  let nowMs = 0;
  const isWithinLimit = createTokenBucket({ perSecond: 3 }, () => nowMs);
  for (let drained = 0; drained < 3; drained += 1) isWithinLimit();
  const due = Array.from({ length: 50 }, (_, index) => {
    nowMs = ((index + 1) * 1_000) / 3;
    return isWithinLimit();
  });
  expect(due).not.toContain(false);
});

describe("the option rateLimit", () => {
  function setUp(rateLimit: { perSecond: number; retryAfter?: number }) {
    let nowMs = Date.UTC(2026, 2, 1);
    const api = createMockApi({ customers: 1, rateLimit, now: () => nowMs });
    const loke = createClient({ fetch: api, accessToken: "any", retry: false });
    const get = () => loke.listCustomers({ organizationId: api.organizationId }).page();
    return { api, get, pass: (ms: number) => (nowMs += ms) };
  }

  test("accepts a second's requests at once, and then as many as time has passed for", async () => {
    const { api, get, pass } = setUp({ perSecond: 4 });
    const statuses = async (count: number) => {
      const before = api.requests.length;
      await Promise.allSettled(Array.from({ length: count }, get));
      return api.requests.slice(before).map(({ status }) => status);
    };
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 429, 429]);
    pass(500);
    expect(await statuses(4)).toEqual([200, 200, 429, 429]);
    pass(60_000);
    expect(await statuses(5)).toEqual([200, 200, 200, 200, 429]);
    pass(-60_000);
    expect(await statuses(1)).toEqual([429]);
  });

  test("names retryAfter in the header of the 429, which is the API's kind of error", async () => {
    const { get } = setUp({ perSecond: 0.5, retryAfter: 2 });
    await get();
    const error = await get().catch((reason) => reason);
    expect(error).toMatchObject({ name: "RateLimitError", code: "too_many_requests" });
    expect(isApiError(error) && error.retryAfterMs).toBe(2_000);
  });

  test("names none without retryAfter", async () => {
    const { get } = setUp({ perSecond: 0.5 });
    await get();
    const error = await get().catch((reason) => reason);
    expect(isApiError(error) && error.headers.has("retry-after")).toBe(false);
  });

  test("goes by the clock of fake timers, with a pace", async () => {
    vi.useFakeTimers();
    const api = createMockApi({ customers: 120, rateLimit: { perSecond: 40, retryAfter: 1 } });
    const loke = createClient({ fetch: api, accessToken: "any", pace: adaptivePace() });
    const { organizationId } = api;
    const calls = api.customers.map(({ id }) =>
      loke.getCustomer({ organizationId, customerId: id }),
    );
    const all = Promise.all(calls);
    await vi.runAllTimersAsync();
    expect((await all).length).toBe(120);
    const refused = api.requests.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(30);
    expect(vi.getTimerCount()).toBe(0);
  });

  for (const [rateLimit, problem] of [
    [40, /"rateLimit" must be an object/],
    [{}, /"perSecond" must be a number above 0/],
    [{ perSecond: 0 }, /"perSecond" must be a number above 0/],
    [{ perSecond: 1, retryAfter: -1 }, /"retryAfter" must be a number of seconds/],
    [{ perSecond: 1, burst: 3 }, /no option "burst"/],
  ] as const) {
    test(`refuses ${JSON.stringify(rateLimit)}`, () => {
      expect(() => createMockApi({ rateLimit: rateLimit as never })).toThrow(problem);
    });
  }
});
