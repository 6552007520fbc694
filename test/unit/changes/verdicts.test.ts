import { describe, expect, test, vi } from "vitest";
import { type Change, textOf } from "../../../scripts/changes/change.js";
import { buildModel } from "../../../scripts/changes/client-model.js";
import { changesBetween } from "../../../scripts/changes/report.js";
import { cachedCheck } from "./shop.js";
import { type Api, api, object, type Part, ref, string } from "./small-api.js";

// Changes of small documents: each says what it means to users, and shows the compiler's own line for it.
vi.setConfig({ testTimeout: 120_000 });

const { check } = cachedCheck();

async function between(before: Part, after: Part): Promise<Change[]> {
  const [old, now] = [await buildModel(before, "old"), await buildModel(after, "new")];
  return changesBetween(old, now, check);
}

const lines = (changes: readonly Change[]) => changes.map((one) => `${one.level}: ${textOf(one)}`);
/** Without what is only said of the arrangement. */
const worth = (changes: readonly Change[]) =>
  lines(changes).filter((line) => !line.startsWith("docs: "));
const evidence = (change: Change | undefined) =>
  change?.compiler.map(({ code, message, statement }) => `${statement} ${code}: ${message}`);

const cash = object({ kind: { const: "cash" }, change: { type: "number" } }, "kind");
const card = object({ kind: { const: "card" }, digits: string }, "kind", "digits");

