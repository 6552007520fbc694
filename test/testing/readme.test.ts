import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { faultAppliers } from "../../src/testing/apply-fault.js";

test("the README's table has every fault, and no other", async ({ skip }) => {
  const text = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const [, section] = text.split("\n## Testing your code\n");
  if (section === undefined) {
    const reason = 'the README has no section "Testing your code"';
    console.warn(`Skipped: ${reason}`);
    return skip(reason);
  }
  const rows = section
    .split(/\n## /)[0]
    ?.split("\n")
    .filter((line) => line.startsWith("| `"));
  const names = rows?.flatMap((row) => row.split("|")[1]?.match(/(?<=`)[a-z\d-]+(?=`)/g) ?? []);
  expect(names?.sort()).toEqual(Object.keys(faultAppliers).sort());
});
