import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { type Fault, faults } from "./table.js";

const readme = new URL("../../README.md", import.meta.url);
const begin =
  "<!-- faults: written by UPDATE_README=1 npx vitest run test/faults/readme.test.ts -->";
const end = "<!-- faults: end -->";

/** A table of every fault that is tested, as Markdown. */
function table(): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const rows = Object.entries<readonly Fault[]>(faults).flatMap(([subject, group]) => [
    `| **${subject}** | |`,
    ...group.map(({ fault, outcome }) => `| ${cell(fault)} | ${cell(outcome)} |`),
  ]);
  const count = Object.values<readonly Fault[]>(faults).flat().length;
  return [
    `<details><summary>All ${count} faults, and what comes of each</summary>`,
    "",
    "| fault | outcome |",
    "| --- | --- |",
    ...rows,
    "",
    "</details>",
  ].join("\n");
}

test("the README's table of faults is what is tested", async () => {
  const text = await readFile(readme, "utf8");
  const [before, rest = ""] = text.split(`${begin}\n`);
  const [current, after] = rest.split(`\n${end}`);
  expect(after, "the README has no place for the table").toBeDefined();
  if (process.env.UPDATE_README) {
    await writeFile(readme, `${before}${begin}\n${table()}\n${end}${after}`);
  } else {
    expect(current).toBe(table());
  }
});