describe("the compiler decides on", () => {
  test("a union that is read and loses a member: code that handles the member stops compiling", async () => {
    const models = (...members: string[]) => ({
      Card: card,
      Cash: cash,
      Payment: { oneOf: members.map(ref) },
    });
    const before = api({ read: ref("Payment"), models: models("Card", "Cash") });
    const [change, ...others] = await between(
      before,
      api({ read: ref("Payment"), models: models("Card") }),
    );
    expect(others).toEqual([]);
    expect(lines([change as Change])).toEqual(["breaking: Payment: Card | Cash → Card"]);
    expect(evidence(change)?.[0]).toMatch(
      /^const payment: Payment = cash TS2741: .*'Cash'.*'Card'/,
    );
  });

  test("a union that is read, of which a member gains a field: nothing stops compiling", async () => {
    const models = (more: Part) => ({ Card: { ...card, ...more }, Cash: cash });
    const read = { oneOf: [ref("Card"), ref("Cash")] };
    const bigger = object({ ...card.properties, bank: string }, "kind", "digits", "bank");
    const changes = await between(
      api({ read, models: models({}) }),
      api({ read, models: models(bigger) }),
    );
    expect(lines(changes)).toEqual(["compatible: Card.bank added: string"]);
  });

  test("a model that is only sent and becomes nullable: helpers that read it stop compiling", async () => {
    const thing = object({ name: string }, "name");
    const nullable = { ...thing, type: ["object", "null"] };
    const [change] = await between(
      api({ sent: ref("Thing"), models: { Thing: thing } }),
      api({ sent: ref("Thing"), models: { Thing: nullable } }),
    );
    expect(change).toMatchObject({ level: "breaking", subjects: ["Thing"] });
    expect(evidence(change)).toEqual(["thing.name TS18047: 'thing' is possibly 'null'"]);
  });

  test("a result without a model", async () => {
    const [change] = await between(
      api({ read: object({ name: string }, "name") }),
      api({ read: object({ name: { type: "integer" } }, "name") }),
    );
    expect(lines([change as Change])).toEqual(["breaking: getThing().name: string → number"]);
    expect(evidence(change)?.[0]).toBe(
      "const name: string = (await loke.getThing()).name TS2322: Type 'number' is not assignable to type 'string'",
    );
  });

  test("a body without a model", async () => {
    const [change] = await between(
      api({ sent: object({ name: string, size: string }, "name") }),
      api({ sent: object({ name: string, size: string }, "name", "size") }),
    );
    expect(lines([change as Change])).toEqual([
      "breaking: sendThing({ body.size }): string | undefined → string",
    ]);
    expect(evidence(change)?.[0]).toMatch(/^body\.size = size TS2322: .*undefined/);
  });

  test("a field within an allOf", async () => {
    const thing = (type: string) => ({
      allOf: [ref("Base"), object({ size: { type } }, "size")],
    });
    const models = (type: string) => ({ Base: object({ name: string }), Thing: thing(type) });
    const [change, ...others] = await between(
      api({ read: ref("Thing"), models: models("string") }),
      api({ read: ref("Thing"), models: models("integer") }),
    );
    expect(others).toEqual([]);
    expect(lines([change as Change])).toEqual(["breaking: Thing.size: string → number"]);
    expect(evidence(change)?.[0]).toMatch(/^const size: string = thing\.size TS2322: /);
  });

  test("another model in the place of one: fields that it does not have are no longer read", async () => {
    const models = {
      Big: object({ id: string, more: string }, "id"),
      Small: object({ id: string }),
    };
    models.Small.required = ["id"];
    const [change] = await between(
      api({ read: ref("Big"), models }),
      api({ read: ref("Small"), models }),
    );
    expect(lines([change as Change])).toEqual(["breaking: getThing(): Big → Small"]);
    expect(evidence(change)).toEqual([
      "(await loke.getThing()).more TS2339: Property 'more' does not exist on type 'Small'",
    ]);
  });

  test("several changes of one model: each has its own line", async () => {
    const thing = (name: Part, size: Part) => object({ name, size }, "name", "size");
    const changes = await between(
      api({ read: ref("Thing"), models: { Thing: thing(string, { type: "integer" }) } }),
      api({ read: ref("Thing"), models: { Thing: thing({ type: "integer" }, string) } }),
    );
    expect(changes.map((change) => [change.subjects[0], change.compiler[0]?.statement])).toEqual([
      ["Thing.name", "const name: string = thing.name"],
      ["Thing.size", "const size: number = thing.size"],
    ]);
  });

  test("a discriminator: it has a line, and types that stay as they are break nothing", async () => {
    const payment = (discriminator: Part) => ({
      oneOf: [ref("Card"), ref("Cash")],
      discriminator,
    });
    const models = (discriminator: Part) => ({
      Card: card,
      Cash: cash,
      Payment: payment(discriminator),
    });
    const mapping = { card: ref("Card").$ref, cash: ref("Cash").$ref };
    const changes = await between(
      api({ read: ref("Payment"), models: models({ propertyName: "kind" }) }),
      api({ read: ref("Payment"), models: models({ propertyName: "kind", mapping }) }),
    );
    expect(lines(changes)).toEqual([expect.stringMatching(/^risky: Payment: discriminator /)]);
  });

  test("a discriminator whose values change: its line is that of the values", async () => {
    const models = (value: string, key: string) => ({
      Card: object({ [key]: { const: value }, digits: string }, key),
      Cash: object({ [key]: { const: "cash" } }, key),
      Payment: {
        oneOf: [ref("Card"), ref("Cash")],
        discriminator: { propertyName: key, mapping: { [value]: ref("Card").$ref } },
      },
    });
    const changes = await between(
      api({ read: ref("Payment"), models: models("card", "kind") }),
      api({ read: ref("Payment"), models: models("plastic", "type") }),
    );
    expect(changes.map(({ reason }) => reason)).not.toContain("No line explains it.");
    expect(lines(changes)).toContainEqual(expect.stringMatching(/Payment: discriminator /));
  });
});

