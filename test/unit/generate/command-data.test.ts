import { describe, expect, test } from "vitest";
import { commandData } from "../../../scripts/generate/command-data.js";
import type { Document, Schema } from "../../../scripts/generate/document.js";
import { mockData } from "../../../scripts/generate/mock-data.js";

/** A document of one operation that returns this, with these parameters. */
function documentOf(schema: Schema, parameters: object[] = [], models: object = {}): Document {
  const responses = { "200": { content: { "application/json": { schema } } } };
  const get = { operationId: "getThing", summary: " A \n thing ", parameters, responses };
  return { paths: { "/things/{id}": { get } }, components: { schemas: models } } as Document;
}

const commandsOf = (document: Document) => commandData(document, mockData(document));

const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const text = { type: "string" };

/** The names of the columns, with `!` after those that every row has. */
function columnsOf(schema: Schema, models: object = {}): string[] {
  const { columns } = commandsOf(documentOf(schema, [id], models)).getThing ?? { columns: [] };
  return columns.map(({ path, isRequired }) => path.join(".") + (isRequired ? "!" : ""));
}

describe("the columns of a result", () => {
  test("are the fields of an object in its order, those of inner objects with dots", () => {
    const inner = { type: "object", required: ["z"], properties: { z: text, a: text } };
    const schema = { type: "object", required: ["b"], properties: { b: text, inner, a: text } };
    expect(columnsOf(schema)).toEqual(["b!", "inner.z", "inner.a", "a"]);
  });

  test("are one for an array, a map, an object of unknown fields and what can be something else", () => {
    const properties = {
      list: { type: "array", items: { type: "object", properties: { a: text } } },
      map: { type: "object", additionalProperties: text },
      any: {},
      mixed: { oneOf: [text, { type: "object", properties: { a: text } }] },
    };
    expect(columnsOf({ type: "object", properties })).toEqual(["list", "map", "any", "mixed"]);
  });

  test("are those of all members of a union, also of several, and of all parts", () => {
    const member = (name: string) => ({
      type: "object",
      required: [name],
      properties: { [name]: text },
    });
    const schema = {
      allOf: [
        { oneOf: [member("a"), member("b")] },
        { anyOf: [member("c"), { type: "object", required: ["a"], properties: { a: text } }] },
        member("d"),
      ],
    };
    expect(columnsOf(schema)).toEqual(["d!", "c", "a", "b"]);
  });

  test("are those of an object that can be null", () => {
    const properties = {
      author: { oneOf: [{ type: "object", properties: { name: text } }, { type: "null" }] },
    };
    expect(columnsOf({ type: "object", properties })).toEqual(["author.name"]);
  });

  test("end where a model is in itself", () => {
    const Tree = {
      type: "object",
      properties: { name: text, parent: { $ref: "#/components/schemas/Tree" } },
    };
    expect(columnsOf({ $ref: "#/components/schemas/Tree" }, { Tree })).toEqual(["name", "parent"]);
  });

  test("are those of the items of an array", () => {
    const items = { type: "object", properties: { a: text } };
    expect(columnsOf({ type: "array", items })).toEqual(["a"]);
    expect(columnsOf({ type: "array", items: text })).toEqual([""]);
  });
});

test("parameters have their types, values and words", () => {
  const parameters = [
    id,
    {
      name: "sort",
      in: "query",
      description: "How to\n sort.",
      schema: { type: "string", enum: ["a", "b"] },
    },
    { name: "stars", in: "query", required: true, schema: { type: "integer" } },
    {
      name: "labels",
      in: "query",
      schema: { type: "array", items: { type: "string", enum: ["x"] } },
    },
  ];
  const { summary, parameters: found } =
    commandsOf(documentOf({ type: "object" }, parameters)).getThing ?? {};
  expect(summary).toBe("A thing");
  expect(found).toEqual([
    { name: "id", flag: "id", required: true, types: ["string"] },
    {
      name: "sort",
      flag: "sort",
      description: "How to sort.",
      types: ["string"],
      values: ["a", "b"],
    },
    { name: "stars", flag: "stars", required: true, types: ["integer"] },
    { name: "labels", flag: "labels", types: ["string"], isArray: true, values: ["x"] },
  ]);
});
