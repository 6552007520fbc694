import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { installation } from "../package/installation.js";
import { readUserDocuments } from "./documents.js";

// What the README and the guide show of the command is what it prints, on the real document.

const text = readUserDocuments()
  .map(({ markdown }) => markdown)
  .join("\n");

it("the command prints what the README and the guide show", async () => {
  const blocks = [...text.matchAll(/```console\n\$ npx loke-customers (.+)\n([\s\S]*?)```/g)];
  expect(blocks.length).toBeGreaterThan(1);
  const main = join(installation().installed, "dist/src/cli/main.js");
  const env = { PATH: process.env.PATH, COLUMNS: "80" };
  for (const [, line = "", shown] of blocks) {
    const args = [main, ...line.split(" ")];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    // The lines of CSV end as RFC 4180 says.
    expect(shown).toBe(stdout.replaceAll("\r\n", "\n"));
  }
});

it("the README and the guide name commands that there are", async () => {
  const main = join(installation().installed, "dist/src/cli/main.js");
  const { stdout } = await promisify(execFile)(process.execPath, [main, "--help"]);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+(?:-[a-z]+)+) {2,}\w/gm)].map(
    ([, name]) => name,
  );
  const named = [...text.matchAll(/npx loke-customers ([a-z-]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !commands.includes(name))).toEqual([]);
});
