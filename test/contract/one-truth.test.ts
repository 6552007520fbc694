import { describe, expect, test } from "vitest";
import { compileProgram } from "../random/compile-program.js";
import { clientOf } from "./client-of.js";

const json = (schema: object, type = "application/json") => ({
  description: "Done.",
  content: { [type]: { schema } },
});
const model = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };

/** A document with one GET, `getThing`, of which the answer is a model `Thing`. */
function answering(Thing: object, others: object = {}) {
  return {
    paths: {
      "/thing": { get: { operationId: "getThing", responses: { 200: json(model("Thing")) } } },
    },
    components: { schemas: { Thing, ...others } },
  };
}

/** The finding of the drift check for each of these answers of `getThing`. */
async function findingsOf(parts: object, answers: readonly unknown[]) {
  const { load } = await clientOf(parts);
  const { createClient, watchDrift } = await load();
  const findings = await Promise.all(
    answers.map(async (answer) => {
      const drift = watchDrift();
      const { getThing } = createClient({ drift, fetch: async () => Response.json(answer) });
      try {
        expect(await getThing()).toEqual(answer);
      } catch (error) {
        return [`${Object(error).name}`];
      }
      return drift.findings().map(({ kind, path }) => `${kind} ${path}`);
    }),
  );
  return findings;
}

/** Whether the compiler takes each of these values for an answer of `getThing`. */
async function compiled(parts: object, answers: readonly unknown[]) {
  const { compile } = await clientOf(parts);
  const values = answers.map(
    (answer, index) => `export const a${index}: ResultOf<"getThing"> = ${JSON.stringify(answer)};`,
  );
  const problems = compile(['import type { ResultOf } from "./index.js";', ...values].join("\n"));
  return answers.map((_, index) => !problems.some((one) => one.startsWith(`${index + 2}: `)));
}

interface Judged {
  /** Answers that both compiler and check take. */
  readonly takes: readonly unknown[];
  /** Answers that neither takes. */
  readonly refuses?: readonly unknown[];
  /** Answers that the compiler alone refuses: the check does not look into a composed value. */
  readonly compilerRefuses?: readonly unknown[];
}

/** Both judge alike. */
async function expectOneTruth(
  parts: object,
  { takes, refuses = [], compilerRefuses = [] }: Judged,
) {
  const answers = [...takes, ...refuses, ...compilerRefuses];
  expect(await compiled(parts, answers), "the compiler").toEqual(
    answers.map((_, index) => index < takes.length),
  );
  const findings = await findingsOf(parts, answers);
  const refusedFrom = takes.length;
  const unseenFrom = refusedFrom + refuses.length;
  const verdicts = answers.map((_, index) => index < refusedFrom || index >= unseenFrom);
  expect(
    findings.map((found) => found.length === 0),
    `the check: ${JSON.stringify(findings)}`,
  ).toEqual(verdicts);
  await expectMockFits(parts);
}

/** What the mock answers is what the document says. */
async function expectMockFits(parts: object) {
  const { load } = await clientOf(parts);
  const { createClient, createMockApi, watchDrift } = await load();
  for (let seed = 1; seed <= 20; seed++) {
    const drift = watchDrift();
    const { getThing } = createClient({
      accessToken: "any",
      drift,
      fetch: createMockApi({ seed }),
    });
    await getThing();
    expect(drift.findings()).toEqual([]);
  }
}

