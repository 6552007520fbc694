/** What a beginner does wrong on the first day, in JavaScript too: each message has to lead to the cause. */
import { describe, expect, test } from "vitest";
import { type ClientOptions, createClient, isLokeError } from "../../src/index.js";
import { failureOf, json, observeFetch, page } from "./observed-fetch.js";

const ids = { organizationId: "o", customerId: "c" };
const noResponse = () => new Response(null, { status: 401 });

/** Values that TypeScript refuses, and JavaScript does not. */
const untyped = (value: unknown) => value as never;

async function messageOf(work: () => unknown): Promise<string> {
  return ((await failureOf(work)) as Error).message;
}

describe("options of a client", () => {
  const rows: [wrong: unknown, message: string][] = [
    [
      { accessToken: "" },
      'createClient: "accessToken" must be a token without blanks, or a function, and is empty.',
    ],
    [
      { accessToken: null },
      'createClient: "accessToken" must be a token without blanks, or a function, not null: leave it out, or pass undefined.',
    ],
    [
      { accessToken: "Bearer abc" },
      'createClient: "accessToken" must be a token without blanks, or a function.',
    ],
    [
      { retry: { retries: 3 } },
      'createClient: "retry" has no option "retries"; it has limit, baseDelayMs, maxDelayMs, maxRetryAfterMs.',
    ],
    [{ retry: { limit: -1 } }, 'createClient: "retry": "limit" must be a number from 0.'],
    [
      { retry: "3" },
      'createClient: "retry" must be false, a number from 0, or RetryOptions of such.',
    ],
    [
      { timeout: 5 },
      'createClient has no option "timeout"; it has accessToken, baseUrl, allowHttp, fetch, headers, timeoutMs, deadlineMs, retry, nextPage, prefetch, onEvent, drift, pace.',
    ],
    [
      { baseUrl: "" },
      'createClient: "baseUrl" must be an http(s) URL without user name, query and fragment, and is empty.',
    ],
    [
      { baseUrl: "api.loke.global" },
      'createClient: "baseUrl" must be an http(s) URL without user name, query and fragment.',
    ],
    ["a token", "createClient: the options must be an object."],
    [null, "createClient: the options must be an object."],
  ];
  for (const [wrong, message] of rows) {
    test(`${JSON.stringify(wrong)} is refused: ${message}`, async () => {
      expect(await messageOf(() => createClient(untyped(wrong)))).toBe(message);
    });
  }
});

