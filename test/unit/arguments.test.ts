import { describe, expect, test } from "vitest";
import { createClient, type LokeClient } from "../../src/index.js";
import { failureOf, json, observeFetch } from "./observed-fetch.js";

const origin = "https://api.test";
const secret = "jo@example.com";

/** The path and query that a call asks for. */
async function asked(call: (loke: LokeClient) => Promise<unknown>): Promise<string> {
  const observed = observeFetch((request) => json(request.url.includes("/c/") ? {} : []));
  const loke = createClient({ baseUrl: origin, fetch: observed.fetch });
  await call(loke).catch(() => {});
  const [url = "", ...more] = observed.urls;
  expect(more).toEqual([]);
  expect(url.slice(0, origin.length)).toBe(origin);
  return url.slice(origin.length);
}

/** The message with which arguments are refused, before anything is sent. */
async function refusal(method: keyof LokeClient, ...given: unknown[]): Promise<string> {
  const observed = observeFetch(() => new Response(null, { status: 404 }));
  const loke = createClient({ fetch: observed.fetch });
  const call = loke[method] as (...given: unknown[]) => unknown;
  const error = await failureOf(() => call(...given));
  expect(error).toBeInstanceOf(TypeError);
  expect(observed.calls).toEqual([]);
  const { message } = error as TypeError;
  expect(message).toContain(method);
  expect(message).not.toContain(secret);
  return message;
}

function customer(organizationId: unknown, customerId: unknown) {
  return asked((loke) => loke.getCustomer({ organizationId, customerId } as never));
}

function customers(query: Record<string, unknown>) {
  return asked((loke) => loke.listCustomers({ organizationId: "o", ...query } as never).page());
}

describe("a path value", () => {
  const written: Record<string, string> = {
    "01FCCGYZA9JPQ97HBSTKW0KT7P": "01FCCGYZA9JPQ97HBSTKW0KT7P",
    "a b": "a%20b",
    " ": "%20",
    "a/b": "a%2Fb",
    "a\\b": "a%5Cb",
    "a#b": "a%23b",
    "a?b=c": "a%3Fb%3Dc",
    "a&b": "a%26b",
    "a%b": "a%25b",
    "%2F": "%252F",
    "%2e%2e": "%252e%252e",
    "a+b": "a%2Bb",
    "a;b": "a%3Bb",
    "a:b@c": "a%3Ab%40c",
    "a\nb": "a%0Ab",
    "{customerId}": "%7BcustomerId%7D",
    "$&": "%24%26",
    é: "%C3%A9",
    漢: "%E6%BC%A2",
    "😀": "%F0%9F%98%80",
    "...": "...",
    "..a": "..a",
  };
  for (const [value, path] of Object.entries(written)) {
    test(`${JSON.stringify(value)} is written as ${path}, wherever it stands`, async () => {
      expect(await customer(value, "c")).toBe(`/organizations/${path}/customers/c`);
      expect(await customer("o", value)).toBe(`/organizations/o/customers/${path}`);
    });
  }

  test("0 and false are values", async () => {
    expect(await customer(0, false)).toBe("/organizations/0/customers/false");
  });

  test("goes where the document has it, also in the middle of the path", async () => {
    const path = await asked((loke) =>
      loke.listMemberships({ customerId: "c/1", organizationId: "o" }).page(),
    );
    expect(path).toBe("/organizations/o/customers/c%2F1/memberships");
  });

  const refused: Record<string, unknown> = {
    '""': "",
    '"."': ".",
    '".."': "..",
    undefined: undefined,
    null: null,
    "a date": new Date(0),
    "an object": { toString: () => secret },
    "an object without a text": Object.create(null),
    "a String object": Object(secret),
    NaN: Number.NaN,
    Infinity: Number.POSITIVE_INFINITY,
    "a bigint": 1n,
    "a symbol": Symbol(secret),
    "a function": () => secret,
    "an empty array": [],
    "an array": [secret],
    "the first half of a character": `${secret}\ud83d`,
    "the second half of a character": `\ude00${secret}`,
  };
  for (const [name, value] of Object.entries(refused)) {
    test(`${name} is refused before anything is sent`, async () => {
      const organizationId = value;
      expect(await refusal("getCustomer", { organizationId: "o", customerId: value })).toContain(
        '"customerId"',
      );
      expect(await refusal("listCustomers", { organizationId })).toContain('"organizationId"');
      expect(await refusal("listMemberships", { organizationId, customerId: "c" })).toContain(
        '"organizationId"',
      );
    });
  }

  test("that is missing is refused by name", async () => {
    expect(await refusal("getCustomer", { organizationId: "o" })).toContain('"customerId"');
    expect(await refusal("getCustomer", { customerId: "c" })).toContain('"organizationId"');
    expect(await refusal("listCustomers", {})).toContain('"organizationId"');
  });

  test("that is misspelled is refused by the name that was given", async () => {
    const given = { organisationId: "o" };
    expect(await refusal("listCustomers", given)).toContain('no argument "organisationId"');
  });

  test("that is null is not advised to be left out", async () => {
    const message = await refusal("listCustomers", { organizationId: null });
    expect(message).toMatch(/must be a string, number or boolean\.$/);
  });
});

