import { describe, expect, test } from "vitest";
import { compare } from "../../../scripts/changes/compare.js";
import type { Json } from "../../../scripts/lib/json.js";

/** Edits as `path: old → new`. */
function edits(before: Json, after: Json, renamed?: ReadonlyMap<string, string>): string[] {
  return compare(before, after, renamed ? { renamed } : {}).map(
    ({ isOrder, new: now, old, path }) => {
      const shown = [old, now].map((side) => (side ? JSON.stringify(side.value) : "none"));
      return `${path.join(" ")}: ${isOrder ? "order" : shown.join(" → ")}`;
    },
  );
}

describe("two values", () => {
  test.for<[title: string, before: Json, after: Json, edits: string[]]>([
    ["that are alike have no edit", { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ["with keys in another order have none", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ["with another scalar have one there", { a: { b: 1 } }, { a: { b: 2 } }, ["a b: 1 → 2"]],
    ["with a key more have one", {}, { a: { b: 1 } }, ['a: none → {"b":1}']],
    ["with a key less have one", { a: { b: 1 } }, {}, ['a: {"b":1} → none']],
    ["of which one is null have one", { a: null }, { a: 1 }, ["a: null → 1"]],
    ["of which one is missing and the other null have one", {}, { a: null }, ["a: none → null"]],
    ["of which one is false have one", { a: false }, {}, ["a: false → none"]],
    ["of two kinds have one", { a: [1] }, { a: { 0: 1 } }, ['a: [1] → {"0":1}']],
    ["with an item more have it", { enum: ["a"] }, { enum: ["b", "a"] }, ['enum "b": none → "b"']],
    [
      "with an item twice have it once more",
      { enum: ["a"] },
      { enum: ["a", "a"] },
      ['enum "a": none → "a"'],
    ],
    [
      "with items in another order have that",
      { enum: ["a", "b"] },
      { enum: ["b", "a"] },
      ["enum: order"],
    ],
    [
      "know an item by its name",
      {
        list: [
          { name: "a", x: 1 },
          { name: "b", x: 1 },
        ],
      },
      {
        list: [
          { name: "b", x: 2 },
          { name: "a", x: 1 },
        ],
      },
      ["list b x: 1 → 2", "list: order"],
    ],
    [
      "know a parameter by its place too",
      { list: [{ name: "a", in: "query" }] },
      { list: [{ name: "a", in: "path" }] },
      [
        'list query a: {"name":"a","in":"query"} → none',
        'list path a: none → {"name":"a","in":"path"}',
      ],
    ],
    [
      "take items without names as they stand",
      { oneOf: [{ a: 1 }, { b: 1 }] },
      { oneOf: [{ b: 1 }, { a: 2 }] },
      ["oneOf 1 a: 1 → 2", "oneOf: order"],
    ],
    ["say the same without what is empty", { required: [] }, {}, []],
    [
      "have the items where one says nothing",
      {},
      { required: ["a"] },
      ['required "a": none → "a"'],
    ],
    [
      "have the fields where one says nothing",
      { properties: { a: {} } },
      {},
      ["properties a: {} → none"],
    ],
    [
      "do not take a field for a keyword",
      { properties: { properties: { type: "string" }, required: { type: "string" } } },
      { properties: {} },
      [
        'properties properties: {"type":"string"} → none',
        'properties required: {"type":"string"} → none',
      ],
    ],
    [
      "take what is in a field with such a name for keywords",
      { properties: { properties: { required: ["a"] } } },
      { properties: { properties: {} } },
      ['properties properties required "a": "a" → none'],
    ],
    ["do not take a mark for a list", { required: true }, {}, ["required: true → none"]],
  ])("%s", ([, before, after, expected]) => {
    expect(edits(before, after)).toEqual(expected);
  });

  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

  test("do not differ by the new name of a model", () => {
    const renamed = new Map([["New", "Old"]]);
    expect(edits({ a: ref("Old") }, { a: ref("New") }, renamed)).toEqual([]);
  });

  test("differ by a reference to another model", () => {
    const renamed = new Map([["New", "Old"]]);
    expect(edits({ a: ref("Other") }, { a: ref("New") }, renamed)).toHaveLength(1);
  });

  test("tell where each edit is, as a JSON pointer", () => {
    const [edit] = compare({ paths: { "/a~b": ["x"] } }, { paths: { "/a~b": [] } }, {});
    expect(edit?.old?.pointer).toBe("/paths/~1a~0b/0");
  });
});
