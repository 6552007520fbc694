import { afterEach, describe, expect, test, vi } from "vitest";
import { createClient } from "../../src/index.js";
import { createMockApi, type MockApi, type MockApiOptions } from "../../src/testing.js";

const march = Date.parse("2026-03-01T12:00:00.250Z");
const dayMs = 24 * 60 * 60 * 1000;

/** Everything of a world that is written as a date and time, as its milliseconds. */
function timesOf(world: unknown): number[] {
  const texts = JSON.stringify(world).match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [];
  return texts.map((text) => Date.parse(text));
}

/** All that a mock holds, which the clock has nothing to do with. */
function timeless(world: unknown): string {
  return JSON.stringify(world).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "then");
}

function make(nowMs: number, options?: MockApiOptions): MockApi {
  return createMockApi({ customers: 300, now: () => nowMs, ...options });
}

describe("what is made up", () => {
  // It takes seconds to make them.
  const many = make(march, { customers: 20_000 }).customers;

  test.each([1, 25, 2_500, 20_000])("is dated before now: %i customers", (count) => {
    const made = count === many.length ? many : make(march, { customers: count }).customers;
    const times = timesOf(made);
    expect(times.length).toBeGreaterThan(0);
    expect(Math.max(...times.slice(0, 50_000))).toBeLessThan(march);
    expect(times.findIndex((time) => time >= march)).toBe(-1);
  });

  test("was created in order, over years, the last ones within a day", () => {
    const created = many.flatMap(({ createdAt }) =>
      createdAt === undefined ? [] : [Date.parse(createdAt)],
    );
    expect(created).toEqual([...created].sort((one, other) => one - other));
    expect(created[0]).toBeLessThan(march - 800 * dayMs);
    expect(created.at(-1)).toBeGreaterThan(march - dayMs);
  });

  test.each([
    ["1990-06-01T00:00:00Z", "before most were born"],
    ["1970-01-01T00:00:00Z", "at the beginning of time"],
    ["2099-12-31T23:59:59.999Z", "far off"],
  ])("has its dates in order at %s, %s", (now) => {
    for (const { createdAt, dob, updatedAt } of make(Date.parse(now)).customers) {
      if (createdAt && updatedAt) expect(createdAt <= updatedAt).toBe(true);
      if (createdAt && dob) expect(dob <= createdAt).toBe(true);
      if (updatedAt) expect(updatedAt < now).toBe(true);
    }
  });

  test("is as old as ever when the clock goes on, and otherwise the same", () => {
    const [then, later] = [make(march), make(march + 100 * dayMs)];
    const aged = timesOf(then.customers).map((time) => time + 100 * dayMs);
    expect(timesOf(later.customers)).toEqual(aged);
    expect(timeless(later.customers)).toBe(timeless(then.customers));
    expect(make(march).customers).toEqual(then.customers);
  });

  test("does not depend on how many more there are", () => {
    const few = make(march, { customers: 25 }).customers;
    expect(make(march, { customers: 300 }).customers.slice(0, 25)).toEqual(few);
  });
});

describe("what is added or changed", () => {
  test("is dated now, and is the newest", async () => {
    let nowMs = march;
    const api = createMockApi({ customers: 300, now: () => nowMs });
    const loke = createClient({ fetch: api, accessToken: "any" });
    const { organizationId } = api;
    const [id = ""] = api.customers.map((one) => one.id);
    expect(api.change("customers", id, { firstName: "Ada" }).updatedAt).toBe(
      "2026-03-01T12:00:00.250Z",
    );
    nowMs += dayMs;
    const now = "2026-03-02T12:00:00.250Z";
    const added = api.add("customers");
    expect(added).toMatchObject({ createdAt: now, updatedAt: now });
    expect(Math.max(...timesOf(added))).toBe(nowMs);
    const { items } = await loke.listCustomers({ organizationId, sort: "updated" }).page();
    expect(items.slice(0, 2).map((one) => one.id)).toEqual([added.id, id]);
  });

  test("is never updated before it was created", () => {
    const future = "2030-01-01T00:00:00.000Z";
    const api = make(march, { customers: [{ id: "f", createdAt: future }] });
    expect(api.change("customers", "f", { firstName: "Ada" }).updatedAt).toBe(future);
    expect(api.add("customers", { createdAt: future }).updatedAt).toBe(future);
    const past = "2020-01-01T00:00:00.000Z";
    expect(api.add("customers", { updatedAt: past }).createdAt).toBe(past);
    const changed = api.change("customers", "f", { createdAt: "2031-01-01T00:00:00.000Z" });
    expect(changed.updatedAt).toBe("2031-01-01T00:00:00.000Z");
  });
});

describe("without a clock of its own", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("the mock goes by Date, so fake timers set it: a job finds what changed since yesterday", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: march });
    const api = createMockApi({ customers: 300 });
    const loke = createClient({ fetch: api, accessToken: "any" });
    const { organizationId } = api;
    const changedSince = async (since: number) => {
      const ids: string[] = [];
      for await (const one of loke.listCustomers({ organizationId, sort: "updated" })) {
        if (Date.parse(one.updatedAt ?? "") < since) break;
        ids.push(one.id);
      }
      return ids;
    };
    vi.setSystemTime(march + 2 * dayMs);
    expect(await changedSince(march + dayMs)).toEqual([]);
    const changed = api.change("customers", api.customers[7]?.id ?? "", { lastName: "Byron" });
    expect(changed.updatedAt).toBe(new Date().toISOString());
    expect(await changedSince(march + dayMs)).toEqual([changed.id]);
  });

  test("what a job sees as changed after a moment is what changed after it", () => {
    const api = createMockApi({ customers: 300 });
    const before = Date.now();
    expect(timesOf(api.customers).findIndex((time) => time >= before)).toBe(-1);
    const { updatedAt = "" } = api.change("customers", api.customers[0]?.id ?? "", {});
    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(updatedAt)).toBeLessThanOrEqual(Date.now());
  });
});

test.each([5, new Date(), () => Number.NaN, () => "2026-03-01", () => 1e99])(
  "a clock that gives no time is refused: %s",
  (now) => {
    expect(() => createMockApi({ now } as MockApiOptions)).toThrow(
      new TypeError(
        'createMockApi: "now" must be a function that returns milliseconds since 1970.',
      ),
    );
  },
);
