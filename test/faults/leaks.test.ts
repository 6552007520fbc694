import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClientIn } from "../../src/client.js";
import {
  type ClientOptions,
  createClient,
  isLokeError,
  type ListOptions,
  type LokeClient,
  type LokeError,
  type LokeEvent,
} from "../../src/index.js";
import { asFetch } from "../as-fetch.js";
import { replaceFetch } from "../unit/observed-fetch.js";
import { handClock } from "./clock.js";
import { eventually } from "./held-fetch.js";
import { cut, raw, startServer } from "./server.js";

describe("a long-lived signal", () => {
  /** A signal that counts how often it is listened to, and given up. */
  function countedSignal() {
    const { signal } = new AbortController();
    const count = { added: 0, removed: 0, most: 0 };
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...listener: Parameters<typeof addEventListener>) => {
      count.added += 1;
      count.most = Math.max(count.most, count.added - count.removed);
      addEventListener.apply(signal, listener);
    };
    signal.removeEventListener = (...listener: Parameters<typeof removeEventListener>) => {
      count.removed += 1;
      removeEventListener.apply(signal, listener);
    };
    return { signal, count, listening: () => getEventListeners(signal, "abort").length };
  }

  /** A list of so many pages, one of which fails now and then. */
  function pagesOf(last: number) {
    let failures = 0;
    return async (request: Request): Promise<Response> => {
      const page = Number(new URL(request.url).searchParams.get("after") ?? 1);
      if (page % 10 === 0 && ++failures % 2 === 1) return new Response("", { status: 503 });
      const headers = page < last ? { "x-next-page": `?after=${page + 1}` } : undefined;
      return new Response(`[{"id":"${page}"}]`, headers && { headers });
    };
  }

  test("has no listener left after a walk of 10,000 pages, and few on the way", async () => {
    const { signal, count, listening } = countedSignal();
    const clock = handClock(() => 0);
    const loke = createClientIn(clock, {
      fetch: asFetch(pagesOf(10_000)),
      onEvent: ({ type }) => type === "retry" && queueMicrotask(() => clock.advance(0)),
    });
    let rows = 0;
    for await (const _ of loke.listCustomers({ organizationId: "org" }, { signal })) rows += 1;
    expect(rows).toBe(10_000);
    expect(listening()).toBe(0);
    expect(count.added).toBeGreaterThan(0);
    expect(count.removed).toBe(count.added);
    expect(count.most).toBe(1);
    expect(clock.pending()).toEqual([]);
  });

  test("has no listener left after 1,000 calls that succeed, fail or break off", async () => {
    const { signal, count, listening } = countedSignal();
    let calls = 0;
    const answers = [
      () => new Response('{"id":"c"}'),
      () => new Response("", { status: 404 }),
      () => new Response("<html>"),
      () => new Response(new ReadableStream({ start: (body) => body.error(new Error("cut")) })),
      () => Promise.reject(new TypeError("fetch failed")),
    ];
    const loke = createClient({
      fetch: async () => (answers[calls++ % answers.length] ?? answers[0])?.() as Response,
      retry: false,
    });
    const call = () => loke.getCustomer({ organizationId: "org", customerId: "c" }, { signal });
    const outcomes = await Promise.allSettled(Array.from({ length: 1_000 }, call));
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(200);
    expect(listening()).toBe(0);
    expect(count.removed).toBe(count.added);
    // Node warns of a leak at the eleventh.
    expect(count.most).toBe(1);
  });

  test("ends 1,000 calls at once when it aborts", async () => {
    const stop = new AbortController();
    const loke = createClient({ fetch: () => new Promise(() => {}) });
    const calls = Array.from({ length: 1_000 }, () =>
      loke.getCustomer({ organizationId: "org", customerId: "c" }, { signal: stop.signal }),
    );
    stop.abort("enough");
    const outcomes = await Promise.allSettled(calls);
    expect(new Set(outcomes.map((one) => one.status === "rejected" && one.reason))).toEqual(
      new Set(["enough"]),
    );
    expect(getEventListeners(stop.signal, "abort")).toEqual([]);
  });

  test("has no listener left after a reader has left in the middle", async () => {
    const { signal, listening } = countedSignal();
    const loke = createClient({ fetch: asFetch(pagesOf(100)), prefetch: 3 });
    for (let walks = 0; walks < 100; walks++) {
      for await (const _ of loke.listCustomers({ organizationId: "org" }, { signal })) break;
    }
    await eventually(() => listening() === 0);
  });
});

