import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Check, createCheck } from "../../../scripts/changes/compiler.js";
import { type Baseline, make, standOn, withoutComments } from "../../../scripts/changes/report.js";
import { fixtureDocument } from "../../fixture/document.js";

const shopText = readFileSync(new URL("shop.yaml", import.meta.url), "utf8");
const lokeText = readFileSync(fixtureDocument, "utf8");

/** A fresh copy of the shop's document, to change. */
export const shopDocument = () => parse(shopText);
/** A fresh copy of the fixture document, to change. */
export const lokeDocument = () => parse(lokeText);

/** A check that knows its verdict on types that it has seen. Comments are none. */
export function cachedCheck(check: Check = createCheck({ isOwnCodeChecked: false })) {
  const verdicts = new Map<string, ReturnType<Check>>();
  const cached: Check = (generated, witness) => {
    const types = ["schema.ts", "models.ts", "operations.ts"].map((name) =>
      withoutComments(generated[name]),
    );
    const key = [witness, ...types].join("\0");
    const verdict = verdicts.get(key) ?? check(generated, witness);
    verdicts.set(key, verdict);
    return verdict;
  };
  return { check: cached, verdicts };
}

export async function baselineOf(
  document: unknown,
  check: Check,
  name = "the old document",
): Promise<Baseline> {
  return standOn(await make(document, name), check);
}