describe("documents that mean the same have no change for users, though", () => {
  const status = { type: "string", enum: ["open", "paid"] };
  const place = object({ city: string, zip: string }, "city");
  const whole = object({ id: string, name: string, place }, "id", "name");
  const cases: [title: string, before: Api, after: Api, added: string[]][] = [
    [
      "an inline enum becomes a reference to the same",
      { read: object({ status }, "status") },
      { read: object({ status: ref("Status") }, "status"), models: { Status: status } },
      ["compatible: Status added"],
    ],
    [
      "an inline object becomes a reference",
      { read: object({ place }), sent: object({ place }) },
      {
        read: object({ place: ref("Place") }),
        sent: object({ place: ref("Place") }),
        models: { Place: place },
      },
      ["compatible: Place added"],
    ],
    [
      "the items of an array become a reference",
      { read: { type: "array", items: place } },
      { read: { type: "array", items: ref("Place") }, models: { Place: place } },
      ["compatible: Place added"],
    ],
    [
      "a parameter's enum becomes a reference",
      { parameters: [{ name: "status", in: "query", schema: status }] },
      {
        parameters: [{ name: "status", in: "query", schema: ref("Status") }],
        models: { Status: status },
      },
      ["compatible: Status added"],
    ],
    [
      "a schema is split with allOf",
      { read: ref("Thing"), models: { Thing: whole } },
      {
        read: ref("Thing"),
        models: {
          Base: object({ id: string }, "id"),
          Thing: { allOf: [ref("Base"), object({ name: string, place }, "name")] },
        },
      },
      ["compatible: Base added"],
    ],
    [
      "a schema is split with allOf, its own fields beside",
      { read: ref("Thing"), sent: ref("Thing"), models: { Thing: whole } },
      {
        read: ref("Thing"),
        sent: ref("Thing"),
        models: {
          Base: object({ id: string }, "id"),
          Thing: { allOf: [ref("Base")], ...object({ name: string, place }, "name") },
        },
      },
      ["compatible: Base added"],
    ],
  ];

  test.for(cases)("%s", async ([, before, after, added]) => {
    const [old, now] = [api(before), api(after)];
    expect(worth(await between(old, now))).toEqual(added);
    // The way back: what was exported is gone, and nothing else.
    const gone = added.map((line) =>
      line.replace(/^compatible: (\w+) added/, "breaking: $1 removed"),
    );
    expect(worth(await between(now, old))).toEqual(gone);
  });

  test("what changes on the way is still said", async () => {
    const before = api({ read: object({ place }) });
    const bigger = object({ city: { type: "integer" }, zip: string, lane: string }, "city");
    const after = api({ read: object({ place: ref("Place") }), models: { Place: bigger } });
    expect(worth(await between(before, after))).toEqual([
      "breaking: getThing().place.city: string → number",
      expect.stringMatching(/^compatible: getThing\(\)\.place\.lane added/),
      "compatible: Place added",
    ]);
  });
});

describe("URLs are compared as requests have them:", () => {
  const id = (name: string) => [{ name, in: "path", required: true, schema: string }];

  test("a path parameter that is renamed is another argument, and no other URL", async () => {
    const changes = await between(
      api({ path: "/things/{thingId}", parameters: id("thingId") }),
      api({ path: "/things/{id}", parameters: id("id") }),
    );
    expect(worth(changes)).toEqual(["breaking: getThing({ thingId }) → id: renamed?"]);
  });

  test("path parameters that change places are another URL", async () => {
    const parameters = [...id("a"), ...id("b")];
    const changes = await between(
      api({ path: "/{a}/{b}", parameters }),
      api({ path: "/{b}/{a}", parameters }),
    );
    expect(worth(changes)).toEqual(["risky: getThing: path /{a}/{b} → /{b}/{a}"]);
  });

  test("a path that moves from the server into every operation moves none of them", async () => {
    const changes = await between(
      api({ server: "https://api.example.com/v1", path: "/things" }),
      api({ server: "https://api.example.com", path: "/v1/things" }),
    );
    expect(worth(changes)).toEqual([
      "risky: server: url https://api.example.com/v1 → https://api.example.com",
    ]);
    expect(changes[0]?.reason).toBe(
      "Requests go where they went, unless a `baseUrl` is given: then its path has to change too.",
    );
  });

  test("a server that moves alone is said once", async () => {
    const changes = await between(
      api({ server: "https://api.example.com/v1" }),
      api({ server: "https://api.example.com/v2" }),
    );
    expect(worth(changes)).toEqual([
      "risky: server: url https://api.example.com/v1 → https://api.example.com/v2",
    ]);
  });
});

