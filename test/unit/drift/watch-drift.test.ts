import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import document from "../../../generated/openapi.json" with { type: "json" };
import { type DriftFinding, type DriftOptions, watchDrift } from "../../../src/drift.js";
import { createClient, type LokeEvent } from "../../../src/index.js";
import { failureOf, json, observeFetch, page, type Reply } from "../observed-fetch.js";

const ids = { organizationId: "o", customerId: "c" };
const statistics =
  document.paths["/organizations/{organizationId}/customers/{customerId}"].get.responses[200]
    .content["application/json"].example.statistics;

/** A customer as the document has it, but for some fields; `undefined` takes one away. */
function customer(differences: object = {}) {
  return { id: "c", firstName: "F", lastName: "L", statistics, ...differences };
}

/** A client that watches, and answers that it gets. */
function watch(options: DriftOptions, ...replies: Reply[]) {
  const drift = watchDrift(options);
  const events: LokeEvent[] = [];
  const { fetch } = observeFetch(...replies);
  const loke = createClient({
    fetch,
    drift,
    retry: { baseDelayMs: 0 },
    onEvent: (event) => events.push(event),
  });
  return { drift, events, loke };
}

/** What is found in one customer. */
async function findingsIn(answer: unknown, options: DriftOptions = {}): Promise<DriftFinding[]> {
  const { drift, loke } = watch(options, json(answer));
  await loke.getCustomer(ids);
  return drift.findings();
}

const model = "/components/schemas/Customer";
const answersOfGet =
  "/paths/~1organizations~1{organizationId}~1customers~1{customerId}/get/responses";

