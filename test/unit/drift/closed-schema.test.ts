import { describe, expect, test } from "vitest";
import { documentedAnswers } from "../../../scripts/generate/answers.js";
import { compileValidators } from "../../../scripts/generate/validators.js";
import { checkWith, documentWith, model, object, text } from "./check-with.js";

const integer = { type: "integer" };

const models = {
  A: object({ a: text }, { required: ["a"] }),
  B: object({ b: text }, { required: ["b"] }),
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
      object({ a: text, constructor: text }, { required: ["constructor"] }),
      { a: "", toString: 1 },
      [
        `missing-field getThing.constructor: string, not absent (${root}/properties/constructor)`,
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

describe("of a composed value", () => {
  const at = `${root}/properties/x`;
  const [A, B] = [model("A"), model("B")];
  const union = { oneOf: [A, B] };

  type Checked = [title: string, schema: object, data: unknown, findings: string[]];
  const checked: Checked[] = [
    [
      "the type is checked: allOf",
      { allOf: [A, B] },
      "a",
      [`wrong-type getThing.x: object, not string (${at})`],
    ],
    [
      "the type is checked: oneOf",
      union,
      null,
      [`wrong-type getThing.x: object, not null (${at})`],
    ],
    [
      "the type is checked: anyOf of several types",
      { anyOf: [text, integer] },
      1.5,
      [`wrong-type getThing.x: string or integer, not number (${at})`],
    ],
    [
      "the type is checked: an enum and another type",
      { oneOf: [{ enum: ["x", "y"] }, integer] },
      true,
      [`wrong-type getThing.x: string or integer, not boolean (${at})`],
    ],
    ["nothing else is: allOf", { allOf: [A, B] }, { a: 1, z: 1 }, []],
    [
      "nothing else is: a $ref beside fields",
      { ...A, properties: { z: text } },
      { a: 1, z: 1 },
      [],
    ],
    ["nothing else is: oneOf", union, { a: 1, z: 1 }, []],
    [
      "nothing else is: anyOf beside fields",
      { ...object({ n: text }), anyOf: [A, B] },
      { n: 1 },
      [],
    ],
    ["nothing else is: values", { oneOf: [{ enum: ["x"] }, integer] }, "y", []],
    ["null or a model, null is fine", { oneOf: [A, { type: "null" }] }, null, []],
    [
      "null or a model, an object is compared with the model",
      { anyOf: [{ type: "null" }, A] },
      { q: 1, a: 2 },
      [
        "unknown-field getThing.x.q: absent, not number (/components/schemas/A)",
        "wrong-type getThing.x.a: string, not number (/components/schemas/A/properties/a)",
      ],
    ],
    [
      "null or a model, a text is neither",
      { oneOf: [A, { type: "null" }] },
      "a",
      [`wrong-type getThing.x: object or null, not string (${at})`],
    ],
    [
      "null or a list, the items are compared",
      { oneOf: [{ type: "array", items: A }, { type: "null" }] },
      [{ a: 1 }],
      ["wrong-type getThing.x[].a: string, not number (/components/schemas/A/properties/a)"],
    ],
    [
      "one schema, it is compared",
      { allOf: [A], description: "An A." },
      { a: 1 },
      ["wrong-type getThing.x.a: string, not number (/components/schemas/A/properties/a)"],
    ],
    [
      "in an item, the other items are compared",
      { type: "array", items: { type: "array", items: union } },
      [[{ a: 1 }, 1], 2],
      [
        `wrong-type getThing.x[][]: object, not number (${at}/items/items)`,
        `wrong-type getThing.x[]: array, not number (${at}/items)`,
      ],
    ],
  ];
  test.for(checked)("%s", async ([, schema, data, expected]) => {
    expect(await findings(object({ x: schema }), { x: data })).toEqual(expected);
  });

  test("it is said that it is not looked into", () => {
    const schema = object({ x: union, y: { allOf: [A, B] }, z: { anyOf: [A, { type: "null" }] } });
    expect(documentedAnswers(documentWith(schema, models)).notices).toEqual([
      "getThing.x: oneOf is not checked",
      "getThing.y: allOf is not checked",
    ]);
  });
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
