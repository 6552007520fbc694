import { getEventListeners } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClientIn } from "../../src/client.js";
import {
  type ClientOptions,
  ConnectionError,
  createClient,
  type LokeClient,
  LokeError,
  type LokeEvent,
  type RetryOptions,
} from "../../src/index.js";
import { errorFacts } from "../unit/observed-fetch.js";
import { type Clock, handClock } from "./clock.js";
import { eventually, type HeldFetch, holdFetch, turn } from "./held-fetch.js";
import { answer, startServer } from "./server.js";

const get = { organizationId: "org", customerId: "c" };
const list = { organizationId: "org" };
const row = '[{"id":"1a"}]';
const next = { "x-next-page": "?after=2" };

interface Stage extends HeldFetch {
  readonly clock: Clock;
  readonly events: readonly LokeEvent[];
  client(options?: ClientOptions): LokeClient;
}

interface StageOptions {
  readonly heedsSignal?: boolean;
  readonly random?: () => number;
}

const half = () => 0.5;

/** A client whose time and network do nothing by themselves. */
function stage({ heedsSignal = true, random = half }: StageOptions = {}): Stage {
  const clock = handClock(random);
  const held = holdFetch({ heedsSignal });
  const events: LokeEvent[] = [];
  const base = { fetch: held.fetch, onEvent: (event: LokeEvent) => events.push(event) };
  return {
    ...held,
    clock,
    events,
    client: (options) => createClientIn(clock, { ...base, ...options }),
  };
}

/** What has become of a promise so far. */
function follow(promise: Promise<unknown>): { outcome: () => unknown } {
  let outcome: unknown = "pending";
  promise.then(
    (value) => {
      outcome = { value };
    },
    (reason: unknown) => {
      outcome = { reason };
    },
  );
  return { outcome: () => outcome };
}

/** Waits until the client waits before a retry, and gives how long. */
async function retryWait({ clock, events }: Stage, nth = 1): Promise<number> {
  const retries = () => events.filter((event) => event.type === "retry");
  await eventually(() => retries().length >= nth);
  await turn();
  expect(clock.pending()).toHaveLength(1);
  return retries()[nth - 1]?.delayMs ?? Number.NaN;
}

/** Every kind of call. Each ends with the first page, or the customer. */
const calls: Record<string, (loke: LokeClient, signal: AbortSignal) => Promise<unknown>> = {
  getCustomer: (loke, signal) => loke.getCustomer(get, { signal }),
  withResponse: (loke, signal) => loke.getCustomer.withResponse(get, { signal }),
  "for await": async (loke, signal) => {
    for await (const _ of loke.listCustomers(list, { signal })) return;
  },
  "pages()": (loke, signal) => loke.listCustomers(list, { signal }).pages().next(),
  "page()": (loke, signal) => loke.listCustomers(list, { signal }).page(),
  "toArray()": (loke, signal) => loke.listCustomers(list, { signal }).toArray({ limit: 1 }),
};

