import { describe, expect, test, vi } from "vitest";
import { type Change, textOf } from "../../../scripts/changes/change.js";
import { buildModel } from "../../../scripts/changes/client-model.js";
import { createCheck } from "../../../scripts/changes/compiler.js";
import { changesBetween } from "../../../scripts/changes/report.js";
import { cachedCheck, shopDocument } from "./shop.js";
import { rows, shopIn } from "./table.js";

vi.setConfig({ testTimeout: 120_000 });

const { check } = cachedCheck();
const old = await buildModel(shopDocument(), "the old document");
const exact = cachedCheck(createCheck({ exactOptionalPropertyTypes: true }));

const lines = (changes: readonly Change[]) => changes.map((one) => `${one.level}: ${textOf(one)}`);

describe("a change of the document, there and back", () => {
  test(`is shown by ${rows.length} pairs, each with a title of its own`, () => {
    expect(rows.length).toBeGreaterThanOrEqual(25);
    expect(new Set(rows.map(({ title }) => title)).size).toBe(rows.length);
  });

  test.for(rows)("$title", async ({ back, change, there }) => {
    const document = shopDocument();
    change(shopIn(document));
    const now = await buildModel(document, "the new document");
    const [forth, backAgain] = [changesBetween(old, now, check), changesBetween(now, old, check)];
    expect(lines(forth)).toEqual(there);
    expect(lines(backAgain)).toEqual(back);
    for (const one of [...forth, ...backAgain].filter(({ level }) => level === "breaking")) {
      // An operation without arguments takes any, to the compiler, and throws when it is called. No type has a limit.
      const isSeen = !/^getGrid\(\{ size \}\) removed|: maximum /.test(textOf(one));
      expect(one.compiler.length > 0, textOf(one)).toBe(isSeen);
      expect(JSON.stringify(one.compiler)).not.toMatch(
        /import\(|components\[|\/src\/|\/generated\/|exactOptional|TS2375/,
      );
    }
    // What users compile with makes no difference.
    expect(lines(changesBetween(old, now, exact.check))).toEqual(there);
  });
});