describe("types, drift check and mock agree on", () => {
  test("a union with a discriminator whose members say its values themselves", async () => {
    const comment = (kind: string, field: string) => ({
      type: "object",
      properties: { kind: { type: "string", enum: [kind] }, [field]: text },
      required: ["kind", field],
    });
    const parts = answering(
      {
        oneOf: [model("TextComment"), model("QuoteComment")],
        discriminator: { propertyName: "kind" },
      },
      { TextComment: comment("text", "words"), QuoteComment: comment("quote", "source") },
    );
    await expectOneTruth(parts, {
      takes: [
        { kind: "text", words: "a" },
        { kind: "quote", source: "a" },
      ],
      refuses: [null, "text"],
      compilerRefuses: [
        { kind: "TextComment", words: "a" },
        { kind: "text", source: "a" },
        { kind: "text" },
      ],
    });
    const { compile } = await clientOf(parts);
    const program = `import { createClient } from "./index.js";
      const comment = await createClient().getThing();
      export const words: string = comment.kind === "text" ? comment.words : comment.source;`;
    expect(compile(program)).toEqual([]);
  });

  test("what a part requires, beside what stands next to it", async () => {
    const part = { type: "object", properties: { a: text, b: text }, required: ["a"] };
    await expectOneTruth(answering({ allOf: [part], required: ["b"] }), {
      takes: [{ a: "", b: "" }],
      compilerRefuses: [{ a: "" }, { b: "" }],
    });
  });

  test.for([
    ["without a mapping", { propertyName: "kind" }],
    [
      "with a mapping",
      {
        propertyName: "kind",
        mapping: { a: "#/components/schemas/A", b: "#/components/schemas/B" },
      },
    ],
  ] as const)(
    "a union with a discriminator of which no member says values, %s",
    async ([, discriminator]) => {
      const member = (field: string) => ({
        type: "object",
        properties: { kind: text, [field]: text },
        required: ["kind", field],
      });
      await expectOneTruth(
        answering(
          { oneOf: [model("A"), model("B")], discriminator },
          { A: member("a"), B: member("b") },
        ),
        {
          takes: [
            { kind: "anything", a: "" },
            { kind: "A", b: "" },
          ],
          compilerRefuses: [{ a: "" }, { kind: 1, b: "" }],
        },
      );
    },
  );

  test("a field that several parts declare", async () => {
    const part = (field: object) => ({ type: "object", properties: { a: field }, required: ["a"] });
    const nested = (name: string) => part({ type: "object", properties: { [name]: text } });
    await expectOneTruth(
      answering({ allOf: [model("Base"), nested("c")] }, { Base: nested("b") }),
      {
        takes: [{ a: {} }, { a: { b: "", c: "" } }],
        compilerRefuses: [{ a: { d: "" } }, { a: { b: 1 } }, {}],
      },
    );
    const [nullable, values] = [{ type: ["string", "null"] }, { type: "string", enum: ["x", "y"] }];
    await expectOneTruth(answering({ allOf: [part(nullable), part(values)] }), {
      takes: [{ a: "x" }, { a: "y" }],
      compilerRefuses: [{ a: null }, { a: "z" }],
    });
    const list = (items: object) => part({ type: "array", items, minItems: 1 });
    await expectOneTruth(answering({ allOf: [list(nested("b")), list(nested("c"))] }), {
      takes: [{ a: [{ a: { b: "", c: "" } }] }],
      compilerRefuses: [{ a: [{ a: { b: 1 } }] }],
    });
  });

  test("what a part requires of a model that can be null, or is called as what each object has", async () => {
    const Base = { type: ["object", "null"], properties: { a: text, constructor: text } };
    await expectOneTruth(
      answering({ ...model("Base"), type: "object", required: ["a"] }, { Base }),
      {
        takes: [{ a: "", constructor: "" }],
        refuses: [null],
        compilerRefuses: [{ constructor: "" }],
      },
    );
    await expectOneTruth(
      answering({ allOf: [model("Base")], type: "object", required: ["constructor"] }, { Base }),
      { takes: [{ a: "", constructor: "" }], refuses: [null] },
    );
  });

  test("fields beside a union that narrow its alternatives", async () => {
    const member = (field: object) => ({
      type: "object",
      properties: { a: field },
      required: ["a"],
    });
    await expectOneTruth(
      answering({
        ...member({ type: ["string", "null"] }),
        oneOf: [member(text), member({ type: "null" })],
      }),
      { takes: [{ a: "" }, { a: null }], refuses: [null], compilerRefuses: [{ a: 1 }, {}] },
    );
  });

  test("an object of which no field is said", async () => {
    const [any, none] = [
      { type: "object", properties: {} },
      { type: "object", additionalProperties: false },
    ];
    await expectOneTruth(answering(any), { takes: [{}, { a: 1 }], refuses: ["a", [1], null] });
    await expectOneTruth(answering(none), { takes: [{}], refuses: [{ a: 1 }, null] });
  });

  test("fields and items without a type", async () => {
    const list = { items: text };
    await expectOneTruth(answering({ properties: { list }, required: ["list"] }), {
      takes: [{ list: [] }, { list: ["a"] }],
      refuses: ["a", { list: "a" }, { list: [1] }, {}],
    });
  });

  test("what stands beside a $ref", async () => {
    const parts = answering(
      { ...model("Base"), required: ["a"] },
      {
        Base: { type: "object", properties: { a: text, b: { ...model("Level"), enum: ["low"] } } },
        Level: { type: "string", enum: ["low", "high"] },
      },
    );
    await expectOneTruth(parts, {
      takes: [{ a: "" }, { a: "", b: "low" }],
      compilerRefuses: [{}, { a: "", b: "high" }],
    });
  });

  test("required fields of a part of their own", async () => {
    const parts = answering(
      { allOf: [model("Base"), { required: ["a"] }] },
      {
        Base: { type: "object", properties: { a: text, b: text } },
      },
    );
    await expectOneTruth(parts, {
      takes: [{ a: "" }, { a: "", b: "" }],
      compilerRefuses: [{}, { b: "" }],
    });
  });

  test("anyOf beside fields", async () => {
    const parts = answering({
      type: "object",
      properties: { a: text },
      required: ["a"],
      anyOf: [
        { type: "object", properties: { b: text }, required: ["b"] },
        { type: "object", properties: { c: text }, required: ["c"] },
      ],
    });
    await expectOneTruth(parts, {
      takes: [
        { a: "", b: "" },
        { a: "", c: "" },
      ],
      compilerRefuses: [{ a: "" }, { b: "" }],
    });
  });

  test("null, as a constant and among values", async () => {
    const properties = { a: { const: null }, b: { type: ["string", "null"], enum: ["x", null] } };
    await expectOneTruth(answering({ type: "object", properties, required: ["a", "b"] }), {
      takes: [
        { a: null, b: null },
        { a: null, b: "x" },
      ],
      refuses: [{ a: "x", b: null }, { a: null, b: "y" }, { a: null }],
    });
  });

  test("a constant null of a type that can be null", async () => {
    const properties = { a: { type: ["string", "null"], const: null } };
    await expectOneTruth(answering({ type: "object", properties }), {
      takes: [{}, { a: null }],
      refuses: [{ a: "x" }],
    });
  });

  test("lists of lists, and nullable ones", async () => {
    const parts = answering({
      type: "array",
      items: { type: ["array", "null"], items: { allOf: [{ type: "array", items: text }] } },
    });
    await expectOneTruth(parts, {
      takes: [[], [null], [[["a"]]]],
      refuses: [["a"], [[1]], [["a"]]],
    });
  });

  test("every status of a success", async () => {
    const parts = answering(text);
    const { compile } = await clientOf({
      ...parts,
      paths: {
        "/thing": {
          get: {
            operationId: "getThing",
            responses: { 207: json(text), 226: json({ type: "number" }) },
          },
        },
      },
    });
    const program = `import type { ResultOf } from "./index.js";
      export const a: ResultOf<"getThing"> = "";
      export const b: ResultOf<"getThing"> = 1;
      export const c: ResultOf<"getThing"> = null;`;
    expect(compile(program)).toEqual([expect.stringMatching(/^4: /)]);
  });
});

