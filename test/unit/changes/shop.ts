import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Check, createCheck } from "../../../scripts/changes/compiler.js";
import { withoutComments } from "../../../scripts/changes/report.js";
import type { GeneratedFiles } from "../../../scripts/generate/render.js";
import { fixtureDocument } from "../../fixture/document.js";

const shopText = readFileSync(new URL("shop.yaml", import.meta.url), "utf8");
const lokeText = readFileSync(fixtureDocument, "utf8");

/** A fresh copy of the shop's document, to change. */
export const shopDocument = () => parse(shopText);
/** A fresh copy of the fixture document, to change. */
export const lokeDocument = () => parse(lokeText);

/** A check that knows its verdict on types that it has seen. Comments are none. */
export function cachedCheck(check: Check = createCheck()) {
  const verdicts = new Map<string, ReturnType<Check>>();
  const typesOf = (generated: GeneratedFiles) =>
    ["schema.ts", "models.ts", "operations.ts"].map((name) => withoutComments(generated[name]));
  const cached: Check = (old, now, lines) => {
    const key = [...lines, ...typesOf(old), ...typesOf(now)].join("\0");
    const verdict = verdicts.get(key) ?? check(old, now, lines);
    verdicts.set(key, verdict);
    return verdict;
  };
  return { check: cached, verdicts };
}
