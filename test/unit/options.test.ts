import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createClientIn } from "../../src/client.js";
import { watchDrift } from "../../src/drift.js";
import { realEnvironment } from "../../src/environment.js";
import { type ClientOptions, createClient, type LokeError } from "../../src/index.js";
import { adaptivePace } from "../../src/pace.js";
import { failureOf, json, observeFetch, replaceFetch } from "./observed-fetch.js";

const args = { organizationId: "o", customerId: "c" };
const customer = () => json({ id: "c" });
const secret = "s3cr3t-value";

/** The header of the requests of one call. */
async function sentHeaders(name: string, options: ClientOptions, call = {}) {
  const observed = observeFetch(customer);
  await createClient({ ...options, fetch: observed.fetch }).getCustomer(args, call);
  return observed.requests.map(({ headers }) => headers.get(name));
}

/** The message with which options are refused, before anything is sent. */
async function refusal(work: (fetch: ClientOptions["fetch"]) => unknown): Promise<string> {
  const observed = observeFetch(() => new Response(null, { status: 404 }));
  const error = await failureOf(() => work(observed.fetch));
  expect(error).toBeInstanceOf(TypeError);
  expect(observed.calls).toEqual([]);
  expect(inspect(error)).not.toContain(secret);
  return (error as TypeError).message;
}

test("pace: adaptivePace itself, uncalled, is refused: it would fail at the first call", () => {
  for (const pace of [adaptivePace, {}, () => {}]) {
    expect(() => createClient({ pace: pace as never })).toThrow(
      'createClient: "pace" must be what adaptivePace() returns',
    );
  }
  expect(() => createClient({ pace: adaptivePace() })).not.toThrow();
});

test("drift: watchDrift itself, uncalled, is refused: it would check nothing", () => {
  expect(() => createClient({ drift: watchDrift as never })).toThrow(
    'createClient: "drift" must be what watchDrift() returns',
  );
});

describe("baseUrl", () => {
  const path = "/organizations/o/customers/c";
  const bases: Record<string, string> = {
    "https://api.test": `https://api.test${path}`,
    "https://api.test/": `https://api.test${path}`,
    "http://localhost:8080": `http://localhost:8080${path}`,
    "http://api.localhost": `http://api.localhost${path}`,
    "https://api.test:443": `https://api.test${path}`,
    "http://[::1]:4010": `http://[::1]:4010${path}`,
    "https://api.test/loke": `https://api.test/loke${path}`,
    "https://api.test/loke/v1/": `https://api.test/loke/v1${path}`,
    "https://api.test/a%20b/{c}": `https://api.test/a%20b/%7Bc%7D${path}`,
  };
  for (const [base, url] of Object.entries(bases)) {
    test(`${base} is what paths are appended to, as a string and as a URL`, async () => {
      const observed = observeFetch(customer);
      for (const baseUrl of [base, new URL(base)]) {
        await createClient({ baseUrl, fetch: observed.fetch }).getCustomer(args);
      }
      expect(observed.urls).toEqual([url, url]);
    });
  }

  test("is https, but on this machine: over http the token can be read on its way", async () => {
    for (const baseUrl of ["http://api.loke.global", "http://10.0.0.1", "http://localhost.test"]) {
      expect(() => createClient({ baseUrl })).toThrow(
        'createClient: "baseUrl" must be an https URL: http exposes the token, and needs allowHttp: true.',
      );
      const observed = observeFetch(customer);
      await createClient({ allowHttp: true, baseUrl, fetch: observed.fetch }).getCustomer(args);
      expect(observed.urls).toEqual([`${baseUrl}${path}`]);
    }
    expect(() => createClient({ allowHttp: "yes" as never })).toThrow(/"allowHttp" must be true/);
  });

  test("is named by its origin in errors, where it is not the document's", async () => {
    const errors: Record<string, string> = {
      "https://api.loke.global":
        "getCustomer (GET /organizations/{organizationId}/customers/{customerId}) answered 404",
      "https://api.test:4010":
        "getCustomer (GET /organizations/{organizationId}/customers/{customerId} at https://api.test:4010) answered 404",
      "https://api.loke.global/key-of-a-gateway":
        "getCustomer (GET /organizations/{organizationId}/customers/{customerId} at https://api.loke.global, below the path of baseUrl) answered 404",
    };
    for (const [baseUrl, message] of Object.entries(errors)) {
      const { fetch } = observeFetch(new Response(null, { status: 404 }));
      const error = await failureOf(() => createClient({ baseUrl, fetch }).getCustomer(args));
      expect(error).toMatchObject({
        message,
        method: "GET",
        path: "/organizations/{organizationId}/customers/{customerId}",
        origin: new URL(baseUrl).origin,
      });
    }
  });

  test("is the document's server unless it is given", async () => {
    const observed = observeFetch(customer);
    await createClient({ fetch: observed.fetch }).getCustomer(args);
    await createClient({ baseUrl: undefined, fetch: observed.fetch }).getCustomer(args);
    const url = `https://api.loke.global${path}`;
    expect(observed.urls).toEqual([url, url]);
  });

  test("is copied: a URL that is changed later changes nothing", async () => {
    const observed = observeFetch(customer);
    const baseUrl = new URL("https://api.test");
    const loke = createClient({ baseUrl, fetch: observed.fetch });
    baseUrl.host = "evil.test";
    await loke.getCustomer(args);
    expect(observed.urls).toEqual([`https://api.test${path}`]);
  });
});

