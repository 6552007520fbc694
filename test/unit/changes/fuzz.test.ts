import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { type Change, textOf } from "../../../scripts/changes/change.js";
import {
  joinRedocly,
  readRedoclyChanges,
  type Sided,
} from "../../../scripts/changes/redocly-changes.js";
import { Refusal } from "../../../scripts/changes/refusal.js";
import { type Baseline, changesBetween, type Made, make } from "../../../scripts/changes/report.js";
import type { Document } from "../../../scripts/generate/document.js";
import { diff } from "../../../scripts/redocly.js";
import { type DocumentEdit, editsOf, nodesIn } from "./edits.js";
import { baselineOf, cachedCheck, lokeDocument, shopDocument } from "./shop.js";
import { rows, shopIn } from "./table.js";

// Nodes of the documents are edited one by one, and every edit reported: all of LOKE's, and a sample of the
// shop's. All of both, and more of them through Redocly, in two minutes:
// CHANGES_FUZZ=all npx vitest run --project=unit test/unit/changes/fuzz.test.ts
const isAll = process.env.CHANGES_FUZZ === "all";
const everyRedocly = isAll ? 20 : 100;

vi.setConfig({ testTimeout: 3_600_000 });

interface Outcome {
  readonly edit: DocumentEdit;
  readonly isChange: boolean;
  readonly changes: readonly Change[];
  /** Whether the witness compiles no more, by itself. */
  readonly isBreak: boolean;
}

describe.for([
  ["the LOKE document", lokeDocument, 1],
  ["the shop's document", shopDocument, isAll ? 1 : 4],
] as const)("an edit of any node of %s", async ([name, fresh, every]) => {
  const { check, verdicts } = cachedCheck();
  const document = fresh();
  const outcomes: Outcome[] = [];
  const refusals: string[] = [];
  let all = 0;
  let old: Baseline | undefined;

  test("is reported, or clearly refused", async () => {
    old = await baselineOf(document, check);
    const silent: string[] = [];
    for (const edit of editsOf(document)) {
      all += 1;
      if (all % every !== 0) continue;
      let now: Made;
      try {
        now = await make(edit.document, "the new document");
      } catch (error) {
        if (!(error instanceof Refusal)) throw new Error(edit.name, { cause: error });
        refusals.push(error.message);
        continue;
      }
      const changes = changesBetween(old, now, check);
      const isBreak = check(now.generated, old.witness.text).length > 0;
      const isChange = !isDeepStrictEqual(edit.document, document);
      if (isChange && changes.length === 0) silent.push(edit.name);
      outcomes.push({ edit, isChange, changes, isBreak });
    }
    expect(silent).toEqual([]);
    for (const message of refusals) expect(message).toMatch(/^the new document cannot \S+ .+/);
    expect(outcomes.filter(({ isChange }) => isChange).length).toBeGreaterThan(40);
  });

  test("that breaks compilation is called breaking, and nothing less", () => {
    const underRated = outcomes.filter(({ changes, isBreak }) => isBreak && !isBreaking(changes));
    expect(underRated.map(({ edit }) => edit.name)).toEqual([]);
  });

  test("that is called breaking comes with what the compiler says, if it says anything", () => {
    const unheard = outcomes.flatMap(({ changes, edit, isBreak }) =>
      changes
        .filter(({ compiler, level }) => isBreak && level === "breaking" && compiler.length === 0)
        .map((change) => `${edit.name}: ${textOf(change)}`),
    );
    expect(unheard).toEqual([]);
  });

  test("is put down to a line, where it breaks compilation", () => {
    const unexplained = outcomes.flatMap(({ changes, edit }) =>
      changes
        .filter(({ detail }) => detail === " no longer compiles")
        .map((change) => `${edit.name}: ${textOf(change)}`),
    );
    expect(unexplained.filter((one) => !one.includes(": src/"))).toEqual([]);
  });

  test("that is a change to Redocly is none to Redocly alone", async () => {
    const sample = outcomes.filter((_, index) => index % (everyRedocly / every) === 0);
    const joined: Change[][] = [];
    for (const { changes, edit } of sample)
      joined.push(await withRedocly(changes, document, edit.document));
    const seen = joined.filter((all) => all.some((change) => (change.old ?? change.new)?.line));
    console.info(
      numbers(`${sample.length} of them went through redocly diff, which saw ${seen.length}`),
    );
    expect(joined.flatMap(ofRedoclyAlone)).toEqual([]);
  });

  function numbers(redocly: string): string {
    const breaks = outcomes.filter(({ isBreak }) => isBreak);
    const count = (of: (outcome: Outcome) => boolean) => outcomes.filter(of).length;
    return [
      `${name}: ${nodesIn(document)} nodes, ${all} edits, ${outcomes.length + refusals.length} made`,
      `${count(({ changes }) => changes.length > 0)} reported`,
      `${refusals.length} refused by the generator`,
      `${breaks.length} break compilation`,
      `${breaks.filter(({ changes }) => isBreaking(changes)).length} of these called breaking`,
      `${verdicts.size} programs compiled`,
      redocly,
    ].join(", ");
  }
});

test("a change of several places is none to Redocly alone", async () => {
  const { check } = cachedCheck(() => []);
  const old = await baselineOf(shopDocument(), check);
  for (const row of rows.filter((_, index) => isAll || index % 16 === 0)) {
    const document = shopDocument();
    row.change(shopIn(document));
    const changes = changesBetween(old, await make(document, row.title), check);
    const joined = await withRedocly(changes, shopDocument(), document);
    expect(ofRedoclyAlone(joined), row.title).toEqual([]);
  }
});

async function withRedocly(changes: readonly Change[], ...documents: [old: unknown, now: unknown]) {
  const folder = await mkdtemp(join(tmpdir(), "loke-fuzz-"));
  try {
    const paths = ["old.json", "new.json"].map((name) => join(folder, name)) as [string, string];
    for (const [index, path] of paths.entries())
      await writeFile(path, JSON.stringify(documents[index]));
    const [old, now] = documents.map((document) => ({
      document: document as Document,
      labelOf: (file: string) => file,
    })) as [Sided, Sided];
    return joinRedocly(changes, readRedoclyChanges(await diff(...paths)), { old, new: now });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ofRedoclyAlone(changes: readonly Change[]): string[] {
  return changes.filter(({ reason }) => reason.startsWith("Redocly alone")).map(textOf);
}

function isBreaking(changes: readonly Change[]): boolean {
  return changes.some(({ level }) => level === "breaking");
}
