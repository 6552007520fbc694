import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { ApiError, createClient, ResponseError } from "../../src/index.js";
import { failureOf, json, observeFetch } from "./observed-fetch.js";

const args = { organizationId: "o", customerId: "c" };
const html = "<!doctype html><title>Sign in, private@example.com</title>";

/** What a single call and a list fail with when they are answered like this. */
function failures(one: () => Response, list: () => Response = one): Promise<unknown[]> {
  const get = createClient({ fetch: observeFetch(one).fetch, retry: false });
  const walk = createClient({ fetch: observeFetch(list).fetch, retry: false });
  return Promise.all([
    failureOf(() => get.getCustomer(args)),
    failureOf(() => walk.listMemberships(args).page()),
  ]);
}

describe("the body of an error", () => {
  async function bodyOf(body: BodyInit | null, headers: Record<string, string> = {}) {
    const [error] = await failures(() => new Response(body, { status: 400, headers }));
    expect(error).toBeInstanceOf(ApiError);
    return (error as ApiError).body;
  }

  const parsed: Record<string, unknown> = {
    '{"code":"x","a":[1]}': { code: "x", a: [1] },
    '["a"]': ["a"],
    "{}": {},
    "[]": [],
    "42": 42,
    '"text"': "text",
    " {} \n": {},
    true: true,
    // Values, all of them: only an empty body is undefined.
    "0": 0,
    false: false,
    null: null,
  };
  for (const [text, body] of Object.entries(parsed)) {
    test(`${text} is parsed`, async () => {
      expect(await bodyOf(text)).toStrictEqual(body);
      expect(await bodyOf(text, { "content-type": "text/plain" })).toStrictEqual(body);
    });
  }

  for (const text of ["Not found", html, '{"code":', "undefined", "NaN", "\u0000", "  "]) {
    test(`${JSON.stringify(text)} is its text`, async () => {
      expect(await bodyOf(text)).toBe(text);
      expect(await bodyOf(text, { "content-type": "application/json" })).toBe(text);
    });
  }

  test("is undefined if there is none", async () => {
    expect(await bodyOf(null)).toBeUndefined();
    expect(await bodyOf("")).toBeUndefined();
    expect(await bodyOf("", { "content-length": "0" })).toBeUndefined();
  });

  test("can be as deep as it likes", async () => {
    const depth = 10_000;
    const deep = "[".repeat(depth) + "]".repeat(depth);
    expect(await bodyOf(deep)).toBeInstanceOf(Array);
    expect(await bodyOf(`{"code":${deep}}`)).toHaveProperty("code");
  });

  test("does not touch the prototype of anything", async () => {
    const [error] = await failures(
      () => new Response('{"__proto__":{"code":"polluted"},"constructor":{}}', { status: 400 }),
    );
    expect(error).not.toHaveProperty("code");
    expect({}).not.toHaveProperty("code");
  });
});

describe("the code and instance of an error", () => {
  async function codeOf(code: unknown) {
    const [error] = await failures(() => json({ code, instance: code }, { status: 400 }));
    const { code: taken, instance, message } = error as ApiError;
    expect(instance).toBe(taken);
    if (taken === undefined) {
      expect(error).not.toHaveProperty("code");
      expect(error).not.toHaveProperty("instance");
      expect(message).toMatch(/ 400$/);
    } else {
      expect(message).toContain(taken);
    }
    return taken;
  }

  const codes = [
    "not_found",
    "NOT-FOUND",
    "notFound",
    "customers.not_found",
    "E1001",
    "loke:invalid",
    "01FCCGYZA9JPQ97HBSTKW0KT7P",
    "a".repeat(64),
  ];
  for (const code of codes) {
    test(`${code} is taken`, async () => {
      expect(await codeOf(code)).toBe(code);
    });
  }

  const others = [
    "",
    " ",
    "61411222333",
    "+61411222333",
    "0411-222-333",
    "0411.222.333",
    "(04) 1122 2333",
    "jo@example.com",
    "jo%40example.com",
    "not found",
    "John Smith",
    "not_found\nx",
    "not_found\n",
    "https://api.loke.global/organizations",
    "/organizations/1",
    "a".repeat(65),
    404,
    0,
    null,
    true,
    ["not_found"],
    { code: "not_found" },
  ];
  for (const code of others) {
    test(`${JSON.stringify(code)} is not taken: it could be private`, async () => {
      expect(await codeOf(code)).toBeUndefined();
    });
  }

  for (const body of ['"not_found"', '["not_found"]', "null", "5", '{"error":{"code":"a"}}', ""]) {
    test(`are not found in ${body || "an empty body"}`, async () => {
      const [error] = await failures(() => new Response(body, { status: 400 }));
      expect(error).toBeInstanceOf(ApiError);
      expect(error).not.toHaveProperty("code");
    });
  }
});

