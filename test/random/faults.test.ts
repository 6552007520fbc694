import { describe, expect, test } from "vitest";
import type { GeneratedFiles } from "../../scripts/generate/render.js";
import { examine } from "./examine.js";
import type { FailureKind } from "./failure.js";
import type { Feature } from "./features.js";
import { makeDocument } from "./make-document.js";

describe("a generator with a fault is found out", () => {
  const enabled = new Set<Feature>(["list", "post", "reference", "nested-object", "query-enum"]);
  const documents = Array.from({ length: 8 }, (_, index) => {
    return { seed: index + 1, document: makeDocument({ seed: index + 1, enabled }) };
  });

  test("and one without is not", async () => {
    const { accepted, failures } = await examine(documents, { isWhole: false });
    expect(failures).toEqual([]);
    expect(accepted).toBe(documents.length);
  });

  test.each<[string, FailureKind, keyof GeneratedFiles, (text: string) => string]>([
    [
      "types that lack a field",
      "the compiler refuses a right value",
      "models.ts",
      (text) => text.replaceAll(/^ {4}id: string;$/gm, ""),
    ],
    [
      "types that take anything",
      "the compiler accepts a wrong value",
      "models.ts",
      (text) => text.replaceAll(/^ {4}id: string;$/gm, "    id: unknown;"),
    ],
    [
      "a check that takes anything",
      "the check accepts a wrong value",
      "validators.ts",
      (text) => text.replaceAll("return errors === 0;", "return true;"),
    ],
    [
      "a check that takes nothing",
      "the check refuses a right value",
      "validators.ts",
      (text) =>
        text
          .replaceAll("return errors === 0;", "return errors === -1;")
          .replaceAll(
            /= vErrors;$/gm,
            "= [{ instancePath: '', keyword: 'type', parentSchema: {}, data }];",
          ),
    ],
    [
      "a mock that makes texts of numbers",
      "the mock's answer drifts",
      "mock.ts",
      (text) => text.replaceAll('type: "integer"', 'type: "string"'),
    ],
    [
      "operations without a query",
      "a call fails",
      "operations.ts",
      (text) => text.replaceAll(/queryParameters: \[.*\]/g, "queryParameters: []"),
    ],
  ])("%s", async (_, kind, name, fault) => {
    const tamper = (files: GeneratedFiles) => ({ ...files, [name]: fault(files[name] ?? "") });
    const { failures } = await examine(documents, { isWhole: false, tamper });
    expect(failures.map((failure) => failure.kind)).toContain(kind);
  });
});
