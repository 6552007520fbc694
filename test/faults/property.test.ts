import fc from "fast-check";
import { expect, test } from "vitest";
import { createClientIn } from "../../src/client.js";
import { LokeError } from "../../src/index.js";
import { handClock } from "./clock.js";
import { turn } from "./held-fetch.js";

/** What can go wrong with a request so that asking again helps. */
const curable = [
  "no connection",
  "408",
  "429",
  "503",
  "503 after 1 s",
  "401",
  "cut body",
  "cut body that names a wrong page",
  "cut JSON",
  "no JSON headers, cut JSON",
] as const;

/** What can go wrong so that it does not. */
const incurable = ["404", "409", "HTML", "object", "empty", ...curable] as const;

type Mishap = (typeof incurable)[number];

interface Served {
  /** How many rows the page has. */
  readonly size: number;
  /** What goes wrong with the first requests for it, one after the other. */
  readonly mishaps: readonly Mishap[];
  /** Microtasks until the headers, and until each part of the body. */
  readonly delays: readonly number[];
  /** The form of the link to the next page. */
  readonly link: "path" | "query" | "URL";
}

interface Reader {
  readonly prefetch: number;
  /** Microtasks between two rows. */
  readonly delays: readonly number[];
}

const steps = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 });

function served(mishap: readonly Mishap[], most: number): fc.Arbitrary<Served[]> {
  const page = fc.record({
    size: fc.nat({ max: 3 }),
    mishaps: fc.array(fc.constantFrom(...mishap), { maxLength: most }),
    delays: steps,
    link: fc.constantFrom("path" as const, "query" as const, "URL" as const),
  });
  return fc.array(page, { minLength: 1, maxLength: 7 });
}

const reader: fc.Arbitrary<Reader> = fc.record({
  prefetch: fc.nat({ max: 3 }),
  delays: steps,
});

async function pause(microtasks: number): Promise<void> {
  for (let i = 0; i < microtasks; i++) await Promise.resolve();
}

const origin = "https://api.loke.global";
const path = "/organizations/org/customers";

/** Serves the pages in this process, with everything that goes wrong on the way. */
function serve(pages: readonly Served[]) {
  const asked: { page: number; signal: AbortSignal }[] = [];
  const mishaps = pages.map((page) => [...page.mishaps]);
  const all = pages.flatMap(({ size }, page) => {
    return Array.from({ length: size }, (_, row) => `${page + 1}.${row}`);
  });

  async function answer(url: string, { signal }: RequestInit): Promise<Response> {
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toBe(path);
    const page = Number(searchParams.get("after") ?? 1);
    asked.push({ page, signal: signal as AbortSignal });
    const { delays, link, size } = pages[page - 1] as Served;
    const mishap = mishaps[page - 1]?.shift();
    await pause(delays[0] ?? 0);
    signal?.throwIfAborted();

    const headers = new Headers();
    const query = `?after=${mishap?.includes("wrong page") ? pages.length : page + 1}`;
    if (page < pages.length) {
      headers.set("x-next-page", { path: path + query, query, URL: origin + path + query }[link]);
    }
    if (mishap === "no connection") throw new TypeError("fetch failed");
    if (mishap === "503 after 1 s") headers.set("retry-after", "1");
    if (/^\d/.test(mishap ?? "")) {
      return new Response("", { status: Number(mishap?.slice(0, 3)), headers });
    }
    const rows = Array.from({ length: size }, (_, row) => ({ id: `${page}.${row}` }));
    const body = JSON.stringify(rows);
    if (mishap === "HTML") return new Response("<html></html>", { headers });
    if (mishap === "object") return new Response(JSON.stringify({ rows }), { headers });
    if (mishap === "empty") return new Response("", { headers });
    if (mishap?.endsWith("cut JSON")) return new Response(`${body.slice(0, -1)},{"id`, { headers });
    return new Response(
      stream(body, delays, mishap?.startsWith("cut body"), signal as AbortSignal),
      {
        headers,
      },
    );
  }

  return { answer, asked, all };
}

/** A body in two parts, that can break off between them. */
function stream(
  body: string,
  delays: readonly number[],
  isCut: boolean | undefined,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const half = Math.floor(body.length / 2);
  return new ReadableStream({
    async start(controller) {
      signal.addEventListener("abort", () => controller.error(signal.reason));
      for (const [index, part] of [body.slice(0, half), body.slice(half)].entries()) {
        await pause(delays[index + 1] ?? index);
        if (signal.aborted) return;
        if (isCut && index === 1) return controller.error(new TypeError("terminated"));
        controller.enqueue(new TextEncoder().encode(part));
      }
      controller.close();
    },
  });
}

