import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Document, parseDocument } from "yaml";
import { generateCommand } from "../../scripts/generate/command.js";
import { outcomeOf } from "../../scripts/lib/command.js";
import { contents, copyProject, type Outcome, type ProjectCopy, root } from "./project-copy.js";

// Runs the command itself. Redocly, which it starts two or three times, takes most of the time: few runs show all.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const generate = "scripts/generate.ts";
const written = [
  "answers.ts",
  "commands.ts",
  "mock.ts",
  "models.ts",
  "openapi.json",
  "operations.ts",
  "schema.ts",
  "validators.ts",
];
const list = ["paths", "/organizations/{organizationId}/customers", "get"];

const copies: ProjectCopy[] = [];

afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

async function newCopy(): Promise<ProjectCopy> {
  const copy = await copyProject();
  copies.push(copy);
  return copy;
}

function generated({ folder }: ProjectCopy): Promise<Record<string, string>> {
  return contents(join(folder, "generated"));
}

/** Makes a file, a missing one and two too many of what was generated. */
async function makeStale({ folder }: ProjectCopy): Promise<void> {
  const inGenerated = (name: string) => join(folder, "generated", name);
  await writeFile(inGenerated("schema.ts"), "// Edited by hand.\n", { flag: "a" });
  await rm(inGenerated("models.ts"));
  await writeFile(inGenerated("types.ts"), "// Once generated.\n");
  await mkdir(inGenerated("old"));
  await writeFile(inGenerated("old/schema.ts"), "// Once generated.\n");
}

/** What is left of `generate` in its folder for temporary files; tsx has a cache of its own there. */
async function leftBehind({ temporary }: ProjectCopy): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => !name.startsWith("tsx-"));
}

describe.concurrent("generate", () => {
  let copy: ProjectCopy;
  let committed: Record<string, string>;
  let first: Outcome;
  let modified: number[];
  let second: Outcome;
  const modificationTimes = () =>
    Promise.all(
      written.map(async (name) => (await stat(join(copy.folder, "generated", name))).mtimeMs),
    );

  beforeAll(async () => {
    copy = await newCopy();
    committed = await generated(copy);
    await makeStale(copy);
    first = await copy.run(generate);
    modified = await modificationTimes();
    const exception = '  operation-summary:\n    - "#/paths/~1gone/get/summary"\n';
    await writeFile(join(copy.folder, ".redocly.lint-ignore.yaml"), exception, { flag: "a" });
    second = await copy.run(generate);
  });

  test("writes what the document makes, and says which files", () => {
    expect(first).toEqual({ exitCode: 0, stdout: expect.any(String), stderr: "" });
    expect(first.stdout.trim().split(/, | /).sort()).toEqual([
      "Updated",
      "generated/models.ts",
      "generated/old",
      "generated/schema.ts",
      "generated/types.ts.",
    ]);
  });

  test("makes the committed files, byte for byte, in any folder and from any working directory", async () => {
    expect(await generated(copy)).toEqual(committed);
    expect(Object.keys(committed).sort()).toEqual(["README.md", ...written]);
  });

  test("leaves the file that is written by hand", async () => {
    const readme = await readFile(join(root, "generated/README.md"), "latin1");
    expect((await generated(copy))["README.md"]).toBe(readme);
  });

  test("leaves no temporary file", async () => expect(await leftBehind(copy)).toEqual([]));

  test("says that it is up to date the next time, and writes nothing", async () => {
    const { exitCode, stdout } = second;
    const upToDate = "generated/ is up to date with openapi/openapi.yaml.\n";
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: upToDate });
    expect(await modificationTimes()).toEqual(modified);
  });

  test("names an exception that is left over, and goes on", () => {
    expect(second.stderr).toMatch(
      /^\.redocly\.lint-ignore\.yaml:\d+: "#\/paths\/~1gone\/get\/summary" \(operation-summary\) excepts nothing in openapi\/openapi\.yaml any more: remove the line\.\n$/,
    );
  });
});

test("--check exits with 1 and names what is changed, missing or too many, and writes nothing", async () => {
  const copy = await newCopy();
  await makeStale(copy);
  const before = await generated(copy);
  const { exitCode, stdout, stderr } = await copy.run(generate, "--check");
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr.trim().split("\n").sort()).toEqual(
    ["models.ts", "old", "schema.ts", "types.ts"].map(
      (name) => `generated/${name} is stale. Run: npm run generate`,
    ),
  );
  expect(await generated(copy)).toEqual(before);
  expect(await leftBehind(copy)).toEqual([]);
});

describe.concurrent("a document with a problem", () => {
  /** A change of the document, or the text to put in its place. */
  type Change = string | ((document: Document) => unknown);

  const problems: [title: string, change: Change, message: RegExp][] = [
    [
      "one that does not lint",
      (document) => {
        document.deleteIn([...list, "x-paging"]);
        document.deleteIn([...list, "operationId"]);
      },
      /^Error was generated by the operation-operationId rule\.$[\s\S]*^Error was generated by the loke\/paging rule\.$/m,
    ],
    [
      "one that lints and cannot become a client",
      (document) => document.setIn([...list, "parameters", 3, "in"], "cookie"),
      /^openapi\/openapi\.yaml:\d+: GET \/organizations\/\{organizationId\}\/customers has the cookie parameter "email"; .+$/,
    ],
    [
      "one that is no YAML",
      "openapi: [3.1.0",
      /^Failed to parse API description at openapi\/openapi\.yaml/m,
    ],
  ];

  test.for(problems)(
    "%s: exits with 2 and says why, and nothing has changed",
    async ([, change, message]) => {
      const copy = await newCopy();
      const path = join(copy.folder, "openapi/openapi.yaml");
      const document = parseDocument(await readFile(path, "utf8"));
      if (typeof change === "function") change(document);
      await writeFile(path, typeof change === "string" ? change : document.toString());
      await makeStale(copy);
      const before = await generated(copy);
      const { exitCode, stdout, stderr } = await copy.run(generate);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr.trim()).toMatch(message);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(await generated(copy)).toEqual(before);
      expect(await leftBehind(copy)).toEqual([]);
    },
  );
});

describe("the command line", () => {
  test("refuses an option that there is not, in one line, with 2", async () => {
    const { exitCode, stderr } = await outcomeOf(generateCommand, ["--chek"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^.*--chek.*$/);
  });

  test("says with --help what it does, its options and its exit codes", async () => {
    const { exitCode, stdout } = await outcomeOf(generateCommand, ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/generated\/[\s\S]*--check[\s\S]*Exit codes: 0/);
  });
});