test("a document without lists compiles, with all of src/", async () => {
  const { files } = await clientOf(answering({ type: "object" }));
  expect(compileProgram(files, {}, true)).toEqual([]);
});

describe("what is sent and what is received", () => {
  const Thing = {
    type: "object",
    properties: {
      id: { ...text, readOnly: true },
      name: text,
      secret: { ...text, writeOnly: true },
      parts: { type: "array", items: model("Thing") },
    },
    required: ["id", "name", "secret"],
  };
  const parts = {
    paths: {
      "/things": {
        get: {
          operationId: "listThings",
          "x-paging": { header: "X-Next-Page" },
          responses: {
            200: {
              ...json({ type: "array", items: model("Thing") }),
              headers: { "X-Next-Page": { schema: text } },
            },
          },
        },
        post: {
          operationId: "addThing",
          requestBody: {
            required: true,
            content: { "application/json; charset=utf-8": { schema: model("Thing") } },
          },
          responses: { 201: json(model("Thing"), "application/json; charset=utf-8") },
        },
      },
    },
    components: { schemas: { Thing } },
  };

  test("have the fields of their direction", async () => {
    const { compile } = await clientOf(parts);
    const program = `import { createClient, type Thing, type ThingInput } from "./index.js";
      const loke = createClient();
      const thing: Thing = await loke.addThing({ body: { name: "a", secret: "b", parts: [{ name: "c", secret: "d" }] } });
      export const id: string = thing.id;
      export const input: ThingInput = { name: "a", secret: "b" };
      await loke.addThing({ body: { id: "1", name: "a", secret: "b" } });
      await loke.addThing({ body: { name: "a" } });
      thing.secret;`;
    expect(compile(program)).toEqual([6, 7, 8].map((line) => expect.stringMatching(`^${line}: `)));
  });

  test("go through the mock without drift", async () => {
    const { load } = await clientOf(parts);
    const { createClient, createMockApi, watchDrift } = await load();
    const drift = watchDrift();
    const { addThing, listThings } = createClient({
      accessToken: "any",
      drift,
      fetch: createMockApi({}),
    });
    const thing = await addThing({ body: { name: "a", secret: "b" } });
    expect(thing).toEqual({ id: expect.any(String), name: "a" });
    expect(await listThings().toArray({ limit: 100 })).toContainEqual(thing);
    expect(drift.findings()).toEqual([]);
  });

  test("are refused if another model has the name of the second type", async () => {
    const schemas = { Thing, ThingInput: { type: "object" } };
    await expect(clientOf({ ...parts, components: { schemas } })).rejects.toThrow(
      "which is the name of another model. Rename that one.",
    );
  });
});

