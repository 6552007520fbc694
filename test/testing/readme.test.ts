import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { faultAppliers } from "../../src/testing/apply-fault.js";

test("the guide's table has every fault, and no other", async () => {
  const page = new URL("../../scripts/docs/guide/testing.md", import.meta.url);
  const [, section = ""] = (await readFile(page, "utf8")).split("\n## Faults\n");
  const rows = section
    .split(/\n## /)[0]
    ?.split("\n")
    .filter((line) => line.startsWith("| `"));
  const names = rows?.flatMap((row) => row.split("|")[1]?.match(/(?<=`)[a-z\d-]+(?=`)/g) ?? []);
  expect(names?.sort()).toEqual(Object.keys(faultAppliers).sort());
});
