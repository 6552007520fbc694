import type { OutgoingHttpHeaders } from "node:http";
import { gzipSync } from "node:zlib";
import type { ClientOptions, LokeClient } from "../../src/index.js";
import {
  answer,
  cut,
  end,
  hang,
  head,
  json,
  raw,
  reset,
  type Turn,
  until,
  write,
} from "./server.js";
import {
  type Ask,
  ids,
  linkTo,
  organizationId,
  page,
  type Reading,
  read,
  rowsOf,
  type Site,
  target,
  token,
} from "./site.js";

/** The faults of other clients that were measured, and that a row of the table beats. */
export const peerFaults = [
  "200 with an HTML body",
  "the next link repeats (A-B-A-B)",
  "the next link names another host",
  "empty page in the middle",
  "page 2 fails with 409",
  "one failed page",
  "any failed page",
  "`X-Next-Page` hidden by CORS",
  "Retry-After: 61",
  "429",
  "stalled body",
  "timeout",
  "abort during the wait before a retry",
  "body cut half-way",
  "empty 5xx",
  "path value `..`",
  "debug log",
  "non-`Error` thrown",
] as const;

const tooManyCalls = new RangeError("Too many calls.");

/** A row: what goes wrong, what the user gets, and the requests that are sent meanwhile. */
export interface Fault {
  readonly fault: string;
  readonly outcome: string;
  /** What others do worse. */
  readonly beats?: (typeof peerFaults)[number];
  /** What the API does with each request: by page, the first time, the second time, and so on. */
  readonly given?: (site: Site) => Readonly<Record<Ask, readonly Turn[]>>;
  readonly options?: (site: Site) => ClientOptions;
  /** What the user does. @default reads every row of the list of customers */
  readonly reading?: (loke: LokeClient, site: Site) => Promise<Reading>;
  /** The rows that the user gets, in order, also those before an error. */
  readonly rows?: readonly string[];
  /** What it is like; an `Error` or a string stands for itself. */
  readonly error?: Readonly<Record<string, unknown>> | Error | string;
  /** The requests that the API sees, in order. */
  readonly requests: readonly Ask[];
  /** The requests that the other host sees. @default none */
  readonly elsewhere?: readonly Ask[];
  /** They carry the token there. @default false */
  readonly isTrusted?: true;
  /** The waits before retries, in milliseconds. */
  readonly waits?: readonly number[];
  /** Requests of these whose connection the client has closed. */
  readonly hungUp?: readonly Ask[];
}

/** Why the user aborts. */
const reason = new Error("The user has left.");

const get = { organizationId, customerId: "c" };
const customer = `${target(1)}/c`;
const memberships = `${customer}/memberships`;

/** The rows of a full page of memberships. */
const ten = ids(1, 2, 3, 4, 5);

/** Gets one customer, and gives its ID as the only row. */
async function one(loke: LokeClient): Promise<Reading> {
  try {
    return { rows: [(await loke.getCustomer(get)).id] };
  } catch (error) {
    return { rows: [], error };
  }
}

function readMemberships(loke: LokeClient): Promise<Reading> {
  return read(loke.listMemberships(get));
}

/** Two pages, the first with whatever goes wrong. */
function twoPages(...first: Turn[]): { 1: Turn[]; 2: Turn[] } {
  return { 1: [...first, page(1, 2)], 2: [page(2)] };
}

const body = JSON.stringify(rowsOf(ids(1)));
const half = body.slice(0, 16);
const both = ids(1, 2);
const inJson = { "content-type": "application/json" };
const html = "<!doctype html><title>Sign in</title>";
const inHtml = { "content-type": "text/html" };
const ofLength = { "content-length": body.length };

/** The headers of page 1; the client has asked for page 2 by then. */
function opened(site: Site, headers: OutgoingHttpHeaders = {}): Turn {
  return [
    head(200, { ...inJson, ...linkTo(2), ...headers }),
    until(() => site.api.seen(target(2))),
  ];
}

/** The headers of page 1 and half of its body. */
function begun(site: Site, headers: OutgoingHttpHeaders = {}): Turn {
  return [...opened(site, headers), write(half)];
}

/** What a row can have besides. */
type More = Partial<Fault>;

/** A fault of page 1 that the next attempt cures. */
function cured(fault: string, first: Turn, more: More = {}): Fault {
  const outcome = "retried; every row";
  return { fault, outcome, given: () => twoPages(first), rows: both, requests: [1, 1, 2], ...more };
}

/** The same, where page 2 has been asked for by then. */
function curedAhead(fault: string, first: (site: Site) => Turn, more: More = {}): Fault {
  return {
    fault,
    outcome: "retried, the next page is not; every row once",
    beats: "body cut half-way",
    given: (site) => twoPages(first(site)),
    rows: both,
    requests: [1, 2, 1],
    ...more,
  };
}

/** A fault of page 1 that every attempt meets. */
function lasting(
  fault: string,
  outcome: string,
  turn: Turn,
  error: object,
  more: More = {},
): Fault {
  return {
    fault,
    outcome,
    given: () => ({ 1: [turn, turn, turn, turn] }),
    error: { ...error, attempts: 4 },
    requests: [1, 1, 1, 1],
    ...more,
  };
}

/** An answer to the request for page 1 that no other attempt would change. */
function fatal(fault: string, outcome: string, turn: Turn, error: object, more: More = {}): Fault {
  return {
    fault,
    outcome,
    given: () => ({ 1: [turn] }),
    error: { ...error },
    requests: [1],
    ...more,
  };
}

/** The same for the customer. */
function fatalOne(
  fault: string,
  outcome: string,
  turn: Turn,
  error: object,
  more: More = {},
): Fault {
  const given = () => ({ [customer]: [turn] });
  return {
    ...fatal(fault, outcome, turn, error),
    given,
    reading: one,
    requests: [customer],
    ...more,
  };
}

