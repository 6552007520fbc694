import { describe, expect, test } from "vitest";
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  createClient,
  LokeError,
  PaginationError,
  RateLimitError,
  ResponseError,
  ServerError,
  TimeoutError,
} from "../../src/index.js";
import { retryAfterMs, retryDelayMs, retryReason } from "../../src/retry.js";
import { errorFacts, failureOf, observeFetch } from "./observed-fetch.js";

const connectionError = new ConnectionError("x", { ...errorFacts, code: undefined });

/** The fields of an `ApiError` with this status. */
function fieldsOf(status: number, retryAfterMs?: number) {
  const headers = new Headers();
  const none = { code: undefined, instance: undefined, requestId: undefined, body: undefined };
  return { ...errorFacts, ...none, status, retryAfterMs, headers };
}

describe("retryReason", () => {
  const retried = [408, 425, 429, 500, 502, 503, 504];
  const final = [300, 304, 400, 401, 403, 404, 405, 409, 410, 422, 451, 501, 505, 507, 511, 599];

  test("is the status for those that pass", () => {
    for (const status of retried) {
      for (const Class of [ApiError, ServerError, RateLimitError]) {
        expect(retryReason("GET", new Class("x", fieldsOf(status)))).toBe("status");
      }
    }
  });

  test("is none for any other status, a 401 included: a fresh token is asked for elsewhere", () => {
    for (const status of final) {
      expect(retryReason("GET", new ApiError("x", fieldsOf(status)))).toBeUndefined();
    }
    expect(retryReason("GET", new AuthenticationError("x", fieldsOf(401)))).toBeUndefined();
  });

  test("is the network, the time of an attempt, or a body cut short", async () => {
    expect(retryReason("GET", connectionError)).toBe("network");
    expect(retryReason("GET", new TimeoutError("x", { ...errorFacts, scope: "attempt" }))).toBe(
      "timeout",
    );
    const { fetch } = observeFetch(new Response('[{"id'));
    const args = { organizationId: "o" };
    const list = createClient({ fetch, retry: false }).listCustomers(args);
    const cut = (await failureOf(() => list.page())) as ResponseError;
    expect(retryReason("GET", cut)).toBe("body");
  });

  test("is none for a wrong body, a wrong link, a deadline, or a missing token", () => {
    const errors = [
      new ResponseError("x", {
        ...errorFacts,
        status: 200,
        contentType: "text/html",
        isBroken: false,
      }),
      new PaginationError("x", { ...errorFacts, reason: "cycle" }),
      new TimeoutError("x", { ...errorFacts, scope: "deadline" }),
      new LokeError("x", errorFacts),
    ];
    for (const error of errors) expect(retryReason("GET", error)).toBeUndefined();
  });

  test("is there only for methods that have the same effect when sent twice", () => {
    for (const method of ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]) {
      expect(retryReason(method, connectionError)).toBe("network");
    }
    for (const method of ["POST", "PATCH"]) {
      expect(retryReason(method, connectionError)).toBeUndefined();
      expect(retryReason(method, new ApiError("x", fieldsOf(503)))).toBeUndefined();
    }
  });
});

describe("retryDelayMs", () => {
  const retry = { limit: 3, baseDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 };
  const delayOf = (retries: number, error: LokeError, options: typeof retry, random: number) =>
    retryDelayMs({ retries, error, retry: options, random });

  test("doubles with each retry, up to maxDelayMs", () => {
    const longest = Array.from({ length: 8 }, (_, retries) =>
      delayOf(retries, connectionError, { ...retry, limit: 99 }, 1),
    );
    expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
    expect(delayOf(2_000, connectionError, { ...retry, limit: 9_999 }, 1)).toBe(8_000);
  });

  test("is anywhere from 0 to that, as chance will have it", () => {
    for (const random of [0, 0.25, 0.5, 0.999]) {
      expect(delayOf(0, connectionError, retry, random)).toBe(500 * random);
      expect(delayOf(2, connectionError, retry, random)).toBe(2_000 * random);
    }
  });

  test("is none beyond the limit", () => {
    const limits = [
      [0, 3, true],
      [2, 3, true],
      [3, 3, false],
      [4, 3, false],
      [0, 0, false],
      [0, 1, true],
      [99, Number.POSITIVE_INFINITY, true],
    ] as const;
    for (const [retries, limit, isRetried] of limits) {
      const delayMs = delayOf(retries, connectionError, { ...retry, limit }, 0.5);
      expect(delayMs !== undefined).toBe(isRetried);
    }
  });

  test("can be 0 for good", () => {
    for (const retries of [0, 1, 50, 1_000]) {
      const none = { ...retry, limit: 9_999, baseDelayMs: 0 };
      expect(delayOf(retries, connectionError, none, 0.5)).toBe(0);
      expect(delayOf(retries, connectionError, { ...none, maxDelayMs: 0 }, 0.5)).toBe(0);
    }
  });

  describe("with Retry-After", () => {
    const asking = (retryAfterMs: number) => new RateLimitError("x", fieldsOf(429, retryAfterMs));

    test("is at least what the server asks for, whatever maxDelayMs", () => {
      expect(delayOf(0, asking(20_000), retry, 0)).toBe(20_000);
      expect(delayOf(2, asking(1), retry, 0)).toBe(1);
      expect(delayOf(2, asking(0), retry, 0)).toBe(0);
    });

    test("has a jitter of a tenth on top, from 100 ms to a second", () => {
      expect(delayOf(0, asking(0), retry, 0.5)).toBe(50);
      expect(delayOf(0, asking(1_000), retry, 0.5)).toBe(1_050);
      expect(delayOf(0, asking(5_000), retry, 0.5)).toBe(5_250);
      expect(delayOf(0, asking(60_000), retry, 0.5)).toBe(60_500);
    });

    test("is as much as maxRetryAfterMs, and none beyond it", () => {
      expect(delayOf(0, asking(60_000), retry, 0)).toBe(60_000);
      expect(delayOf(0, asking(60_001), retry, 0)).toBeUndefined();
      expect(delayOf(0, asking(1), { ...retry, maxRetryAfterMs: 0 }, 0)).toBeUndefined();
      expect(delayOf(0, asking(0), { ...retry, maxRetryAfterMs: 0 }, 0)).toBe(0);
    });

    test("is none beyond the limit", () => {
      expect(delayOf(3, asking(0), retry, 0)).toBeUndefined();
      expect(delayOf(0, asking(0), { ...retry, limit: 0 }, 0)).toBeUndefined();
    });
  });
});