describe("an abort", () => {
  /** The moments of a call: each brings it there, and gives how many requests it has sent by then. */
  const moments: Record<string, (stage: Stage) => Promise<number>> = {
    "while the token provider hangs": async ({ client: _ }) => {
      await turn();
      return 0;
    },
    "before the headers": async ({ request }) => {
      await request(1);
      await turn();
      return 1;
    },
    "inside the body": async ({ request }) => {
      (await request(1)).open().send("[");
      await turn();
      return 1;
    },
    "inside the body of an error": async ({ request }) => {
      const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array([60])) });
      (await request(1)).answer(new Response(body, { status: 404 }));
      await turn();
      return 1;
    },
    "during the wait before a retry": async (stage) => {
      (await stage.request(1)).answer(new Response("", { status: 503 }));
      expect(await retryWait(stage)).toBe(250);
      return 1;
    },
  };

  for (const [moment, bring] of Object.entries(moments)) {
    for (const [name, call] of Object.entries(calls)) {
      for (const heedsSignal of [true, false]) {
        const fetching = heedsSignal ? "" : ", with a fetch that ignores its signal";
        test(`${moment} of ${name} rejects with its own reason${fetching}`, async () => {
          const on = stage({ heedsSignal });
          const isHanging = moment === "while the token provider hangs";
          const loke = on.client(isHanging ? { accessToken: () => new Promise(() => {}) } : {});
          const controller = new AbortController();
          const following = follow(call(loke, controller.signal));
          const sent = await bring(on);
          expect(following.outcome()).toBe("pending");
          const reason = new Error("The user has left.");
          controller.abort(reason);
          await turn();
          expect(following.outcome()).toEqual({ reason });
          expect((following.outcome() as { reason: unknown }).reason).toBe(reason);
          on.clock.advance(1_000_000);
          await turn();
          expect(on.requests.length).toBe(sent);
          expect(on.clock.pending()).toEqual([]);
          expect(getEventListeners(controller.signal, "abort")).toEqual([]);
          expect(on.events.filter(({ type }) => type === "retry").length).toBe(
            moment.startsWith("during the wait") ? 1 : 0,
          );
        });
      }
    }
  }

  for (const [name, call] of Object.entries(calls)) {
    test(`before ${name} rejects with its own reason, and nothing is sent`, async () => {
      const { client, clock, events, requests } = stage();
      let isAsked = false;
      const loke = client({
        accessToken: () => {
          isAsked = true;
          return "token";
        },
      });
      const reason = new Error("The user has left.");
      await expect(call(loke, AbortSignal.abort(reason))).rejects.toBe(reason);
      expect({ requests, events, isAsked, pending: clock.pending() }).toEqual({
        requests: [],
        events: [],
        isAsked: false,
        pending: [],
      });
    });
  }

  /** Whatever a user may give as the reason. */
  const reasons: [string, unknown][] = [
    ["a text", "stop"],
    ["null", null],
    ["a number", 0],
    [
      "an error of the client",
      new ConnectionError("Of another call.", { ...errorFacts, attempts: 9, code: undefined }),
    ],
    ["an error that a 401 would refresh", new LokeError("x", errorFacts)],
  ];

  for (const [name, reason] of reasons) {
    test(`with ${name} as its reason rejects with just that, and is not retried`, async () => {
      const { client, events, request } = stage();
      const controller = new AbortController();
      const following = follow(client().getCustomer(get, { signal: controller.signal }));
      await request(1);
      controller.abort(reason);
      await turn();
      expect((following.outcome() as { reason: unknown }).reason).toBe(reason);
      expect(events.map(({ type }) => type)).toEqual(["request"]);
    });
  }

  for (const type of ["request", "response", "retry", "page"] as const) {
    test(`by the listener of the event ${type} rejects with its own reason`, async () => {
      const { client, clock, request, requests } = stage();
      const controller = new AbortController();
      const loke = client({
        onEvent: (event) => event.type === type && controller.abort("stop"),
      });
      const rows = loke.listCustomers(list, { signal: controller.signal });
      const reading = (async () => {
        for await (const _ of rows);
      })();
      const following = follow(reading);
      const first = await request(1);
      first.answer(new Response(row, { status: type === "retry" ? 503 : 200, headers: next }));
      await turn();
      clock.advance(1_000);
      await turn();
      expect(following.outcome()).toEqual({ reason: "stop" });
      for (const { request: sent } of requests.slice(1)) expect(sent.signal.aborted).toBe(true);
      expect(clock.pending()).toEqual([]);
    });
  }

  test("without a reason rejects with the signal's AbortError", async () => {
    const { client, request } = stage();
    const controller = new AbortController();
    const following = follow(client().getCustomer(get, { signal: controller.signal }));
    await request(1);
    controller.abort();
    await turn();
    expect((following.outcome() as { reason: unknown }).reason).toBe(controller.signal.reason);
    expect(controller.signal.reason).toMatchObject({ name: "AbortError" });
  });

  test("gives up the body of a fetch that ignores its signal and answers late", async () => {
    const { client, request } = stage({ heedsSignal: false });
    const controller = new AbortController();
    const following = follow(client().getCustomer(get, { signal: controller.signal }));
    const held = await request(1);
    controller.abort("late");
    await turn();
    expect(following.outcome()).toEqual({ reason: "late" });
    const body = held.open();
    await turn();
    expect(body.isCancelled).toBe(true);
  });

  test("of a walk ends the page being read and those ahead", async () => {
    const { client, request, requests } = stage();
    const controller = new AbortController();
    const pages = client({ prefetch: 2 })
      .listCustomers(list, { signal: controller.signal })
      .pages();
    const following = follow(pages.next());
    (await request(1)).open(next);
    (await request(2)).open({ "x-next-page": "?after=3" });
    await request(3);
    controller.abort("stop");
    await turn();
    expect(following.outcome()).toEqual({ reason: "stop" });
    expect(requests.map((held) => held.request.signal.aborted)).toEqual([true, true, true]);
    expect(await pages.next()).toEqual({ done: true, value: undefined });
  });
});

