import { describe, expect, test } from "vitest";
import { documentedAnswers } from "../../../scripts/generate/answers.js";
import { render } from "../../../scripts/generate/render.js";
import { CliError } from "../../../scripts/lib/cli-error.js";
import { documentWith, model, object, text } from "./check-with.js";

const number = { type: "number" };

const models = {
  A: object({ a: text, b: text }, { required: ["a"] }),
  Deep: { allOf: [model("A")] },
  Colour: { type: "string", enum: ["red", "green"] },
};

/** Where the schema of the field `x` of `getThing` is in the document. */
const at = "/paths/~1things/get/responses/200/content/application~1json/schema/properties/x";

function refusalOf(schema: object): CliError | undefined {
  try {
    documentedAnswers(documentWith(object({ x: schema }), models));
    return undefined;
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
}

describe("what the types and the checks cannot both say is refused, with its place and a way out", () => {
  const refusals: [title: string, schema: object, pointer: string, message: string][] = [
    [
      "null in type, and not in enum",
      { type: ["string", "null"], enum: ["gold", "silver"] },
      "",
      "allows the type null, of which its enum has no value: add null to enum, or leave null out of type.",
    ],
    [
      "a type that no value of the enum has",
      { type: ["string", "integer"], enum: ["gold"] },
      "",
      "allows the type integer, of which its enum has no value: add one to enum, or leave integer out of type.",
    ],
    [
      "a value of the enum that type does not allow",
      { type: "string", enum: ["gold", null, 5] },
      "",
      "lists null, 5 in enum, and is of type string: take it out of enum, or add its type to type.",
    ],
    [
      "a fraction in the enum of an integer",
      { type: "integer", enum: [1, 1.5] },
      "",
      "lists 1.5 in enum",
    ],
    [
      "a const that type does not allow",
      { type: "integer", const: "x" },
      "",
      'lists "x" in const, and is of type integer',
    ],
    [
      "an enum that another part does not allow",
      { allOf: [model("Colour"), { enum: [5, "red"] }] },
      "/allOf/1",
      "lists 5 in enum, and is of type string",
    ],
    [
      "an enum that what it refers to does not allow",
      { allOf: [{ type: "integer" }], enum: ["x"] },
      "",
      'lists "x" in enum, and is of type integer',
    ],
    [
      "enums that have nothing in common",
      { allOf: [model("Colour"), { enum: ["blue"] }] },
      "/allOf/1",
      `can have no value: /components/schemas/Colour and ${at}/allOf/1 list none in common.`,
    ],
    [
      "a const that is null, of which no type is made",
      { const: null },
      "",
      'write type: "null" instead',
    ],
    [
      "parts of types that have nothing in common",
      { allOf: [text, number] },
      "/allOf/1",
      `can have no value: it is string in ${at}/allOf/0, and number in ${at}/allOf/1. Say one type.`,
    ],
    [
      "a field of several parts whose types have nothing in common",
      { allOf: [model("A"), object({ a: number })] },
      "/allOf/1/properties/a",
      "can have no value: it is string in /components/schemas/A/properties/a, and number in",
    ],
    ["an empty enum", { type: "string", enum: [] }, "", "has an enum of no value"],
    ["an empty union", { oneOf: [] }, "", "has an empty oneOf; leave it out."],
    [
      "a type that no alternative has",
      { type: ["object", "null"], oneOf: [model("A")] },
      "",
      "allows the type null, which no alternative of its oneOf has",
    ],
    [
      "an alternative that type does not allow",
      { type: "string", oneOf: [text, { type: "integer" }] },
      "/oneOf/1",
      "can have no value beside what is true of all alternatives",
    ],
    [
      "a required field that is declared nowhere",
      object({ a: text }, { required: ["a", "z"] }),
      "",
      'requires "z", which it does not declare: declare "z" in properties beside required, or take it out of required.',
    ],
    [
      "a required key of a map",
      { type: "object", additionalProperties: text, required: ["z"] },
      "",
      'requires "z"',
    ],
    [
      "a required field that another part declares",
      { allOf: [model("A"), { required: ["b"] }] },
      "/allOf/1",
      'requires "b"',
    ],
    [
      "a required field that only what a part refers to declares",
      { allOf: [model("Deep")], required: ["b"] },
      "",
      'requires "b"',
    ],
    [
      "a required field of an alternative that is declared beside the alternatives",
      object({ a: text, b: text }, { oneOf: [{ required: ["a"] }, { required: ["b"] }] }),
      "/oneOf/0",
      'requires "a"',
    ],
    [
      "a required field that one alternative need not have",
      { oneOf: [model("A"), object({ c: text })], required: ["a"] },
      "",
      'requires "a", which it does not declare: declare "a" in properties beside required, or require it in each alternative',
    ],
    [
      "a map beside a field of another type",
      object({ id: { type: "integer" } }, { additionalProperties: text }),
      "",
      'has additionalProperties with a schema beside the field "id", which the types would take for one of these ' +
        "values: make it additionalProperties: true, or put the map in a field of its own.",
    ],
    [
      "a map beside a field of any type",
      object({ id: {} }, { additionalProperties: text }),
      "",
      'beside the field "id"',
    ],
    [
      "a map beside the fields of a model",
      { allOf: [model("A"), { type: "object", additionalProperties: number }] },
      "/allOf/1",
      'beside the field "a"',
    ],
    [
      "a map with limits beside a field",
      object({ id: text }, { additionalProperties: { type: "string", enum: ["x"] } }),
      "",
      'beside the field "id"',
    ],
  ];
  test.for(refusals)("%s", ([, schema, place, message]) => {
    const refusal = refusalOf(schema);
    expect(refusal?.message).toContain(message);
    expect(refusal?.message).toContain(refusal?.pointer);
    expect(refusal?.pointer).toBe(at + place);
  });

  test.for(["request body", "error", "problem", "model that nothing refers to"])(
    "also in a %s",
    (where) => {
      const schema = object({ x: { type: "string", enum: [5] } });
      const json = { content: { "application/json": { schema } } };
      const problem = { "application/problem+json": { schema } };
      const document = documentWith(text, where.startsWith("model") ? { Lone: schema } : {});
      Object.assign(document.paths?.["/things"] ?? {}, {
        put: {
          operationId: "putThing",
          ...(where === "request body" && { requestBody: { required: true, ...json } }),
          responses: {
            204: { description: "Done." },
            ...(where === "error" && { 409: { description: "No.", ...json } }),
            ...(where === "problem" && { 409: { description: "No.", content: problem } }),
          },
        },
      });
      expect(() => documentedAnswers(document)).toThrow("lists 5 in enum, and is of type string");
    },
  );

  test("a keyword that has another type than it can have", async () => {
    const document = documentWith(object({ x: { type: "integer", minimum: "3" } }), models);
    await expect(render(document)).rejects.toThrow(
      new CliError(`${at}: minimum must be number.`, { pointer: at }),
    );
  });

  test("two media types that are one without their parameters", () => {
    const document = documentWith(text);
    const { content } = Object(Object(document.paths?.["/things"]).get.responses["200"]);
    content["application/json; charset=utf-8"] = content["application/json"];
    const pointer = at.replace(/application~1json.*/, "application~1json; charset=utf-8");
    expect(() => documentedAnswers(document)).toThrow(
      new CliError(
        '"application/json; charset=utf-8" is declared beside another application/json; the client cannot tell them ' +
          "apart. Leave one of them out.",
        { pointer },
      ),
    );
  });

  test("models that hold themselves, and are put together", () => {
    const [one, other] = ["One", "Other"].map((name) => object({ next: model(name) }));
    const document = documentWith(object({ x: { allOf: [model("One"), model("Other")] } }), {
      One: one ?? {},
      Other: other ?? {},
    });
    expect(() => documentedAnswers(document)).toThrow("puts models together that hold themselves");
  });

  const fine: [title: string, schema: object][] = [
    ["null in type and in enum", { type: ["string", "null"], enum: ["gold", null] }],
    ["an enum without a type", { enum: ["gold", null, 5] }],
    ["whole numbers of an enum of numbers", { type: "number", enum: [1, 2.5] }],
    ["a const of one of several types", { type: ["string", "null"], const: "x" }],
    ["null that is a type", { type: "null", const: null }],
    ["an enum that is less in one part", { allOf: [model("Colour"), { enum: ["red"] }] }],
    ["an integer that is a number elsewhere", { allOf: [number, { type: "integer" }] }],
    ["a required field of the model that is referred to", { allOf: [model("A")], required: ["b"] }],
    [
      "a required field of a part that is written out",
      { allOf: [object({ a: text })], required: ["a"] },
    ],
    [
      "a required field that each alternative requires",
      { oneOf: [model("A"), object({ a: number }, { required: ["a"] })], required: ["a"] },
    ],
    [
      "the type of all alternatives beside them",
      { type: "object", anyOf: [model("A"), object({ c: text })] },
    ],
    ["oneOf beside fields", object({ p: text }, { oneOf: [model("A"), object({ c: text })] })],
    ["fields beside a map of any values", object({ id: number }, { additionalProperties: {} })],
    [
      "whole numbers beside a map of numbers",
      {
        ...object({ id: { type: "integer" } }),
        additionalProperties: number,
      },
    ],
  ];
  test.for(fine)("but not %s", ([, schema]) => {
    expect(refusalOf(schema)).toBeUndefined();
  });
});
