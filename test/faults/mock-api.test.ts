import { describe, expect, onTestFinished, test } from "vitest";
import { serve } from "../../scripts/mock/serve.js";
import { createClientIn } from "../../src/client.js";
import type { ClientOptions, LokeEvent } from "../../src/index.js";
import { createMockApi, type Fault, type FaultName, type MockApi } from "../../src/testing.js";
import { handClock } from "./clock.js";
import { eventually } from "./held-fetch.js";
import { read } from "./site.js";

/** What comes of a fault on page 2 of 3 pages of 10 memberships. */
interface Outcome {
  /** The pages of which the reader has every row, in order. @default all three */
  readonly pages?: readonly number[];
  readonly error?: Readonly<Record<string, unknown>>;
  /** The pages that were asked for, in order. */
  readonly asked: readonly (number | undefined)[];
  readonly options?: ClientOptions;
  /** @default 2 */
  readonly page?: number;
}

const again: Outcome = { asked: [1, 2, 2, 3] };
const responseError: Outcome = {
  pages: [1],
  error: { name: "ResponseError", status: 200, attempts: 1, walk: { pages: 1, items: 10 } },
  asked: [1, 2],
};

/** An error of the list itself: the rows of page 2 have come. */
function paginationError(reason: string): Outcome {
  return {
    pages: [1, 2],
    error: { name: "PaginationError", reason, attempts: 1, walk: { pages: 2, items: 20 } },
    asked: [1, 2],
  };
}

/** Every named fault but the one that memberships cannot have; one that is missing fails the build. */
const outcomes: Record<Exclude<FaultName, "number-as-string">, Outcome> = {
  reset: again,
  "reset-in-body": again,
  stall: again,
  "stall-in-body": again,
  "cut-body": again,
  "empty-body": responseError,
  "html-200": {
    ...responseError,
    error: { name: "ResponseError", contentType: "text/html", attempts: 1 },
  },
  "not-json": responseError,
  "wrong-type": responseError,
  loop: paginationError("cycle"),
  "foreign-link": paginationError("foreign-origin"),
  "bad-link": paginationError("invalid-link"),
  "hidden-header": {
    page: 1,
    pages: [],
    error: { name: "PaginationError", reason: "hidden-header", walk: { pages: 0, items: 0 } },
    asked: [1],
  },
  "empty-page": { asked: [1, 2, 3, 4] },
  "short-page": { asked: [1, 2, 3, 4] },
  "repeated-row": { pages: [1, 2, 2.9, 3], asked: [1, 2, 3, 4] },
  "unknown-field": { asked: [1, 2, 3] },
  "missing-field": { asked: [1, 2, 3] },
};

interface LastingFault {
  readonly fault: Fault;
  readonly outcome: Outcome;
}

/** A fault that every attempt at its page meets: the rows of the pages before it, and then the error. */
function lastingFault(
  fault: Extract<Fault, object> & { readonly page: number },
  error: { readonly name: string; readonly attempts: number; readonly [field: string]: unknown },
  options: ClientOptions = {},
): LastingFault {
  const pages = Array.from({ length: fault.page - 1 }, (_, index) => index + 1);
  const asked = [...pages, ...Array(error.attempts).fill(fault.page)];
  return { fault, outcome: { pages, error, asked, options } };
}

/** Faults that happen more than once. */
const lasting: Readonly<Record<string, LastingFault>> = {
  "reset each time": lastingFault(
    { fault: "reset", page: 2, times: Number.POSITIVE_INFINITY },
    { name: "ConnectionError", attempts: 4, code: "ECONNRESET" },
  ),
  "reset-in-body each time": lastingFault(
    { fault: "reset-in-body", page: 2, times: 4 },
    { name: "ConnectionError", attempts: 4 },
  ),
  "stall each time": lastingFault(
    { fault: "stall", page: 2, times: 2 },
    { name: "TimeoutError", scope: "attempt", attempts: 2 },
    { retry: 1 },
  ),
  "cut-body each time": lastingFault(
    { fault: "cut-body", page: 2, times: 2 },
    { name: "ResponseError", attempts: 2 },
    { retry: 1 },
  ),
  "a status that passes": {
    fault: { status: 429, retryAfter: 2, page: 2, times: 3 },
    outcome: { asked: [1, 2, 2, 2, 2, 3] },
  },
  "a status that stays": lastingFault(
    { status: 503, code: "down", page: 3, times: 4 },
    { name: "ServerError", status: 503, code: "down", attempts: 4 },
  ),
  "a status that is not worth a retry": lastingFault(
    { status: 403, page: 2 },
    { name: "PermissionError", status: 403, code: "mock_fault", attempts: 1 },
  ),
};