describe("timeoutMs", () => {
  for (const heedsSignal of [true, false]) {
    const fetching = heedsSignal ? "" : ", with a fetch that ignores its signal";

    test(`bounds headers and body together${fetching}`, async () => {
      const { client, clock, request } = stage({ heedsSignal });
      const loke = client({ timeoutMs: 1_000, retry: false });
      const following = follow(loke.listCustomers(list).page());
      const held = await request(1);
      clock.advance(600);
      held.open().send("[");
      await turn();
      clock.advance(399);
      await turn();
      expect(following.outcome()).toBe("pending");
      clock.advance(1);
      await turn();
      expect(following.outcome()).toMatchObject({
        reason: { name: "TimeoutError", scope: "attempt", attempts: 1 },
      });
      expect(held.request.signal.aborted).toBe(true);
      expect(clock.pending()).toEqual([]);
    });

    test(`bounds the body of an error${fetching}`, async () => {
      const { client, clock, request } = stage({ heedsSignal });
      const following = follow(client({ timeoutMs: 1_000, retry: false }).getCustomer(get));
      const held = await request(1);
      held.answer(new Response(new ReadableStream(), { status: 500 }));
      await turn();
      clock.advance(1_000);
      await turn();
      // The status is what counts.
      const { reason } = following.outcome() as { reason: unknown };
      expect(reason).toMatchObject({ name: "ServerError", status: 500, attempts: 1 });
      expect((reason as { body: unknown }).body).toBeUndefined();
      expect(held.request.signal.aborted).toBe(true);
    });
  }

  test("gives each attempt its own time", async () => {
    const on = stage();
    const following = follow(on.client({ timeoutMs: 1_000 }).getCustomer(get));
    await on.request(1);
    on.clock.advance(1_000);
    on.clock.advance(await retryWait(on));
    await on.request(2);
    await turn();
    expect(on.clock.pending()).toEqual([1_000]);
    on.clock.advance(999);
    (await on.request(2)).answer(new Response('{"id":"c"}'));
    await turn();
    expect(following.outcome()).toEqual({ value: { id: "c" } });
    expect(on.events.find(({ type }) => type === "retry")).toMatchObject({
      reason: "timeout",
      attempt: 1,
      delayMs: 250,
    });
  });

  test("bounds a token provider that hangs", async () => {
    const { client, clock, requests } = stage();
    const loke = client({
      accessToken: () => new Promise(() => {}),
      timeoutMs: 1_000,
      retry: false,
    });
    const following = follow(loke.getCustomer(get));
    await turn();
    clock.advance(1_000);
    await turn();
    expect(following.outcome()).toMatchObject({ reason: { name: "TimeoutError", attempts: 0 } });
    expect(requests).toEqual([]);
  });

  test("does not count the reader's own work against the server", async () => {
    const server = await startServer();
    onTestFinished(() => server.close());
    const type = { "content-type": "application/json" };
    const page = (next?: number) => {
      const rows = Array.from({ length: 1_000 }, (_, id) => ({ id: `${next} ${id}` }));
      const headers = { ...type, ...(next && { "x-next-page": `?after=${next}` }) };
      return answer(200, JSON.stringify(rows), headers);
    };
    const path = "/organizations/org/customers";
    server.script({
      [path]: [page(2)],
      [`${path}?after=2`]: [page(3)],
      [`${path}?after=3`]: [page(4)],
      [`${path}?after=4`]: [page()],
    });
    const loke = createClient({ baseUrl: server.url, timeoutMs: 400, retry: false });
    let pages = 0;
    for await (const _ of loke.listCustomers(list).pages()) {
      pages += 1;
      const endsAt = performance.now() + 600;
      while (performance.now() < endsAt);
    }
    expect(pages).toBe(4);
  });
});

