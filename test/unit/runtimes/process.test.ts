import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { expectStart, findBinary, outcomeOf } from "../../runtimes/drivers/process.js";
import { NotRun } from "../../runtimes/runtime.js";

const cwd = tmpdir();
const ok = { name: "walks", ok: true, detail: "" };
const outcome = JSON.stringify({ version: "1.2", results: [ok] });

const runScript = (script: string) => outcomeOf(process.execPath, ["-e", script], { cwd });

describe("a program that runs the suite", () => {
  test("gives its version and results, and has ended by itself", async () => {
    expect(await runScript(`console.log('${outcome}')`)).toEqual({
      version: "1.2",
      results: [
        ok,
        {
          name: "leaves nothing open: the process ends by itself, and prints no complaint",
          ok: true,
          detail: "",
        },
      ],
    });
  });

  test.each([
    ["ends with another code than 0", "process.exitCode = 3", "3 "],
    ["prints a complaint", "console.error('a warning')", "0 a warning\n"],
  ])("fails when it %s", async (_, script, detail) => {
    const { results } = await runScript(`console.log('${outcome}'); ${script}`);
    expect(results.map((result) => [result.ok, result.detail])).toEqual([
      [true, ""],
      [false, detail],
    ]);
  });

  test("fails with all that it printed when it prints no results", async () => {
    const failure = runScript("console.log('half'); console.error('broken'); process.exitCode = 9");
    await expect(failure).rejects.toThrow(
      /did not come to its end: it ended with 9\nhalf\n\nbroken/,
    );
    await expect(failure).rejects.not.toBeInstanceOf(NotRun);
  });
});

describe("an executable", () => {
  test("that starts is fine", async () => {
    await expectStart(process.execPath, { cwd });
  });

  test("that is not there, or does not start, is not run", async () => {
    const folder = await temporary();
    const path = join(folder, "broken");
    await writeFile(path, "#!/bin/sh\necho no such library >&2; exit 127\n");
    await chmod(path, 0o755);
    await expect(expectStart(join(folder, "absent"), { cwd })).rejects.toThrow(NotRun);
    await expect(expectStart(path, { cwd })).rejects.toThrow("does not start: 127 no such library");
  });

  test("is found in whichever package npm has installed for this machine", async () => {
    const folder = await temporary();
    const path = join(folder, "node_modules/@oven/bun-for-this/bin/bun");
    await mkdir(dirname(path), { recursive: true });
    await mkdir(join(folder, "node_modules/@oven/another"));
    await writeFile(path, "");
    expect(await findBinary(folder, "@oven", ["bin/bun", "bin/bun.exe"])).toBe(path);
    await expect(findBinary(folder, "@oven", ["bin/deno"])).rejects.toThrow(NotRun);
    await expect(findBinary(folder, "@deno", ["deno"])).rejects.toThrow(NotRun);
  });
});

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "loke-customers-process-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
