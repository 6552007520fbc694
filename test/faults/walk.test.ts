import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createClient, LokeError, type LokeEvent, type Page } from "../../src/index.js";
import { errorFacts } from "../unit/observed-fetch.js";
import { holdFetch, turn } from "./held-fetch.js";
import { answer, cut, end, hang, head, json, type Turn, until, write } from "./server.js";
import {
  ids,
  linkTo,
  openSite,
  organizationId,
  page,
  read,
  rowsOf,
  type Site,
  target,
  token,
} from "./site.js";

const args = { organizationId };

let site: Site;
let unhandled: unknown[];

beforeEach(async () => {
  site = await openSite();
  unhandled = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
});

afterEach(async () => {
  await turn();
  expect(unhandled).toEqual([]);
  await site.close();
});

/** Scripts pages by number. */
function script(turns: Readonly<Record<number, readonly Turn[]>>): void {
  site.api.script(
    Object.fromEntries(Object.entries(turns).map(([number, of]) => [target(Number(number)), of])),
  );
}

/** Scripts a list of so many pages; each can be asked for so many times. */
function scriptPages(last: number, times = 1): void {
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  const turns = (number: number) => {
    return Array.from({ length: times }, () =>
      page(number, number < last ? number + 1 : undefined),
    );
  };
  script(Object.fromEntries(numbers.map((number) => [number, turns(number)])));
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** The walk that an error tells of. */
function walkOf(error: unknown): NonNullable<LokeError["walk"]> {
  expect(error).toBeInstanceOf(LokeError);
  const { walk } = error as LokeError;
  if (walk === undefined) throw new Error("The error tells of no walk.");
  return walk;
}

describe("asking ahead", () => {
  test("asks for each page on the headers of the one before, whose body waits for that", async () => {
    const held = (number: number): Turn => [
      head(200, linkTo(number + 1)),
      until(() => site.api.seen(target(number + 1))),
      write(JSON.stringify(rowsOf(ids(number)))),
      end,
    ];
    script({ 1: [held(1)], 2: [held(2)], 3: [held(3)], 4: [page(4)] });
    const { rows } = await read(site.client().listCustomers(args));
    expect(rows).toEqual(ids(1, 2, 3, 4));
    expect(site.asked()).toEqual([1, 2, 3, 4]);
  });

  for (const prefetch of [0, 1, 2, 3]) {
    test(`with prefetch ${prefetch} asks for ${prefetch} pages beyond the one being read`, async () => {
      scriptPages(8);
      const pages = site.client({ prefetch }).listCustomers(args).pages();
      for (const reading of upTo(8)) {
        await pages.next();
        await site.api.quiet();
        expect({ reading, asked: site.asked() }).toEqual({
          reading,
          asked: upTo(Math.min(8, reading + prefetch)),
        });
      }
      expect(await pages.next()).toEqual({ done: true, value: undefined });
      expect(site.asked()).toEqual(upTo(8));
    });
  }

  test("takes prefetch from the call before the client", async () => {
    scriptPages(5);
    const pages = site.client({ prefetch: 3 }).listCustomers(args, { prefetch: 0 }).pages();
    await pages.next();
    await site.api.quiet();
    expect(site.asked()).toEqual([1]);
  });

  test("page() sends one request", async () => {
    scriptPages(3);
    const first = await site.client({ prefetch: 3 }).listCustomers(args).page();
    await site.api.quiet();
    expect(first.items).toEqual(rowsOf(ids(1)));
    expect(first.next).toBeTypeOf("string");
    expect(first.response.status).toBe(200);
    expect(first.response.url).toBe(site.api.url + target(1));
    expect(site.asked()).toEqual([1]);
  });

  for (const [limit, asked] of [
    [0, []],
    [1, [1]],
    [2, [1]],
    [3, [1, 2]],
    [6, [1, 2, 3]],
    [7, [1, 2, 3]],
    [Number.POSITIVE_INFINITY, [1, 2, 3]],
  ] as const) {
    test(`toArray with limit ${limit} sends ${asked.length} of 3 requests for pages of 2`, async () => {
      scriptPages(3);
      const rows = await site.client().listCustomers(args).toArray({ limit });
      await site.api.quiet();
      expect(rows).toEqual(rowsOf(ids(1, 2, 3).slice(0, limit)));
      expect(site.asked()).toEqual(asked);
    });
  }

  test("toArray with a limit beyond one full page asks for two pages ahead of their bodies", async () => {
    const full = Array.from({ length: 1_000 }, (_, index) => ({ id: `row ${index}` }));
    script({
      1: [
        [
          head(200, linkTo(2)),
          until(() => site.api.seen(target(2))),
          write(JSON.stringify(full)),
          end,
        ],
      ],
      2: [page(2, 3)],
    });
    const rows = await site.client({ prefetch: 3 }).listCustomers(args).toArray({ limit: 1_001 });
    await site.api.quiet();
    expect(rows).toEqual([...full, { id: "2a" }]);
    expect(site.asked()).toEqual([1, 2]);
  });
});

describe("leaving a walk", () => {
  /** Page 1 comes; pages 2 to 4 have sent their headers or not, and hang. */
  function scriptHanging(): void {
    script({
      1: [page(1, 2)],
      2: [[head(200, linkTo(3)), write("["), hang]],
      3: [[head(200, linkTo(4)), hang]],
      4: [[hang]],
    });
  }

  /** The ways to leave while page 1 is being read, and what comes of each. */
  const ways: Record<string, (list: ReturnType<Lists>) => Promise<unknown>> = {
    async break(list) {
      for await (const _ of list.rows) {
        await list.ahead();
        break;
      }
    },
    async "break out of pages"(list) {
      for await (const _ of list.pages) {
        await list.ahead();
        break;
      }
    },
    async "a return from the loop"(list) {
      for await (const _ of list.rows) {
        await list.ahead();
        return;
      }
    },
    async "an error in the loop"(list) {
      for await (const _ of list.rows) {
        await list.ahead();
        throw mishap;
      }
    },
    async "return()"(list) {
      await list.pages.next();
      await list.ahead();
      await list.pages.return();
    },
    async "throw()"(list) {
      await list.pages.next();
      await list.ahead();
      await list.pages.throw(mishap);
    },
    async "an abort between two rows"(list) {
      for await (const { id } of list.rows) {
        expect(id).toBe("1a");
        await list.ahead();
        list.controller.abort(mishap);
      }
    },
    async "an abort while the next page is awaited"(list) {
      await list.pages.next();
      await list.ahead();
      const next = list.pages.next();
      list.controller.abort(mishap);
      await next;
    },
    async "return() while the next page is awaited"(list) {
      await list.pages.next();
      await list.ahead();
      list.pages.next().catch(() => {});
      await list.pages.return();
    },
    async "return() of the rows while the next page is awaited"(list) {
      await list.rows.next();
      await list.rows.next();
      await list.ahead();
      list.rows.next().catch(() => {});
      await list.rows.return();
    },
  };

  const mishap = new Error("The loop failed.");
  const withMishap = ["an error in the loop", "throw()", "an abort"];

  type Lists = typeof walkOver;

  function walkOver(prefetch: number) {
    const controller = new AbortController();
    const list = site.client({ prefetch }).listCustomers(args, { signal: controller.signal });
    return {
      controller,
      rows: list[Symbol.asyncIterator](),
      pages: list.pages(),
      /** Resolves when the pages ahead have been asked for. */
      ahead: () => site.api.seen(target(1 + prefetch)),
    };
  }

  for (const [way, leave] of Object.entries(ways)) {
    for (const prefetch of [1, 3]) {
      test(`${way} hangs up on the ${prefetch} in flight, and asks for no other`, {
        timeout: 2_000,
      }, async () => {
        scriptHanging();
        const failure = await leave(walkOver(prefetch)).catch((error: unknown) => error);
        expect(failure).toBe(withMishap.some((one) => way.startsWith(one)) ? mishap : undefined);
        for (const { hungUp } of site.api.requests.slice(1)) await hungUp;
        await site.api.quiet();
        expect(site.asked()).toEqual(upTo(1 + prefetch));
      });
    }
  }

  test("return() before the first page sends nothing", async () => {
    await site.client().listCustomers(args).pages().return();
    await site.api.quiet();
    expect(site.asked()).toEqual([]);
  });

  test("leaves no request behind, whichever step of the client a break falls on", async () => {
    // Between the arrival of headers and their handling lie a few microtasks.
    for (let steps = 0; steps < 40; steps++) {
      const { fetch, request, requests } = holdFetch();
      const pages = createClient({ fetch, prefetch: 3 }).listCustomers(args).pages();
      const first = pages.next();
      const headers = { "x-next-page": "?after=2" };
      (await request(1)).answer(new Response("[]", { headers }));
      await first;
      (await request(2)).open({ "x-next-page": "?after=3" });
      for (let step = 0; step < steps; step++) await Promise.resolve();
      await pages.return();
      const sent = requests.length;
      await turn();
      const given = requests.slice(1).map(({ request: { signal } }) => signal.aborted);
      expect({ steps, sent: requests.length, given }).toEqual({
        steps,
        sent,
        given: given.map(() => true),
      });
    }
  });
});

describe("two walks over one list", () => {
  test("are independent, and each begins at the beginning", async () => {
    scriptPages(3, 2);
    const list = site.client().listCustomers(args);
    const one = list.pages();
    const other = list.pages();
    const items = async (pages: typeof one) => (await pages.next()).value?.items;
    expect(await items(one)).toEqual(rowsOf(ids(1)));
    expect(await items(other)).toEqual(rowsOf(ids(1)));
    expect(await items(one)).toEqual(rowsOf(ids(2)));
    await one.return();
    expect(await items(other)).toEqual(rowsOf(ids(2)));
    expect(await items(other)).toEqual(rowsOf(ids(3)));
    expect(await items(other)).toBe(undefined);
  });

  test("one after the other give every row each", async () => {
    scriptPages(3, 2);
    const list = site.client().listCustomers(args);
    expect((await read(list)).rows).toEqual(ids(1, 2, 3));
    expect((await read(list)).rows).toEqual(ids(1, 2, 3));
    expect(site.asked()).toEqual([1, 2, 3, 1, 2, 3]);
  });
});

describe("a page asked for ahead that fails", () => {
  for (const prefetch of [1, 3]) {
    test(`is told when the reader gets there, with prefetch ${prefetch}`, async () => {
      script({ 1: [page(1, 2)], 2: [answer(409)] });
      const pages = site.client({ prefetch }).listCustomers(args).pages();
      const { value } = await pages.next();
      await site.api.seen(target(2));
      await site.api.quiet();
      await turn();
      expect(unhandled).toEqual([]);
      expect((value as Page<unknown>).items).toEqual(rowsOf(ids(1)));
      await expect(pages.next()).rejects.toMatchObject({ name: "ApiError", status: 409 });
    });
  }

  test("is not told after an abort, which rejects with its own reason", async () => {
    script({ 1: [page(1, 2)], 2: [answer(409)] });
    const controller = new AbortController();
    const { signal } = controller;
    const pages = site.client().listCustomers(args, { signal }).pages();
    await pages.next();
    await site.api.seen(target(2));
    await site.api.quiet();
    const reason = new Error("The user has left.");
    controller.abort(reason);
    await expect(pages.next()).rejects.toBe(reason);
  });

  test("is not told at all when the reader leaves before", async () => {
    script({ 1: [page(1, 2)], 2: [page(2, 3)], 3: [answer(404)] });
    const pages = site.client({ prefetch: 2 }).listCustomers(args).pages();
    await pages.next();
    await site.api.seen(target(3));
    await site.api.quiet();
    await pages.return();
  });

  test("two pages ahead leaves the rows of the page between", async () => {
    script({ 1: [page(1, 2)], 2: [page(2, 3)], 3: [answer(409)] });
    const { rows, error } = await read(site.client({ prefetch: 3 }).listCustomers(args));
    expect(rows).toEqual(ids(1, 2));
    expect(walkOf(error)).toMatchObject({ pages: 2, items: 4 });
    expect(site.asked()).toEqual([1, 2, 3]);
  });
});

describe("going on from a place", () => {
  const search = { organizationId, email: "o'neil+vip@example.org" };
  const searched = `${target(1)}?email=o%27neil%2Bvip%40example.org`;

  test("page.next of each page gives the remaining rows to a fresh client", async () => {
    scriptPages(4, 5);
    const places: (string | undefined)[] = [];
    for await (const { next } of site.client().listCustomers(args).pages()) places.push(next);
    expect(places.map((place) => typeof place)).toEqual([
      "string",
      "string",
      "string",
      "undefined",
    ]);
    for (const [index, from] of places.slice(0, 3).entries()) {
      const stored: string = JSON.parse(JSON.stringify(from));
      const { rows } = await read(site.client().listCustomers(args, { from: stored }));
      expect(rows).toEqual(ids(1, 2, 3, 4).slice(2 * (index + 1)));
    }
  });

  test("resumeFrom of toArray is where the array began", async () => {
    script({
      1: [page(1, 2), page(1, 2), page(1, 2)],
      2: [answer(409), page(2, 3), page(2, 3)],
      3: [answer(409), page(3)],
    });
    const loke = site.client();
    const all = { limit: 100 };
    const error = await loke
      .listCustomers(args)
      .toArray(all)
      .catch((failure) => failure);
    expect(walkOf(error)).toMatchObject({ pages: 0, items: 0 });
    const { resumeFrom } = walkOf(error);
    const { next } = await loke.listCustomers(args, { from: resumeFrom }).page();
    const second = await loke
      .listCustomers(args, { from: next })
      .toArray(all)
      .catch((failure) => failure);
    const rest = await loke.listCustomers(args, { from: walkOf(second).resumeFrom }).toArray(all);
    expect(rest).toEqual(rowsOf(ids(2, 3)));
  });

  test("a place keeps the link byte for byte", async () => {
    const link = `${target(1)}?after=%2b+%252B%7E~&email=o%27neil%40example.org&x`;
    const requests = [json([], { "x-next-page": link })];
    site.api.script({ [searched]: requests, [link]: [page(2)] });
    const loke = site.client();
    const { next } = await loke.listCustomers(search).page();
    const { rows } = await read(loke.listCustomers(search, { from: next }));
    expect(rows).toEqual(ids(2));
    expect(site.asked()).toEqual([searched, link]);
  });

  test("a place under a gateway's path is asked for once under it", async () => {
    const under = (asked: string) => `/gateway${asked}`;
    site.api.script({
      [under(target(1))]: [page(1, 2)],
      [under(target(2))]: [page(2, 3)],
      [under(target(3))]: [page(3)],
    });
    const loke = site.client({ baseUrl: `${site.api.url}/gateway` });
    const { next } = await loke.listCustomers(args).page();
    const { rows } = await read(loke.listCustomers(args, { from: next }));
    expect(rows).toEqual(ids(2, 3));
  });

  test("a place is not put through the nextPage function a second time", async () => {
    const under = (asked: string) => `/gateway${asked}`;
    site.api.script({
      [target(1)]: [page(1, 2)],
      [under(target(2))]: [page(2, 3)],
      [under(target(3))]: [page(3)],
    });
    const loke = site.client({
      nextPage: ({ pathname, search: query }) => new URL(under(pathname) + query, site.api.url),
    });
    const { next } = await loke.listCustomers(args).page();
    const { rows } = await read(loke.listCustomers(args, { from: next }));
    expect(rows).toEqual(ids(2, 3));
  });

  test("a place holds no credential", async () => {
    script({ 1: [page(1, 2)], 2: [answer(409)] });
    const places: (string | undefined)[] = [];
    try {
      for await (const { next } of site.client().listCustomers(args).pages()) places.push(next);
    } catch (error) {
      places.push(walkOf(error).resumeFrom);
    }
    expect(places.length).toBe(2);
    for (const place of places) {
      const readings = [String(place), decodeURIComponent(String(place)), inBase64(String(place))];
      for (const reading of readings)
        expect(reading).not.toMatch(new RegExp(`${token}|bearer`, "i"));
    }
  });

  function inBase64(text: string): string {
    return Buffer.from(text, "base64").toString("latin1");
  }

  /** Reads a list from a place; gives what is thrown at the call, or at reading. */
  async function refusal(list: () => AsyncIterable<{ id: string }>): Promise<unknown> {
    try {
      return (await read(list())).error;
    } catch (error) {
      return error;
    }
  }

  test("a damaged place is a TypeError, and nothing is sent", async () => {
    scriptPages(2);
    const loke = site.client();
    const { next = "" } = await loke.listCustomers(args).page();
    const damaged = ["", next + next, `${next} `, next.slice(1), next.slice(0, -1)];
    for (const from of damaged) {
      const error = await refusal(() => loke.listCustomers(args, { from }));
      expect(error, JSON.stringify(from)).toBeInstanceOf(TypeError);
    }
    await site.api.quiet();
    expect(site.asked()).toEqual([1]);
  });

  test("a place of other arguments, or of another operation, is a TypeError", async () => {
    site.api.script({ [searched]: [page(1, 2)] });
    const loke = site.client();
    const { next = "" } = await loke.listCustomers(search).page();
    const membership = { organizationId, customerId: "c" };
    const others = [
      () => loke.listCustomers(args, { from: next }),
      () => loke.listCustomers({ ...search, sort: "updated" }, { from: next }),
      () => loke.listMemberships(membership, { from: next }),
    ];
    for (const [index, other] of others.entries()) {
      expect(await refusal(other), `case ${index}`).toBeInstanceOf(TypeError);
    }
    await site.api.quiet();
    expect(site.asked()).toEqual([searched]);
  });

  test("a place on another origin is a TypeError, and nothing is sent to either", async () => {
    scriptPages(2);
    const { next = "" } = await site.client().listCustomers(args).page();
    const loke = site.client({ baseUrl: site.stranger.url });
    expect(await refusal(() => loke.listCustomers(args, { from: next }))).toBeInstanceOf(TypeError);
    await Promise.all([site.api.quiet(), site.stranger.quiet()]);
    expect(site.asked()).toEqual([1]);
    expect(site.stranger.requests).toEqual([]);
  });

  test("a walk that was refused a foreign link goes on from there once that is allowed", async () => {
    script({ 1: [page(1, site.stranger.url + target(2))], 2: [page(2)] });
    const { error } = await read(site.client().listCustomers(args));
    const { resumeFrom } = walkOf(error);
    const loke = site.client({ nextPage: "rebase" });
    const { rows } = await read(loke.listCustomers(args, { from: resumeFrom }));
    expect(rows).toEqual(ids(2));
  });

  for (const [reason, link] of [
    ["foreign-origin", () => site.stranger.url + target(2)],
    ["invalid-link", () => "ftp://localhost/"],
  ] as const) {
    test(`a place that stands for a link refused as ${reason} is a TypeError`, async () => {
      script({ 1: [page(1, link())] });
      const loke = site.client();
      const { error } = await read(loke.listCustomers(args));
      expect(error).toMatchObject({ reason });
      const { resumeFrom } = walkOf(error);
      const refused = await refusal(() => loke.listCustomers(args, { from: resumeFrom }));
      expect(refused).toBeInstanceOf(TypeError);
      expect(site.asked()).toEqual([1]);
      expect(site.stranger.requests).toEqual([]);
    });
  }
});

describe("a listener", () => {
  const listeners: Record<string, (event: LokeEvent) => void> = {
    "that throws": () => {
      throw new Error("The logger failed.");
    },
    "whose promise rejects": async () => {
      throw new Error("The logger failed.");
    },
  };

  for (const [name, onEvent] of Object.entries(listeners)) {
    test(`${name} changes nothing`, async () => {
      script({ 1: [answer(503), page(1, 2)], 2: [page(2)] });
      const loke = createClient({
        baseUrl: site.api.url,
        accessToken: token,
        retry: { baseDelayMs: 0 },
        onEvent,
      });
      expect(await read(loke.listCustomers(args))).toEqual({ rows: ids(1, 2) });
    });
  }
});

describe("the error of a walk", () => {
  test("keeps its own progress when it is the reason of another walk's abort", async () => {
    script({ 1: [page(1, 2), page(1, 2)], 2: [page(2, 3), [hang]], 3: [answer(409)] });
    const controller = new AbortController();
    const loke = site.client();
    const other = loke.listCustomers(args, { signal: controller.signal });
    const { error } = await read(loke.listCustomers(args));
    expect(walkOf(error)).toMatchObject({ pages: 2, items: 4 });
    const reading = read(other);
    await site.api.seen(target(2), 2);
    controller.abort(error);
    expect((await reading).error).toBe(error);
    expect(walkOf(error)).toMatchObject({ pages: 2, items: 4 });
    expect(site.events.filter(({ type }) => type === "retry")).toEqual([]);
  });

  test("does not touch what the loop throws", async () => {
    scriptPages(2);
    const mishap = new LokeError("Of another call.", errorFacts);
    const reading = async () => {
      for await (const _ of site.client().listCustomers(args)) throw mishap;
    };
    await expect(reading()).rejects.toBe(mishap);
    expect(mishap.walk).toBe(undefined);
  });

  test("counts the requests for the failed page, not those of the walk", async () => {
    script({
      1: [answer(503), page(1, 2)],
      2: [[head(200, linkTo(3)), write("["), cut], answer(429), answer(404)],
      3: [[hang]],
    });
    const { error } = await read(site.client().listCustomers(args));
    expect(error).toMatchObject({ name: "NotFoundError", attempts: 3 });
  });
});