describe("deadlineMs", () => {
  const timeout = { name: "TimeoutError", scope: "deadline" };

  for (const heedsSignal of [true, false]) {
    const fetching = heedsSignal ? "" : ", with a fetch that ignores its signal";

    for (const part of ["headers", "body"]) {
      test(`ends a call during its ${part}${fetching}`, async () => {
        const { client, clock, request, requests } = stage({ heedsSignal });
        const following = follow(client({ deadlineMs: 1_000 }).getCustomer(get));
        const held = await request(1);
        if (part === "body") held.open().send("{");
        await turn();
        clock.advance(999);
        await turn();
        expect(following.outcome()).toBe("pending");
        clock.advance(1);
        await turn();
        expect(following.outcome()).toMatchObject({ reason: { ...timeout, attempts: 1 } });
        expect(held.request.signal.aborted).toBe(true);
        expect(requests.length).toBe(1);
        expect(clock.pending()).toEqual([]);
      });
    }
  }

  test("ends a call while its token provider hangs", async () => {
    const { client, clock, requests } = stage();
    const loke = client({ deadlineMs: 1_000, accessToken: () => new Promise(() => {}) });
    const following = follow(loke.getCustomer(get));
    await turn();
    clock.advance(1_000);
    await turn();
    expect(following.outcome()).toMatchObject({ reason: { ...timeout, attempts: 0 } });
    expect(requests).toEqual([]);
  });

  test("counts waits, and does not begin one that would pass it", async () => {
    const on = stage();
    const following = follow(on.client({ deadlineMs: 1_000 }).getCustomer(get));
    (await on.request(1)).answer(
      new Response("", { status: 503, headers: { "retry-after": "0" } }),
    );
    on.clock.advance(await retryWait(on));
    const second = await on.request(2);
    on.clock.advance(600);
    second.answer(new Response("", { status: 503 }));
    await turn();
    // The wait would be 500 ms at half chance, and 400 are left.
    expect(following.outcome()).toMatchObject({ reason: { ...timeout, attempts: 2 } });
    expect(on.clock.pending()).toEqual([]);
  });

  test("does not begin a wait that would end with it, and has the failure as its cause", async () => {
    const { client, clock, request } = stage({ random: () => 0 });
    const following = follow(client({ deadlineMs: 1_000 }).getCustomer(get));
    const headers = { "retry-after": "1" };
    (await request(1)).answer(new Response("", { status: 503, headers }));
    await turn();
    expect(following.outcome()).toMatchObject({
      reason: { ...timeout, attempts: 1, cause: { name: "ServerError", status: 503 } },
    });
    expect(clock.pending()).toEqual([]);
  });

  test("counts the time of every attempt", async () => {
    const on = stage();
    const loke = on.client({ deadlineMs: 2_500, timeoutMs: 1_000 });
    const following = follow(loke.getCustomer(get));
    await on.request(1);
    on.clock.advance(1_000);
    on.clock.advance(await retryWait(on, 1));
    await on.request(2);
    on.clock.advance(1_000);
    await turn();
    // 250 ms are left, and the wait would be 500.
    expect(following.outcome()).toMatchObject({ reason: { ...timeout, attempts: 2 } });
  });

  test("counts no request that was not sent, when the token comes too late", async () => {
    const { client, clock, requests } = stage();
    const loke = client({
      deadlineMs: 1_000,
      accessToken() {
        clock.advance(1_000);
        return "token";
      },
    });
    const following = follow(loke.getCustomer(get));
    await turn();
    expect(following.outcome()).toMatchObject({ reason: { ...timeout, attempts: 0 } });
    expect(requests).toEqual([]);
  });

  test("bounds a whole walk", async () => {
    const { client, clock, request } = stage();
    const pages = client({ deadlineMs: 1_000, prefetch: 0 }).listCustomers(list).pages();
    for (const number of [1, 2]) {
      const page = pages.next();
      const held = await request(number);
      clock.advance(400);
      const headers = { "x-next-page": `?after=${number + 1}` };
      held.answer(new Response(`[{"id":"${number}a"}]`, { headers }));
      expect(await page).toMatchObject({ done: false });
    }
    const following = follow(pages.next());
    await request(3);
    clock.advance(199);
    await turn();
    expect(following.outcome()).toBe("pending");
    clock.advance(1);
    await turn();
    expect(following.outcome()).toMatchObject({
      reason: { ...timeout, attempts: 1, walk: { pages: 2, items: 2 } },
    });
  });

  test("bounds a walk whose reader is slow, and no request is sent or counted after it", async () => {
    const { client, clock, request, requests } = stage();
    const pages = client({ deadlineMs: 1_000, prefetch: 0 }).listCustomers(list).pages();
    const first = pages.next();
    (await request(1)).answer(new Response(row, { headers: next }));
    await first;
    clock.advance(1_000);
    const following = follow(pages.next());
    await turn();
    expect(following.outcome()).toMatchObject({
      reason: { ...timeout, attempts: 0, walk: { pages: 1, items: 1 } },
    });
    expect(requests.length).toBe(1);
  });

  test("bounds a walk whose next page has come in time, and is asked for too late", async () => {
    const { client, clock, request } = stage();
    const pages = client({ deadlineMs: 1_000 }).listCustomers(list).pages();
    const first = pages.next();
    (await request(1)).answer(new Response(row, { headers: next }));
    (await request(2)).answer(new Response("[]"));
    await first;
    await turn();
    clock.advance(1_000);
    const following = follow(pages.next());
    await turn();
    expect(following.outcome()).toMatchObject({
      reason: { ...timeout, walk: { pages: 1, items: 1 } },
    });
  });

  test("begins anew with each reading of a list", async () => {
    const { client, clock, request } = stage();
    const customers = client({ deadlineMs: 1_000 }).listCustomers(list);
    clock.advance(5_000);
    for (const number of [1, 2]) {
      const page = customers.page();
      (await request(number)).answer(new Response(row));
      expect((await page).items.length).toBe(1);
      clock.advance(5_000);
    }
  });
});