describe("a success that is not the declared JSON is a ResponseError", () => {
  const wrong: Record<string, [one: string | null, list: string | null]> = {
    HTML: [html, html],
    "a text": ["private@example.com", "private@example.com"],
    nothing: ["", ""],
    "no body": [null, null],
    blanks: ["  ", "\n"],
    "cut JSON": ['{"email":"private@example.com', '[{"email":"private@example.com'],
    "two values": ["{}{}", "[][]"],
    "JSON with a comma too many": ['{"id":"private",}', '["private",]'],
    null: ["null", "null"],
    "a number": ["5", "0"],
    "a boolean": ["true", "false"],
    "a string": ['"private@example.com"', '"private@example.com"'],
    "the other of array and object": ['[{"id":"private"}]', '{"customers":[{"id":"private"}]}'],
    "an empty one of the other": ["[]", "{}"],
  };
  for (const [name, [one, list]] of Object.entries(wrong)) {
    test(name, async () => {
      const answer = (body: string | null) => () =>
        new Response(body, { headers: { "content-type": "text/x" } });
      const errors = await failures(answer(one), answer(list));
      for (const [index, operation] of ["getCustomer", "listMemberships"].entries()) {
        const error = errors[index];
        expect(error).toBeInstanceOf(ResponseError);
        expect(error).toMatchObject({
          name: "ResponseError",
          operation,
          attempts: 1,
          status: 200,
          contentType: "text/x",
        });
        const shown = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
        expect(shown + JSON.stringify(error)).not.toContain("private");
      }
    });
  }

  test("204, 205 and a body of length 0", async () => {
    const responses = [
      () => new Response(null, { status: 204 }),
      () => new Response(null, { status: 205 }),
      () => new Response("", { headers: { "content-length": "0" } }),
    ];
    for (const response of responses) {
      for (const error of await failures(response)) expect(error).toBeInstanceOf(ResponseError);
    }
  });

  test("without a type there is no contentType", async () => {
    const bytes = new TextEncoder().encode("<html>");
    const [error] = await failures(() => new Response(bytes));
    expect(error).toBeInstanceOf(ResponseError);
    expect(error).not.toHaveProperty("contentType");
    expect(Object.keys(error as object).sort()).toEqual([
      "attempts",
      "method",
      "name",
      "operation",
      "origin",
      "path",
      "status",
    ]);
  });

  test("JSON in another encoding than UTF-8", async () => {
    const bytes = Buffer.from('{"id":"c"}', "utf16le");
    for (const error of await failures(() => new Response(bytes))) {
      expect(error).toBeInstanceOf(ResponseError);
    }
  });
});

describe("a body that ends early, though its connection does not break", () => {
  test("is not taken for one if it is HTML or the wrong JSON", async () => {
    for (const body of [html, "null", "5", '"text', ""]) {
      const observed = observeFetch(() => new Response(body));
      const loke = createClient({ fetch: observed.fetch, retry: { baseDelayMs: 0 } });
      expect(await failureOf(() => loke.getCustomer(args))).toBeInstanceOf(ResponseError);
      expect(observed.calls).toHaveLength(1);
    }
  });
});