/** A client of what is served. Its waits are over at once. */
function clientOf({ answer }: ReturnType<typeof serve>, retry: number) {
  const clock = handClock();
  return createClientIn(clock, {
    fetch: answer,
    accessToken: () => "token",
    retry,
    onEvent(event) {
      if (event.type === "retry") queueMicrotask(() => clock.advance(event.delayMs));
    },
  });
}

/** The pages that were asked for and are further ahead of the reader than they may be. */
function hasty(pages: readonly Served[], asked: readonly { page: number }[], most: number) {
  // What a broken attempt names is ahead of nobody.
  const wrong = pages.some(({ mishaps }) => mishaps.some((one) => one.includes("wrong page")));
  return asked.filter(({ page }) => page > most && !(wrong && page === pages.length));
}

const organization = { organizationId: "org" };

/** At most three in a row are cured by three retries, and a 401 is cured once. */
const fewMishaps = served(curable, 3).filter((pages) =>
  pages.every(({ mishaps }) => mishaps.filter((mishap) => mishap === "401").length <= 1),
);

test("every row is read once and in order, whatever goes wrong that a retry can cure", async () => {
  await fc.assert(
    fc.asyncProperty(fewMishaps, reader, async (pages, { delays, prefetch }) => {
      const server = serve(pages);
      const list = clientOf(server, 3).listCustomers(organization, { prefetch });
      const rows: string[] = [];
      let given = 0;
      for await (const { items } of list.pages()) {
        given += 1;
        for (const { id } of items) {
          rows.push(id);
          await pause(delays[rows.length % delays.length] ?? 0);
        }
        expect(hasty(pages, server.asked, given + prefetch)).toEqual([]);
      }
      expect(rows).toEqual(server.all);
      expect(given).toBe(pages.length);
    }),
    { numRuns: 400 },
  );
});

test("a reader who leaves has read the first rows, and leaves nothing running", async () => {
  await fc.assert(
    fc.asyncProperty(
      fewMishaps,
      reader,
      fc.nat({ max: 12 }),
      async (pages, { delays, prefetch }, most) => {
        const server = serve(pages);
        const rows: string[] = [];
        for await (const { id } of clientOf(server, 3).listCustomers(organization, { prefetch })) {
          rows.push(id);
          await pause(delays[rows.length % delays.length] ?? 0);
          if (rows.length >= most) break;
        }
        const sent = server.asked.length;
        await turn(2);
        expect(rows).toEqual(server.all.slice(0, Math.max(1, most)));
        expect(server.asked.length).toBe(sent);
      },
    ),
    { numRuns: 300 },
  );
});

test("every row is read once and in order by a reader who resumes after each failure", async () => {
  await fc.assert(
    fc.asyncProperty(
      served(incurable, 4),
      reader,
      fc.nat({ max: 1 }),
      async (pages, { delays, prefetch }, retry) => {
        const server = serve(pages);
        const loke = clientOf(server, retry);
        const rows: string[] = [];
        let from: string | undefined;
        for (let isDone = false, walks = 0; !isDone; walks++) {
          expect(walks).toBeLessThan(40);
          let pagesGiven = 0;
          let rowsGiven = 0;
          try {
            const list = loke.listCustomers(organization, { from, prefetch });
            for await (const { items } of list.pages()) {
              pagesGiven += 1;
              rowsGiven += items.length;
              for (const { id } of items) rows.push(id);
              await pause(delays[rows.length % delays.length] ?? 0);
            }
            isDone = true;
          } catch (error) {
            if (!(error instanceof LokeError)) throw error;
            expect(error.walk).toMatchObject({ pages: pagesGiven, items: rowsGiven });
            from = error.walk?.resumeFrom;
          }
        }
        expect(rows).toEqual(server.all);
      },
    ),
    { numRuns: 400 },
  );
});

test("a body cut at any place is asked for again", async () => {
  const list = JSON.stringify([
    { id: "1a", statistics: { pointsBalance: 1 }, tags: ["x", "]", "}"] },
    { id: "1b", name: 'a "quoted\\" name' },
  ]);
  const customer = JSON.stringify({ id: "c", statistics: { pointsBalance: 1 }, tags: [["x"]] });
  for (const [whole, call] of [
    [list, (loke: ReturnType<typeof clientOf>) => loke.listCustomers(organization).page()],
    [
      customer,
      (loke: ReturnType<typeof clientOf>) =>
        loke.getCustomer({ organizationId: "org", customerId: "c" }),
    ],
  ] as const) {
    const uncured: string[] = [];
    for (let length = 1; length < whole.length; length++) {
      const bodies = [whole.slice(0, length), whole];
      const clock = handClock(() => 0);
      const loke = createClientIn(clock, {
        fetch: async () => new Response(bodies.shift()),
        onEvent: ({ type }) => type === "retry" && queueMicrotask(() => clock.advance(0)),
      });
      await call(loke).catch(() => uncured.push(whole.slice(0, length)));
    }
    expect(uncured).toEqual([]);
  }
});
