import { isDeepStrictEqual } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { type Change, textOf } from "../../scripts/changes/change.js";
import { buildModel, type ClientModel } from "../../scripts/changes/client-model.js";
import { changesBetween, diagnosticsBetween } from "../../scripts/changes/report.js";
import { CliError } from "../../scripts/lib/cli-error.js";
import { cachedCheck, lokeDocument, shopDocument } from "../unit/changes/shop.js";
import { type DocumentEdit, editsOf, nodesIn } from "./edits.js";

// Nodes of the documents are edited one by one, and every edit reported: all of LOKE's, and a sample of the
// shop's. All of both: CHANGES_FUZZ=all npm run test:random changes
const isAll = process.env.CHANGES_FUZZ === "all";

vi.setConfig({ testTimeout: 3_600_000 });

interface Outcome {
  readonly edit: DocumentEdit;
  readonly isChange: boolean;
  readonly changes: readonly Change[];
  /** Whether the compiler has errors, whatever is made of them. */
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
  let old: ClientModel | undefined;

  test("is reported, or clearly refused", async () => {
    old = await buildModel(document, "the old document");
    const silent: string[] = [];
    for (const edit of editsOf(document)) {
      all += 1;
      if (all % every !== 0) continue;
      let now: ClientModel;
      try {
        now = await buildModel(edit.document, "the new document");
      } catch (error) {
        if (!(error instanceof CliError)) throw new Error(edit.name, { cause: error });
        refusals.push(error.message);
        continue;
      }
      const changes = changesBetween(old, now, check);
      const isBreak = diagnosticsBetween(old, now, check).length > 0;
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

  test("is made as often as the documents have nodes", () => {
    console.info(numbers());
    expect(all).toBeGreaterThan(nodesIn(document));
  });

  function numbers(): string {
    const breaks = outcomes.filter(({ isBreak }) => isBreak);
    const count = (of: (outcome: Outcome) => boolean) => outcomes.filter(of).length;
    return [
      `${name}: ${nodesIn(document)} nodes, ${all} edits, ${outcomes.length + refusals.length} made`,
      `${count(({ changes }) => changes.length > 0)} reported`,
      `${refusals.length} refused by the generator`,
      `${breaks.length} break compilation`,
      `${breaks.filter(({ changes }) => isBreaking(changes)).length} of these called breaking`,
      `${verdicts.size} programs compiled`,
    ].join(", ");
  }
});

function isBreaking(changes: readonly Change[]): boolean {
  return changes.some(({ level }) => level === "breaking");
}
