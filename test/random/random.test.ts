import { beforeAll, describe, expect, test } from "vitest";
import type { FailureKind } from "./failure.js";
import { type Feature, features } from "./features.js";
import { type RunOutcome, run } from "./run.js";

// Random documents: what `generate` accepts works at compile time, on the wire and in the drift check alike, and what
// does not is refused. `DOCUMENTS=5000 SEED=7000 npm run test:random` makes others; a failure names the seed of its
// document, and `DOCUMENTS=1 SEED=…` runs that one alone. `FEATURES=enum,nullable` leaves out all other features.

const seed = Number(process.env.SEED ?? 1);
const count = Number(process.env.DOCUMENTS ?? 500);
const isAlone = count < 100 || process.env.FEATURES !== undefined;

function enabledFeatures(): Set<Feature> {
  const { FEATURES } = process.env;
  return new Set(FEATURES ? (FEATURES.split(",") as Feature[]) : features);
}

const kinds: readonly FailureKind[] = [
  "the generator crashes",
  "the package cannot be loaded",
  "the mock cannot be made",
  "what is generated does not compile",
  "a call does not compile",
  "a call fails",
  "a call loses an argument",
  "the mock's answer drifts",
  "the mock's answer does not fit its schema",
  "an error's answer is not as documented",
  "the compiler refuses a right value",
  "the compiler accepts a wrong value",
  "the check refuses a right value",
  "the check accepts a wrong value",
  "the mock refuses a right body",
  "the mock accepts a wrong body",
];

describe("random documents", () => {
  let outcome: RunOutcome;
  beforeAll(async () => {
    outcome = await run({ seed, count, enabled: enabledFeatures(), shrinkMs: 20_000 });
    const { accepted, calls, examples, refusals } = outcome;
    console.log(
      `${accepted} accepted from seed ${seed}, ${refusals.length} refused; ${calls} calls, ${examples} values.`,
      [...reasonsOf(refusals)].map(([reason, times]) => `\n  refused ${times}: ${reason}`).join(""),
      isAlone ? "\n  skipped: what few documents or chosen features cannot prove" : "",
    );
  });

  test.each(kinds)("never: %s", (kind) => {
    expect((outcome.failures.get(kind) ?? []).slice(0, 12).join("\n\n")).toBe("");
  });

  test.skipIf(isAlone)("are mostly accepted, called and judged, or this proves nothing", () => {
    const { accepted, calls, changed, examples } = outcome;
    expect(accepted).toBeGreaterThan(0.75 * count);
    expect(calls).toBeGreaterThan(2 * count);
    expect(examples - changed).toBeGreaterThan(5 * count);
    expect(changed).toBeGreaterThan(10 * count);
  });
});

/** The words of refusals without the names of their documents. */
function reasonsOf(refusals: readonly string[]): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const refusal of refusals) {
    const reason = refusal.replaceAll(/\/\S+|"[^"]*"|\b[dD]\d+\w*/g, "…").slice(0, 120);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}