describe("a finding", () => {
  const base = { operation: "getCustomer", count: 1, firstItem: undefined };
  const cases: [kind: string, answer: object, finding: object][] = [
    [
      "an unknown field",
      customer({ tier: "gold" }),
      {
        kind: "unknown-field",
        path: "Customer.tier",
        expected: "absent",
        actual: "string",
        document: model,
      },
    ],
    [
      "an unknown field of a model within a model",
      customer({ statistics: { ...statistics, visits: 3 } }),
      {
        kind: "unknown-field",
        path: "Customer.statistics.visits",
        expected: "absent",
        actual: "number",
        document: `${model}Statistics`,
      },
    ],
    [
      "a missing field",
      customer({ firstName: undefined }),
      {
        kind: "missing-field",
        path: "Customer.firstName",
        expected: "string",
        actual: "absent",
        document: `${model}/properties/firstName`,
      },
    ],
    [
      "a value of another type",
      customer({ statistics: { ...statistics, totalSpend: "36.87" } }),
      {
        kind: "wrong-type",
        path: "Customer.statistics.totalSpend",
        expected: "integer",
        actual: "string",
        document: `${model}Statistics/properties/totalSpend`,
      },
    ],
    [
      "a fraction where a whole number was due",
      customer({ statistics: { ...statistics, totalSpend: 36.87 } }),
      {
        kind: "wrong-type",
        path: "Customer.statistics.totalSpend",
        expected: "integer",
        actual: "number",
        document: `${model}Statistics/properties/totalSpend`,
      },
    ],
    [
      "null",
      customer({ dob: null }),
      {
        kind: "wrong-type",
        path: "Customer.dob",
        expected: "string",
        actual: "null",
        document: `${model}/properties/dob`,
      },
    ],
    [
      "an array where an object was due",
      customer({ statistics: [] }),
      {
        kind: "wrong-type",
        path: "Customer.statistics",
        expected: "object",
        actual: "array",
        document: `${model}Statistics`,
      },
    ],
  ];
  test.for(cases)("of a single call: %s", async ([, answer, finding]) => {
    expect(await findingsIn(answer)).toStrictEqual([{ ...base, ...finding }]);
  });

  test.for(cases)("of a page: %s", async ([, answer, finding]) => {
    const { drift, loke } = watch({}, page([customer(), answer, answer], "?after=2"));
    await loke.listCustomers({ organizationId: "o" }).page();
    const ofPage = { ...base, ...finding, operation: "listCustomers", count: 2, firstItem: 1 };
    expect(drift.findings()).toStrictEqual([ofPage]);
  });

  test.for(cases)("of a walk: %s", async ([, answer, finding]) => {
    const { drift, loke } = watch(
      {},
      page([customer(), customer(), answer], "?after=3"),
      page([answer, answer]),
    );
    await loke.listCustomers({ organizationId: "o" }).toArray({ limit: 10 });
    const ofWalk = { ...base, ...finding, operation: "listCustomers", count: 3, firstItem: 2 };
    expect(drift.findings()).toStrictEqual([ofWalk]);
  });

  test("is there for each kind and path, whatever the operation", async () => {
    const { drift, loke } = watch(
      {},
      json(customer({ tier: 1, dob: 1 })),
      page([customer({ tier: 1 })]),
    );
    await loke.getCustomer(ids);
    await loke.listCustomers({ organizationId: "o" }).page();
    expect(drift.findings().map(({ path, operation, count }) => [path, operation, count])).toEqual([
      ["Customer.tier", "getCustomer", 2],
      ["Customer.dob", "getCustomer", 1],
    ]);
  });

  test("names all that came, if it was not always the same", async () => {
    const items = [1, null, 2, true].map((dob) => customer({ dob }));
    const { drift, loke } = watch({}, page(items));
    await loke.listCustomers({ organizationId: "o" }).page();
    expect(drift.findings()).toMatchObject([{ actual: "number or null or boolean", count: 4 }]);
  });

  test("tells an integer that was rounded from a value of another type, and shows neither", async () => {
    const items = ["9007199254740993", '"much"', "-9007199254740993", "9007199254740991"].map(
      (totalSpend) =>
        JSON.stringify(customer()).replace(/("totalSpend":)[^,}]+/, `$1${totalSpend}`),
    );
    const body = new Response(`[${items}]`, { headers: { "content-type": "application/json" } });
    const { drift, loke } = watch({ showValues: true }, body);
    await loke.listCustomers({ organizationId: "o" }).page();
    const path = "Customer.statistics.totalSpend";
    expect(drift.findings()).toMatchObject([
      {
        kind: "unknown-value",
        path,
        expected: "safe integer",
        actual: "not a safe integer",
        count: 2,
      },
      { kind: "wrong-type", path, expected: "integer", actual: "string", count: 1 },
    ]);
  });

  test("has the item as its path where an item is of another type", async () => {
    const { drift, loke } = watch({}, page([customer(), "c", null]));
    await loke.listCustomers({ organizationId: "o" }).page();
    const finding = {
      path: "Customer",
      expected: "object",
      actual: "string or null",
      firstItem: 1,
    };
    expect(drift.findings()).toMatchObject([finding]);
  });

  test("tells that a list is an object now, beside the error", async () => {
    const { drift, loke } = watch({}, json({ data: [], next: null }));
    const failure = await failureOf(() => loke.listCustomers({ organizationId: "o" }).page());
    expect(failure).toMatchObject({ name: "ResponseError" });
    expect(drift.findings()).toStrictEqual([
      {
        operation: "listCustomers",
        kind: "wrong-type",
        path: "Customer[]",
        expected: "array",
        actual: "object",
        count: 1,
        firstItem: undefined,
        document: "/paths/~1organizations~1{organizationId}~1customers/get/responses/200",
      },
    ]);
  });

  test("tells that an object is null now, beside the error", async () => {
    const { drift, loke } = watch({}, json(null));
    expect(await failureOf(() => loke.getCustomer(ids))).toMatchObject({ name: "ResponseError" });
    expect(drift.findings()).toMatchObject([
      { kind: "wrong-type", path: "Customer", actual: "null" },
    ]);
  });

  test("tells that an object is an array now, beside the error", async () => {
    const { drift, loke } = watch({}, json([customer()]));
    expect(await failureOf(() => loke.getCustomer(ids))).toMatchObject({ name: "ResponseError" });
    expect(drift.findings()).toMatchObject([
      { kind: "wrong-type", path: "Customer", actual: "array" },
    ]);
  });

  test("is not there for an answer that is what the document says", async () => {
    const example =
      document.paths["/organizations/{organizationId}/customers"].get.responses[200].content[
        "application/json"
      ].example;
    const { drift, loke } = watch({}, page(example), page([{ id: "1", name: "n" }]));
    await loke.listCustomers({ organizationId: "o" }).page();
    await loke.listMemberships(ids).page();
    expect(drift.findings()).toEqual([]);
  });

  test("is not there for the rows of a body that broke off, which are read again", async () => {
    const cut = new Response('[{"id":1},', { headers: { "content-type": "application/json" } });
    const { drift, loke } = watch({}, cut, page([customer({ tier: 1 })]));
    await loke.listCustomers({ organizationId: "o" }).page();
    expect(drift.findings()).toMatchObject([{ path: "Customer.tier", count: 1 }]);
  });
});

