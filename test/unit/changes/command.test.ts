import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseDocument } from "yaml";
import { changesCommand } from "../../../scripts/changes/command.js";
import { outcomeOf } from "../../../scripts/lib/command.js";
import { fixtureDocument } from "../../fixture/document.js";
import { git } from "./git.js";

// Runs the command in a repository with a document. As a process, it is run by the tests of `npm run beta`.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let base: string;
const inProject = (path: string) => join(base, "project", path);
/** Where the command is run, and relative names begin. */
const beside = (name: string) => join(base, "beside", name);
const temporary = () => join(base, "temporary");
const changes = (...args: string[]) =>
  outcomeOf(changesCommand({ root: inProject(""), folder: beside("") }), args);

const lastName = ["components", "schemas", "Customer", "required"];

async function documentWith(
  change: (document: ReturnType<typeof parseDocument>) => unknown,
): Promise<string> {
  const document = parseDocument(await readFile(inProject("openapi/openapi.yaml"), "utf8"));
  change(document);
  return document.toString();
}

beforeAll(async () => {
  base = await mkdtemp(join(await realpath(tmpdir()), "loke-changes-test-"));
  for (const folder of [inProject("openapi"), beside(""), temporary()]) {
    await mkdir(folder, { recursive: true });
  }
  vi.stubEnv("TMPDIR", temporary());
  await writeFile(inProject("package.json"), '{ "version": "0.1.0" }');
  await writeFile(inProject("openapi/openapi.yaml"), await readFile(fixtureDocument));
  git(inProject(""), "init", "--quiet");
  git(inProject(""), "add", "openapi", "package.json");
  git(inProject(""), "commit", "--quiet", "-m", "Begin");
  git(inProject(""), "tag", "v0.1.0");
  await writeFile(
    beside("breaking.yaml"),
    await documentWith((document) => {
      document.setIn(lastName, ["id", "firstName"]);
      document.setIn(["info", "description"], "Other words.");
    }),
  );
  // The working document is one that breaks nothing.
  await writeFile(
    inProject("openapi/openapi.yaml"),
    await documentWith((document) =>
      document.setIn(["components", "schemas", "Customer", "properties", "nickname"], {
        type: "string",
        description: "What friends say.",
      }),
    ),
  );
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(base, { recursive: true });
});

describe("npm run changes", () => {
  test("compares the working document with a revision, and exits with 0 if nothing breaks", async () => {
    const { exitCode, stdout, stderr } = await changes("v0.1.0");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0 });
    expect(stdout).toMatch(/^COMPATIBLE\n\n {2}Customer\.nickname added: string \| undefined\n/);
    expect(stdout).toMatch(/used by {2}getCustomer, listCustomers\n/);
    expect(stdout).toMatch(/where +\S+openapi\/openapi\.yaml:\d+\n/);
    expect(stdout).toMatch(/\n1 compatible\. Suggested version: 0\.1\.1, after 0\.1\.0\.$/);
  });

  test("exits with 1 if something breaks, and says what the compiler says", async () => {
    const { exitCode, stdout, stderr } = await changes("HEAD", "breaking.yaml", "--format", "json");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1 });
    const report = JSON.parse(stdout ?? "");
    expect(report).toMatchObject({
      old: "HEAD",
      new: "breaking.yaml",
      level: "breaking",
      version: { old: "0.1.0", new: "0.2.0" },
      changes: [
        {
          level: "breaking",
          text: "Customer.lastName: string → string | undefined",
          usedBy: ["getCustomer", "listCustomers"],
          compiler: [{ code: "TS2322", statement: "const lastName: string = customer.lastName" }],
          old: { file: "HEAD:openapi/openapi.yaml", line: expect.any(Number) },
        },
        { level: "docs", text: "info: description changed" },
      ],
    });
    expect(report.changes[0].compiler[0].message).not.toContain(base);
  });

  test("says that nothing has changed", async () => {
    const outcome = await changes("HEAD", "v0.1.0");
    expect(outcome).toEqual({ exitCode: 0, stdout: "no change" });
  });

  test("takes a file rather than a revision of its name, and says so", async () => {
    await writeFile(beside("v0.1.0"), await readFile(beside("breaking.yaml")));
    try {
      const { exitCode, stdout, stderr } = await changes("HEAD", "v0.1.0", "--format", "markdown");
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^## 0\.2\.0 - unreleased\n\n- \*\*Breaking\*\*: `Customer\.lastName/);
      expect(stderr).toBe("changes: v0.1.0 is a file and a revision of git; the file was taken.");
    } finally {
      await rm(beside("v0.1.0"));
    }
  });

  test("follows a document through its files", async () => {
    const text = await documentWith((document) => {
      document.setIn(
        ["paths", "/organizations/{organizationId}/customers", "get", "parameters", 2, "schema"],
        {
          $ref: "./CustomerSort.yaml",
        },
      );
    });
    await writeFile(beside("spread.yaml"), text);
    await writeFile(beside("CustomerSort.yaml"), "type: string\nenum: [created]\n");
    const { exitCode, stdout } = await changes(inProject("openapi/openapi.yaml"), "spread.yaml");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/listCustomers\(\{ sort \}\)[^\n]* "updated"/);
    expect(stdout).toContain('loke.listCustomers({ organizationId, sort: "updated" })');
  });

  test("leaves no temporary file, and the repository as it was", async () => {
    expect(await readdir(temporary())).toEqual([]);
    expect(git(inProject(""), "status", "--porcelain", "-uno")).toBe(" M openapi/openapi.yaml\n");
  });
});

describe("npm run changes, that cannot run", () => {
  const refusals: [
    title: string,
    args: string[],
    files: Record<string, string>,
    message: RegExp,
  ][] = [
    ["without a document to compare with", [], {}, /^changes: Name the document to compare with/],
    ["with three documents", ["HEAD", "HEAD", "HEAD"], {}, /^changes: Unexpected argument/],
    [
      "with a format that there is not",
      ["HEAD", "--format", "html"],
      {},
      /^changes: --format takes text, markdown, json, not "html"/,
    ],
    [
      "with an option that there is not",
      ["HEAD", "--formt"],
      {},
      /^changes: Unknown option '--formt'/,
    ],
    [
      "with a revision that there is not",
      ["v9"],
      {},
      /^changes: v9 is neither a file nor a revision/,
    ],
    [
      "with a file that is no YAML",
      ["HEAD", "broken.yaml"],
      { "broken.yaml": "a: [" },
      /^changes: broken\.yaml cannot be read\. .*Redocly/,
    ],
    [
      "with a document that the generator refuses",
      ["odd.yaml", "HEAD"],
      { "odd.yaml": "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: {}\n" },
      /^changes: odd\.yaml cannot become a client: The document must name a server/,
    ],
  ];

  test.for(refusals)("%s: exits with 2 and says why", async ([, args, files, message]) => {
    for (const [name, text] of Object.entries(files)) await writeFile(beside(name), text);
    const { exitCode, stdout, stderr } = await changes(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2 });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("says with --help what it does, its options and its exit codes", async () => {
    const { exitCode, stdout, stderr } = await changes("--help");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0 });
    expect(stdout).toMatch(/OLD \[NEW\][\s\S]*--format[\s\S]*Exit codes: 0/);
  });
});