describe("arguments", () => {
  const loke = createClient({ fetch: () => Promise.reject(new Error("Nothing is sent.")) });
  const cursor = "1x0k2f0 https://api.loke.global/organizations/o/customers?after=2";
  const all = "it has organizationId, after, sort, email, phoneNumber.";
  const rows: [name: string, call: () => unknown, message: string][] = [
    [
      "an option among the arguments",
      () => loke.listCustomers(untyped({ organizationId: "o", from: cursor })),
      'listCustomers has no argument "from"; it is an option: pass it in a second object.',
    ],
    [
      "a signal among the arguments",
      () => loke.getCustomer(untyped({ ...ids, signal: AbortSignal.abort() })),
      'getCustomer has no argument "signal"; it is an option: pass it in a second object.',
    ],
    [
      "an option of lists, for a call that is none",
      () => loke.getCustomer(untyped({ ...ids, prefetch: 1 })),
      'getCustomer has no argument "prefetch"; it has organizationId, customerId.',
    ],
    [
      "page.next as an argument",
      () => loke.listCustomers({ organizationId: "o", after: cursor }),
      'listCustomers: "after" holds a page.next; pass that as the option "from".',
    ],
    [
      "a misspelt argument",
      () => loke.listCustomers(untyped({ organisationId: "o" })),
      `listCustomers has no argument "organisationId"; ${all}`,
    ],
    [
      "a misspelt argument beside the others",
      () => loke.listCustomers(untyped({ organizationId: "o", mail: "x" })),
      `listCustomers has no argument "mail"; ${all}`,
    ],
    [
      "null for a filter, which must not list everybody",
      () => loke.listCustomers(untyped({ organizationId: "o", email: null })),
      'listCustomers: "email" must be a string, number or boolean, not null: leave it out, or pass undefined.',
    ],
    [
      "null for from, such as an empty column",
      () => loke.listCustomers({ organizationId: "o" }, untyped({ from: null })),
      'listCustomers: "from" must be a string, not null: leave it out, or pass undefined.',
    ],
    [
      "a text in place of the object",
      () => loke.getCustomer(untyped("c")),
      'getCustomer: "organizationId" is missing.',
    ],
    [
      "no arguments",
      () => loke.getCustomer(untyped(undefined)),
      'getCustomer: "organizationId" is missing.',
    ],
    [
      "an object for an ID",
      () => loke.getCustomer(untyped({ ...ids, customerId: { id: "c" } })),
      'getCustomer: "customerId" must be a string, number or boolean.',
    ],
    [
      "a date for a filter",
      () => loke.listCustomers(untyped({ organizationId: "o", after: new Date(0) })),
      'listCustomers: "after" must be a string, number or boolean.',
    ],
    [
      "an empty ID, such as that of a variable that is not set",
      () => loke.getCustomer({ ...ids, customerId: "" }),
      'getCustomer: "customerId" must not be "", "." or "..".',
    ],
    [
      "options that are no object",
      () => loke.getCustomer(ids, untyped(5)),
      "getCustomer: the options must be an object.",
    ],
    [
      "a controller in place of its signal",
      () => loke.getCustomer(ids, untyped({ signal: new AbortController() })),
      'getCustomer: "signal" must be an AbortSignal.',
    ],
    [
      "a list read without a limit",
      () => loke.listCustomers({ organizationId: "o" }).toArray(untyped(undefined)),
      "listCustomers: toArray needs a { limit }, a whole number from 0, or Infinity.",
    ],
    [
      "the number of a page",
      () => (loke.listCustomers({ organizationId: "o" }).page as (nth: number) => unknown)(2),
      'listCustomers: page() takes nothing; options such as "from" go to listCustomers.',
    ],
    [
      "a limit for pages",
      () =>
        (loke.listCustomers({ organizationId: "o" }).pages as (options: object) => unknown)({
          limit: 1,
        }),
      'listCustomers: pages() takes nothing; options such as "from" go to listCustomers.',
    ],
  ];
  for (const [name, call, message] of rows) {
    test(`${name}: ${message}`, async () => {
      const error = await failureOf(call);
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toBe(message);
    });
  }

  test("undefined is absent, for arguments and options", async () => {
    const observed = observeFetch(page([]));
    const options = { from: undefined, signal: undefined, retry: undefined };
    const search = { organizationId: "o", email: undefined };
    await createClient({ fetch: observed.fetch }).listCustomers(search, options).page();
    expect(observed.urls).toEqual(["https://api.loke.global/organizations/o/customers"]);
  });
});

describe("a 401", () => {
  const messages: [name: string, options: ClientOptions, message: RegExp][] = [
    ["without a token says that none was sent", {}, /answered 401: no access token was sent$/],
    ["with a token does not", { accessToken: "old" }, /answered 401$/],
    ["with a header given by hand does not", { headers: { authorization: "x" } }, /answered 401$/],
  ];
  test.for(messages)("%s", async ([, options, message]) => {
    const { fetch } = observeFetch(noResponse);
    const call = () => createClient({ ...options, fetch }).getCustomer(ids);
    expect(await messageOf(call)).toMatch(message);
  });
});

describe("a token provider", () => {
  const given: [value: unknown, problem: string][] = [
    [undefined, "it gave undefined"],
    [null, "it gave null"],
    [{ access_token: "x" }, "it gave object"],
    ["", "it gave an empty text"],
    ["Bearer x", "it gave a text with blanks in it"],
  ];
  test.for(given)("that gives %j is said to", async ([value, problem]) => {
    const accessToken = async () => untyped(value);
    const { calls, fetch } = observeFetch(noResponse);
    const message = await messageOf(() => createClient({ accessToken, fetch }).getCustomer(ids));
    expect(message).toMatch(new RegExp(`got no token from accessToken: ${problem}$`));
    expect(calls).toEqual([]);
  });

  test("that hangs is not taken for a slow API", async () => {
    const accessToken = () => new Promise<string>(() => {});
    const { fetch } = observeFetch(noResponse);
    const loke = createClient({ accessToken, fetch, timeoutMs: 5, retry: false });
    expect(await messageOf(() => loke.getCustomer(ids))).toMatch(
      /longer than timeoutMs, 5 ms, and nothing was sent: accessToken gave no token$/,
    );
  });
});