describe("a part that is gone and one that is new with its type and words", () => {
  const thing = (name: string, schema: Part = string) => ({
    Thing: object({ id: string, [name]: schema }, "id"),
  });

  test("are said once, as a rename that may be one", async () => {
    const changes = await between(
      api({ read: ref("Thing"), models: thing("name") }),
      api({ read: ref("Thing"), models: thing("title") }),
    );
    expect(lines(changes)).toEqual(["breaking: Thing.name → title: renamed?"]);
    expect(evidence(changes[0])?.[0]).toMatch(
      /^const name: string \| undefined = thing\.name TS2339: /,
    );
  });

  test("are two changes where the words differ", async () => {
    const changes = await between(
      api({ read: ref("Thing"), models: thing("name") }),
      api({ read: ref("Thing"), models: thing("title", { ...string, description: "Other." }) }),
    );
    expect(lines(changes)).toEqual([
      "breaking: Thing.name removed, it was string | undefined",
      "compatible: Thing.title added: string | undefined",
    ]);
  });

  test("are two changes where another could be meant", async () => {
    const two = { Thing: object({ id: string, title: string, label: string }, "id") };
    const changes = await between(
      api({ read: ref("Thing"), models: thing("name") }),
      api({ read: ref("Thing"), models: two }),
    );
    expect(lines(changes)).toHaveLength(3);
  });
});

describe("a limit is judged by its direction and that of the value:", () => {
  const list = (limits: Part) => ({ type: "array", items: string, ...limits });
  const number = (limits: Part) => ({ type: "number", ...limits });
  const cases: [title: string, before: Api, after: Api, line: string][] = [
    [
      "maxItems 50 → 100, sent",
      { sent: object({ tags: list({ maxItems: 50 }) }) },
      { sent: object({ tags: list({ maxItems: 100 }) }) },
      "compatible: sendThing({ body.tags }): maxItems 50 → 100",
    ],
    [
      "maxItems 50 → 100, read",
      { read: object({ tags: list({ maxItems: 50 }) }) },
      { read: object({ tags: list({ maxItems: 100 }) }) },
      "risky: getThing().tags: maxItems 50 → 100",
    ],
    [
      "maxItems 100 → 50, sent",
      { sent: object({ tags: list({ maxItems: 100 }) }) },
      { sent: object({ tags: list({ maxItems: 50 }) }) },
      "breaking: sendThing({ body.tags }): maxItems 100 → 50",
    ],
    [
      "minimum removed, sent",
      { sent: object({ size: number({ minimum: 1 }) }) },
      { sent: object({ size: number({}) }) },
      "compatible: sendThing({ body.size }): minimum 1 removed",
    ],
    [
      "minimum removed, of a parameter",
      { parameters: [{ name: "size", in: "query", schema: number({ minimum: 1 }) }] },
      { parameters: [{ name: "size", in: "query", schema: number({}) }] },
      "compatible: getThing({ size }): minimum 1 removed",
    ],
    [
      "minimum added, read",
      { read: object({ size: number({}) }) },
      { read: object({ size: number({ minimum: 1 }) }) },
      "compatible: getThing().size: minimum 1 added",
    ],
    [
      "maxLength loosened of a field of a model that is read only",
      {
        read: ref("Thing"),
        sent: ref("Thing"),
        models: {
          Thing: object({ id: { ...string, maxLength: 5, readOnly: true }, name: string }),
        },
      },
      {
        read: ref("Thing"),
        sent: ref("Thing"),
        models: {
          Thing: object({ id: { ...string, maxLength: 4, readOnly: true }, name: string }),
        },
      },
      "compatible: Thing.id: maxLength 5 → 4",
    ],
  ];
  test.for(cases)("%s", async ([, before, after, line]) => {
    expect(lines(await between(api(before), api(after)))).toEqual([line]);
  });
});

test("a model that becomes two by direction is checked in each", async () => {
  const thing = (more: Part) => ({
    Thing: object({ id: { ...string, readOnly: true }, name: string, ...more }, "id"),
  });
  const both = { read: ref("Thing"), sent: ref("Thing") };
  const changes = await between(
    api({ ...both, models: thing({}) }),
    api({ ...both, models: thing({ name: { type: "integer" } }) }),
  );
  expect(lines(changes)).toEqual(["breaking: Thing.name: string | undefined → number | undefined"]);
});
