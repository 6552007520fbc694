import { expect, test } from "vitest";
import { documentPath } from "../../scripts/mock/operations.js";
import { problemsOfServed } from "../contract/every-operation.js";

test("the served mock answers every operation of the document as it says", {
  timeout: 120_000,
}, async () => {
  expect(await problemsOfServed(documentPath)).toEqual([]);
});