describe("an option that is wrong is refused by name", () => {
  const shared: Record<string, unknown[]> = {
    headers: [null, 5, secret, { "a b": secret }, { a: `${secret}\nb` }, [[secret]], { a: "漢" }],
    timeoutMs: [null, -1, Number.NaN, "5", {}],
    deadlineMs: [null, -1, Number.NaN, "5", {}],
    retry: [null, true, -1, Number.NaN, secret, { limit: -1 }, { limit: "3" }, { limit: null }],
    nextPage: [null, secret, "same origin", 5, {}],
    prefetch: [null, -1, Number.NaN, "1", true],
  };
  const ofClient: Record<string, unknown[]> = {
    ...shared,
    accessToken: [null, 5, "", `${secret} `, `${secret}\n`, `a\r\nx-y: ${secret}`, "tökén", {}],
    baseUrl: [
      null,
      5,
      "",
      secret,
      "/organizations",
      "ftp://api.test",
      `https://jo:${secret}@api.test`,
      `https://${secret}@api.test`,
      `https://api.test/?a=${secret}`,
      "https://api.test/?",
      `https://api.test/#${secret}`,
      "https://api.test/#",
    ],
    fetch: [null, secret, {}],
    onEvent: [null, secret, {}],
  };
  const ofCall: Record<string, unknown[]> = {
    ...shared,
    signal: [null, {}, secret, true, new AbortController()],
    from: [null, 5, {}],
  };

  for (const [name, values] of Object.entries(ofClient)) {
    for (const value of values) {
      test(`createClient({ ${name}: ${inspect(value)} })`, async () => {
        const message = await refusal((fetch) =>
          createClient({ fetch, [name]: value }).getCustomer(args),
        );
        expect(message).toContain("createClient");
        expect(message).toContain(`"${name}"`);
      });
    }
  }

  for (const [name, values] of Object.entries(ofCall)) {
    for (const value of values) {
      test(`listMemberships(…, { ${name}: ${inspect(value)} })`, async () => {
        const message = await refusal((fetch) =>
          createClient({ fetch }).listMemberships(args, { [name]: value }),
        );
        expect(message).toContain("listMemberships");
        expect(message).toContain(`"${name}"`);
      });
    }
  }
});