describe("the wait before a retry", () => {
  /** The waits of a call that fails until it gives up. */
  async function waits(
    retry: RetryOptions | number | false | undefined,
    random: () => number,
    headers: Record<string, string> = {},
  ): Promise<number[]> {
    const on = stage({ random });
    const following = follow(on.client().getCustomer(get, { retry }));
    const waited: number[] = [];
    for (let nth = 1; ; nth++) {
      (await on.request(nth)).answer(new Response("", { status: 503, headers }));
      await turn();
      if (following.outcome() !== "pending") break;
      waited.push(await retryWait(on, nth));
      on.clock.advance(waited.at(-1) ?? 0);
    }
    expect(following.outcome()).toMatchObject({
      reason: { name: "ServerError", attempts: waited.length + 1 },
    });
    return waited;
  }

  test("takes baseDelayMs and maxDelayMs, and what is left out from the client", async () => {
    expect(await waits({ baseDelayMs: 100, maxDelayMs: 150 }, () => 0.5)).toEqual([50, 75, 75]);
    expect(await waits(undefined, () => 0.5)).toEqual([250, 500, 1_000]);
  });

  test("is begun for as long as maxRetryAfterMs allows, and for no longer", async () => {
    const seven = { "retry-after": "7" };
    expect(await waits({ limit: 1, maxRetryAfterMs: 7_000 }, () => 0, seven)).toEqual([7_000]);
    expect(await waits({ limit: 1, maxRetryAfterMs: 6_999 }, () => 0, seven)).toEqual([]);
  });
});