describe("retryAfterMs", () => {
  const now = Date.UTC(2015, 9, 21, 7, 28, 0);

  function read(value?: string, date?: string, age?: string) {
    const headers = new Headers();
    if (age !== undefined) headers.set("age", age);
    if (value !== undefined) headers.set("retry-after", value);
    if (date !== undefined) headers.set("date", date);
    return retryAfterMs(headers, now);
  }

  test("reads seconds", () => {
    const seconds = { "0": 0, "1": 1_000, "120": 120_000, "007": 7_000, " 5 ": 5_000 };
    for (const [value, waitMs] of Object.entries(seconds)) expect(read(value)).toBe(waitMs);
    expect(read("9".repeat(400))).toBe(Number.POSITIVE_INFINITY);
  });

  test("reads fractions of a second", () => {
    expect([read("1.5"), read("0.25"), read("2.0")]).toEqual([1_500, 250, 2_000]);
  });

  test("counts the age of a response from a cache", () => {
    const date = "Wed, 21 Oct 2015 07:00:00 GMT";
    expect([read("30", undefined, "10"), read("30", date, "40")]).toEqual([20_000, 0]);
    expect(read("Wed, 21 Oct 2015 07:01:00 GMT", date, "45")).toBe(15_000);
    // The date is absolute if the server's clock is not known.
    expect(read("Wed, 21 Oct 2015 07:28:05 GMT", undefined, "3")).toBe(5_000);
    for (const age of ["", "old", "-1", "1.5", "1e3"]) expect(read("30", date, age)).toBe(30_000);
  });

  test("reads a date by our clock if the server does not tell its own", () => {
    expect(read("Wed, 21 Oct 2015 07:28:00 GMT")).toBe(0);
    expect(read("Wed, 21 Oct 2015 07:28:05 GMT")).toBe(5_000);
    expect(read("Wed, 21 Oct 2015 08:28:00 GMT")).toBe(3_600_000);
    expect(read("Wed, 21 Oct 2015 07:28:05 GMT", "yesterday")).toBe(5_000);
    expect(read("Wed, 21 Oct 2015 07:28:05 GMT", "")).toBe(5_000);
  });

  test("reads a date by the server's clock if it tells it, however wrong ours is", () => {
    expect(read("Wed, 21 Oct 2015 09:00:07 GMT", "Wed, 21 Oct 2015 09:00:00 GMT")).toBe(7_000);
    expect(read("Fri, 21 Oct 2005 09:00:07 GMT", "Fri, 21 Oct 2005 09:00:00 GMT")).toBe(7_000);
    expect(read("5", "Fri, 21 Oct 2005 09:00:00 GMT")).toBe(5_000);
  });

  test("is 0 for a date that has passed", () => {
    expect(read("Wed, 21 Oct 2015 07:27:59 GMT")).toBe(0);
    expect(read("Thu, 01 Jan 1970 00:00:00 GMT")).toBe(0);
    expect(read("Wed, 21 Oct 2015 08:59:59 GMT", "Wed, 21 Oct 2015 09:00:00 GMT")).toBe(0);
  });

  test("reads the older forms of a date that RFC 9110 asks for", () => {
    expect(read("Wednesday, 21-Oct-15 07:28:05 GMT")).toBe(5_000);
    expect(read("Wed Oct 21 07:28:05 2015")).toBe(5_000);
    expect(read("Sun Nov  1 07:28:05 2015")).toBe(11 * 24 * 3_600_000 + 5_000);
  });

  test("is absent without the header", () => {
    expect(read()).toBeUndefined();
    expect(read(undefined, "Wed, 21 Oct 2015 07:28:00 GMT")).toBeUndefined();
  });

  // Some of these are dates to `Date.parse`, and long past: taken so, the next attempt would come at once.
  const garbage = [
    "",
    "soon",
    "-1",
    "+5",
    ".5",
    "1.",
    "1.5.1",
    "1e3",
    "0x10",
    "5s",
    "5 s",
    "10 2",
    "5, 5",
    "5;",
  ];
  for (const value of garbage) {
    test(`is absent for ${JSON.stringify(value)}, which is neither seconds nor a date`, () => {
      expect(read(value)).toBeUndefined();
    });
  }
});