describe("an option that does not exist", () => {
  const names = ["acessToken", "timeout", "__proto__", "constructor", "toString", "hasOwnProperty"];
  for (const name of names) {
    const options: object = JSON.parse(`{"${name}":"${secret}"}`);

    test(`${name} is refused by createClient`, async () => {
      const message = await refusal((fetch) =>
        createClient(Object.assign(JSON.parse(`{"${name}":"${secret}"}`), { fetch })),
      );
      expect(message).toContain("createClient");
      expect(message).toContain(`"${name}"`);
    });

    test(`${name} is refused by each call`, async () => {
      const calls = [
        refusal((fetch) => createClient({ fetch }).getCustomer(args, options)),
        refusal((fetch) => createClient({ fetch }).getCustomer.withResponse(args, options)),
        refusal((fetch) => createClient({ fetch }).listMemberships(args, options)),
      ];
      for (const message of await Promise.all(calls)) expect(message).toContain(`"${name}"`);
    });

    test(`${name} is refused within retry`, async () => {
      const retry: object = JSON.parse(`{"${name}":1}`);
      expect(await refusal((fetch) => createClient({ fetch, retry }))).toContain('"retry"');
      expect(
        await refusal((fetch) => createClient({ fetch }).getCustomer(args, { retry })),
      ).toContain('"retry"');
    });
  }

  test("is refused even if it is undefined, as in a misspelt name of an unset variable", async () => {
    const options: object = { acessToken: undefined };
    expect(await refusal(() => createClient(options))).toContain('"acessToken"');
  });
});

describe("an option in the wrong place", () => {
  for (const name of ["accessToken", "baseUrl", "fetch", "onEvent"]) {
    test(`${name} of the client is refused by a call`, async () => {
      const value = { baseUrl: "https://other.test", accessToken: "t" }[name] ?? (() => customer());
      const options: object = { [name]: value };
      const calls = [
        refusal((fetch) => createClient({ fetch }).getCustomer(args, options)),
        refusal((fetch) => createClient({ fetch }).listMemberships(args, options)),
      ];
      for (const message of await Promise.all(calls)) expect(message).toContain(`"${name}"`);
    });
  }

  test("signal of a call is refused by createClient", async () => {
    const options: object = { signal: new AbortController().signal };
    expect(await refusal(() => createClient(options))).toContain('"signal"');
  });

  test("from of a list is refused by createClient and by a single call", async () => {
    const options: object = { from: "place" };
    expect(await refusal(() => createClient(options))).toContain('"from"');
    expect(await refusal((fetch) => createClient({ fetch }).getCustomer(args, options))).toContain(
      '"from"',
    );
  });
});