describe("a status", () => {
  const noContent = (status: number) => new Response(null, { status });

  test("that the document does not list is a finding, also where the call is repeated", async () => {
    const { drift, loke } = watch({}, noContent(503), noContent(429), json(customer()));
    await loke.getCustomer(ids);
    expect(drift.findings()).toStrictEqual([
      {
        operation: "getCustomer",
        kind: "undocumented-status",
        path: "getCustomer",
        expected: "200 or 404",
        actual: "503 or 429",
        count: 2,
        firstItem: undefined,
        document: answersOfGet,
      },
    ]);
  });

  test.for([201, 206, 401, 403, 500])("such as %i is no secret", async (status) => {
    const { drift, loke } = watch({}, json(customer({ tier: 1 }), { status }));
    await loke.getCustomer(ids).catch(() => {});
    expect(drift.findings()).toMatchObject([{ kind: "undocumented-status", actual: `${status}` }]);
  });

  test("that the document lists is none", async () => {
    const { drift, loke } = watch({}, noContent(404));
    await failureOf(() => loke.getCustomer(ids));
    expect(drift.findings()).toEqual([]);
  });

  test("of an error whose body stalls is a finding as well", async () => {
    const stalled = new ReadableStream({ pull: () => new Promise(() => {}) });
    const { drift, loke } = watch({}, new Response(stalled, { status: 403 }));
    await failureOf(() => loke.getCustomer(ids, { timeoutMs: 20 }));
    expect(drift.findings()).toMatchObject([{ kind: "undocumented-status", actual: "403" }]);
  });
});

describe("a content type", () => {
  const contentType = async (type: string | undefined, body = JSON.stringify(customer())) => {
    const bytes = new TextEncoder().encode(body);
    const response = new Response(
      bytes,
      type === undefined ? {} : { headers: { "content-type": type } },
    );
    const { drift, loke } = watch({}, response);
    await loke.getCustomer(ids).catch(() => {});
    return drift.findings();
  };

  test.for(["application/json", "application/json; charset=utf-8", "Application/JSON;v=1"])(
    "as the document has it is none: %s",
    async (type) => expect(await contentType(type)).toEqual([]),
  );

  const others: [type: string | undefined, actual: string][] = [
    ["application/vnd.loke+json", "application/vnd.loke+json"],
    ["application/jsonp", "application/jsonp"],
    ["text/html; charset=jo@example.com", "text/html"],
    ["jo@example.com", "none"],
    [`${"a".repeat(65)}/json`, "none"],
    [undefined, "none"],
  ];
  test.for(others)(
    "that the document does not declare is a finding: %s",
    async ([type, actual]) => {
      expect(await contentType(type)).toStrictEqual([
        {
          operation: "getCustomer",
          kind: "unexpected-content-type",
          path: "getCustomer",
          expected: "application/json",
          actual,
          count: 1,
          firstItem: undefined,
          document: `${answersOfGet}/200`,
        },
      ]);
    },
  );

  test("of a login page is a finding, beside the error", async () => {
    expect(await contentType("text/html", "<html></html>")).toMatchObject([
      { actual: "text/html" },
    ]);
  });

  test("of a status for which the document declares none is none", async () => {
    const { drift, loke } = watch({}, new Response("<html>", { status: 404 }));
    await failureOf(() => loke.getCustomer(ids));
    expect(drift.findings()).toEqual([]);
  });
});

