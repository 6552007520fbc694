import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import * as loke from "../../src/index.js";
import { errorFacts, failureOf, json, observeFetch, page, replaceFetch } from "./observed-fetch.js";

const { createClient, isApiError, isLokeError } = loke;
const { ApiError, ConnectionError, LokeError, PaginationError, ResponseError } = loke;
const { ServerError, TimeoutError } = loke;

const args = { organizationId: "o", customerId: "c" };

const none = {
  code: undefined,
  instance: undefined,
  requestId: undefined,
  retryAfterMs: undefined,
};
const apiFields = { ...errorFacts, ...none, body: undefined, headers: new Headers() };

/** What a call fails with when it is answered like this. */
async function failure(response: Response): Promise<unknown> {
  const { fetch } = observeFetch(response);
  return failureOf(() => createClient({ fetch, retry: false }).getCustomer(args));
}

/** The whole of it, as a debugger would show it. */
function shown(error: unknown): string {
  return inspect(error, { depth: Number.POSITIVE_INFINITY }) + JSON.stringify(error);
}

describe("each status has its class", () => {
  const classes: [Class: typeof ApiError, statuses: number[]][] = [
    [ApiError, [300, 304, 399, 402, 405, 408, 409, 410, 418, 422, 425, 451, 499]],
    [loke.BadRequestError, [400]],
    [loke.AuthenticationError, [401]],
    [loke.PermissionError, [403]],
    [loke.NotFoundError, [404]],
    [loke.RateLimitError, [429]],
    [ServerError, [500, 501, 502, 503, 504, 599]],
  ];
  for (const [Class, statuses] of classes) {
    test.each(statuses)(`%i is a ${Class.name}`, async (status) => {
      const error = await failure(new Response(null, { status }));
      expect(error).toMatchObject({ name: Class.name, status, ...errorFacts });
      expect((error as Error).constructor).toBe(Class);
      for (const base of [ApiError, LokeError, Error]) expect(error).toBeInstanceOf(base);
      expect(isApiError(error) && isLokeError(error)).toBe(true);
    });
  }
});

describe("an ApiError", () => {
  const full = () =>
    json(
      { code: "rate_limited", instance: "01FCCGYZA9JPQ97HBSTKW0KT7P", email: "private-body" },
      {
        status: 429,
        headers: { "x-request-id": "r-1", "retry-after": "2", "x-secret": "private-header" },
      },
    );

  test("has every fact about the answer", async () => {
    const error = await failure(full());
    expect(error).toMatchObject({
      name: "RateLimitError",
      operation: "getCustomer",
      attempts: 1,
      status: 429,
      code: "rate_limited",
      instance: "01FCCGYZA9JPQ97HBSTKW0KT7P",
      requestId: "r-1",
      retryAfterMs: 2_000,
      body: { code: "rate_limited", email: "private-body" },
    });
    const { headers } = error as InstanceType<typeof ApiError>;
    expect(headers).toBeInstanceOf(Headers);
    expect(headers.get("x-secret")).toBe("private-header");
  });

  test("shows all but its body and headers when it is logged", async () => {
    const error = await failure(full());
    expect(Object.keys(error as object).sort()).toEqual([
      "attempts",
      "code",
      "instance",
      "method",
      "name",
      "operation",
      "origin",
      "path",
      "requestId",
      "retryAfterMs",
      "status",
    ]);
    expect(shown(error)).not.toContain("private");
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ status: 429, code: "rate_limited" });
    expect({ ...(error as object) }).not.toHaveProperty("body");
  });

  test("leaves out what the answer does not have", async () => {
    const error = await failure(new Response(null, { status: 404 }));
    expect(Object.keys(error as object).sort()).toEqual([
      "attempts",
      "method",
      "name",
      "operation",
      "origin",
      "path",
      "status",
    ]);
    for (const key of ["code", "instance", "requestId", "retryAfterMs", "cause", "walk"]) {
      expect(error).not.toHaveProperty(key);
    }
    expect((error as InstanceType<typeof ApiError>).body).toBeUndefined();
  });

  test("is named by method, path template, status and code in its message, not by values", async () => {
    const { fetch } = observeFetch(json({ code: "no_such" }, { status: 404 }));
    const loke = createClient({ fetch, accessToken: "private-token" });
    const values = { organizationId: "private-o", email: "private-email" };
    const error = await failureOf(() => loke.listCustomers(values).page());
    const { message } = error as Error;
    expect(message).toContain("listCustomers");
    expect(message).toContain("GET /organizations/{organizationId}/customers");
    expect(message).toContain("404");
    expect(message).toContain("no_such");
    expect(shown(error)).not.toContain("private");
  });

  test("has a stack that leads to the message", async () => {
    const error = await failure(new Response(null, { status: 404 }));
    expect((error as Error).stack).toContain((error as Error).message);
  });

  for (const header of ["x-request-id", "request-id", "x-correlation-id", "cf-ray"]) {
    test(`takes its requestId from ${header}`, async () => {
      const error = await failure(new Response(null, { status: 404, headers: { [header]: "r" } }));
      expect(error).toHaveProperty("requestId", "r");
    });
  }
});