/** A client that sends nothing to the API. */
function unsent(fault: string, outcome: string, options: ClientOptions, more: More = {}): Fault {
  return { fault, outcome, options: () => options, requests: [], waits: [], ...more };
}

/** Links that lead in a circle, after so many pages. */
function cycle(fault: string, pages: number): Fault {
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  return {
    fault,
    outcome: "the rows of A and B once, then `PaginationError`",
    beats: "the next link repeats (A-B-A-B)",
    rows: ids(...numbers),
    error: { name: "PaginationError", reason: "cycle", walk: { pages, items: 2 * pages } },
    requests: numbers,
  };
}

/** The waits before three retries. */
const threeWaits = [250, 500, 1_000];

const network: Fault[] = [
  cured("The connection is reset before the headers", [reset], { waits: [250] }),
  cured("The connection is closed before the headers", [cut]),
  cured("The response is not HTTP", [raw("220 mail.example.org ESMTP\r\n"), cut]),
  lasting(
    "The connection is reset each time",
    "`ConnectionError` after 4 attempts",
    [reset],
    { name: "ConnectionError", walk: { pages: 0, items: 0 } },
    { waits: threeWaits },
  ),
  curedAhead("A body of known length is reset half-way", (site) => [
    ...begun(site, ofLength),
    reset,
  ]),
  curedAhead("A body of known length ends half-way", (site) => [...begun(site, ofLength), cut]),
  curedAhead("A chunked body ends half-way", (site) => [...begun(site), cut]),
  {
    fault: "A body breaks off each time",
    outcome: "`ConnectionError` after 4 attempts, with the cursor to resume from",
    beats: "any failed page",
    given: () => {
      const broken: Turn = [head(200, { "content-length": body.length }), write(half), cut];
      return { 1: [page(1, 2)], 2: [broken, broken, broken, broken] };
    },
    rows: ids(1),
    error: { name: "ConnectionError", attempts: 4, walk: { pages: 1, items: 2 } },
    requests: [1, 2, 2, 2, 2],
  },
  {
    fault: "The headers never come",
    outcome: "aborts after `timeoutMs`, retries; every row",
    beats: "timeout",
    given: ({ clock }) => twoPages([() => clock.advance(30_000), hang]),
    rows: both,
    requests: [1, 1, 2],
    hungUp: [1],
  },
  {
    fault: "A body stalls half-way",
    outcome: "aborts after `timeoutMs`, retries; every row",
    beats: "stalled body",
    given: (site) => {
      // Page 2 is asked for later than page 1, so its time is not up yet.
      const before = () => site.clock.advance(10_000);
      return twoPages([before, ...begun(site), () => site.clock.advance(20_000), hang]);
    },
    rows: both,
    requests: [1, 2, 1],
    hungUp: [1],
  },
  {
    fault: "A body stalls each time",
    outcome: "`TimeoutError` after 4 attempts",
    beats: "stalled body",
    given: ({ clock }) => {
      const stalled: Turn = [head(200), write(half), () => clock.advance(1_000), hang];
      return { 1: [stalled, stalled, stalled, stalled] };
    },
    options: () => ({ timeoutMs: 1_000 }),
    error: { name: "TimeoutError", scope: "attempt", attempts: 4, walk: { pages: 0, items: 0 } },
    requests: [1, 1, 1, 1],
    hungUp: [1],
  },
  unsent(
    "The user's `fetch` throws a string",
    "that string, at once: it is not a network failure",
    { fetch: () => Promise.reject("no network") },
    { beats: "non-`Error` thrown", error: "no network" },
  ),
  unsent(
    "The user's `fetch` throws before it returns a promise",
    "its error as it is, at once",
    {
      fetch: () => {
        throw tooManyCalls;
      },
    },
    { error: tooManyCalls },
  ),
  unsent(
    "The user's `fetch` throws an error with a code of the network",
    "`ConnectionError` after 4 attempts, with that `cause`",
    { fetch: () => Promise.reject(Object.assign(new Error("reset"), { code: "ECONNRESET" })) },
    { error: { name: "ConnectionError", code: "ECONNRESET", attempts: 4 }, waits: threeWaits },
  ),
  unsent(
    "The user's `fetch` returns no `Response`",
    "`LokeError` that says so, at once",
    { fetch: async () => undefined as never },
    { error: { name: "LokeError", operation: "listCustomers", attempts: 1 } },
  ),
  unsent(
    "No server listens",
    "`ConnectionError` after 4 attempts",
    { baseUrl: "http://127.0.0.1:2" },
    { error: { name: "ConnectionError", code: "ECONNREFUSED", attempts: 4 }, waits: threeWaits },
  ),
  unsent(
    "A port that `fetch` refuses",
    "`LokeError` whose cause says so, at once",
    { baseUrl: "http://127.0.0.1:1" },
    { error: { name: "LokeError", attempts: 1, cause: { cause: { message: "bad port" } } } },
  ),
  {
    fault: "A redirect to itself, without end",
    outcome: "`LokeError` whose cause says so, after one attempt",
    given: () => ({
      1: Array.from({ length: 21 }, () => head(302, { location: target(1) })).map((step) => [
        step,
        end,
      ]),
    }),
    error: {
      name: "LokeError",
      attempts: 1,
      cause: { cause: { message: "redirect count exceeded" } },
    },
    requests: Array.from({ length: 21 }, () => 1),
    waits: [],
  },
  {
    ...cycle("Links in a circle that carry something new each time", 2),
    outcome: "`PaginationError` with reason `cycle`; every row before, none twice",
    given: () => ({ 1: [page(1, 2)], 2: [page(2, 3)], 3: [page(1, 4)], 4: [page(2, 5)] }),
    requests: [1, 2, 3, 4],
  },
  {
    fault: "Empty pages without end",
    outcome: "`PaginationError` with reason `cycle`, after 1,000 in a row",
    options: () => {
      let pages = 0;
      const next = () => Response.json([], { headers: { "x-next-page": `?after=${++pages}` } });
      return { fetch: async () => next() };
    },
    error: { name: "PaginationError", reason: "cycle", walk: { pages: 1_000, items: 0 } },
    requests: [],
  },
  fatal(
    "An error body without end",
    "the error of its status: 1 MiB is read, and the connection is closed",
    [head(404), ...Array.from({ length: 20 }, () => write("x".repeat(65_536))), hang],
    { name: "NotFoundError", status: 404, body: undefined },
    { hungUp: [1] },
  ),
];