const customerId = "01FCCGYZA9JPQ97HBSTKW0KT7P";

/** Where the client finds the mock API. */
type Place = "in this process" | "over a socket";

async function clientOptions(api: MockApi, place: Place): Promise<ClientOptions> {
  if (place === "in this process") return { fetch: api };
  const served = await serve(api);
  onTestFinished(() => served.close());
  return {
    baseUrl: served.url,
    // What CORS is, a socket does not know.
    async fetch(url, init) {
      const response = await fetch(url, init);
      const isHidden = api.requests.at(-1)?.fault === hidden;
      return isHidden ? Object.defineProperty(response, "type", { value: "cors" }) : response;
    },
  };
}

const hidden: Fault = { fault: "hidden-header", page: 1 };

/** Walks the memberships of a customer with a fault on the way, and tells what came of it. */
async function walk(fault: Fault, options: ClientOptions, place: Place) {
  const api = createMockApi({
    customers: [{ id: customerId }],
    memberships: { [customerId]: 30 },
    faults: [fault],
  });
  const clock = handClock();
  const events: LokeEvent[] = [];
  const loke = createClientIn(clock, {
    accessToken: "any",
    ...(await clientOptions(api, place)),
    ...options,
    prefetch: 0,
    onEvent(event) {
      events.push(event);
      if (event.type === "retry") setImmediate(() => clock.advance(event.delayMs));
      if (event.type === "request") void endStall();
    },
  });

  /** When the request that was just sent stalls, its time is up. */
  async function endStall() {
    const before = api.requests.length;
    await eventually(() => api.requests.length > before);
    const { fault, status } = api.requests[before] ?? {};
    if (!/^stall/.test(Object(fault).fault)) return;
    if (status !== undefined) await eventually(() => events.at(-1)?.type === "response");
    clock.advance(30_000);
  }

  const ids = { organizationId: api.organizationId, customerId };
  const { rows, error } = await read(loke.listMemberships(ids));
  const expected = api.memberships(customerId).map(({ id }) => id);
  return { api, clock, error, expected, rows };
}

/** The rows of pages; 2.9 is the last one of page 2. */
function rowsOf(all: readonly string[], pages: readonly number[] = [1, 2, 3]): string[] {
  return pages.flatMap((page) => all.slice((page - 1) * 10, Math.floor(page) * 10));
}

async function run(fault: Fault, outcome: Outcome, place: Place): Promise<void> {
  const { api, clock, error, expected, rows } = await walk(fault, outcome.options ?? {}, place);
  expect(rows).toEqual(rowsOf(expected, outcome.pages));
  expect(api.requests.map(({ page }) => page)).toEqual(outcome.asked);
  if (outcome.error) expect(error).toMatchObject(outcome.error);
  else expect(error).toBeUndefined();
  expect(api.requests.some((request) => request.fault === fault)).toBe(true);
  expect(api.pendingFaults).toEqual([]);
  expect(clock.pending()).toEqual([]);
}

describe.each<Place>(["in this process", "over a socket"])("a mock API %s", (place) => {
  for (const [name, outcome] of Object.entries(outcomes)) {
    const fault: Fault =
      name === "hidden-header" ? hidden : { fault: name as FaultName, page: outcome.page ?? 2 };
    test(name, () => run(fault, outcome, place));
  }

  for (const [name, { fault, outcome }] of Object.entries(lasting)) {
    test(name, () => run(fault, outcome, place));
  }

  test("number-as-string, which memberships do not have", async () => {
    const api = createMockApi({ faults: ["number-as-string"] });
    const options = await clientOptions(api, place);
    const loke = createClientIn(handClock(), { accessToken: "any", ...options });
    const { organizationId } = api;
    const rows = await loke.listCustomers({ organizationId }).toArray({ limit: 100 });
    const changed = rows.filter((row, index) => {
      const before = api.customers[index]?.statistics?.pointsBalance;
      return row.statistics !== undefined && row.statistics.pointsBalance !== before;
    });
    expect(changed).toHaveLength(1);
    expect(changed[0]?.statistics?.pointsBalance).toBeTypeOf("string");
    expect(rows.map(({ id }) => id)).toEqual(api.customers.map(({ id }) => id));
  });
});
