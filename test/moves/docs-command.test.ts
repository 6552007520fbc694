import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { contents, copyRealProject, type Outcome, type ProjectCopy } from "../unit/project-copy.js";

// Runs the command itself, on a copy of the project. A build takes ten seconds, and more on a machine that is busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const docs = "scripts/docs.ts";

interface Case {
  what: string;
  /** A file that is not there yet is made. */
  edits: [file: string, from: RegExp | string, to: string][];
  /** The programs take a minute, so only a case about them looks at them. */
  flags?: string[];
  messages: string[];
}

let copy: ProjectCopy;
let first: Outcome;

const inCopy = (path: string) => join(copy.folder, path);

beforeAll(async () => {
  copy = await copyRealProject("src", "CHANGELOG.md", "test/package/programs");
  const tsc = inCopy("node_modules/typescript/lib/tsc.js");
  for (const part of ["src", "src/cli"]) {
    await promisify(execFile)(process.execPath, [tsc, "-p", inCopy(part)]);
  }
  first = await copy.run(docs, "--skip-programs");
});
afterAll(() => copy.remove());

describe("npm run docs", () => {
  it("builds into dist/docs, and says how much there is", async () => {
    expect(first).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("Error") });
    expect(first.stdout).toMatch(/^dist\/docs: \d+ files, \d\.\d MB\n\d+ links followed\n$/);
    expect(Object.keys(await contents(inCopy("dist/docs")))).toEqual(
      expect.arrayContaining([
        "index.html",
        "index.md",
        "llms.txt",
        "authentication.html",
        "authentication.md",
        "api/models.html",
        "api/models.md",
        "command.html",
        "changes.html",
        "client/index.html",
        "openapi.json",
        "openapi.yaml",
      ]),
    );
  });

  it("gives the same bytes again, wherever it builds, and none that tell of this machine; and shows them until it is stopped", async () => {
    const elsewhere = join(copy.temporary, "other/docs");
    const tsx = inCopy("node_modules/tsx/dist/cli.mjs");
    const args = [tsx, inCopy(docs), "--skip-programs", "--out", elsewhere];
    const child = spawn(process.execPath, [...args, "--serve", "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    let url: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      url = /The docs are at (\S+)/.exec(line)?.[1];
      if (url) break;
    }
    const served = await fetch(`${url}changes.html`);
    child.kill("SIGTERM");
    expect({ status: served.status, ended: await ended }).toEqual({
      status: 200,
      ended: [0, null],
    });
    const files = await contents(inCopy("dist/docs"));
    const again = await contents(elsewhere);
    expect(Object.keys(again)).toEqual(Object.keys(files));
    expect(Object.keys(files).filter((path) => files[path] !== again[path])).toEqual([]);
    const withPaths = Object.entries(files).filter(
      ([, text]) => text.includes(copy.folder) || text.includes(copy.temporary),
    );
    expect(withPaths).toEqual([]);
  });

  it("ends with 1 and names what is wrong, and the docs that were there stay", async () => {
    const before = await contents(inCopy("dist/docs"));
    const folder = inCopy("openapi/samples");
    await mkdir(folder);
    await writeFile(join(folder, "gone.ts"), "");
    const outcome = await copy.run(docs);
    await rm(folder, { recursive: true });
    expect(outcome).toMatchObject({ exitCode: 1, stdout: "" });
    expect(outcome.stderr).toContain("openapi/samples/gone.ts is a sample of no operation");
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
    const after = await contents(inCopy("dist/docs"));
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(before).filter((path) => before[path] !== after[path])).toEqual([]);
  });

  it.for([
    {
      // One that fails when it is run is named in the same way: test/document/docs-programs.test.ts.
      what: "a sample that does not compile",
      flags: [],
      edits: [["openapi/samples/getCustomer.ts", "", "\nexport const count: number = '';"]],
      messages: ["openapi/samples/getCustomer.ts, line 2: Type 'string' is not assignable"],
    },
    {
      what: "links that lead nowhere, in the guide and in the changelog",
      edits: [
        ["scripts/docs/guide/authentication.md", "\n", "\n\nA [page](gone.md#a), [here](#gone).\n"],
        ["CHANGELOG.md", "# Changelog\n", "# Changelog\n\nSee [this](GONE.md).\n"],
      ],
      messages: [
        "authentication.html links to gone.html#a: there is no such file",
        "authentication.html links to #gone: there is no such place",
        "changes.html links to GONE.html: there is no such file",
      ],
    },
    {
      what: "generated files that are stale",
      edits: [["generated/openapi.json", "A customer in brief.", "A cat."]],
      messages: ["generated/openapi.json is not what openapi/openapi.yaml makes"],
    },
  ] satisfies Case[])("ends with 1 for $what", async ({ edits, flags, messages }: Case) => {
    const before: [string, string][] = [];
    await mkdir(inCopy("openapi/samples"));
    for (const [file, from, to] of edits) {
      const text = await readFile(inCopy(file), "utf8").catch(() => "");
      expect(text).toMatch(from);
      before.push([file, text]);
      await writeFile(inCopy(file), text.replace(from, to));
    }
    const args = [...(flags ?? ["--skip-programs"]), "--out", join(copy.temporary, "not-built")];
    const outcome = await copy.run(docs, ...args);
    for (const [file, text] of before) await writeFile(inCopy(file), text);
    await rm(inCopy("openapi/samples"), { recursive: true });
    expect(outcome, outcome.stderr).toMatchObject({ exitCode: 1, stdout: "" });
    for (const message of messages) expect(outcome.stderr).toContain(message);
  });

  it("ends with 2 when it cannot run", async () => {
    const outcomes = await Promise.all([
      copy.run(docs, "--port", "99999"),
      copy.run(docs, "--prot", "1"),
      copy.run(docs, "dist/other"),
      copy.run(docs, "--out", ""),
    ]);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
    expect(outcomes[0]?.stderr).toContain('--port takes a number from 0 to 65535, not "99999"');
    await rename(inCopy("openapi/openapi.yaml"), inCopy("openapi/away.yaml"));
    const { exitCode, stderr } = await copy.run(docs);
    await rename(inCopy("openapi/away.yaml"), inCopy("openapi/openapi.yaml"));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining("openapi.yaml"),
    });
  });

  it("says what it can do", async () => {
    expect(await copy.run(docs, "--help")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("--serve"),
      stderr: "",
    });
  });
});