describe("a failure without a status", () => {
  test("of the network is a ConnectionError whose cause is the failure", async () => {
    for (const cause of [
      new TypeError("fetch failed"),
      new TypeError("Failed to fetch"),
      Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:443"), { code: "ECONNREFUSED" }),
      new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "EPIPE" }) }),
      new DOMException("failed", "NetworkError"),
    ]) {
      const { fetch } = observeFetch(() => Promise.reject(cause));
      const call = createClient({ fetch, retry: false }).getCustomer(args);
      const error = await failureOf(() => call);
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ name: "ConnectionError", ...errorFacts });
      expect((error as Error).cause).toBe(cause);
      expect(isLokeError(error)).toBe(true);
      expect(isApiError(error)).toBe(false);
    }
  });

  test("of a fetch that gives no response says so, and is not retried", async () => {
    for (const given of [undefined, null, {}, "text", { ok: true, json: async () => ({}) }]) {
      const fetch = async () => given as unknown as Response;
      const error = await failureOf(() => createClient({ fetch }).getCustomer(args));
      expect(error).toBeInstanceOf(LokeError);
      expect(error).toMatchObject({ attempts: 1, message: expect.stringContaining("no Response") });
    }
  });

  test("of a fetch that read the body itself says so, and is not retried", async () => {
    const fetch = async () => {
      const response = json({ id: "c" });
      await response.json();
      return response;
    };
    expect(await failureOf(() => createClient({ fetch }).getCustomer(args))).toMatchObject({
      name: "LokeError",
      attempts: 1,
      message: expect.stringContaining("Read response.clone()"),
    });
  });

  const mistakes: Record<string, unknown> = {
    "a ReferenceError": new ReferenceError("x is not defined"),
    "a TypeError of a program": new TypeError("x is not a function"),
    "a wrong argument": Object.assign(new TypeError("bad"), { code: "ERR_INVALID_ARG_TYPE" }),
    "a file that is missing": Object.assign(new Error("no such file"), {
      code: "ENOENT",
      path: "/cert.pem",
      syscall: "open",
    }),
    "a client that was closed": Object.assign(new Error("closed"), { code: "UND_ERR_CLOSED" }),
    "a control error of a framework": Object.assign(new Error("dynamic"), { digest: "DYNAMIC" }),
    "a text": "no",
    undefined: undefined,
  };
  for (const [name, mistake] of Object.entries(mistakes)) {
    test(`of an own fetch that throws ${name} is that, once`, async () => {
      const observed = observeFetch(() => Promise.reject(mistake));
      const call = () => createClient({ fetch: observed.fetch }).getCustomer(args);
      expect(await failureOf(call)).toBe(mistake);
      expect(observed.calls).toHaveLength(1);
    });
  }

  test("of the global fetch that is not the network's has it as the cause, and is not retried", async () => {
    replaceFetch(() => Promise.reject(new ReferenceError("x is not defined")));
    expect(await failureOf(() => createClient().getCustomer(args))).toMatchObject({
      name: "LokeError",
      attempts: 1,
      cause: { name: "ReferenceError", message: "x is not defined" },
    });
  });

  test("of a global fetch that a framework stops by a digest reaches the framework", async () => {
    const signal = Object.assign(new Error("dynamic"), { digest: "DYNAMIC_SERVER_USAGE" });
    replaceFetch(() => Promise.reject(signal));
    expect(await failureOf(() => createClient().getCustomer(args))).toBe(signal);
  });

  test("of a browser's fetch is the network's, whatever its TypeError says", async () => {
    replaceFetch(() => Promise.reject(new TypeError("Die Verbindung ist weg.")));
    const error = await failureOf(() => createClient({ retry: false }).getCustomer(args));
    expect(error).toBeInstanceOf(ConnectionError);
  });

  test("that says undefined is not taken for one with a secret in it", async () => {
    const cause = Object.assign(new Error("connect undefined"), { code: "ECONNRESET" });
    const { fetch } = observeFetch(() => Promise.reject(cause));
    const error = await failureOf(() => createClient({ fetch, retry: false }).getCustomer(args));
    expect((error as Error).cause).toBe(cause);
  });
});

