import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { paste } from "../unit/page/paste.js";
import { copyToMove, type Moved } from "./moved.js";

// Seven operations of a sister page, as `npm run page -- --draft` writes them: pasted, worded, and nothing else by hand.

const sisterPage = fileURLToPath(new URL("../unit/page/customer-lists.txt", import.meta.url));
const done = { exitCode: 0, stderr: "" };

describe("a draft that was pasted", () => {
  let moved: Moved;
  beforeAll(async () => {
    moved = await copyToMove();
    const inCopy = (path: string) => join(moved.folder, path);
    await cp(sisterPage, inCopy("sister.txt"));
    const draft = await moved.run("scripts/page.ts", "sister.txt", "--draft");
    expect(draft).toMatchObject(done);
    const yaml = inCopy("openapi/openapi.yaml");
    const { document, exceptions } = paste(await readFile(yaml, "utf8"), draft.stdout);
    await writeFile(yaml, document.replaceAll('description: ""', "description: In our words."));
    const ignored = inCopy(".redocly.lint-ignore.yaml");
    let rules = await readFile(ignored, "utf8");
    for (const [rule, pointer] of exceptions) {
      rules = rules.replace(`  ${rule}:\n`, `  ${rule}:\n    - "${pointer}"\n`);
    }
    await writeFile(ignored, rules);
  });
  afterAll(() => moved?.remove());

  test("generates a client with seven methods more", async () => {
    const methods = async () => {
      const table = await readFile(join(moved.folder, "generated/operations.ts"), "utf8");
      return table.match(/^ {2}\w+: \{$/gm)?.length ?? 0;
    };
    const before = await methods();
    expect(await moved.run("scripts/generate.ts")).toMatchObject({ exitCode: 0 });
    expect(await methods()).toBe(before + 7);
  });

  test("type-checks and builds", async () => {
    expect(await moved.typecheck()).toEqual({ ...done, stdout: "" });
    expect(await moved.build()).toEqual({ ...done, stdout: "" });
  });

  test("is seven commands more, with their arguments, and one is run", async () => {
    const loke = (...args: string[]) => moved.run("dist/src/cli/main.js", ...args);
    const { stdout } = await loke("--help");
    const names = [...stdout.matchAll(/^ {2}([a-z]+(?:-[a-z]+)+) {2,}\w/gm)].map(
      ([, name]) => name,
    );
    const table = await readFile(join(moved.folder, "generated/operations.ts"), "utf8");
    expect(names).toHaveLength(table.match(/^ {2}\w+: \{$/gm)?.length ?? 0);
    const help = names.map(async (name) => (await loke(name ?? "", "--help")).exitCode);
    expect(new Set(await Promise.all(help))).toEqual(new Set([0]));
    const lists = names.filter((name) => name?.startsWith("list-customer-list"));
    expect(lists.length).toBeGreaterThan(0);
    const rows = await loke("list-customer-lists", "--mock", "7");
    expect(rows).toMatchObject(done);
    expect(rows.stdout.trimEnd().split("\n")).toHaveLength(7);
  });

  test("is answered by the mock as the document says", async () => {
    expect(await moved.run("test/moves/serve.ts")).toEqual({ ...done, stdout: "" });
  });

  test("is in the docs, with samples that run and no file to write", async () => {
    const { stdout, ...outcome } = await moved.run("scripts/docs.ts");
    expect(outcome).toEqual(done);
    expect(stdout).toMatch(/programs type-checked and run/);
  });
});
