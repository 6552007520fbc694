import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentedAnswers } from "../../../scripts/generate/answers.js";
import { compileValidators } from "../../../scripts/generate/validators.js";
import { checkWith, documentWith, model, object, text } from "./check-with.js";

const integer = { type: "integer" };

const models = {
  A: object({ a: text }, { required: ["a"] }),
  B: object({ b: text }, { required: ["b"] }),
  Card: object({ kind: { const: "card" }, number: text }, { required: ["kind", "number"] }),
  Bank: object(
    { kind: { type: "string", enum: ["bank", "iban"] }, iban: text },
    { required: ["kind"] },
  ),
  Cat: object({ sort: text, claws: integer }, { required: ["sort"] }),
  Dog: object({ sort: text, bark: text }, { required: ["sort"] }),
  Page: { type: "array", items: { $ref: "#/components/schemas/A" } },
  Node: object({ next: { $ref: "#/components/schemas/Node" }, id: text }),
};

/** Where the schema of `getThing` is in the document. */
const root = "/paths/~1things/get/responses/200/content/application~1json/schema";

/** The findings in data that a schema declares. */
async function findings(schema: object, data: unknown): Promise<string[]> {
  return (await checkWith(documentWith(schema, models)))(data);
}

describe("an answer is compared with", () => {
  type Case = [title: string, schema: object, data: unknown, findings: string[]];
  const A = "/components/schemas/A";
  const cases: Case[] = [
    [
      "a model, by its name",
      model("A"),
      { a: 1, c: 2 },
      [
        `unknown-field A.c: absent, not number (${A})`,
        `wrong-type A.a: string, not number (${A}/properties/a)`,
      ],
    ],
    [
      "a model that is an array, by the name of its items",
      model("Page"),
      { a: 1 },
      [`wrong-type A.a: string, not number (${A}/properties/a)`],
    ],
    [
      "a schema without a name, by its operation",
      object({ a: text }),
      { a: 1 },
      [`wrong-type getThing.a: string, not number (${root}/properties/a)`],
    ],
    [
      "items without a name, by their operation",
      { type: "array", items: object({ a: text }) },
      { b: 1 },
      [`unknown-field getThing.b: absent, not number (${root}/items)`],
    ],
    [
      "an array that can be null, as a whole",
      { type: ["array", "null"], items: text },
      [1, "x", null],
      [
        `wrong-type getThing[]: string, not number (${root}/items)`,
        `wrong-type getThing[]: string, not null (${root}/items)`,
      ],
    ],
    [
      "arrays in arrays",
      object({ rows: { type: "array", items: { type: "array", items: model("A") } } }),
      { rows: [[{ a: 1 }], [{ a: "1" }, 5]] },
      [
        `wrong-type getThing.rows[][].a: string, not number (${A}/properties/a)`,
        `wrong-type getThing.rows[][]: object, not number (${A})`,
      ],
    ],
    [
      "types with null",
      object({ a: { type: ["string", "null"] } }),
      { a: 5 },
      [`wrong-type getThing.a: string or null, not number (${root}/properties/a)`],
    ],
    [
      "the values of an enum",
      object({ a: { type: "string", enum: ["x", "y"] } }),
      { a: "z" },
      [`unknown-value getThing.a: one of "x", "y", not "z" (${root}/properties/a)`],
    ],
    [
      "the values of an enum, all two hundred",
      object({ a: { enum: Array.from({ length: 200 }, (_, index) => `v${index}`) } }),
      { a: "v199" },
      [],
    ],
    [
      "a constant",
      object({ a: { const: "x" } }),
      { a: "z" },
      [`unknown-value getThing.a: one of "x", not "z" (${root}/properties/a)`],
    ],
    [
      "limits, of which no value is shown",
      object({ a: { type: "integer", minimum: 5 }, b: { type: "string", pattern: "^[A-Z}]+$" } }),
      { a: 3, b: "secret" },
      [
        `unknown-value getThing.a: minimum 5, not number (${root}/properties/a)`,
        `unknown-value getThing.b: pattern ^[A-Z}]+$, not string (${root}/properties/b)`,
      ],
    ],
    [
      "values with a comma, each by itself",
      object({ a: { enum: ["a, b", "c", 1, null, ""] } }),
      { a: "a" },
      [`unknown-value getThing.a: one of "a, b", "c", 1, null, "", not "a" (${root}/properties/a)`],
    ],
    [
      "the length of a text, in characters",
      object({ a: { type: "string", minLength: 2, maxLength: 3 } }),
      { a: "👍" },
      [`unknown-value getThing.a: minLength 2, not string (${root}/properties/a)`],
    ],
    [
      "the length of a text, of which a character is one where it is two to JavaScript",
      object({ a: { type: "string", maxLength: 2 }, b: { type: "string", maxLength: 2 } }),
      { a: "👍👍", b: "abc" },
      [`unknown-value getThing.b: maxLength 2, not string (${root}/properties/b)`],
    ],
    [
      "uniqueItems of plain values",
      object({ a: { type: "array", items: text, uniqueItems: true } }),
      { a: ["x", "y", "x"] },
      [`unknown-value getThing.a: uniqueItems true, not array (${root}/properties/a)`],
    ],
    [
      "uniqueItems of objects, which are not compared",
      object({ a: { type: "array", items: { type: "object" }, uniqueItems: true } }),
      { a: [{}, {}] },
      [],
    ],
    [
      "multiples",
      object({ a: { type: "number", multipleOf: 10 }, b: { type: "number", multipleOf: 10 } }),
      { a: 1e22, b: 15 },
      [`unknown-value getThing.b: multipleOf 10, not number (${root}/properties/b)`],
    ],
    ["a multiple of a fraction, which is not checked", { multipleOf: 0.01 }, 19.99, []],
    [
      "an integer that JSON.parse has rounded, and one that is of another type",
      object({ a: integer, b: { type: ["integer", "null"] } }),
      JSON.parse('{"a":9007199254740993,"b":-9007199254740993}'),
      [
        `unknown-value getThing.a: safe integer, not not a safe integer (${root}/properties/a)`,
        `unknown-value getThing.b: safe integer, not not a safe integer (${root}/properties/b)`,
      ],
    ],
    [
      "a large number where any number is due, and where a text is due",
      object({ a: { type: "number" }, b: text, c: integer }),
      { a: 2 ** 60, b: 2 ** 60, c: Number.MAX_SAFE_INTEGER },
      [`wrong-type getThing.b: string, not number (${root}/properties/b)`],
    ],
    [
      "any object, where the document lists no field of it",
      object({ a: { type: "object", properties: {} } }),
      { a: { x: 1 } },
      [],
    ],
    [
      "no field, where the document forbids them",
      object({ a: { type: "object", additionalProperties: false } }),
      { a: { x: 1 } },
      [`unknown-field getThing.a.x: absent, not number (${root}/properties/a)`],
    ],
    [
      "a map whose values are of the types of the fields beside it",
      object({ a: text, b: { enum: ["x"] } }, { additionalProperties: text }),
      { a: "", b: "x", c: 1, d: "" },
      [`wrong-type getThing.*: string, not number (${root}/additionalProperties)`],
    ],
    [
      "a model within a model that is missing",
      object({ a: model("A") }, { required: ["a"] }),
      {},
      [`missing-field getThing.a: object, not absent (${root}/properties/a)`],
    ],
    [
      "a field that lists its values without a type, and is missing",
      object({ a: { enum: ["x", 1] } }, { required: ["a"] }),
      {},
      [`missing-field getThing.a: string or number, not absent (${root}/properties/a)`],
    ],
    [
      "a model that refers to itself",
      model("Node"),
      { next: { next: { id: 1, x: 1 } } },
      [
        "unknown-field Node.next.next.x: absent, not number (/components/schemas/Node)",
        "wrong-type Node.next.next.id: string, not number (/components/schemas/Node/properties/id)",
      ],
    ],
    [
      "anything, where the document says nothing",
      object({ a: {}, b: true as unknown as object }),
      { a: { x: 1 }, b: [1] },
      [],
    ],
    [
      "any object, where the document says no more",
      object({ a: { type: "object" } }),
      { a: { x: 1 } },
      [],
    ],
    [
      "an object that the document leaves open",
      object({ a: text }, { additionalProperties: true }),
      { a: 1, z: 2 },
      [`wrong-type getThing.a: string, not number (${root}/properties/a)`],
    ],
    [
      "the values of a map, of which no key is shown",
      object({ a: { type: "object", additionalProperties: model("A") } }),
      { a: { "jo@example.com": { a: 1 }, John: { b: 1, a: "" } } },
      [
        `wrong-type getThing.a.*.a: string, not number (${A}/properties/a)`,
        `unknown-field getThing.a.*.b: absent, not number (${A})`,
      ],
    ],
    [
      "fields with odd names",
      object({ "a/b": text, "c~d": text, 'e"f': text, toString: text, constructor: text }),
      { "a/b": 1, "c~d": 1, 'e"f': 1, toString: 1 },
      [
        `wrong-type getThing.a/b: string, not number (${root}/properties/a~1b)`,
        `wrong-type getThing.c~d: string, not number (${root}/properties/c~0d)`,
        `wrong-type getThing.e"f: string, not number (${root}/properties/e"f)`,
        `wrong-type getThing.toString: string, not number (${root}/properties/toString)`,
      ],
    ],
    [
      "a field with the name of what every object inherits, which is not there",
      {
        allOf: [object({ a: text }), object({ constructor: text }, { required: ["constructor"] })],
      },
      { a: "", toString: 1 },
      [
        `missing-field getThing.constructor: string, not absent (${root}/allOf/1/properties/constructor)`,
        `unknown-field getThing.toString: absent, not number (${root})`,
      ],
    ],
    [
      "a number that JSON cannot hold, which is no integer",
      object({ a: integer }),
      JSON.parse('{"a":1e999}'),
      [`wrong-type getThing.a: integer, not number (${root}/properties/a)`],
    ],
  ];
  test.for(cases)("%s", async ([, schema, data, expected]) => {
    expect(await findings(schema, data)).toEqual(expected);
  });
});