describe("a body of fields beside a union", () => {
  test("is taken by the mock, also if an alternative has no other fields than its own", async () => {
    const closed = { type: "object", additionalProperties: false, properties: { b: text } };
    const open = { type: "object", properties: { c: { type: "number" } }, required: ["c"] };
    const schema = { type: "object", properties: { a: text }, oneOf: [closed, open] };
    const content = { "application/json": { schema } };
    const { load } = await clientOf({
      paths: {
        "/thing": {
          post: {
            operationId: "postThing",
            requestBody: { required: true, content },
            responses: { 204: { description: "Done." } },
          },
        },
      },
    });
    const { createClient, createMockApi } = await load();
    const { postThing } = createClient({ accessToken: "any", fetch: createMockApi({}) });
    for (const body of [{ a: "" }, { a: "", b: "" }, { a: "", c: 1 }]) await postThing({ body });
    await expect(postThing({ body: { a: 1, c: 1 } })).rejects.toThrow("answered 400");
    await expect(postThing({ body: { b: 1 } })).rejects.toThrow("answered 400");
  });
});

describe("a body with a field of another type than the item's", () => {
  test("does not make the mock answer what the document does not say", async () => {
    const { paths, components } = {
      components: {
        schemas: {
          Note: { type: "object", properties: { id: text, note: text }, required: ["id", "note"] },
        },
      },
      paths: {
        "/notes": {
          get: {
            operationId: "listNotes",
            "x-paging": { header: "X-Next-Page" },
            responses: {
              200: {
                ...json({ type: "array", items: model("Note") }),
                headers: { "X-Next-Page": { schema: text } },
              },
            },
          },
          post: {
            operationId: "addNote",
            requestBody: {
              required: true,
              content: {
                "application/json": {
                  schema: { type: "object", properties: { note: { type: ["integer", "null"] } } },
                },
              },
            },
            responses: { 201: json(model("Note")) },
          },
        },
      },
    };
    const { load } = await clientOf({ paths, components });
    const { createClient, createMockApi, watchDrift } = await load();
    const drift = watchDrift();
    const { addNote, listNotes } = createClient({
      accessToken: "any",
      drift,
      fetch: createMockApi({}),
    });
    await addNote({ body: { note: 20 } });
    await addNote({ body: { note: null } });
    await listNotes().toArray({ limit: 100 });
    expect(drift.findings()).toEqual([]);
  });
});