describe("the progress of a walk", () => {
  test("is on the error, and its place is not printed", async () => {
    const { fetch } = observeFetch(
      page([{ id: "a" }], "?email=private&after=1"),
      new Response(null, { status: 404 }),
    );
    const list = createClient({ fetch }).listCustomers({ organizationId: "o", email: "private" });
    const pages = list.pages();
    await pages.next();
    const error = await failureOf(() => pages.next());
    expect(error).toMatchObject({ walk: { pages: 1, items: 1 } });
    expect(error).toHaveProperty("walk.resumeFrom", expect.any(String));
    expect(shown(error)).not.toContain("private");
    expect(Object.keys((error as InstanceType<typeof LokeError>).walk ?? {})).toEqual([
      "pages",
      "items",
    ]);
  });
});

describe("the guards", () => {
  const others = [undefined, null, 0, "", "LokeError", true, Symbol("x"), {}, [], () => {}];
  test("say no to whatever is no error of ours", () => {
    for (const value of [
      ...others,
      new Error("x"),
      new TypeError("x"),
      AbortSignal.abort().reason,
    ]) {
      expect([isLokeError(value), isApiError(value)]).toEqual([false, false]);
    }
    for (const fake of [{ name: "LokeError" }, { name: "ApiError", status: 404, headers: {} }]) {
      expect([isLokeError(fake), isApiError(fake)]).toEqual([false, false]);
    }
  });

  test("tell an ApiError from the others", () => {
    const contentType = undefined;
    const fields = { status: 200, contentType, isBroken: false, code: undefined } as const;
    const more = { scope: "attempt", reason: "cycle" } as const;
    for (const Other of [
      LokeError,
      ConnectionError,
      TimeoutError,
      ResponseError,
      PaginationError,
    ]) {
      const error = new Other("x", { ...errorFacts, ...fields, ...more });
      expect([isLokeError(error), isApiError(error)]).toEqual([true, false]);
    }
  });
});

describe("another copy of the package, minified", () => {
  async function minified(format: "esm" | "iife"): Promise<string> {
    const entry = new URL("../../src/index.ts", import.meta.url).pathname;
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      write: false,
      format,
      globalName: "loke",
    });
    return outputFiles[0]?.text ?? "";
  }

  test("has errors that the guards know, though instanceof does not", async () => {
    const code = Buffer.from(await minified("esm")).toString("base64");
    const copy: typeof loke = await import(`data:text/javascript;base64,${code}`);
    const { fetch } = observeFetch(new Response(null, { status: 404 }));
    const error = await failureOf(() => copy.createClient({ fetch }).getCustomer(args));
    expect(error).not.toBeInstanceOf(LokeError);
    expect([isLokeError(error), isApiError(error)]).toEqual([true, true]);
    expect([copy.isLokeError(error), copy.isApiError(error)]).toEqual([true, true]);
    const ours = await failure(new Response(null, { status: 404 }));
    expect([copy.isLokeError(ours), copy.isApiError(ours)]).toEqual([true, true]);
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
  });

  test("has errors with the names of their classes", async () => {
    const code = Buffer.from(await minified("esm")).toString("base64");
    const copy: typeof loke = await import(`data:text/javascript;base64,${code}`);
    const classes = Object.entries(copy).filter(([name]) => /^[A-Z]\w+Error$/.test(name));
    expect(classes).toHaveLength(12);
    for (const [name, Class] of classes) {
      expect(new (Class as typeof LokeError)("x", errorFacts).name).toBe(name);
    }
  });

  test("has errors that the guards know, also from another realm", async () => {
    const realm = createContext({ URL, Headers, Request, Response, DOMException });
    runInContext(`${await minified("iife")};globalThis.loke = loke`, realm);
    const copy = realm.loke as typeof loke;
    const notFound = new copy.NotFoundError("x", { ...apiFields, status: 404 });
    expect(notFound).not.toBeInstanceOf(Error);
    expect([isLokeError(notFound), isApiError(notFound)]).toEqual([true, true]);
    const late = new copy.TimeoutError("x", { ...errorFacts, scope: "attempt" });
    expect([isLokeError(late), isApiError(late)]).toEqual([true, false]);
    expect(isLokeError(runInContext("new Error('x')", realm))).toBe(false);
  });
});
