import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createClient, type LokeClient, PaginationError, TimeoutError } from "../../src/index.js";
import { failureOf, json, observeFetch, page } from "./observed-fetch.js";

const get = { organizationId: "o", customerId: "c" };
const list = { organizationId: "o" };

/** An abort signal as an implementation of its own has it: none of the methods that came later. */
function plainSignal() {
  const target = new EventTarget();
  const signal = {
    aborted: false,
    reason: undefined as unknown,
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  };
  const abort = (reason: unknown) => {
    Object.assign(signal, { aborted: true, reason });
    target.dispatchEvent(new Event("abort"));
  };
  return { abort, signal: signal as unknown as AbortSignal };
}

/** A clock as the fake timers of Jest 29 leave it: each member of `performance` is a function. */
function fakePerformance() {
  const real = performance;
  vi.stubGlobal("performance", { now: () => real.now(), timeOrigin: () => 0 });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a signal without throwIfAborted", () => {
  const calls: Record<string, (loke: LokeClient, signal: AbortSignal) => Promise<unknown>> = {
    getCustomer: (loke, signal) => loke.getCustomer(get, { signal }),
    page: (loke, signal) => loke.listCustomers(list, { signal }).page(),
    toArray: (loke, signal) => loke.listCustomers(list, { signal }).toArray({ limit: 1 }),
    "for await": async (loke, signal) => {
      for await (const _ of loke.listCustomers(list, { signal }));
    },
  };

  for (const [name, call] of Object.entries(calls)) {
    test(`that has aborted before: ${name} sends nothing, and rejects with its reason`, async () => {
      const { abort, signal } = plainSignal();
      abort("left");
      const observed = observeFetch(() => page([]));
      expect(await failureOf(() => call(createClient({ fetch: observed.fetch }), signal))).toBe(
        "left",
      );
      expect(observed.calls).toEqual([]);
    });

    test(`that aborts in mid-call: ${name} rejects with its reason`, async () => {
      const { abort, signal } = plainSignal();
      const fetch = () => {
        setTimeout(() => abort("enough"), 0);
        return new Promise<never>(() => {});
      };
      expect(await failureOf(() => call(createClient({ fetch }), signal))).toBe("enough");
    });
  }

  test("that does not abort: the call succeeds", async () => {
    const { fetch } = observeFetch(() => json({ id: "c" }));
    const { signal } = plainSignal();
    expect(await createClient({ fetch }).getCustomer(get, { signal })).toEqual({ id: "c" });
  });
});

test.each(["aborted", "reason", "addEventListener"])(
  "a signal without %s is refused by name",
  async (missing) => {
    const { signal } = plainSignal();
    Reflect.deleteProperty(signal, missing);
    const observed = observeFetch();
    const error = await failureOf(() =>
      createClient({ fetch: observed.fetch }).getCustomer(get, { signal }),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(inspect(error)).toContain('getCustomer: "signal" must be an AbortSignal');
    expect(observed.calls).toEqual([]);
  },
);

describe("where performance.timeOrigin is a function", () => {
  test("a call succeeds, and its durations are numbers", async () => {
    fakePerformance();
    const durations: unknown[] = [];
    const loke = createClient({
      fetch: observeFetch(() => json({ id: "c" })).fetch,
      onEvent: (event) => "durationMs" in event && durations.push(event.durationMs),
    });
    expect(await loke.getCustomer(get)).toEqual({ id: "c" });
    expect(durations).toEqual([expect.closeTo(0, -4)]);
  });

  test("a deadline ends a call that takes longer, and no other", async () => {
    fakePerformance();
    const fetch = () => new Promise<never>(() => {});
    const loke = createClient({ fetch, retry: false });
    const error = await failureOf(() => loke.getCustomer(get, { deadlineMs: 20 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ scope: "deadline" });
    expect((error as Error).message).toMatch(/longer than deadlineMs, 20 ms$/);
  });
});

describe("where there is no URL.canParse", () => {
  const withoutCanParse = () =>
    vi.stubGlobal(
      "URL",
      class extends URL {
        static override canParse = undefined as unknown as typeof URL.canParse;
      },
    );

  test("options, links and places are parsed, and refused by name", async () => {
    withoutCanParse();
    const { fetch } = observeFetch(page([], "?after=2"), page([]), page([], "http://["));
    const loke = createClient({ fetch, baseUrl: "https://api.test/loke" });
    const { next } = await loke.listCustomers(list).page();
    expect((await loke.listCustomers(list, { from: next }).page()).next).toBeUndefined();
    expect(await failureOf(() => loke.listCustomers(list).toArray({ limit: 1 }))).toMatchObject({
      constructor: PaginationError,
      reason: "invalid-link",
    });
    expect(() => createClient({ baseUrl: "no url" })).toThrow('"baseUrl" must be');
  });
});