describe("errors with a body", () => {
  const Problem = {
    type: "object",
    properties: { title: text, detail: text },
    required: ["title"],
  };
  const responses = {
    200: json({ type: "object" }),
    404: json(model("Problem"), "application/problem+json"),
    409: { description: "Taken." },
    "5XX": json({ type: "object", properties: { hint: text } }, "application/json;charset=UTF-8"),
  };
  const parts = {
    paths: {
      "/things/{id}": {
        get: {
          operationId: "getThing",
          parameters: [{ name: "id", in: "path", required: true, schema: text }],
          responses,
        },
      },
    },
    components: { schemas: { Problem } },
  };

  test("have its type by operation and status", async () => {
    const { compile } = await clientOf(parts);
    const program = `import type { ErrorBodyOf, Problem } from "./index.js";
      export const known: ErrorBodyOf<"getThing", 404> = { title: "" } satisfies Problem;
      export const ranged: ErrorBodyOf<"getThing", 503> = { hint: "" };
      export const empty: ErrorBodyOf<"getThing", 409> = undefined;
      export const undocumented: ErrorBodyOf<"getThing", 400> = 1;
      export const wrong: ErrorBodyOf<"getThing", 404> = { name: "" };
      export const other: ErrorBodyOf<"getThing", 503> = { hint: 1 };`;
    expect(compile(program)).toEqual([6, 7].map((line) => expect.stringMatching(`^${line}: `)));
  });

  test("come from the mock with their media type, and are no drift", async () => {
    const { load } = await clientOf(parts);
    const { createClient, createMockApi, watchDrift } = await load();
    const drift = watchDrift();
    const fetch = createMockApi({ faults: [{ operation: "getThing" as never, status: 404 }] });
    const { getThing } = createClient({ accessToken: "any", drift, fetch });
    const error = await getThing({ id: "1" }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "NotFoundError" });
    expect(error.body).toEqual({ title: expect.any(String), ...error.body });
    expect(error.headers.get("content-type")).toBe("application/problem+json");
    expect(drift.findings()).toEqual([]);
  });
});