describe("the stack of an error leads to the caller", () => {
  const { fetch } = observeFetch(() => new Response(null, { status: 404 }));
  const loke = createClient({ fetch });
  const list = loke.listCustomers({ organizationId: "o" });
  const readings: Record<string, () => Promise<unknown>> = {
    "for await": async function theReader() {
      for await (const _ of list);
    },
    "pages()": async function theReader() {
      for await (const _ of list.pages());
    },
    "page()": async function theReader() {
      await list.page();
    },
    "toArray()": async function theReader() {
      await list.toArray({ limit: 5 });
    },
    getCustomer: async function theReader() {
      await loke.getCustomer(ids);
    },
  };
  for (const [name, theReader] of Object.entries(readings)) {
    test(`from ${name}`, async () => {
      const error = await failureOf(theReader);
      expect(isLokeError(error) && error.stack).toMatch(/theReader/);
    });
  }
});

describe("a cursor that comes from a stranger", () => {
  const args = { organizationId: "o" };

  /** A cursor as a browser could write it: the checksum has no key. */
  async function forged(href: string): Promise<string> {
    const { encodeCursor, listKey } = await import("../../src/cursor.js");
    return encodeCursor(listKey("listCustomers", { path: args, query: {}, body: undefined }), href);
  }

  const elsewhere = [
    "https://api.loke.global/organizations/other/customers",
    "https://api.loke.global/organizations/o/customers/c",
    "https://api.loke.global/organizations/o%2Fcustomers",
    "https://api.loke.global/",
    "https://evil.test/organizations/o/customers",
    "http://api.loke.global/organizations/o/customers",
  ];
  for (const href of elsewhere) {
    test(`is refused before anything is sent: ${href}`, async () => {
      const { calls, fetch } = observeFetch(page([]));
      const loke = createClient({ accessToken: "token", fetch });
      const from = await forged(href);
      const error = await failureOf(() => loke.listCustomers(args, { from }).page());
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toMatchObject({ code: "invalid-cursor" });
      expect(calls).toEqual([]);
    });
  }

  test("is taken at the list's own path, however that is encoded", async () => {
    for (const path of ["organizations/o/customers", "organizations/%6F/customers/"]) {
      const observed = observeFetch(page([]));
      const href = `https://api.loke.global/${path}?after=2`;
      await createClient({ fetch: observed.fetch })
        .listCustomers(args, { from: await forged(href) })
        .page();
      expect(observed.urls).toEqual([href]);
    }
  });

  test("is taken elsewhere if a function nextPage allows it, and refused if that throws", async () => {
    const href = "https://api.loke.global/v2/organizations/o/customers?after=2";
    const from = await forged(href);
    const observed = observeFetch(page([]));
    await createClient({ fetch: observed.fetch, nextPage: (next) => next })
      .listCustomers(args, { from })
      .page();
    expect(observed.urls).toEqual([href]);
    const nextPage = () => {
      throw new Error("not this one");
    };
    const call = () =>
      createClient({ fetch: observed.fetch, nextPage }).listCustomers(args, { from });
    expect(await failureOf(call)).toMatchObject({ code: "invalid-cursor" });
  });

  test("that is damaged or of another list has the same code", async () => {
    const loke = createClient();
    for (const from of [
      "",
      "x",
      await forged("https://api.loke.global/").then((one) => `${one}x`),
    ]) {
      expect(await failureOf(() => loke.listCustomers(args, { from }))).toMatchObject({
        name: "TypeError",
        code: "invalid-cursor",
      });
    }
  });

  test("goes with arguments that came back from a store as texts", async () => {
    const replies = [page([], "?after=2"), json([])];
    const observed = observeFetch(...replies);
    const loke = createClient({ fetch: observed.fetch });
    const { next } = await loke.listCustomers(untyped({ organizationId: 42 })).page();
    await loke.listCustomers({ organizationId: "42" }, { from: next }).page();
    expect(observed.urls[1]).toBe("https://api.loke.global/organizations/42/customers?after=2");
  });
});
