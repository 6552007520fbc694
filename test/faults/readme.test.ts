import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { type Fault, faults } from "./table.js";

const page = new URL("../../scripts/docs/guide/reliability.md", import.meta.url);
const begin =
  "<!-- faults: written by UPDATE_GUIDE=1 npx vitest run test/faults/readme.test.ts -->";
const end = "<!-- faults: end -->";

/** A table of every fault that is tested, as Markdown. */
function table(): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const rows = Object.entries<readonly Fault[]>(faults).flatMap(([subject, group]) => [
    `| **${subject}** | |`,
    ...group.map(({ fault, outcome }) => `| ${cell(fault)} | ${cell(outcome)} |`),
  ]);
  const count = Object.values<readonly Fault[]>(faults).flat().length;
  const title = `All ${count} faults, and the outcome of each:`;
  return [title, "", "| fault | outcome |", "| --- | --- |", ...rows].join("\n");
}

test("the guide's table of faults is what is tested", async () => {
  const text = await readFile(page, "utf8");
  const [before, rest = ""] = text.split(`${begin}\n\n`);
  const [current, after] = rest.split(`\n\n${end}`);
  expect(after, "the page has no place for the table").toBeDefined();
  if (process.env.UPDATE_GUIDE) {
    await writeFile(page, `${before}${begin}\n\n${table()}\n\n${end}${after}`);
  } else {
    expect(current).toBe(table());
  }
});
