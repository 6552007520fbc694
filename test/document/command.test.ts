import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { root } from "../package/install.js";
import { installation } from "../package/installation.js";

// What the README shows of the command is what it prints, on the real document.

it("the command's picture in the README is what it prints", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/```console\n\$ npx loke-customers (.+)\n([\s\S]*?)```/g)];
  expect(blocks.length).toBeGreaterThan(0);
  const main = join(installation().installed, "dist/src/cli/main.js");
  const env = { PATH: process.env.PATH, COLUMNS: "80" };
  for (const [, line = "", shown] of blocks) {
    const args = [main, ...line.split(" ")];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    expect(shown).toBe(stdout);
  }
});

it("the README names commands that there are", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const main = join(installation().installed, "dist/src/cli/main.js");
  const { stdout } = await promisify(execFile)(process.execPath, [main, "--help"]);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+(?:-[a-z]+)+) {2,}\w/gm)].map(
    ([, name]) => name,
  );
  const named = [...readme.matchAll(/npx loke-customers ([a-z-]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !commands.includes(name))).toEqual([]);
});
