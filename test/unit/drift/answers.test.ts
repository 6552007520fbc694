import { describe, expect, test } from "vitest";
import { type DocumentedAnswer, documentedAnswers } from "../../../scripts/generate/answers.js";
import type { Document } from "../../../scripts/generate/document.js";
import { documentWith } from "./check-with.js";

/** What is known of one answer of `getThing`, whose responses are these. */
function answersOf(responses: object, components: object = {}): Record<string, DocumentedAnswer> {
  const document = documentWith({}) as Document & Record<string, never>;
  const paths = { "/things": { get: { operationId: "getThing", responses } } };
  const whole = { ...document, paths, components } as unknown as Document;
  return documentedAnswers(whole).operations.getThing?.answers ?? {};
}

const json = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const text = { type: "string" };

describe("of an answer is known", () => {
  test("the media types without parameters, in lower case, and none where there is no body", () => {
    const answers = answersOf({
      200: json(text),
      400: {
        description: "",
        content: { "Text/HTML; charset=utf-8": {}, "application/problem+json": {} },
      },
      404: { description: "" },
    });
    expect(answers["400"]).toEqual({ mediaTypes: ["text/html", "application/problem+json"] });
    expect(answers["404"]).toEqual({ mediaTypes: [] });
  });

  test("what checks it, for each success, and none for an error", () => {
    expect(answersOf({ 200: json(text), "2XX": json(text), default: json(text) })).toEqual({
      200: { mediaTypes: ["application/json"], name: "getThing", validate: "is_getThing_200" },
      "2XX": { mediaTypes: ["application/json"], name: "getThing", validate: "is_getThing_2XX" },
      default: { mediaTypes: ["application/json"] },
    });
  });

  test("what is behind a $ref", () => {
    const $ref = "#/components/responses/Thing";
    expect(answersOf({ 200: { $ref } }, { responses: { Thing: json(text) } })).toEqual({
      200: { mediaTypes: ["application/json"], name: "getThing", validate: "is_getThing_200" },
    });
  });

  test("that it is a list, whose items are checked by themselves, where nothing else is said of it", () => {
    const isList = (schema: object) => answersOf({ 200: json(schema) })["200"]?.isList;
    const list = { type: "array", items: text };
    expect(isList({ ...list, description: "Texts." })).toBe(true);
    expect(isList({ ...list, minItems: 1 })).toBeUndefined();
    expect(isList({ ...list, uniqueItems: true })).toBeUndefined();
    expect(isList({ ...list, type: ["array", "null"] })).toBeUndefined();
    expect(isList({ type: "array" })).toBeUndefined();
    expect(isList({ allOf: [list, { type: "array", items: { pattern: "^a" } }] })).toBeUndefined();
  });

  test("that it is a list also where what else is said of it is not checked", () => {
    const list = { type: "array", items: { type: "object", properties: { a: text } } };
    expect(answersOf({ 200: json({ ...list, uniqueItems: true }) })["200"]?.isList).toBe(true);
  });
});

describe("what checks an answer", () => {
  /** The functions of two operations and a model. */
  function validatorsOf(one: string, other: string) {
    const model = { type: "object", properties: { a: text } };
    const inline = { type: "object", properties: { b: text } };
    const operation = (operationId: string, schema: object) => ({
      get: { operationId, responses: { 200: json(schema) } },
    });
    const paths = {
      "/one": operation(one, inline),
      "/other": operation(other, inline),
      "/model": operation("getModel", { $ref: "#/components/schemas/Foo200" }),
    };
    const components = { schemas: { Foo200: model } };
    const { operations, validators } = documentedAnswers({
      ...documentWith({}),
      paths,
      components,
    } as unknown as Document);
    const names = [one, other, "getModel"].map((id) => operations[id]?.answers["200"]?.validate);
    return names.map((name) => [name, validators[name ?? ""]]);
  }

  test("is of one answer alone, whatever operations and models are named", () => {
    expect(validatorsOf("foo", "Foo")).toEqual([
      ["is_foo_200", "foo_200"],
      ["is_Foo_200", "Foo_200"],
      ["isFoo200", "Foo200"],
    ]);
  });
});

describe("what is not checked is told", () => {
  const noticesOf = (schema: object, models: object = {}) =>
    documentedAnswers(documentWith(schema, models)).notices;

  test("with its place, and once", () => {
    const tags = { type: "array", items: { type: "object" }, uniqueItems: true };
    const Customer = { type: "object", properties: { tags, name: { not: { const: "" } } } };
    const $ref = "#/components/schemas/Customer";
    const schema = {
      type: "object",
      properties: { one: { $ref }, all: { type: "array", items: { allOf: [{ $ref }] } } },
      dependentRequired: { one: ["all"] },
    };
    expect([...noticesOf(schema, { Customer })].sort()).toEqual([
      "Customer.name: not is not checked",
      "Customer.tags: uniqueItems is not checked",
      "getThing: dependentRequired is not checked",
    ]);
  });

  const limits: [title: string, schema: object, notices: string[]][] = [
    ["contains", { type: "array", contains: text, minContains: 2 }, ["contains", "minContains"]],
    ["propertyNames", { type: "object", propertyNames: { pattern: "^a" } }, ["propertyNames"]],
    ["contentSchema", { type: "string", contentSchema: {} }, ["contentSchema"]],
    ["a fraction that has no exact binary form", { multipleOf: 0.01 }, ["multipleOf"]],
    ["a pattern that is of another language", { pattern: "^\\A(?i)x" }, ["pattern"]],
    ["uniqueItems of anything", { type: "array", uniqueItems: true }, ["uniqueItems"]],
  ];
  test.for(limits)("%s", ([, schema, notices]) => {
    const field = { type: "object", properties: { x: schema } };
    expect(noticesOf(field)).toEqual(notices.map((one) => `getThing.x: ${one} is not checked`));
  });

  test("also of a list, of its items and of the values of a map", () => {
    const odd = { not: text };
    const map = { type: "object", additionalProperties: odd };
    expect(noticesOf({ type: "array", items: map, contains: {} })).toEqual([
      "getThing[].*: not is not checked",
      "getThing: contains is not checked",
    ]);
  });

  test("of nothing where all is checked", () => {
    const schema = {
      a: { type: "string", minLength: 1, maxLength: 3, pattern: "^a" },
      b: { type: "array", items: text, uniqueItems: true },
      c: { type: "array", uniqueItems: false },
      d: { type: "integer", multipleOf: 5, format: "int64" },
    };
    expect(noticesOf({ type: "object", properties: schema })).toEqual([]);
  });
});