describe("limits and header parameters", () => {
  test("stand in the words of types, and are no reason to refuse a document", async () => {
    const properties = {
      code: { ...text, description: "A code.", minLength: 3, maxLength: 8, pattern: "^[A-Z]+$" },
      tags: { type: "array", items: text, uniqueItems: true, maxItems: 5 },
      share: { type: "number", multipleOf: 0.5, minimum: 0, exclusiveMaximum: 2 },
    };
    const parameters = [{ name: "X-Trace", in: "header", schema: text }];
    const { files, notices } = await clientOf({
      ...answering({ type: "object", properties }),
      paths: {
        "/thing": {
          get: { operationId: "getThing", parameters, responses: { 200: json(model("Thing")) } },
        },
      },
    });
    expect(files["models.ts"]).toContain("A code.");
    expect(files["models.ts"]).toContain(
      "Limits: at least 3 characters, at most 8 characters, matches `^[A-Z]+$`.",
    );
    expect(files["models.ts"]).toContain("Limits: at most 5 items, no item twice.");
    expect(files["models.ts"]).toContain("Limits: at least 0, less than 2, a multiple of 0.5.");
    expect(notices).toContain(
      'The header parameter "X-Trace" of GET /thing is no argument: it is left to `headers`.',
    );
    const { code: _, ...others } = properties;
    await expectMockFits(answering({ type: "object", properties: others }));
  });
});

test.for(["hasOwnProperty", "valueOf", "isPrototypeOf", "toLocaleString", "__defineGetter__"])(
  "a field that openapi-typescript cannot read is refused by name, wherever it is: %s",
  async (name) => {
    const schema = { type: "object", properties: { [name]: text } };
    const message = `has a field "${name}", which openapi-typescript cannot read`;
    await expect(clientOf(answering(schema))).rejects.toThrow(message);
    const responses = { 200: json(text), 404: json(schema) };
    const paths = { "/thing": { get: { operationId: "getThing", responses } } };
    await expect(clientOf({ paths })).rejects.toThrow(message);
  },
);

describe("names", () => {
  test.for([
    ["of the package's exports", "Page", "what loke-customers exports"],
    ["of the package's exports", "List", "what loke-customers exports"],
    ["of the package's exports", "ApiError", "what loke-customers exports"],
    ["of an entry's exports", "DriftOptions", "what loke-customers/drift exports"],
    ["of TypeScript's library, where the types use them", "Record", "what the generated types use"],
  ] as const)("%s are refused for a model: %s", async ([, name, meaning]) => {
    const parts = {
      paths: {
        "/thing": { get: { operationId: "getThing", responses: { 200: json(model(name)) } } },
      },
      components: { schemas: { [name]: { type: "object", properties: { a: text } } } },
    };
    await expect(clientOf(parts)).rejects.toThrow(`The model "${name}" has the name of ${meaning}`);
  });

  test.for(["Error", "Promise", "Response", "Date", "Map"])(
    "of TypeScript's library that nothing here uses are those of models: %s",
    async (name) => {
      const parts = answering({ type: "object", properties: { a: model(name) } }, { [name]: text });
      const { compile } = await clientOf(parts);
      expect(
        compile(`import { createClient, type ${name} as Model } from "./index.js";
        export const a: Model | undefined = (await createClient().getThing()).a;`),
      ).toEqual([]);
      await expectOneTruth(parts, { takes: [{ a: "" }], refuses: [{ a: 1 }] });
    },
  );

  test("of an operation's answer and of a model are two, and so are those of operations that differ in case", async () => {
    const inline = (operationId: string, field: string) => ({
      get: {
        operationId,
        responses: {
          200: json({ type: "object", properties: { [field]: text }, required: [field] }),
        },
      },
    });
    const parts = {
      paths: {
        "/a": inline("foo", "a"),
        "/b": inline("fOO", "b"),
        "/c": { get: { operationId: "getThing", responses: { 200: json(model("Foo200")) } } },
      },
      components: {
        schemas: { Foo200: { type: "object", properties: { c: text }, required: ["c"] } },
      },
    };
    await expectOneTruth(parts, { takes: [{ c: "" }], refuses: [{ a: "" }] });
    const { load } = await clientOf(parts);
    const { createClient, watchDrift } = await load();
    for (const [method, field] of [
      ["foo", "a"],
      ["fOO", "b"],
    ] as const) {
      const drift = watchDrift();
      const loke = createClient({ drift, fetch: async () => Response.json({ [field]: "" }) });
      await loke[method]();
      expect(drift.findings()).toEqual([]);
    }
  });
});