describe("the options", () => {
  const others = {
    null: null,
    "a text": secret,
    "a number": 5,
    true: true,
    "a symbol": Symbol(secret),
    "a function": () => secret,
    "an array": [secret],
  };
  for (const [name, value] of Object.entries(others)) {
    test(`are refused by createClient if they are ${name}`, async () => {
      await refusal(() => createClient(value as never));
    });

    test(`are refused by each call if they are ${name}`, async () => {
      const options = value as never;
      await refusal((fetch) => createClient({ fetch }).getCustomer(args, options));
      await refusal((fetch) => createClient({ fetch }).listMemberships(args, options));
    });
  }

  test("can be left out, undefined, empty, or all undefined", async () => {
    const observed = observeFetch(customer);
    const loke = createClient({
      accessToken: undefined,
      baseUrl: undefined,
      fetch: observed.fetch,
      headers: undefined,
      timeoutMs: undefined,
      deadlineMs: undefined,
      retry: undefined,
      nextPage: undefined,
      prefetch: undefined,
      onEvent: undefined,
    });
    const unset = {
      signal: undefined,
      headers: undefined,
      timeoutMs: undefined,
      deadlineMs: undefined,
      retry: undefined,
    };
    await loke.getCustomer(args);
    await loke.getCustomer(args, undefined);
    await loke.getCustomer(args, {});
    await loke.getCustomer(args, unset);
    await loke.getCustomer(args, { retry: { limit: undefined } });
    expect(observed.requests).toHaveLength(5);
    expect(() => [createClient(), createClient(undefined), createClient({})]).not.toThrow();
  });

  test("can be an object without prototype, an instance of a class, or frozen", async () => {
    class Options {
      headers = { "x-a": "1" };
    }
    const bare = Object.assign(Object.create(null), { headers: { "x-a": "1" } });
    for (const options of [bare, new Options(), Object.freeze(new Options())]) {
      expect(await sentHeaders("x-a", options)).toEqual(["1"]);
      expect(await sentHeaders("x-a", {}, options)).toEqual(["1"]);
    }
  });

  test("are copied: an object that is changed later changes nothing", async () => {
    const observed = observeFetch(customer);
    const headers = new Headers({ "x-a": "1" });
    const options: ClientOptions = { fetch: observed.fetch, headers, accessToken: "token" };
    const loke = createClient(options);
    headers.set("x-a", "2");
    Object.assign(options, { accessToken: "other", baseUrl: "https://evil.test" });
    await loke.getCustomer(args);
    const [request] = observed.requests;
    expect(request?.headers.get("x-a")).toBe("1");
    expect(request?.headers.get("authorization")).toBe("Bearer token");
    expect(request?.url).toMatch(/^https:\/\/api\.loke\.global\//);
  });

  test("of a call win over the client's", async () => {
    const timers: number[] = [];
    const environment = {
      ...realEnvironment,
      timer(callback: () => void, delayMs: number) {
        timers.push(delayMs);
        return realEnvironment.timer(callback, delayMs);
      },
    };
    const { fetch } = observeFetch(customer);
    const loke = createClientIn(environment, { fetch, timeoutMs: 20_000 });
    await loke.getCustomer(args);
    await loke.getCustomer(args, { timeoutMs: 10_000 });
    await loke.getCustomer(args);
    await createClientIn(environment, { fetch }).getCustomer(args);
    expect(timers).toEqual([20_000, 10_000, 20_000, 30_000]);
  });

  test("of retry win one by one", async () => {
    const observed = observeFetch(() => json({}, { status: 503 }));
    const { fetch } = observed;
    const loke = createClient({ fetch, retry: { limit: 1, baseDelayMs: 0 } });
    const attempts = async (retry?: number | false | object) => {
      const error = await failureOf(() => loke.getCustomer(args, { retry }));
      return (error as LokeError).attempts;
    };
    expect(await attempts()).toBe(2);
    expect(await attempts(2)).toBe(3);
    expect(await attempts(0)).toBe(1);
    expect(await attempts(false)).toBe(1);
    expect(await attempts({ maxDelayMs: 1 })).toBe(2);
    expect(await attempts({ limit: 2 })).toBe(3);
  });
});

describe("headers", () => {
  test("that are undefined are absent", async () => {
    const headers = { authorization: undefined, "x-a": "1" } as unknown as Record<string, string>;
    expect(await sentHeaders("authorization", { headers, accessToken: "token" })).toEqual([
      "Bearer token",
    ]);
    expect(await sentHeaders("x-a", { headers })).toEqual(["1"]);
    const call = { headers: { "x-a": undefined } as unknown as Record<string, string> };
    expect(await sentHeaders("x-a", { headers: { "x-a": "client" } }, call)).toEqual(["client"]);
  });

  const forms: Record<string, HeadersInit> = {
    "an object": { "X-A": "call" },
    "an array": [["X-A", "call"]],
    "a Headers": new Headers({ "X-A": "call" }),
  };
  for (const [name, headers] of Object.entries(forms)) {
    test(`given as ${name} are sent`, async () => {
      expect(await sentHeaders("x-a", { headers })).toEqual(["call"]);
    });

    test(`of a call given as ${name} win over the client's, in whatever case`, async () => {
      const client = { headers: { "x-a": "client", "x-b": "client" } };
      expect(await sentHeaders("x-a", client, { headers })).toEqual(["call"]);
      expect(await sentHeaders("x-b", client, { headers })).toEqual(["client"]);
    });
  }

  test("of one call are not kept for the next", async () => {
    const observed = observeFetch(customer);
    const loke = createClient({ fetch: observed.fetch, headers: { "x-a": "client" } });
    await loke.getCustomer(args, { headers: { "x-a": "call", "x-b": "call" } });
    await loke.getCustomer(args);
    const sent = observed.requests.map(({ headers }) => [headers.get("x-a"), headers.get("x-b")]);
    expect(sent).toEqual([
      ["call", "call"],
      ["client", null],
    ]);
  });

  test("named twice in one array are both sent", async () => {
    const headers: [string, string][] = [
      ["x-a", "1"],
      ["X-A", "2"],
    ];
    expect(await sentHeaders("x-a", {}, { headers })).toEqual(["1, 2"]);
  });

  test("can be empty: that is a value", async () => {
    expect(
      await sentHeaders("x-a", { headers: { "x-a": "1" } }, { headers: { "x-a": "" } }),
    ).toEqual([""]);
  });

  test("ask for JSON unless they ask for something else", async () => {
    expect(await sentHeaders("accept", {})).toEqual(["application/json"]);
    expect(await sentHeaders("accept", { headers: { Accept: "text/x" } })).toEqual(["text/x"]);
  });

  test("of a request without a body name no type of body", async () => {
    expect(await sentHeaders("content-type", {})).toEqual([null]);
  });
});

describe("accessToken", () => {
  const bearer = "Bearer token";

  test("is sent as a bearer token: a text, a function or an async function", async () => {
    expect(await sentHeaders("authorization", { accessToken: "token" })).toEqual([bearer]);
    expect(await sentHeaders("authorization", { accessToken: () => "token" })).toEqual([bearer]);
    expect(await sentHeaders("authorization", { accessToken: async () => "token" })).toEqual([
      bearer,
    ]);
  });

  test("is not needed", async () => {
    expect(await sentHeaders("authorization", {})).toEqual([null]);
  });

  test("as a function is asked before each attempt", async () => {
    const contexts: unknown[] = [];
    const accessToken = (context: unknown) => `token-${contexts.push(context)}`;
    const failing = () => json({}, { status: 503 });
    const observed = observeFetch(failing(), failing(), customer);
    const retry = { baseDelayMs: 0 };
    const loke = createClient({ accessToken, retry, fetch: observed.fetch });
    await loke.getCustomer(args);
    await loke.getCustomer(args);
    expect(observed.requests.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer token-1",
      "Bearer token-2",
      "Bearer token-3",
      "Bearer token-4",
    ]);
    expect(contexts).toEqual(Array(4).fill({ refresh: false }));
  });

  test("gives way to an authorization given by hand, and is then not asked", async () => {
    let times = 0;
    const accessToken = () => `token-${++times}`;
    const headers = { Authorization: "Basic x" };
    expect(await sentHeaders("authorization", { accessToken, headers })).toEqual(["Basic x"]);
    expect(await sentHeaders("authorization", { accessToken }, { headers })).toEqual(["Basic x"]);
    expect(await sentHeaders("authorization", { accessToken: "t" }, { headers })).toEqual([
      "Basic x",
    ]);
    expect(times).toBe(0);
  });

  test("cannot be found on the client", () => {
    const loke = createClient({ accessToken: secret });
    expect(inspect(loke, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain(
      secret,
    );
    expect(JSON.stringify(loke)).not.toContain(secret);
  });
});

describe("fetch", () => {
  test("is looked up on globalThis at each call, unless it is given", async () => {
    const loke = createClient();
    const first = observeFetch(customer);
    const second = observeFetch(customer);
    replaceFetch(first.fetch);
    await loke.getCustomer(args);
    replaceFetch(second.fetch);
    await loke.getCustomer(args);
    expect([first.calls.length, second.calls.length]).toEqual([1, 1]);

    const given = observeFetch(customer);
    await createClient({ fetch: given.fetch }).getCustomer(args);
    expect([first.calls.length, second.calls.length, given.calls.length]).toEqual([1, 1, 1]);
  });

  test("is called with a URL and a RequestInit, as the global one is", async () => {
    const observed = observeFetch(customer, () => json([]));
    const loke = createClient({ fetch: observed.fetch });
    await loke.getCustomer(args);
    await loke.listMemberships(args).page();
    expect(observed.calls).toHaveLength(2);
    for (const [url, init, ...others] of observed.calls) {
      expect(url).toMatch(/^https:/);
      expect(init).toEqual({
        method: "GET",
        headers: { accept: "application/json" },
        signal: expect.any(AbortSignal),
      });
      expect(others).toEqual([]);
    }
  });

  test("is called without a this, as the fetch of a browser must be", async () => {
    const seen: unknown[] = [];
    async function fetch(this: unknown) {
      seen.push(this);
      return customer();
    }
    await createClient({ fetch }).getCustomer(args);
    expect(seen).toEqual([undefined]);
  });
});