describe("what is put together is closed as a whole", () => {
  const all = { allOf: [model("A"), model("B"), object({ c: integer })] };

  test("and takes the fields of each of its parts", async () => {
    expect(await findings(object({ all }), { all: { a: "", b: "", c: 1 } })).toEqual([]);
  });

  test("and refuses the others, without a word on those that it knows", async () => {
    expect(await findings(object({ all }), { all: { a: "", b: 1, c: 1, d: 1 } })).toEqual([
      "wrong-type getThing.all.b: string, not number (/components/schemas/B/properties/b)",
      `unknown-field getThing.all.d: absent, not number (${root}/properties/all)`,
    ]);
  });

  test("and is of another type once, not once for each of its parts", async () => {
    expect(await findings(object({ all }), { all: "text" })).toEqual([
      `wrong-type getThing.all: object, not string (${root}/properties/all)`,
    ]);
  });

  test("also of a $ref and what is written beside it", async () => {
    const schema = { ...model("A"), properties: { z: text }, description: "An A with a z." };
    expect(await findings(schema, { a: "", z: 1, y: 1 })).toEqual([
      `wrong-type getThing.z: string, not number (${root}/properties/z)`,
      `unknown-field getThing.y: absent, not number (${root})`,
    ]);
  });

  test("and requires of a part what the whole requires", async () => {
    const schema = { allOf: [model("Cat")], required: ["claws"] };
    expect(await findings(schema, { sort: "" })).toEqual([
      "missing-field getThing.claws: integer, not absent (/components/schemas/Cat/properties/claws)",
    ]);
  });

  test("also where a part takes no other fields than its own: the types know the others", async () => {
    const shut = object({ c: text }, { additionalProperties: false });
    expect(await findings({ allOf: [model("A"), shut] }, { a: "", c: "", d: "" })).toEqual([
      `unknown-field getThing.d: absent, not string (${root})`,
    ]);
  });

  test("unless one part is any object", async () => {
    const schema = { allOf: [model("A"), { type: "object", properties: {} }] };
    expect(await findings(schema, { a: "", z: 1 })).toEqual([]);
  });

  test("and not where the type of the whole is written beside its parts", async () => {
    const schema = { type: "object", allOf: [model("A"), model("B")] };
    expect(await findings(schema, { a: "", b: "", z: 1 })).toEqual([
      `unknown-field getThing.z: absent, not number (${root})`,
    ]);
  });

  test("unless one part is open", async () => {
    const schema = { allOf: [model("A"), object({ c: text }, { additionalProperties: true })] };
    expect(await findings(schema, { a: "", z: 1 })).toEqual([]);
  });
});

