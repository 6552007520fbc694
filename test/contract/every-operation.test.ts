import { expect, test } from "vitest";
import { fixturePath } from "../fixture/document.js";
import { problemsOfServed } from "./every-operation.js";

test("the served mock answers every operation of the document as it says", {
  timeout: 120_000,
}, async () => {
  expect(await problemsOfServed(fixturePath)).toEqual([]);
});