/** A gzip body of which a part comes, with the length of that part. */
function gzipCut(fault: string, length: number): Fault {
  const part = gzipSync(body).subarray(0, length);
  const headers = { "content-encoding": "gzip", "content-length": part.length };
  const first = (site: Site): Turn => [...opened(site, headers), write(part), end];
  return curedAhead(fault, first, { outcome: "retried; every row once" });
}

const bodies: Fault[] = [
  {
    fault: "A body in chunks, and one in gzip",
    outcome: "read like any other",
    given: () => ({
      1: [
        [head(200, { ...inJson, ...linkTo(2) }), write(half), write(body.slice(half.length)), end],
      ],
      2: [answer(200, gzipSync(JSON.stringify(rowsOf(ids(2)))), { "content-encoding": "gzip" })],
    }),
    rows: both,
    requests: [1, 2],
  },
  {
    fault: "A body with a byte order mark",
    outcome: "read like any other",
    given: () => ({ 1: [answer(200, `\ufeff${body}`, inJson)] }),
    rows: ids(1),
    requests: [1],
  },
  {
    fault: "A body that is not in gzip, though its headers say so",
    outcome: "retried, after `timeoutMs` where `fetch` itself hangs (Node 20); every row once",
    beats: "stalled body",
    given: (site) => {
      const headers = { "content-encoding": "gzip" };
      const before = () => site.clock.advance(10_000);
      const after = () => site.clock.advance(20_000);
      return twoPages([before, ...opened(site, headers), write(body), end, after]);
    },
    rows: both,
    requests: [1, 2, 1],
  },
  cured(
    "A body whose chunks are no chunks",
    [raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{"id\r\nnonsense\r\n'), cut],
    { outcome: "retried; every row once" },
  ),
  gzipCut("A gzip body is cut short", -12),
  gzipCut("A gzip body is cut short before its first letter", 10),
  curedAhead("A 200 with JSON cut short", (site) => [...begun(site), end], {
    outcome: "retried; every row once",
  }),
  curedAhead(
    "A 200 with JSON cut short after a row",
    (site) => [...opened(site), write('[{"id":"1a"}'), end],
    { outcome: "retried; every row once" },
  ),
  lasting(
    "A 200 with JSON cut short each time",
    "`ResponseError` after 4 attempts",
    answer(200, half, inJson),
    { name: "ResponseError", status: 200, contentType: "application/json" },
  ),
  fatal(
    "A 200 with HTML",
    "`ResponseError`, not an empty list",
    answer(200, html, inHtml),
    { name: "ResponseError", status: 200, contentType: "text/html", attempts: 1 },
    { beats: "200 with an HTML body" },
  ),
  {
    fault: "A 200 with HTML that says it is JSON",
    outcome: "`ResponseError`, not an empty list",
    beats: "200 with an HTML body",
    given: () => ({ 1: [page(1, 2)], 2: [answer(200, html, inJson)] }),
    rows: ids(1),
    error: { name: "ResponseError", status: 200, attempts: 1, walk: { pages: 1, items: 2 } },
    requests: [1, 2],
  },
  fatalOne(
    "A 200 with HTML instead of a customer",
    "`ResponseError`, not a string",
    answer(200, html, inHtml),
    { name: "ResponseError", operation: "getCustomer", contentType: "text/html" },
    { beats: "200 with an HTML body" },
  ),
  fatal("A 200 with an empty body", "`ResponseError`, not an empty list", answer(200), {
    name: "ResponseError",
    status: 200,
    contentType: undefined,
    attempts: 1,
  }),
  fatal(
    "A 200 with an empty body in chunks",
    "`ResponseError`, not an empty list",
    [head(200, inJson), end],
    { name: "ResponseError", status: 200 },
  ),
  fatal("A 204", "`ResponseError`, not an empty list", answer(204), {
    name: "ResponseError",
    status: 204,
  }),
  fatal(
    "An object where an array was due",
    "`ResponseError`, not an empty list",
    json({ data: rowsOf(ids(1)) }),
    { name: "ResponseError", status: 200, attempts: 1 },
  ),
  fatalOne("An array where an object was due", "`ResponseError`", json(rowsOf(["c"])), {
    name: "ResponseError",
    status: 200,
    attempts: 1,
  }),
  fatal(
    "`null`, and a text, where an array was due",
    "`ResponseError`, with the cursor to resume from",
    json(null),
    { name: "ResponseError", status: 200, walk: { pages: 0, items: 0 } },
  ),
];

/** Rows for a status that is worth a retry: it passes, or it stays. */
function passing(status: number, name: string): Fault[] {
  const turn = answer(status);
  const beats = status === 429 ? { beats: "429" as const } : {};
  return [
    cured(`A ${status} that passes`, turn, { ...beats, waits: [250] }),
    lasting(
      `A ${status} that stays`,
      `\`${name}\` after 4 attempts`,
      turn,
      { name, status, walk: { pages: 0, items: 0 } },
      { ...beats, waits: threeWaits },
    ),
  ];
}

/** A row for a status that no retry cures. */
function final(status: number, name: string): Fault {
  return fatal(
    `A ${status}`,
    `\`${name}\` at once`,
    json({ code: "no_luck" }, {}, status),
    { name, status, code: "no_luck", attempts: 1, walk: { pages: 0, items: 0 } },
    { waits: [] },
  );
}

const notFound = { code: "not_found", instance: "01FCCGYZA9JPQ97HBSTKW0KT7P" };

const statuses: Fault[] = [
  ...passing(408, "ApiError"),
  ...passing(425, "ApiError"),
  ...passing(429, "RateLimitError"),
  ...passing(500, "ServerError"),
  ...passing(502, "ServerError"),
  ...passing(503, "ServerError"),
  ...passing(504, "ServerError"),
  final(400, "BadRequestError"),
  final(401, "AuthenticationError"),
  final(403, "PermissionError"),
  final(404, "NotFoundError"),
  final(409, "ApiError"),
  final(410, "ApiError"),
  final(422, "ApiError"),
  final(501, "ServerError"),
  final(505, "ServerError"),
  {
    fault: "A 409 on page 2",
    outcome: "the rows of page 1, then `ApiError`; the list is not cut short in silence",
    beats: "page 2 fails with 409",
    given: () => ({ 1: [page(1, 2)], 2: [json({ code: "conflict" }, {}, 409)] }),
    rows: ids(1),
    error: { name: "ApiError", status: 409, code: "conflict", walk: { pages: 1, items: 2 } },
    requests: [1, 2],
  },
  fatalOne(
    "A 500 with an empty body",
    "`ServerError`, not taken for success",
    answer(500),
    { name: "ServerError", status: 500, body: undefined, attempts: 1 },
    { beats: "empty 5xx", options: () => ({ retry: false }) },
  ),
  fatal(
    "A 404 whose body breaks off",
    "`NotFoundError` without a body",
    [head(404, { "content-length": 100 }), write('{"code":"not_'), cut],
    { name: "NotFoundError", status: 404, body: undefined, code: undefined, attempts: 1 },
  ),
  cured(
    "A 503 whose body breaks off",
    [head(503, { "content-length": 100, "retry-after": "3" }), write("<p>"), cut],
    { outcome: "retried after the server's own wait; every row", waits: [3_150] },
  ),
  fatal("A 403 in HTML", "`PermissionError`, with the text as body", answer(403, html), {
    name: "PermissionError",
    status: 403,
    body: html,
    code: undefined,
  }),
  fatalOne(
    "A 404 in JSON with code and instance",
    "`NotFoundError` with `code`, `instance`, `requestId`, `body` and `headers`",
    json(notFound, { "x-request-id": "r-1" }, 404),
    {
      name: "NotFoundError",
      operation: "getCustomer",
      ...notFound,
      requestId: "r-1",
      body: notFound,
      walk: undefined,
    },
  ),
];

/** Dates as HTTP writes them: an hour behind the clock of the client, so that the wrong one is seen. */
const serverDate = "Wed, 31 Dec 2025 23:00:00 GMT";
const sevenSecondsLater = "Wed, 31 Dec 2025 23:00:07 GMT";
/** Seven seconds after the start of the client's clock. */
const onOurClock = "Thu, 01 Jan 2026 00:00:07 GMT";

function throttled(retryAfter: string, headers: Record<string, string> = {}): Turn {
  return [
    (response) => {
      response.sendDate = false;
      response.writeHead(429, { "retry-after": retryAfter, ...headers }).end();
    },
  ];
}

/** A 429 that passes, and the wait before the retry, with half of the jitter: a tenth of it, from 100 ms to a second. */
function waited(fault: string, outcome: string, first: Turn, waitMs: number): Fault {
  return cured(fault, first, { outcome, waits: [waitMs] });
}

/** A 429 that asks for more time than a call has. */
function tooLong(fault: string, retryAfter: string, retryAfterMs: number): Fault {
  return fatal(
    fault,
    "`RateLimitError` at once, with `retryAfterMs`",
    throttled(retryAfter),
    { name: "RateLimitError", retryAfterMs, attempts: 1 },
    { beats: "Retry-After: 61", waits: [] },
  );
}

const retryAfters: Fault[] = [
  waited("`Retry-After: 2`", "waits 2 s, and a little jitter on top", throttled("2"), 2_100),
  waited("`Retry-After: 0`", "retries within 100 ms", throttled("0"), 50),
  waited(
    "`Retry-After` as a date, with the server's clock an hour behind",
    "waits until then by the server's clock",
    throttled(sevenSecondsLater, { date: serverDate }),
    7_350,
  ),
  waited(
    "`Retry-After` as a date, from a server that tells no time",
    "waits until then by the local clock",
    throttled(onOurClock),
    7_350,
  ),
  waited("`Retry-After` as a date in the past", "retries within 100 ms", throttled(serverDate), 50),
  waited("`Retry-After: soon`", "waits as if it were absent", throttled("soon"), 250),
  waited(
    "`Retry-After: -1`, which is neither seconds nor a date",
    "waits as if it were absent",
    throttled("-1"),
    250,
  ),
  waited("`Retry-After: 60`, as long as may be", "waits 60 s", throttled("60"), 60_500),
  tooLong("`Retry-After: 61`, beyond `maxRetryAfterMs`", "61", 61_000),
  tooLong("`Retry-After` with a date a day away", "Fri, 02 Jan 2026 00:00:00 GMT", 86_400_000),
  lasting(
    "`Retry-After: 5` of a 503 that stays",
    "waits that long before each of 3 retries, then `ServerError` with `retryAfterMs`",
    answer(503, "", { "retry-after": "5" }),
    { name: "ServerError", retryAfterMs: 5_000 },
    { waits: [5_250, 5_250, 5_250] },
  ),
];

/** A link in one of its forms that leads to page 2. */
function form(name: string, link: (site: Site) => string): Fault {
  return {
    fault: `The next link is ${name}`,
    outcome: "followed",
    given: (site) => ({ 1: [page(1, link(site))], 2: [page(2)] }),
    rows: both,
    requests: [1, 2],
  };
}

/** A link to another origin. */
function foreign(name: string, link: (site: Site) => string): Fault {
  return {
    fault: `The next link names ${name}`,
    outcome: "the rows of page 1, then `PaginationError`; no request and no token go there",
    beats: "the next link names another host",
    given: (site) => ({ 1: [page(1, link(site))] }),
    rows: ids(1),
    error: {
      name: "PaginationError",
      reason: "foreign-origin",
      attempts: 1,
      walk: { pages: 1, items: 2 },
    },
    requests: [1],
  };
}

/** A link that is none. */
function invalid(name: string, link: (site: Site) => string): Fault {
  return {
    fault: `The next link ${name}`,
    outcome: "the rows of page 1, then `PaginationError`; nothing is sent",
    given: (site) => {
      const bytes = `HTTP/1.1 200 OK\r\nX-Next-Page: ${link(site)}\r\nConnection: close\r\n\r\n${body}`;
      return { 1: [[raw(bytes), cut]] };
    },
    rows: ids(1),
    error: { name: "PaginationError", reason: "invalid-link", walk: { pages: 1, items: 2 } },
    requests: [1],
  };
}

/** A link that must reach the server unchanged. */
function verbatim(link: string): Fault {
  return {
    // Two backticks hold one.
    fault: `The next link is ${link.includes("`") ? `\`\` ${link} \`\`` : `\`${link}\``}`,
    outcome: "requested byte for byte",
    given: () => ({ 1: [page(1, link)], [link]: [page(2)] }),
    rows: both,
    requests: [1, link],
  };
}

/** A response as a browser gives it to a page of another origin. */
async function asFromAnotherOrigin(url: string, init: RequestInit): Promise<Response> {
  return Object.defineProperty(await fetch(url, init), "type", { value: "cors" });
}

const fromAnotherOrigin = {
  options: () => ({ fetch: asFromAnotherOrigin }),
  reading: readMemberships,
} satisfies Partial<Fault>;

const links: Fault[] = [
  form("a path", () => target(2)),
  form("a full URL", ({ api }) => api.url + target(2)),
  form("a query", () => "?after=2"),
  form("a path without a slash", () => "customers?after=2"),
  form("a URL without a scheme", ({ api }) => api.url.replace("http:", "") + target(2)),
  form("a URL with a fragment", ({ api }) => `${api.url}${target(2)}#top`),
  form("a URL of the API's own server", () => `https://api.loke.global${target(2)}`),
  verbatim(`${target(1)}?after=a%2Bb%20c`),
  verbatim(`${target(1)}?after=a+b`),
  verbatim(`${target(1)}?after=%7Ea~b`),
  verbatim(`${target(1)}?after=%252B%2525`),
  verbatim(`${target(1)}?after=%2b%2B%e2%82%AC`),
  verbatim(`${target(1)}?after=1&after=2&&sort=&x`),
  verbatim(`${target(1)}?email=a%40b.org&after=c@d.org,e;f:g!$()*`),
  verbatim(`${target(1)}?after={}|^\``),
  verbatim("/organizations/o%2Fr%2fg/customers//?after=2"),
  verbatim("/another/path/2;v=1?page=2"),
  foreign("another port", ({ stranger }) => stranger.url + target(2)),
  foreign("another port without a scheme", ({ stranger }) => {
    return stranger.url.replace("http:", "") + target(2);
  }),
  foreign("another scheme of the same host", ({ api }) => {
    return api.url.replace("http:", "https:") + target(2);
  }),
  foreign("another name of the same host", ({ api }) => {
    return api.url.replace("127.0.0.1", "localhost") + target(2);
  }),
  foreign("a host that only begins like the API's", () => {
    return `https://api.loke.global.example.org${target(2)}`;
  }),
  foreign("the API's own host without encryption", () => `http://api.loke.global${target(2)}`),
  invalid("holds a user name", ({ api }) => api.url.replace("//", "//user@") + target(2)),
  invalid("holds a password", ({ api }) => api.url.replace("//", "//:secret@") + target(2)),
  invalid("holds another host's name as a user name", ({ api, stranger }) => {
    return `${api.url}@${stranger.url.slice("http://".length)}${target(2)}`;
  }),
  invalid("has the scheme ftp", () => "ftp://127.0.0.1/"),
  invalid("has the scheme javascript", () => "javascript:alert(1)"),
  invalid("has the scheme data", () => "data:application/json,[]"),
  invalid("has the scheme file", () => "file:///etc/passwd"),
  invalid("holds a blank", () => "/organizations/org/customers?after=a b"),
  invalid("holds a tab", () => "/organizations/org/customers?after=a\tb"),
  invalid("holds a backslash", ({ stranger }) => stranger.url.replace("http:/", "/\\")),
  invalid("holds a letter beyond ASCII", () => "/organizations/org/customers?after=\xc3\xa9"),
  invalid("is two links", () => `${target(2)}, ${target(3)}`),
  invalid("is no URL", () => "http://"),
  {
    fault: "The next link comes twice",
    outcome: "the rows of page 1, then `PaginationError`; neither is guessed at",
    given: () => ({ 1: [json(rowsOf(ids(1)), { "x-next-page": [target(2), target(3)] })] }),
    rows: ids(1),
    error: { name: "PaginationError", reason: "invalid-link" },
    requests: [1],
  },
  {
    ...cycle("The next link leads from page A to A", 1),
    outcome: "the rows of A once, then `PaginationError`",
    given: () => ({ 1: [page(1, 1)] }),
  },
  {
    ...cycle("The next links lead A-B-A-B", 2),
    given: ({ api }) => ({ 1: [page(1, 2)], 2: [page(2, api.url + target(1))] }),
  },
  {
    ...cycle("The next link of page 5 leads back to page 2", 5),
    outcome: "the rows of 5 pages once, then `PaginationError`",
    given: () => ({
      1: [page(1, 2)],
      2: [page(2, 3)],
      3: [page(3, 4)],
      4: [page(4, 5)],
      5: [page(5, 2)],
    }),
  },
  {
    ...cycle("The next links lead A-B-A-B and differ in their fragments", 2),
    given: () => ({ 1: [page(1, `${target(2)}#1`)], 2: [page(2, `${target(1)}#2`)] }),
  },
  {
    fault: "An empty page in the middle",
    outcome: "not the end; every row",
    beats: "empty page in the middle",
    given: () => ({ 1: [page(1, 2)], 2: [json([], linkTo(3))], 3: [page(3)] }),
    rows: ids(1, 3),
    requests: [1, 2, 3],
  },
  {
    fault: "Empty and short pages from the first on",
    outcome: "not the end; every row",
    beats: "empty page in the middle",
    given: () => ({
      1: [json([], linkTo(2))],
      2: [json([], linkTo(3))],
      3: [json(rowsOf(["3a"]), linkTo(4))],
      4: [json([])],
    }),
    rows: ["3a"],
    requests: [1, 2, 3, 4],
  },
  {
    fault: "An empty `X-Next-Page`",
    outcome: "the end",
    given: () => ({ 1: [page(1, 2)], 2: [page(2, "")] }),
    rows: both,
    requests: [1, 2],
  },
  {
    fault: "An `X-Next-Page` of blanks",
    outcome: "the end",
    given: () => ({
      1: [[raw(`HTTP/1.1 200 OK\r\nX-Next-Page:  \t \r\nConnection: close\r\n\r\n${body}`), cut]],
    }),
    rows: ids(1),
    requests: [1],
  },
  {
    fault: "A retried page names another next link than its first attempt did",
    outcome: "the later link counts; the page behind the first is dropped",
    given: ({ api }) => ({
      1: [[head(200, linkTo(7)), write(half), until(() => api.seen(target(7))), cut], page(1, 2)],
      2: [page(2)],
      7: [[hang]],
    }),
    rows: both,
    requests: [1, 7, 1, 2],
    hungUp: [7],
  },
  {
    fault: "A retried page names no next link any more",
    outcome: "the end; the page behind the first is dropped",
    given: ({ api }) => ({
      1: [[head(200, linkTo(7)), write(half), until(() => api.seen(target(7))), cut], page(1)],
      7: [[hang]],
    }),
    rows: ids(1),
    requests: [1, 7, 1],
    hungUp: [7],
  },
  {
    fault: "A retried page names a next link for the first time",
    outcome: "followed; every row",
    given: () => ({ 1: [[head(200), write(half), cut], page(1, 2)], 2: [page(2)] }),
    rows: both,
    requests: [1, 1, 2],
  },
  {
    fault: "A page names what a dropped page had named before it was dropped",
    outcome: "no cycle; every row",
    given: ({ api }) => ({
      1: [[head(200, linkTo(7)), write(half), until(() => api.seen(target(2))), cut], page(1, 2)],
      2: [page(2, 7), page(2, 7)],
      7: [page(7, 2), page(7)],
    }),
    options: () => ({ prefetch: 2 }),
    rows: ids(1, 2, 7),
    requests: [1, 7, 2, 1, 2, 7],
  },
  {
    fault: 'A foreign link under `nextPage: "rebase"`',
    outcome: "its path and query, requested from `baseUrl`",
    given: ({ stranger }) => ({ 1: [page(1, stranger.url + target(2))], 2: [page(2)] }),
    options: () => ({ nextPage: "rebase" }),
    rows: both,
    requests: [1, 2],
  },
  {
    fault: "A foreign link that a `nextPage` function allows",
    outcome: "followed, with the token",
    given: ({ stranger }) => ({ 1: [page(1, stranger.url + target(2))] }),
    options: ({ stranger }) => {
      stranger.script({ [target(2)]: [page(2)] });
      return { nextPage: (next) => next };
    },
    rows: both,
    requests: [1],
    elsewhere: [2],
    isTrusted: true,
  },
  {
    fault: "A `nextPage` function that returns a URL with a password",
    outcome: "the rows of page 1, then `PaginationError`; nothing is sent",
    given: () => ({ 1: [page(1, 2)] }),
    options: ({ stranger }) => ({
      nextPage: () => new URL(stranger.url.replace("//", "//user:secret@")),
    }),
    rows: ids(1),
    error: { name: "PaginationError", reason: "invalid-link" },
    requests: [1],
  },
  {
    fault: "A `nextPage` function that throws",
    outcome: "the rows of page 1, then an error with that `cause`; not taken for a network failure",
    given: () => ({ 1: [page(1, 2)] }),
    options: () => ({
      nextPage: () => {
        throw new RangeError("Not this one.");
      },
    }),
    rows: ids(1),
    error: { attempts: 1, cause: new RangeError("Not this one.") },
    requests: [1],
    waits: [],
  },
  {
    fault:
      "A `nextPage` function that returns the same URL object each time, and a page that is retried",
    outcome: "every row once",
    given: ({ api }) => ({
      1: [page(1, 2)],
      2: [[head(200, linkTo(3)), write("["), until(() => api.seen(target(3))), cut], page(2, 3)],
      3: [page(3), page(3)],
    }),
    options: ({ api }) => {
      const url = new URL(target(1), api.url);
      return {
        prefetch: 2,
        nextPage(next) {
          url.search = next.search;
          return url;
        },
      };
    },
    rows: ids(1, 2, 3),
    requests: [1, 2, 3, 2],
  },
  {
    ...cycle("A `nextPage` function that adds a fragment, and links that lead A-B-A-B", 2),
    given: () => ({ 1: [page(1, 2)], 2: [page(2, 1)] }),
    options: () => ({ nextPage: (next) => new URL(`${next.href}#page`) }),
  },
  {
    fault: "CORS hides `X-Next-Page`, and the first page is full",
    outcome: "`PaginationError` that says what the server must expose",
    beats: "`X-Next-Page` hidden by CORS",
    given: () => ({ [memberships]: [json(rowsOf(ten))] }),
    ...fromAnotherOrigin,
    error: { name: "PaginationError", reason: "hidden-header", walk: { pages: 0, items: 0 } },
    requests: [memberships],
  },
  {
    fault: "CORS shows an empty `X-Next-Page`, and the first page is full",
    outcome: "the end",
    given: () => ({ [memberships]: [json(rowsOf(ten), { "x-next-page": "" })] }),
    ...fromAnotherOrigin,
    rows: ten,
    requests: [memberships],
  },
  {
    fault: "CORS may hide `X-Next-Page`, and the first page is not full",
    outcome: "the end",
    given: () => ({ [memberships]: [json(rowsOf(ten.slice(1)))] }),
    ...fromAnotherOrigin,
    rows: ten.slice(1),
    requests: [memberships],
  },
  {
    fault: "CORS may hide `X-Next-Page`, and a later page is full",
    outcome: "the end",
    given: () => ({
      [memberships]: [json([], { "x-next-page": `${memberships}?after=2` })],
      [`${memberships}?after=2`]: [json(rowsOf(ten))],
    }),
    ...fromAnotherOrigin,
    rows: ten,
    requests: [memberships, `${memberships}?after=2`],
  },
];

const redirects: Fault[] = [
  {
    fault: "A redirect within the origin",
    outcome: "followed, with the token",
    given: () => ({
      1: [answer(302, "", { location: "/elsewhere" })],
      "/elsewhere": [page(1, 2)],
      2: [answer(308, "", { location: "/there" })],
      "/there": [page(2)],
    }),
    rows: both,
    requests: [1, "/elsewhere", 2, "/there"],
  },
  {
    fault: "A redirect to another origin",
    outcome: "followed without the token",
    given: ({ stranger }) => ({ 1: [answer(307, "", { location: `${stranger.url}/there` })] }),
    options: ({ stranger }) => {
      stranger.script({ "/there": [page(1)] });
      return {};
    },
    rows: ids(1),
    requests: [1],
    elsewhere: ["/there"],
  },
  fatal("A redirect to nowhere", "`ApiError` with the status", answer(302), {
    name: "ApiError",
    status: 302,
    attempts: 1,
  }),
];

/** A page for one token, and a 401 for every other. */
function forToken(good: string, turn: Turn): Turn {
  return [
    async (response) => {
      const isGood = response.req.headers.authorization === `Bearer ${good}`;
      for (const step of isGood ? turn : answer(401)) await step(response);
    },
  ];
}

const tokens: Fault[] = [
  {
    fault: "The token expires in the middle of a list",
    outcome: "requests a fresh one, and the page again; every row",
    given: () => ({
      1: [forToken("old", page(1, 2))],
      2: [forToken("new", page(2)), forToken("new", page(2))],
    }),
    options: () => ({ accessToken: ({ refresh }) => (refresh ? "new" : "old") }),
    rows: both,
    requests: [1, 2, 2],
    waits: [0],
  },
  {
    fault: "A fresh token does not help",
    outcome: "`AuthenticationError` after exactly one more request",
    given: () => ({ 1: [page(1, 2)], 2: [answer(401), answer(401)] }),
    options: () => ({ accessToken: ({ refresh }) => (refresh ? "new" : "old") }),
    rows: ids(1),
    error: { name: "AuthenticationError", attempts: 2, walk: { pages: 1, items: 2 } },
    requests: [1, 2, 2],
  },
  {
    fault: "A fresh token, with `retry: false`",
    outcome: "requested all the same: it is not a retry",
    given: () => twoPages(answer(401)),
    options: () => ({ accessToken: () => "any", retry: false }),
    rows: both,
    requests: [1, 1, 2],
  },
  {
    fault: "The server fails while a fresh token is tried",
    outcome: "the request after the refresh does not count against `retry.limit`",
    given: () => ({ 1: [answer(503), answer(401), answer(503), answer(503), answer(503)] }),
    options: () => ({ accessToken: () => "any" }),
    error: { name: "ServerError", attempts: 5 },
    requests: [1, 1, 1, 1, 1],
    waits: [250, 0, 500, 1_000],
  },
  {
    fault: "The server fails after a fresh token, which is good",
    outcome: "retried with that token: a 401 refreshes once",
    given: () => ({ 1: [answer(401), answer(503), forToken("new-1", page(1))] }),
    options: () => {
      let current = "old";
      let refreshes = 0;
      return {
        accessToken({ refresh }) {
          if (refresh) current = `new-${++refreshes}`;
          return current;
        },
      };
    },
    rows: ids(1),
    requests: [1, 1, 1],
  },
  fatal("A 401 for a token that is a string", "`AuthenticationError` at once", answer(401), {
    name: "AuthenticationError",
    attempts: 1,
  }),
  fatal(
    "A 401 for an `authorization` given by hand",
    "`AuthenticationError` at once: a fresh token would not be sent",
    answer(401),
    { name: "AuthenticationError", attempts: 1 },
    {
      options: () => ({ accessToken: () => "any", headers: { authorization: "Bearer by-hand" } }),
    },
  ),
  unsent(
    "A token provider that throws",
    "`LokeError` with that `cause`; nothing is sent",
    {
      accessToken: () => {
        throw new RangeError("No token today.");
      },
    },
    { error: { name: "LokeError", attempts: 0, cause: new RangeError("No token today.") } },
  ),
  {
    fault: "A token provider that fails to refresh",
    outcome: "`LokeError` with that `cause`; nothing more is sent",
    given: () => ({ 1: [answer(401)] }),
    options: () => ({
      accessToken: async ({ refresh }) => {
        if (refresh) throw new RangeError("Signed out.");
        return "old";
      },
    }),
    error: { name: "LokeError", attempts: 1, cause: new RangeError("Signed out.") },
    requests: [1],
    waits: [0],
  },
  {
    fault: "A token provider that fails for page 2",
    outcome: "the rows of page 1, then `LokeError` with that `cause`; nothing more is sent",
    given: () => ({ 1: [page(1, 2)] }),
    options: () => {
      let asked = 0;
      return {
        async accessToken() {
          asked += 1;
          if (asked > 1) throw new RangeError("Signed out.");
          return "any";
        },
      };
    },
    rows: ids(1),
    error: {
      name: "LokeError",
      attempts: 0,
      cause: new RangeError("Signed out."),
      walk: { pages: 1, items: 2 },
    },
    requests: [1],
  },
  unsent(
    "A token provider that returns no token, or a line break",
    "`LokeError`; nothing is sent",
    { accessToken: () => "two\nlines" },
    { error: { name: "LokeError", attempts: 0 } },
  ),
];

const readers: Fault[] = [
  {
    fault: "The user aborts during the wait before a retry",
    outcome: "the signal's own reason at once; nothing more is sent",
    beats: "abort during the wait before a retry",
    given: () => ({ 1: [answer(503, "", { "retry-after": "60" }), page(1)] }),
    reading(loke, { clock }) {
      const controller = new AbortController();
      const reading = read(loke.listCustomers({ organizationId }, { signal: controller.signal }));
      clock.timer(() => controller.abort(reason), 59_999);
      return reading;
    },
    error: reason,
    requests: [1],
  },
  {
    fault: "A reader reads on after a failed page",
    outcome: "throws once; the iteration is over",
    beats: "one failed page",
    given: () => ({ 1: [page(1, 2)], 2: [answer(409)] }),
    async reading(loke) {
      const pages = loke.listCustomers({ organizationId }).pages();
      await pages.next();
      const error = await pages.next().catch((failure: unknown) => failure);
      const rest = [await pages.next(), await pages.next()];
      return { rows: rest.map(({ done }) => (done ? "done" : "more")), error };
    },
    rows: ["done", "done"],
    error: { name: "ApiError", status: 409 },
    requests: [1, 2],
  },
  {
    fault: "An iteration fails, and its reader resumes from `error.walk.resumeFrom`",
    outcome: "the remaining rows exactly",
    beats: "any failed page",
    given: () => ({ 1: [page(1, 2)], 2: [answer(409), page(2, 3)], 3: [page(3)] }),
    async reading(loke) {
      const { rows, error } = await read(loke.listCustomers({ organizationId }));
      const { walk } = error as { walk: { resumeFrom: string } };
      const rest = await read(loke.listCustomers({ organizationId }, { from: walk.resumeFrom }));
      return { rows: [...rows, "then", ...rest.rows] };
    },
    rows: [...ids(1), "then", ...ids(2, 3)],
    requests: [1, 2, 2, 3],
  },
  {
    fault: "A path value `..`, `.` or an empty one",
    outcome: "`TypeError`; nothing is sent",
    beats: "path value `..`",
    async reading(loke) {
      const errors: unknown[] = [];
      for (const customerId of ["..", ".", ""]) {
        const error = await loke.getCustomer({ organizationId, customerId }).catch((e) => e);
        errors.push(error instanceof TypeError ? "TypeError" : error);
      }
      return { rows: errors.map(String) };
    },
    rows: ["TypeError", "TypeError", "TypeError"],
    requests: [],
  },
  {
    fault: "Every event is written to a log",
    outcome: "neither the token nor a query value is in it",
    beats: "debug log",
    given: () => ({
      [`${target(1)}?email=ada%40example.org`]: [answer(503), page(1, 2)],
      2: [page(2)],
    }),
    async reading(loke, { events }) {
      await read(loke.listCustomers({ organizationId, email: "ada@example.org" }));
      const log = JSON.stringify(events);
      return {
        rows: [token, "ada@example.org", "ada%40"].filter((secret) => log.includes(secret)),
      };
    },
    rows: [],
    requests: [`${target(1)}?email=ada%40example.org`, `${target(1)}?email=ada%40example.org`, 2],
  },
];

/** What can go wrong, what comes of it, and which requests are sent. The test runs each row. */
export const faults = {
  "the network": network,
  "the body of a success": bodies,
  "a status": statuses,
  "Retry-After": retryAfters,
  "the link to the next page": links,
  "a redirect": redirects,
  "the access token": tokens,
  "the reader": readers,
} satisfies Record<string, readonly Fault[]>;