describe("a query value", () => {
  const list = "/organizations/o/customers";
  const written: Record<string, string> = {
    "": "",
    "jo@example.com": "jo%40example.com",
    "+61411222333": "%2B61411222333",
    "a b": "a%20b",
    "a&sort=created": "a%26sort%3Dcreated",
    "a=b": "a%3Db",
    "a#b": "a%23b",
    "a?b/c": "a%3Fb%2Fc",
    "%40": "%2540",
    "漢😀": "%E6%BC%A2%F0%9F%98%80",
    "..": "..",
  };
  for (const [value, query] of Object.entries(written)) {
    test(`${JSON.stringify(value)} is written as "${query}"`, async () => {
      expect(await customers({ email: value })).toBe(`${list}?email=${query}`);
    });
  }

  test("0 and false are values", async () => {
    expect(await customers({ after: 0, email: false })).toBe(`${list}?after=0&email=false`);
  });

  test("undefined is absent", async () => {
    expect(await customers({ after: undefined, email: undefined })).toBe(list);
  });

  test("goes by the name that the document has for it", async () => {
    const query = { after: "a", sort: "updated", email: "e", phoneNumber: "p" };
    expect(await customers(query)).toBe(`${list}?after=a&sort=updated&email=e&phoneNumber=p`);
  });

  const refused: Record<string, unknown> = {
    null: null,
    "a date": new Date(0),
    "an object": { toString: () => secret },
    NaN: Number.NaN,
    "minus Infinity": Number.NEGATIVE_INFINITY,
    "a bigint": 1n,
    "a symbol": Symbol(secret),
    "a function": () => secret,
    // It would vanish from the URL, and a search for nobody would list everybody.
    "an empty array": [],
    "an array in an array": [[secret]],
    "an array with half a character": [`${secret}\ud83d`],
    "half a character": `${secret}\ud83d`,
  };
  for (const [name, value] of Object.entries(refused)) {
    test(`${name} is refused before anything is sent`, async () => {
      const args = { organizationId: "o", email: value };
      expect(await refusal("listCustomers", args)).toContain('"email"');
    });
  }
});

describe("the arguments", () => {
  test("with a misspelt name are refused, naming it and what there is", async () => {
    const message = await refusal("listCustomers", { organizationId: "o", emial: secret });
    expect(message).toContain('"emial"');
    expect(message).toContain("email");
    expect(await refusal("getCustomer", { organisationId: "o", customerId: "c" })).toMatch(
      /organi[sz]ationId/,
    );
  });

  test("of another operation are refused", async () => {
    const args = { organizationId: "o", customerId: "c", email: secret };
    expect(await refusal("listMemberships", args)).toContain('"email"');
    expect(await refusal("getCustomer", { ...args, email: undefined })).toContain('"email"');
    expect(
      await refusal("getCustomer", { organizationId: "o", customerId: "c", body: {} }),
    ).toContain('"body"');
  });

  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"]) {
    test(`named ${name} are refused like any misspelt name`, async () => {
      const args: unknown = JSON.parse(`{"organizationId":"o","${name}":"${secret}"}`);
      expect(await refusal("listCustomers", args)).toContain(`"${name}"`);
    });
  }

  const nothing = {
    null: null,
    undefined,
    text: secret,
    number: 5,
    boolean: true,
    array: [secret],
  };
  for (const [name, args] of Object.entries(nothing)) {
    test(`are refused if they are ${name}`, async () => {
      expect(await refusal("getCustomer", args)).toContain('"organizationId"');
      expect(await refusal("listCustomers", args)).toContain('"organizationId"');
    });
  }

  test("can be an object without prototype, an instance of a class, or frozen", async () => {
    class Search {
      organizationId = "o";
      email = "e";
    }
    const bare = Object.assign(Object.create(null), { organizationId: "o", email: "e" });
    for (const args of [bare, new Search(), Object.freeze({ ...bare })]) {
      expect(await customers(args)).toBe("/organizations/o/customers?email=e");
    }
  });

  test("can have getters, of the object or of its class", async () => {
    class Search {
      readonly organizationId = "o";
      get email() {
        return "e";
      }
    }
    const own = {
      organizationId: "o",
      get email() {
        return "e";
      },
    };
    for (const args of [new Search(), own]) {
      const observed = observeFetch(json([]));
      await createClient({ fetch: observed.fetch, baseUrl: origin }).listCustomers(args).page();
      expect(observed.urls).toEqual([`${origin}/organizations/o/customers?email=e`]);
    }
  });

  test("are none of what a script has added to every object", async () => {
    const prototype: { email?: string; organizationId?: string } = Object.prototype;
    Object.assign(prototype, { email: "e", organizationId: "p" });
    try {
      expect(await customers({ organizationId: "o" })).toBe("/organizations/o/customers");
      expect(await refusal("listCustomers", {})).toContain('"organizationId" is missing');
    } finally {
      delete prototype.email;
      delete prototype.organizationId;
    }
  });

  test("are left as they were", async () => {
    const args = { organizationId: "o", email: "e", sort: undefined };
    await customers(args);
    expect(args).toEqual({ organizationId: "o", email: "e", sort: undefined });
  });

  test("are read at the call: what is changed later changes nothing", async () => {
    const observed = observeFetch(json([]));
    const args = { organizationId: "o", email: "e" };
    const list = createClient({ fetch: observed.fetch, baseUrl: origin }).listCustomers(args);
    args.email = "f";
    await list.page();
    expect(observed.urls).toEqual([`${origin}/organizations/o/customers?email=e`]);
  });
});

describe("wrong arguments", () => {
  test("throw at the call of a list", () => {
    const { fetch } = observeFetch();
    expect(() => createClient({ fetch }).listCustomers({ organizationId: ".." })).toThrow(
      TypeError,
    );
  });

  test("reject a single call, which never throws", async () => {
    const { fetch } = observeFetch();
    const args = { organizationId: "o", customerId: ".." };
    const { getCustomer } = createClient({ fetch });
    const calls = [getCustomer(args), getCustomer.withResponse(args)];
    for (const call of calls) await expect(call).rejects.toThrow(TypeError);
  });
});