describe("onDrift", () => {
  test("is told each finding once, when its page has been counted", async () => {
    const told: DriftFinding[] = [];
    const items = (nth: number) =>
      Array.from({ length: 1_000 }, () => customer({ id: `${nth}`, tier: 1, dob: 2 }));
    const { drift, loke } = watch(
      { onDrift: (finding) => told.push(finding) },
      page(items(1), "?after=1"),
      page(items(2)),
    );
    await loke.listCustomers({ organizationId: "o" }).toArray({ limit: 2_000 });
    expect(told.map(({ path, count }) => [path, count])).toEqual([
      ["Customer.tier", 1_000],
      ["Customer.dob", 1_000],
    ]);
    expect(drift.findings().map(({ count }) => count)).toEqual([2_000, 2_000]);
  });

  test("can throw: the call does not notice, and the other findings are told", async () => {
    let calls = 0;
    const onDrift = () => {
      calls += 1;
      throw new Error("of the listener");
    };
    const answer = customer({ tier: 1, dob: 2 });
    const { drift, events, loke } = watch({ onDrift }, json(answer));
    expect(await loke.getCustomer(ids)).toEqual(answer);
    expect(calls).toBe(2);
    expect(drift.findings()).toHaveLength(2);
    expect(events.filter(({ type }) => type === "drift")).toHaveLength(2);
  });

  test("can reject: nobody is told of the rejection", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    let calls = 0;
    const onDrift = async () => {
      calls += 1;
      throw new Error("of the listener");
    };
    await findingsIn(customer({ tier: 1 }), { onDrift });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(calls).toBe(1);
    expect(unhandled).toEqual([]);
  });

  test("cannot change what is found", async () => {
    const onDrift = (finding: DriftFinding) => void Object.assign(finding, { count: 99, path: "" });
    expect(await findingsIn(customer({ tier: 1 }), { onDrift })).toMatchObject([
      { path: "Customer.tier", count: 1 },
    ]);
  });
});

describe("the client", () => {
  test("tells onEvent of each new finding, between the response and the page", async () => {
    const replies = [
      page([customer({ tier: 1 })], "?after=1"),
      page([customer({ id: "d", tier: 1 })]),
    ];
    const { drift, events, loke } = watch({}, ...replies);
    await loke.listCustomers({ organizationId: "o" }, { prefetch: 0 }).toArray({ limit: 2 });
    expect(events.map(({ type }) => type)).toEqual([
      ...["request", "response", "drift", "page"],
      ...["request", "response", "page"],
    ]);
    expect(events[2]).toStrictEqual({ type: "drift", page: 1, ...drift.findings()[0], count: 1 });
  });

  test("takes no notice of a listener that throws", async () => {
    const answer = customer({ tier: 1, dob: 2 });
    const types: string[] = [];
    const loke = createClient({
      fetch: observeFetch(json(answer)).fetch,
      drift: watchDrift(),
      onEvent({ type }) {
        types.push(type);
        throw new Error("of the listener");
      },
    });
    expect(await loke.getCustomer(ids)).toEqual(answer);
    expect(types).toEqual(["request", "response", "drift", "drift"]);
  });

  test("takes no notice of a drift that throws, or gives what is no list", async () => {
    const broken = [
      () => {
        throw new Error("of the drift");
      },
      () => 5,
      () => null,
    ];
    for (const check of broken) {
      const drift = Object.assign(check, { findings: () => [] }) as unknown as ReturnType<
        typeof watchDrift
      >;
      const { fetch } = observeFetch(json(customer()), new Response(null, { status: 404 }));
      const loke = createClient({ fetch, drift });
      expect(await loke.getCustomer(ids)).toEqual(customer());
      expect(await failureOf(() => loke.getCustomer(ids))).toMatchObject({ name: "NotFoundError" });
    }
  });

  test("refuses a drift that is no function", () => {
    for (const drift of [true, {}, "on"]) {
      expect(() => createClient({ drift } as object)).toThrow(
        'createClient: "drift" must be what watchDrift() returns.',
      );
    }
  });

  test("takes drift as an option of the client only", () => {
    const loke = createClient();
    const options = { drift: watchDrift() };
    expect(() => loke.listCustomers({ organizationId: "o" }, options as object)).toThrow(
      'listCustomers has no option "drift"; it has',
    );
  });

  test("calls its drift once for each answer", async () => {
    const calls: unknown[] = [];
    const check = (operation: string, { status }: Response, data: unknown) => {
      calls.push([operation, status, data]);
      return [];
    };
    const drift = Object.assign(check, { findings: () => [] });
    const { fetch } = observeFetch(new Response(null, { status: 503 }), json(customer()));
    await createClient({ fetch, drift, retry: { baseDelayMs: 0 } }).getCustomer(ids);
    expect(calls).toEqual([
      ["getCustomer", 503, undefined],
      ["getCustomer", 200, customer()],
    ]);
  });

  test("gives the data as it came, with what is unknown in it", async () => {
    const answer = customer({ tier: "gold", gender: "NEW", dob: 5 });
    const { loke } = watch({}, json(answer));
    const given = await loke.getCustomer(ids);
    expect(given).toEqual(answer);
    const tier: unknown = "tier" in given ? given.tier : undefined;
    expect(tier).toBe("gold");
  });

  test("shares its findings with clients that are given the same drift", async () => {
    const drift = watchDrift();
    const told: string[] = [];
    for (const name of ["one", "two"]) {
      const { fetch } = observeFetch(json(customer({ tier: 1 })));
      const onEvent = ({ type }: LokeEvent) => void (type === "drift" && told.push(name));
      await createClient({ fetch, drift, onEvent }).getCustomer(ids);
    }
    expect(drift.findings()).toMatchObject([{ count: 2 }]);
    expect(told).toEqual(["one"]);
  });

  test("finds anew with a drift of its own", async () => {
    expect(await findingsIn(customer({ tier: 1 }))).toMatchObject([{ count: 1 }]);
    expect(await findingsIn(customer({ tier: 1 }))).toMatchObject([{ count: 1 }]);
  });
});

