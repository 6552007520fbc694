import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { type Change, textOf } from "../../../scripts/changes/change.js";
import { buildModel, type ClientModel } from "../../../scripts/changes/client-model.js";
import { createCheck } from "../../../scripts/changes/compiler.js";
import { changesBetween } from "../../../scripts/changes/report.js";
import { type Edit, edited } from "./edited.js";
import { cachedCheck, shopDocument } from "./shop.js";

vi.setConfig({ testTimeout: 120_000 });

/** An edit of the shop's document, and what is to be said of it and of the way back. */
interface Row extends Edit {
  readonly title: string;
  readonly given?: Edit;
  readonly isArranged?: boolean;
  readonly there: readonly Line[];
  readonly back: readonly Line[];
}

/** A line as `level: text`; where it matters, also its reason, the first error of the compiler, and the operations. */
type Line = string | { line: string; why?: string; error?: string; usedBy?: string };

const rows: Row[] = parse(readFileSync(new URL("table.yaml", import.meta.url), "utf8"));
const { check } = cachedCheck();
const exact = cachedCheck(createCheck({ exactOptionalPropertyTypes: true }));

const olds = new Map<string, Promise<ClientModel>>();
/** The document before the edit: the same for most rows. */
function oldModel({ given = {} }: Row): Promise<ClientModel> {
  const key = JSON.stringify(given);
  const old = olds.get(key) ?? buildModel(edited(shopDocument(), given), "the old document");
  olds.set(key, old);
  return old;
}

const lineOf = (change: Change) => `${change.level}: ${textOf(change)}`;

/** What is said of a change, as far as a row has it. */
function said(change: Change, expected: Line = ""): Line {
  if (typeof expected === "string") return lineOf(change);
  const [first] = change.compiler;
  return {
    line: lineOf(change),
    ...("why" in expected && { why: change.reason }),
    ...("error" in expected && { error: `${first?.statement} ${first?.code}: ${first?.message}` }),
    ...("usedBy" in expected && { usedBy: change.usedBy.join(", ") }),
  };
}

describe("a change of the document, there and back", () => {
  test(`is shown by ${rows.length} pairs, each with a title of its own`, () => {
    expect(rows.length).toBeGreaterThanOrEqual(25);
    expect(new Set(rows.map(({ title }) => title)).size).toBe(rows.length);
  });

  test.for(rows)("$title", async (row) => {
    const old = await oldModel(row);
    const changed = edited(edited(shopDocument(), row.given ?? {}), row);
    const now = await buildModel(changed, "the new document");
    const isShown = ({ reason }: Change) => !row.isArranged || !/another arrangement/.test(reason);
    const there = changesBetween(old, now, check).filter(isShown);
    const back = changesBetween(now, old, check).filter(isShown);
    expect(there.map((one, index) => said(one, row.there[index]))).toEqual(row.there);
    expect(back.map((one, index) => said(one, row.back[index]))).toEqual(row.back);
    for (const one of [...there, ...back]) {
      expect(new Set(one.subjects).size, textOf(one)).toBe(one.subjects.length);
      if (one.level !== "breaking") continue;
      // An operation without arguments takes any, to the compiler, and throws when it is called. No type has a limit.
      const isSeen = !/^getGrid\(\{ size \}\) removed|: maximum /.test(textOf(one));
      expect(one.compiler.length > 0, textOf(one)).toBe(isSeen);
      expect(JSON.stringify(one.compiler)).not.toMatch(
        /import\(|components\[|\/src\/|\/generated\/|exactOptional|TS2375/,
      );
    }
    // Whether users compile with `exactOptionalPropertyTypes`, which is about what can be missing, makes no difference.
    if (!there.some((one) => /undefined|optional/.test(textOf(one)))) return;
    const others = changesBetween(old, now, exact.check).filter(isShown);
    expect(others.map(lineOf)).toEqual(there.map(lineOf));
  });
});
