import { execFileSync } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseDocument } from "yaml";
import { copyProject, type Outcome, type ProjectCopy } from "../project-copy.js";

// Runs the command itself, in a copy of the project that is a repository of its own.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let copy: ProjectCopy;
const command = "scripts/changes.ts";
const changes = (...args: string[]): Promise<Outcome> => copy.run(command, ...args);
const inCopy = (path: string) => join(copy.folder, path);
/** Where the command is run, and relative names begin. */
const beside = (name: string) => join(copy.temporary, name);

function git(...args: string[]): void {
  const settings = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  execFileSync("git", [...settings, ...args], { cwd: copy.folder, stdio: "pipe" });
}

const lastName = ["components", "schemas", "Customer", "required"];

async function documentWith(
  change: (document: ReturnType<typeof parseDocument>) => unknown,
): Promise<string> {
  const document = parseDocument(await readFile(inCopy("openapi/openapi.yaml"), "utf8"));
  change(document);
  return document.toString();
}

beforeAll(async () => {
  copy = await copyProject("src");
  git("init", "--quiet");
  git("add", "openapi", "package.json");
  git("commit", "--quiet", "-m", "Begin");
  git("tag", "v0.1.0");
  await writeFile(
    beside("breaking.yaml"),
    await documentWith((document) => {
      document.setIn(lastName, ["id", "firstName"]);
      document.setIn(["info", "description"], "Other words.");
    }),
  );
  // The working document is one that breaks nothing.
  await writeFile(
    inCopy("openapi/openapi.yaml"),
    await documentWith((document) =>
      document.setIn(["components", "schemas", "Customer", "properties", "nickname"], {
        type: "string",
        description: "What friends say.",
      }),
    ),
  );
});

afterAll(() => copy.remove());

describe("npm run changes", () => {
  test("compares the working document with a revision, and exits with 0 if nothing breaks", async () => {
    const { exitCode, stdout, stderr } = await changes("v0.1.0");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^COMPATIBLE\n\n {2}Customer\.nickname added: string \| undefined\n/);
    expect(stdout).toMatch(/used by {2}getCustomer, listCustomers\n/);
    expect(stdout).toMatch(/where +\S+openapi\/openapi\.yaml:\d+\n/);
    expect(stdout).toMatch(/\n1 compatible\. Suggested version: 0\.1\.1, after 0\.1\.0\.\n$/);
  });

  test("exits with 1 if something breaks, and says what the compiler says", async () => {
    const { exitCode, stdout, stderr } = await changes("HEAD", "breaking.yaml", "--format", "json");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const report = JSON.parse(stdout);
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
    expect(report.changes[0].compiler[0].message).not.toContain(copy.folder);
  });

  test("says that nothing has changed", async () => {
    const outcome = await changes("HEAD", "v0.1.0");
    expect(outcome).toEqual({ exitCode: 0, stdout: "no change\n", stderr: "" });
  });

  test("takes a file rather than a revision of its name, and says so", async () => {
    await writeFile(beside("v0.1.0"), await readFile(beside("breaking.yaml")));
    try {
      const { exitCode, stdout, stderr } = await changes("HEAD", "v0.1.0", "--format", "markdown");
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^## 0\.2\.0 - unreleased\n\n- \*\*Breaking\*\*: `Customer\.lastName/);
      expect(stderr).toBe("changes: v0.1.0 is a file and a revision of git; the file was taken.\n");
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
    const { exitCode, stdout } = await changes(inCopy("openapi/openapi.yaml"), "spread.yaml");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/listCustomers\(\{ sort \}\)[^\n]* "updated"/);
    expect(stdout).toContain('loke.listCustomers({ organizationId, sort: "updated" })');
  });

  test("leaves no temporary file, and the repository as it was", async () => {
    const left = (await readdir(copy.temporary)).filter((name) => /^loke-/.test(name));
    expect(left).toEqual([]);
    const status = execFileSync("git", ["status", "--porcelain", "-uno"], {
      cwd: copy.folder,
      encoding: "utf8",
    });
    expect(status).toBe(" M openapi/openapi.yaml\n");
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
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("says with --help what it does, its options and its exit codes", async () => {
    const { exitCode, stdout, stderr } = await changes("--help");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/OLD \[NEW\][\s\S]*--format[\s\S]*Exit codes: 0/);
  });
});
