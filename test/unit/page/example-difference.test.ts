import { expect, test } from "vitest";
import { exampleDifference } from "../../../scripts/page/example-difference.js";

test("the order of fields is no difference, that of items is", () => {
  expect(exampleDifference({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBeUndefined();
  expect(exampleDifference([1, 2], [2, 1])).toEqual({
    page: "#/0: 1, #/1: 2",
    document: "#/0: 2, #/1: 1",
  });
});

test("an empty list is no empty object, and null is not nothing", () => {
  expect(exampleDifference({ a: [] }, { a: {} })).toEqual({ page: "#/a: []", document: "#/a: {}" });
  expect(exampleDifference({ a: null }, {})).toEqual({
    page: "#/a: null",
    document: "#/a: nothing",
  });
});

test("of many differences the first three are shown, and of a long text its beginning", () => {
  const all = { a: "x".repeat(50), b: 2, c: 3, d: 4, e: 5 };
  expect(exampleDifference(all, {})?.page).toBe(
    `#/a: "${"x".repeat(36)}…, #/b: 2, #/c: 3, and 2 more`,
  );
});