describe("of alternatives", () => {
  const field = (schema: object) => object({ x: schema });
  const at = `${root}/properties/x`;
  const pay = { oneOf: [model("Card"), model("Bank")] };
  const pet = {
    oneOf: [model("Cat"), model("Dog")],
    discriminator: {
      propertyName: "sort",
      mapping: { kitten: "#/components/schemas/Cat", cat: "Cat" },
    },
  };
  type Case = [title: string, schema: object, data: unknown, findings: string[]];
  const cases: Case[] = [
    ["null or a model, null is fine", { oneOf: [model("A"), { type: "null" }] }, null, []],
    [
      "null or a model, the model is what an object is compared with",
      { anyOf: [{ type: "null" }, model("A")] },
      { q: 1, a: 2 },
      [
        "unknown-field getThing.x.q: absent, not number (/components/schemas/A)",
        "wrong-type getThing.x.a: string, not number (/components/schemas/A/properties/a)",
      ],
    ],
    [
      "null or a model, a text is neither",
      { oneOf: [model("A"), { type: "null" }] },
      "a",
      [`wrong-type getThing.x: object or null, not string (${at})`],
    ],
    [
      "several types, the type is what tells",
      { oneOf: [text, integer, model("A")] },
      { a: 1 },
      ["wrong-type getThing.x.a: string, not number (/components/schemas/A/properties/a)"],
    ],
    [
      "several types, a fraction is no integer",
      { oneOf: [text, integer] },
      1.5,
      [`wrong-type getThing.x: string or integer, not number (${at})`],
    ],
    [
      "an integer and a number, both are numbers",
      { anyOf: [integer, { type: "number", minimum: 3 }, text] },
      2.5,
      [`wrong-type getThing.x: one of integer, number, not number (${at})`],
    ],
    [
      "an enum and another type, the enum is for its type",
      { oneOf: [{ enum: ["x", "y"] }, integer] },
      "z",
      [`unknown-value getThing.x: one of "x", "y", not "z" (${at}/oneOf/0)`],
    ],
    [
      "objects that a field tells apart, that one is compared",
      pay,
      { kind: "card", number: 1, z: 1 },
      [
        "unknown-field getThing.x.z: absent, not number (/components/schemas/Card)",
        "wrong-type getThing.x.number: string, not number (/components/schemas/Card/properties/number)",
      ],
    ],
    [
      "objects that a field tells apart, it can have several values",
      pay,
      { kind: "iban", iban: 1 },
      ["wrong-type getThing.x.iban: string, not number (/components/schemas/Bank/properties/iban)"],
    ],
    [
      "objects that a field tells apart, a new value is unknown",
      pay,
      { kind: "cash" },
      [`unknown-value getThing.x.kind: one of "card", "bank", "iban", not "cash" (${at}/oneOf)`],
    ],
    [
      "objects that a field tells apart, the field must be there",
      pay,
      { number: "1" },
      [`missing-field getThing.x.kind: string, not absent (${at}/oneOf)`],
    ],
    [
      "objects that a field tells apart, null is none",
      pay,
      null,
      [`wrong-type getThing.x: object, not null (${at}/oneOf)`],
    ],
    [
      "objects with a discriminator, its values are any: they are any text to TypeScript",
      pet,
      { sort: "Cat", bark: "" },
      [],
    ],
    [
      "objects with a discriminator, what it is mapped to tells nothing",
      pet,
      { sort: "kitten", bark: 1 },
      [`wrong-type getThing.x: one of Cat, Dog, not object (${at})`],
    ],
    [
      "objects that overlap, a value can match two",
      { oneOf: [object({ a: text }), object({ a: text, b: text })] },
      { a: "" },
      [],
    ],
    [
      "numbers that overlap, a value can match two",
      { oneOf: [{ type: "number", minimum: 3 }, integer] },
      5,
      [],
    ],
    [
      "any object, whose fields are the alternatives'",
      { type: "object", anyOf: [model("A"), model("B")] },
      { a: "", z: 1 },
      [`wrong-type getThing.x: one of A, B, not object (${at})`],
    ],
    [
      "objects that nothing tells apart, one that matches is fine",
      { anyOf: [model("A"), model("B")] },
      { b: "" },
      [],
    ],
    [
      "objects that nothing tells apart, it is only known that none matches",
      { anyOf: [model("A"), model("B")] },
      { a: "", z: 1 },
      [`wrong-type getThing.x: one of A, B, not object (${at})`],
    ],
    [
      "objects of which one need not have the field, the field does not tell them apart",
      { oneOf: [model("Card"), object({ kind: { const: "cash" } })] },
      { kind: "card", number: 1 },
      [`wrong-type getThing.x: one of Card, object, not object (${at})`],
    ],
    [
      "what is put together with others, the whole is closed",
      { allOf: [model("A"), pay] },
      { a: "", kind: "bank", iban: 1, z: 1 },
      [
        `wrong-type getThing.x.iban: string, not number (/components/schemas/Bank/properties/iban)`,
        `unknown-field getThing.x.z: absent, not number (${at}/allOf/1/oneOf/1)`,
      ],
    ],
    [
      "what is written beside them, each has it",
      { ...object({ n: text }), oneOf: pay.oneOf },
      { n: 1, kind: "bank" },
      [`wrong-type getThing.x.n: string, not number (${at}/properties/n)`],
    ],
  ];
  test.for(cases)("%s", async ([, schema, data, expected]) => {
    expect(await findings(field(schema), { x: data })).toEqual(expected);
  });

  const unions: [title: string, schema: object][] = [
    ["null or a model", { oneOf: [model("A"), { type: "null" }] }],
    ["types", { oneOf: [text, integer, model("B"), { type: "array", items: text }] }],
    ["an integer or a number", { oneOf: [integer, { type: "number", minimum: 3 }] }],
    ["objects by a field", pay],
    ["objects by nothing", { anyOf: [model("A"), model("B")] }],
    ["objects that overlap", { oneOf: [object({ a: text }), object({ a: text, b: text })] }],
  ];
  test.for(unions)(
    "ajv decides alike with and without telling them apart: %s",
    async ([, schema]) => {
      // To TypeScript a oneOf is an anyOf.
      const close = (value: object) =>
        JSON.parse(JSON.stringify(value).replaceAll('"oneOf"', '"anyOf"'), (key, one) =>
          key !== "properties" && one?.properties ? { ...one, additionalProperties: false } : one,
        );
      const ajv = new Ajv2020({ strict: false });
      const isValid = ajv.compile({ ...close(schema), components: { schemas: close(models) } });
      const check = await checkWith(documentWith(field(schema), models));
      const leaves = fc.constantFrom<unknown>(
        null,
        "",
        "card",
        "bank",
        "iban",
        1,
        2.5,
        4,
        true,
        [],
        ["x"],
        {},
      );
      const values = fc.oneof(
        leaves,
        // What random data would be only now and then.
        fc.constantFrom<unknown>(
          { a: "" },
          { b: "" },
          { kind: "bank" },
          { kind: "card", number: "" },
        ),
        fc.dictionary(fc.constantFrom("a", "b", "kind", "number", "iban", "z"), leaves),
      );
      const verdicts = new Set<boolean>();
      fc.assert(
        fc.property(values, (value) => {
          verdicts.add(isValid(value));
          expect(check({ x: value }).length === 0).toBe(isValid(value));
        }),
        { numRuns: 1_000 },
      );
      expect(verdicts.size).toBe(2);
    },
  );
});