describe("sample", () => {
  const items = Array.from({ length: 30 }, (_, index) => customer({ [`at${index}`]: 1 }));
  const seen = async (sample: number | undefined) => {
    const others = items.map((item) => ({ ...item, id: "d" }));
    const { drift, loke } = watch({ sample }, page(items, "?after=1"), page(others));
    await loke.listCustomers({ organizationId: "o" }).toArray({ limit: 60 });
    return drift.findings().map(({ firstItem, count }) => `${firstItem}:${count}`);
  };
  const firsts = (count: number) => Array.from({ length: count }, (_, index) => `${index}:2`);

  test("checks all items of each page by default", async () => {
    expect(await seen(undefined)).toEqual(firsts(30));
  });
  test("checks the first items of each page, that many", async () => {
    expect(await seen(25)).toEqual(firsts(25));
  });
  test("checks the first item of each page, if it is 1", async () => {
    expect(await seen(1)).toEqual(firsts(1));
  });
  test("can be more than a page has", async () => {
    expect(await seen(1_000)).toEqual(firsts(30));
  });
  test("does not matter to a single call", async () => {
    expect(await findingsIn(customer({ tier: 1 }), { sample: 1 })).toHaveLength(1);
  });
});

describe("no finding holds data", () => {
  const names: [name: string, shown: string][] = [
    ["tier", "tier"],
    ["x-tier", "x-tier"],
    ["$ref", "$ref"],
    ["a".repeat(64), "a".repeat(64)],
    ["a".repeat(65), "*"],
    ["jo@example.com", "*"],
    ["+61411222333", "*"],
    ["01FCCGYZA9JPQ97HBSTKW0KT7P", "*"],
    ["Jo Smith", "*"],
    ["a.b", "*"],
    ["a\nb", "*"],
    ["Zoë", "*"],
    ["", "*"],
  ];
  test.for(names)("the field %j is named %s", async ([name, shown]) => {
    expect(await findingsIn(customer({ [name]: 1 }))).toMatchObject([
      { path: `Customer.${shown}` },
    ]);
  });

  test("fields that are not named are one finding", async () => {
    const found = await findingsIn(customer({ "a@b.c": 1, "d@e.f": "x" }));
    expect(found).toMatchObject([{ path: "Customer.*", count: 2, actual: "number or string" }]);
  });

  test("no value is in it, whatever is wrong with it", async () => {
    const secret = "s3cr3t";
    const wrong = customer({
      id: { secret },
      dob: [secret],
      hasAgreedToMarketing: secret,
      extra: secret,
    });
    const told: unknown[] = [];
    const { drift, events, loke } = watch(
      { onDrift: (finding) => told.push(finding), showValues: true },
      json(wrong),
      page([wrong, secret]),
      json(wrong, { status: 418, headers: { "content-type": `text/plain; ${secret}` } }),
    );
    await loke.getCustomer(ids);
    await loke.listCustomers({ organizationId: "o" }).page();
    await loke.getCustomer(ids).catch(() => {});
    const all = inspect([told, events, drift.findings(), drift], { depth: 9, showHidden: true });
    expect(told.length).toBeGreaterThan(5);
    expect(all).not.toContain(secret);
  });

  test("names that every object has are names like others, and change nothing", async () => {
    const text =
      '{"id":"c","firstName":"F","lastName":"L","__proto__":{"polluted":1},"constructor":1,"toString":2}';
    const { drift, loke } = watch(
      {},
      new Response(text, { headers: { "content-type": "application/json" } }),
    );
    await loke.getCustomer(ids);
    const found = drift.findings().map(({ kind, path, actual }) => `${kind} ${path} ${actual}`);
    expect(found.sort()).toEqual([
      "unknown-field Customer.__proto__ object",
      "unknown-field Customer.constructor number",
      "unknown-field Customer.toString number",
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("an API that is another one", () => {
  test("has 200 findings at most by name, and the rest counted together", async () => {
    const fields = Array.from({ length: 300 }, (_, index) => [`f${index}`, index]);
    const told: DriftFinding[] = [];
    const { drift, loke } = watch(
      { onDrift: (finding) => told.push(finding) },
      json(customer({ ...Object.fromEntries(fields) })),
      json(customer({ ...Object.fromEntries(fields), dob: 1 })),
    );
    await loke.getCustomer(ids);
    await loke.getCustomer(ids);
    const found = drift.findings();
    expect(found).toHaveLength(202);
    expect(found.slice(0, 200).every(({ count }) => count === 2)).toBe(true);
    expect(found.slice(200)).toMatchObject([
      { kind: "unknown-field", path: "Customer.*", count: 200 },
      { kind: "wrong-type", path: "Customer.*", count: 1 },
    ]);
    expect(told).toHaveLength(202);
  });

  test("still counts what it found before there were 200", async () => {
    const fields = Array.from({ length: 250 }, (_, index) => [`f${index}`, index]);
    const { drift, loke } = watch({}, json({}), page([Object.fromEntries(fields)]), json({}));
    for (let time = 0; time < 3; time += 1) {
      await loke
        .listCustomers({ organizationId: "o" })
        .page()
        .catch(() => {});
    }
    expect(drift.findings()[0]).toMatchObject({ path: "Customer[]", count: 2 });
  });

  test("has 10 things that came named in a finding", async () => {
    const replies = Array.from(
      { length: 12 },
      (_, index) => new Response(null, { status: 430 + index }),
    );
    const { drift, loke } = watch({}, ...replies);
    for (const _ of replies) await loke.getCustomer(ids).catch(() => {});
    expect(drift.findings()[0]).toMatchObject({
      count: 12,
      actual: Array.from({ length: 10 }, (_, index) => 430 + index).join(" or "),
    });
  });
});

describe("watchDrift", () => {
  test("finds nothing before an answer has come", () => {
    expect(watchDrift().findings()).toEqual([]);
    expect(
      watchDrift({ onDrift: undefined, sample: undefined, showValues: undefined }).findings(),
    ).toEqual([]);
  });

  test("gives findings that nobody else has", async () => {
    const { drift, loke } = watch({}, json(customer({ tier: 1 })));
    await loke.getCustomer(ids);
    Object.assign(drift.findings()[0] ?? {}, { count: 99 });
    drift.findings().pop();
    expect(drift.findings()).toMatchObject([{ count: 1 }]);
  });

  test("reads data that cannot be changed", () => {
    const frozen = JSON.parse(JSON.stringify([customer({ tier: { a: [1] } })]), (_, value) =>
      Object.freeze(value),
    );
    const response = json(null);
    expect(watchDrift()("listCustomers", response, frozen)).toHaveLength(1);
    expect(response.bodyUsed).toBe(false);
  });

  const wrong: [options: object, message: string][] = [
    [{ onDrift: "log" }, '"onDrift" must be a function'],
    [{ onDrift: null }, '"onDrift" must be a function'],
    [{ sample: 0 }, '"sample" must be a whole number from 1'],
    [{ sample: -1 }, '"sample" must be a whole number from 1'],
    [{ sample: 1.5 }, '"sample" must be a whole number from 1'],
    [{ sample: "5" }, '"sample" must be a whole number from 1'],
    [{ sample: Number.NaN }, '"sample" must be a whole number from 1'],
    [{ sample: Number.NEGATIVE_INFINITY }, '"sample" must be a whole number from 1'],
    [{ sample: null }, '"sample" must be a whole number from 1'],
    [{ showValues: 1 }, '"showValues" must be true or false'],
    [{ ondrift: () => {} }, 'has no option "ondrift"'],
  ];
  test.for(wrong)("refuses %j", ([options, message]) => {
    expect(() => watchDrift(options)).toThrow(TypeError);
    expect(() => watchDrift(options)).toThrow(message);
  });
});