describe("what is private", () => {
  const token = "token-8d3f41c7-of-the-owner";
  const email = "o'neil+vip@example.org";
  const phoneNumber = "+61 400 123 456";
  const privateText = "Zanzibar Quartermaine lives here";

  /** Everything that no error and no event may hold. */
  const secrets = [
    token,
    "two words-of-a-token",
    privateText,
    "Zanzibar",
    ...[email, phoneNumber].flatMap((value) => [
      value,
      encodeURIComponent(value),
      encodeURI(value),
      new URLSearchParams({ value }).toString().slice("value=".length),
      new URL(`http://localhost/?${encodeURIComponent(value)}`).search.slice(1),
      value.replaceAll("'", "%27"),
    ]),
    "400 123",
    "400%20123",
    "neil",
  ];

  const search = { organizationId: "org", email, phoneNumber };
  let events: LokeEvent[];

  beforeEach(() => {
    events = [];
  });

  afterEach(() => {
    expectClean("the events", JSON.stringify(events));
    expectClean("the inspected events", inspect(events, { depth: 10 }));
  });

  function expectClean(where: string, text: string): void {
    expect(
      secrets.filter((secret) => text.includes(secret)),
      `${where}: ${text}`,
    ).toEqual([]);
  }

  /** Fails if an error shows a secret in any of the ways in which errors are logged. */
  function expectPrivate(error: unknown): void {
    const { message, stack } = error as Error;
    expectClean("message", message);
    expectClean("stack", String(stack));
    expectClean("text", String(error));
    expectClean("JSON", JSON.stringify(error));
    expectClean("JSON of a copy", JSON.stringify({ ...(error as Error) }));
    expectClean("inspect", inspect(error));
    expectClean("inspect to depth 10", inspect(error, { depth: 10, showHidden: false }));
    expectClean("inspect with getters", inspect(error, { depth: 10, getters: true }));
    for (let cause = (error as Error).cause; cause instanceof Error; cause = cause.cause) {
      expectClean("cause", `${cause} ${cause.stack} ${JSON.stringify(cause)}`);
    }
  }

  function client(options: ClientOptions): LokeClient {
    return createClient({
      accessToken: token,
      retry: false,
      onEvent: (event) => events.push(event),
      ...options,
    });
  }

  /** The error that reading the list ends with. */
  async function failure(options: ClientOptions, call: ListOptions = {}): Promise<LokeError> {
    try {
      for await (const _ of client(options).listCustomers(search, call));
    } catch (error) {
      if (isLokeError(error)) return error;
      throw error;
    }
    throw new Error("Nothing failed.");
  }

  /** A response that tells the client everything it was sent. */
  function echo(status: number, type: string): (request: Request) => Promise<Response> {
    return async ({ headers, url }) => {
      const told = `${url} ${headers.get("authorization")} ${email} ${phoneNumber} ${privateText}`;
      const body = type.includes("json")
        ? JSON.stringify({ message: told, code: told, instance: told })
        : told;
      return new Response(body, { status, headers: { "content-type": type } });
    };
  }

  for (const status of [400, 401, 403, 404, 409, 418, 429, 500, 503]) {
    for (const type of ["application/json", "text/html"]) {
      test(`stays out of the error for a ${status} in ${type} that repeats it`, async () => {
        const error = await failure({ fetch: asFetch(echo(status, type)) });
        expect(error).toMatchObject({ status });
        expectPrivate(error);
      });
    }
  }

  test("stays in body and headers of the error, for those who ask for it", async () => {
    const error = await failure({ fetch: asFetch(echo(404, "application/json")) });
    expect(Reflect.get(error, "body")).toMatchObject({
      message: expect.stringContaining(privateText),
    });
    expect(Reflect.get(error, "headers")).toBeInstanceOf(Headers);
  });

  test("stays out of an error whose code, instance or ID repeats the token or a query value", async () => {
    const words = JSON.stringify({ code: token, instance: token });
    const headers = { "x-request-id": `${token} ${email}` };
    const fetch = async () => new Response(words, { status: 400, headers });
    expectPrivate(await failure({ fetch }));
  });

  const successes: Record<string, string> = {
    "that is HTML": `<html>${privateText} ${email}`,
    "that is JSON cut short": `[{"firstName":"${privateText}","email":"${email}"`,
    "that is JSON with a mistake near the text": `[{"firstName":${privateText}]`,
    "of another type": JSON.stringify({ firstName: privateText, email }),
    "that is a text": JSON.stringify(`${privateText} ${email}`),
  };

  for (const [name, body] of Object.entries(successes)) {
    test(`stays out of the error for a body ${name}`, async () => {
      const error = await failure({ fetch: async () => new Response(body) });
      expect(error.name).toBe("ResponseError");
      expectPrivate(error);
    });
  }

  /** What a `fetch` of the user's can fail with, knowing the request. The tests of `redact` have every form of an error. */
  const mishaps: Record<string, (request: Request) => unknown> = {
    "with the URL in its message": ({ url }) => new Error(`GET ${url} failed`),
    "with the URL as a text": ({ url }) => `GET ${url} failed`,
    "with a part of the query in its message": ({ url }) => {
      return new Error(`failed at ${new URL(url).searchParams}`);
    },
    "with the query as it is sent in its message": ({ url }) => {
      return new Error(`failed at ${/email=([^&]*)/.exec(url)?.[1]}`);
    },
    "with the query in lower-case hex in its message": ({ url }) => {
      return new Error(url.replaceAll(/%../g, (hex) => hex.toLowerCase()));
    },
    "with the query as a form writes it": () => {
      return new Error(String(new URLSearchParams({ email, phoneNumber })));
    },
    "with the token in its message": ({ headers }) => new Error(`${headers.get("authorization")}`),
    "with the request as a field": (request) => Object.assign(new Error("failed"), { request }),
    "with a config, as axios has it": ({ headers, url }) => {
      const config = { url, headers: Object.fromEntries(headers) };
      return Object.assign(new Error("failed"), { config, response: { config } });
    },
    "as new URL fails": ({ url }) => Object.assign(new TypeError("Invalid URL"), { input: url }),
    "as a DOMException": ({ url }) => new DOMException(url, "NetworkError"),
  };

  /** An error of the network, caused by something else. */
  function networkError(cause: unknown): Error {
    return Object.assign(new Error("connect", { cause }), { code: "ECONNRESET" });
  }

  for (const [name, mishap] of Object.entries(mishaps)) {
    test(`stays out of the error for a fetch that fails ${name}`, async () => {
      const fetch = asFetch((request) => Promise.reject(networkError(mishap(request))));
      const error = await failure({ fetch });
      expect(error.name).toBe("ConnectionError");
      expectPrivate(error);
    });

    test(`stays out of the error for a global fetch that fails ${name}`, async () => {
      replaceFetch(asFetch((request) => Promise.reject(mishap(request))));
      expectPrivate(await failure({}));
    });

    test(`stays out of the error for a later page whose fetch fails ${name}`, async () => {
      const asked = new URLSearchParams({ email, phoneNumber, after: "2" });
      const fetch = asFetch(async (request) => {
        if (request.url.includes("after")) throw networkError(mishap(request));
        return new Response("[]", { headers: { "x-next-page": `?${asked}` } });
      });
      const error = await failure({ fetch });
      expect(error).toMatchObject({ name: "ConnectionError", walk: { pages: 1 } });
      expectPrivate(error);
    });
  }

  test("stays out of the error for a request that fails by its token alone", async () => {
    // There is no query here by which the failure could be known.
    const fetch = asFetch((request) => {
      return Promise.reject(networkError(Object.assign(new Error("failed"), { request })));
    });
    const call = client({ fetch }).getCustomer({ organizationId: "org", customerId: "c" });
    expectPrivate(await call.catch((error) => error));
  });

  test("stays out of the error when authorization is given by hand", async () => {
    const fetch = asFetch(({ headers }) => {
      return Promise.reject(networkError(new Error(`sent ${headers.get("authorization")}`)));
    });
    const headers = { authorization: `Bearer ${token}` };
    expectPrivate(await failure({ fetch, headers, accessToken: undefined }));
    expectPrivate(await failure({ fetch }, { headers }));
  });

  test("a failure that names nothing private is the cause as it is", async () => {
    for (const accessToken of [token, undefined]) {
      const mishap = networkError(
        new TypeError("Cannot read properties of undefined (reading 'x')"),
      );
      const error = await failure({ accessToken, fetch: () => Promise.reject(mishap) });
      expect(error.cause).toBe(mishap);
    }
  });

  test("stays out of the error for an answer that is not HTTP, which fetch itself quotes", async () => {
    const server = await startServer();
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{"id\r\n';
    for (const bytes of [`${chunked}${privateText}`, `220 ${privateText}\r\n`, privateText]) {
      const all = `/organizations/org/customers?${new URLSearchParams({ email, phoneNumber })}`;
      server.script({ [all.replaceAll("+", "%20")]: [[raw(bytes), cut]] });
      const error = await failure({ baseUrl: server.url });
      expect(error.name).toBe("ConnectionError");
      expectPrivate(error);
    }
    await server.close();
  });

  test("stays out of the error for a body that breaks off", async () => {
    const fetch = async (url: string) => {
      const body = new ReadableStream({ start: (stream) => stream.error(new Error(url)) });
      return new Response(body);
    };
    expectPrivate(await failure({ fetch }));
  });

  test("stays out of the error for an attempt whose fetch fails with the URL when aborted", async () => {
    for (const limit of [{ timeoutMs: 10 }, { deadlineMs: 10 }]) {
      const clock = handClock();
      const fetch = (url: string, { signal }: RequestInit) => {
        return new Promise<Response>((_, reject) => {
          signal?.addEventListener("abort", () => reject(new Error(url)));
          setImmediate(() => clock.advance(10));
        });
      };
      const loke = createClientIn(clock, { accessToken: token, retry: false, fetch, ...limit });
      const error = await loke
        .listCustomers(search)
        .page()
        .catch((reason) => reason);
      expect(error.name).toBe("TimeoutError");
      expectPrivate(error);
    }
  });

  test("stays out of the error for a deadline that a retry would pass", async () => {
    const fetch = (url: string) => Promise.reject(networkError(new Error(url)));
    const error = await failure({
      fetch,
      retry: { baseDelayMs: 1e9, maxDelayMs: 1e9 },
      deadlineMs: 1e3,
    });
    expect(error.name).toBe("TimeoutError");
    expectPrivate(error);
  });

  test("stays out of the content type of an error", async () => {
    const headers = { "content-type": `text/html; user="${email}"; token=${token}` };
    const error = await failure({ fetch: async () => new Response("<html>", { headers }) });
    expect(error).toMatchObject({ name: "ResponseError", status: 200 });
    expectPrivate(error);
  });

  test("stays out of the error for a nextPage function that fails with the link, or gives none", async () => {
    const link = `?${new URLSearchParams({ email, phoneNumber, after: "2" })}`;
    const policies: NonNullable<ClientOptions["nextPage"]>[] = [
      (next) => {
        throw new Error(`Unexpected link: ${next}`);
      },
      (next) => {
        throw Object.assign(new TypeError("Unexpected link"), { next });
      },
      (next) => next.search as never,
      (next) => `nowhere:${next.search} ` as never,
      (next) => new URL(`ftp://example.org/${next.search}`),
      () => undefined as never,
    ];
    for (const nextPage of policies) {
      let pages = 0;
      const fetch = async () => {
        return new Response("[]", { headers: { "x-next-page": ++pages > 9 ? "" : link } });
      };
      const error = await failure({ fetch, nextPage });
      expect(error).toMatchObject({ name: "PaginationError", walk: { pages: 1 } });
      expectPrivate(error);
    }
  });

  for (const [name, link] of Object.entries({
    "to another origin": `https://example.org/?email=${encodeURIComponent(email)}`,
    "to a host that is a query value": `https://${encodeURIComponent("o'neil")}.example.org/`,
    "with a password": `https://user:${token}@api.loke.global/`,
    "that is none": `ftp://example.org/?email=${encodeURIComponent(email)}`,
    "in a circle": `?email=${encodeURIComponent(email)}`,
  })) {
    test(`stays out of the error for a link ${name}`, async () => {
      let links = 0;
      const fetch = async () => {
        // An end, lest a client that goes round in circles keeps the test from failing.
        return new Response("[]", { headers: { "x-next-page": ++links > 9 ? "" : link } });
      };
      const error = await failure({ fetch });
      expect(error.name).toBe("PaginationError");
      expectPrivate(error);
    });
  }

  test("stays out of the error for what an accessToken function gives", async () => {
    for (const given of [
      "two words-of-a-token",
      `${token}\n`,
      `${token}\r\nx-y: z`,
      "",
      " ",
      `é${token}`,
      undefined,
      null,
      7,
      { token },
    ]) {
      const error = await failure({ accessToken: () => given as string });
      expect(error).toMatchObject({ name: "LokeError", attempts: 0 });
      expect(error.message).toContain("accessToken");
      expectPrivate(error);
    }
  });

  test("stays out of the events of a walk with retries, a refresh and a failure", async () => {
    const clock = handClock(() => 0);
    let requests = 0;
    const answers: (() => Response | Promise<Response>)[] = [
      () => new Response(email, { status: 503 }),
      () => new Response(email, { status: 401 }),
      () => new Response(`[{"email":"${email}"`),
      () => Promise.reject(networkError(new Error(email))),
      () => {
        const headers = { "x-next-page": `?email=${encodeURIComponent(email)}&after=2` };
        return new Response(`[{"email":"${email}"}]`, { headers });
      },
      () => new Response(privateText, { status: 404 }),
    ];
    const loke = createClientIn(clock, {
      accessToken: () => token,
      fetch: async () => answers[requests++]?.() as Response,
      onEvent(event) {
        events.push(event);
        if (event.type === "retry") queueMicrotask(() => clock.advance(0));
      },
    });
    const reading = (async () => {
      for await (const _ of loke.listCustomers(search));
    })();
    expectPrivate(await reading.catch((error) => error));
    expect(requests).toBe(6);
    const types = new Set(events.map(({ type }) => type));
    expect([...types].sort()).toEqual(["page", "request", "response", "retry"]);
  });
});