describe("what drift cannot be checked with is refused, with its place", () => {
  const refusals: [title: string, schema: object, message: string][] = [
    ["if", object({ a: { if: text } }), `${root}/properties/a has the keyword "if"`],
    ["if, with what to write", { if: text }, "Write what there can be as oneOf"],
    [
      "patternProperties",
      { type: "object", patternProperties: {} },
      'the keyword "patternProperties", which answers cannot be checked with. Write additionalProperties',
    ],
    [
      "prefixItems",
      object({ a: { type: "array", prefixItems: [text] } }),
      'the keyword "prefixItems", which answers cannot be checked with. Write items',
    ],
    ["nullable, of OpenAPI 3.0", { type: "string", nullable: true }, 'the keyword "nullable"'],
    [
      "unevaluatedProperties",
      { unevaluatedProperties: false },
      'the keyword "unevaluatedProperties"',
    ],
    ["a keyword that nobody knows", { typ: "string" }, 'the keyword "typ"'],
    [
      "a keyword in a model that is referred to",
      { type: "array", items: model("Odd") },
      '/components/schemas/Odd has the keyword "if"',
    ],
    [
      "a schema that is false",
      object({ a: false as unknown as object }),
      `${root}/properties/a allows nothing`,
    ],
    ["an object in an enum", { enum: [{ a: 1 }] }, "a value that is an object or array"],
    ["an array as constant", { const: [1] }, "a value that is an object or array"],
    ["oneOf beside anyOf", { oneOf: [text], anyOf: [text] }, "has oneOf and anyOf"],
    [
      "two unions put together",
      { allOf: [{ oneOf: [text, integer] }, { anyOf: [text, integer] }] },
      "more than one oneOf or anyOf",
    ],
    [
      "a field named __proto__",
      JSON.parse('{"type":"object","properties":{"__proto__":{}}}'),
      '"__proto__"',
    ],
    [
      "a $ref to what is no model",
      object({ a: { $ref: "#/components/responses/A" } }),
      "refers to #/components/responses/A",
    ],
    [
      "a $ref to a model that is not there",
      object({ a: model("Nobody") }),
      "refers to #/components/schemas/Nobody",
    ],
    [
      "a model that consists of itself",
      model("Loop"),
      "/components/schemas/Loop consists of itself",
    ],
    [
      "a model that is an alternative of itself",
      model("Spiral"),
      "/components/schemas/Spiral is an alternative of itself",
    ],
  ];
  test.for(refusals)("%s", ([, schema, message]) => {
    const odd = {
      Odd: { if: text },
      Loop: { allOf: [model("Loop")] },
      Spiral: { oneOf: [model("Spiral"), { type: "null" }] },
    };
    expect(() => documentedAnswers(documentWith(schema, odd))).toThrow(message);
  });

  test("code that needs a package at run time", () => {
    const schemas = new Map([["List", { type: "array", uniqueItems: true }]]);
    expect(() => compileValidators(schemas, { isList: "List" })).toThrow('ajv needs "require("');
  });
});

describe("the compiled code", () => {
  const { schemas, validators } = documentedAnswers(documentWith(model("Node"), models));
  const code = compileValidators(schemas, validators);

  test("holds no more than is read: no other keyword of an error, and none of what ajv could need", () => {
    expect(code).not.toMatch(/schemaPath|parentData|rootData|dynamicAnchors|evaluated|"\$ref":/);
    expect(code).toContain("export const isNode");
  });

  test("counts the characters of a text only where their number is limited", () => {
    const codeOf = (schema: object) => {
      const answers = documentedAnswers(documentWith(object({ a: schema })));
      return compileValidators(answers.schemas, answers.validators);
    };
    expect(codeOf(text)).not.toContain("length");
    expect(codeOf({ ...text, maxLength: 5 })).toContain("length");
  });

  test("is of models that an answer can hold, and no other", () => {
    expect([...schemas.keys()]).toEqual(["Node"]);
  });
});
