import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import MarkdownIt from "markdown-it";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonTestResults } from "vitest/node";
import { slug } from "../../scripts/docs/markdown.js";
import { serve } from "../../scripts/mock/serve.js";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import { createMockApi } from "../../src/testing.js";
import { shop, startIssuer, type TestIssuer } from "../auth/issuer.js";
import { compilers, type Diagnostic, typeCheck } from "../package/compile.js";
import { root } from "../package/install.js";
import { installation } from "../package/installation.js";
import { type Outcome, runNode } from "../package/run.js";
import { type CodeBlock, codeBlocks, proseOf } from "./code-blocks.js";
import { readDocument, readUserDocuments } from "./documents.js";
import { walkthrough } from "./walkthrough.js";

const { project } = installation();
const programs = join(project, "readme");

// A program of a walkthrough needs the document that the walkthrough has edited. Its lines stay, so that the others keep
// their numbers.
const documents = [
  ...readUserDocuments(),
  ...["CHANGELOG", "CONTRIBUTING", "SECURITY", "generated/README", "openapi/README"].map((name) =>
    readDocument(`${name}.md`),
  ),
].map(({ name, markdown }) => ({
  name,
  markdown,
  blocks: codeBlocks(markdown.replace(walkthrough, (walk) => walk.replace(/.+/g, ""))),
}));

const sample = codeBlocks(readFileSync(new URL("sample.md", import.meta.url), "utf8"));
/** The compiler has to find what is wrong with it. */
const broken: CodeBlock = {
  line: 21,
  language: "js",
  code: "const count = 1;\ncount.toUppercase();",
  expected: { exitCode: 0 },
  runner: "node",
};

/** What answers in place of the live API. */
type Api = Pick<Mock, "url" | "parameters"> & { stop(): Promise<void> };

let mock: Api;
/** Answers a program that makes a call for each customer: the mock has thousands, and Prism checks each call. */
let shortLists: Api;
let issuer: TestIssuer;
let errors: Diagnostic[];
let tests: ReadonlyMap<string, Outcome>;

beforeAll(async () => {
  await mkdir(programs);
  // What a reader who tests with vitest, or goes through a proxy, has installed.
  await mkdir(join(programs, "node_modules"));
  for (const name of ["vitest", "undici"]) {
    const from = join(root, "node_modules", name);
    await symlink(from, join(programs, "node_modules", name), "junction");
  }
  for (const name of ["loopback-only.mjs", "mock-as-live-api.mjs"]) {
    await cp(new URL(`../package/programs/${name}`, import.meta.url), join(programs, name));
  }
  mock = await startMock();
  const api = createMockApi({ customers: 60, pageSize: 25 });
  const { close, url } = await serve(api);
  shortLists = { url, parameters: { organizationId: api.organizationId }, stop: close };
  issuer = await startIssuer("https://auth.loke.global");
  errors = await check([{ name: "sample", blocks: [...sample, broken] }, ...documents]);
  tests = await runTests([{ name: "sample", blocks: sample }, ...documents]);
});

afterAll(async () => {
  await mock?.stop();
  await shortLists?.stop();
  await issuer?.stop();
});

/** The file that a block becomes. Its lines have the numbers that they have in the document. */
function fileOf(document: string, { language, line }: CodeBlock): string {
  return `${document.replace(/\W+/g, "-")}-line-${line}.${language === "ts" ? "ts" : "mjs"}`;
}

function sourceOf({ code, line }: CodeBlock): string {
  return "\n".repeat(line - 1) + code;
}

/** Type-checks the blocks of all documents at once. */
async function check(documents: readonly { name: string; blocks: CodeBlock[] }[]) {
  // The newest, which is also the fastest by far.
  const compiler = compilers.at(-1);
  if (!compiler) throw new Error("There is no compiler.");
  const files = documents.flatMap(({ name, blocks }) =>
    blocks.map((block) => ({ file: fileOf(name, block), source: sourceOf(block) })),
  );
  await Promise.all(files.map(({ file, source }) => writeFile(join(programs, file), source)));
  const names = files.map(({ file }) => file);
  return typeCheck(compiler, programs, "documents", names, {
    strict: true,
    module: "nodenext",
    target: "es2022",
    types: ["node"],
    // vitest's own types lean on packages that its users need not have.
    skipLibCheck: true,
    // For blocks of JavaScript, whose mistakes are as misleading.
    allowJs: true,
    checkJs: true,
    // Examples that import nothing can use the same names.
    moduleDetection: "force",
  });
}

/** Compiles a block into a program, and returns its path. */
async function compile(document: string, block: CodeBlock): Promise<string> {
  const { code } = await transform(sourceOf(block), {
    loader: block.language,
    format: "esm",
    // Types go, and nothing else is changed: for "node20" esbuild would drop `with { type: "json" }`.
    target: "esnext",
    sourcefile: fileOf(document, block),
    sourcemap: "inline",
  });
  const path = pathOf(document, block);
  await writeFile(path, code);
  return path;
}

function pathOf(document: string, block: CodeBlock): string {
  const end = block.runner === "vitest" ? ".test.mjs" : ".mjs";
  return join(programs, `run-${fileOf(document, block).replace(/\.(ts|mjs)$/, "")}${end}`);
}

const preload = (program: string) => pathToFileURL(join(programs, program)).href;

/** Runs the blocks that are tests, and returns the outcome of each by its file. All at once: vitest takes seconds to start. */
async function runTests(
  documents: readonly { name: string; blocks: CodeBlock[] }[],
): Promise<ReadonlyMap<string, Outcome>> {
  const files: string[] = [];
  for (const { name, blocks } of documents) {
    for (const block of blocks.filter(({ runner }) => runner === "vitest")) {
      files.push(await compile(name, block));
    }
  }
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const report = join(programs, "tests.json");
  // A busy machine is no fault of the example.
  const options = ["--testTimeout=120000", "--reporter=json", `--outputFile=${report}`];
  const args = [vitest, "run", "--root", programs, ...options, ...files];
  // Not an argument of Node's: vitest runs tests in processes of its own.
  const env = { NODE_OPTIONS: `--import=${preload("loopback-only.mjs")}` };
  await runNode(args, { cwd: programs, env, timeoutMs: 240_000 });
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as JsonTestResults;
  return new Map(
    testResults.map(({ name, status, message, assertionResults }) => [
      name,
      {
        exitCode: status === "passed" ? 0 : 1,
        stdout: assertionResults.map((test) => `${test.status}: ${test.title}`).join("\n"),
        stderr: [message, ...assertionResults.flatMap((test) => test.failureMessages ?? [])].join(
          "\n",
        ),
      },
    ]),
  );
}

/** Runs a block as its reader would, but for what it asks of the live API and its issuer: others answer that. */
async function runBlock(document: string, block: CodeBlock): Promise<Outcome> {
  const api = block.runner === "short lists" ? shortLists : mock;
  const options = ["--enable-source-maps", "--import", preload("mock-as-live-api.mjs")];
  return runNode([...options, await compile(document, block)], {
    cwd: programs,
    env: {
      LOKE_MOCK_URL: api.url,
      LOKE_ISSUER_URL: issuer.url,
      LOKE_CLIENT_ID: shop.clientId,
      LOKE_CLIENT_SECRET: shop.clientSecret,
      LOKE_REFRESH_TOKEN: await issuer.logIn(shop.clientId),
      LOKE_ACCESS_TOKEN: "any",
      CURSOR_KEY: "a key for the tests",
      LOKE_ORGANIZATION_ID: api.parameters.organizationId ?? "",
      LOKE_CUSTOMER_ID: api.parameters.customerId ?? "",
    },
  });
}

/** What a block did as a test, or does as a program. */
async function outcomeOf(document: string, block: CodeBlock): Promise<Outcome> {
  if (block.runner !== "vitest") return runBlock(document, block);
  const outcome = tests.get(pathOf(document, block));
  if (!outcome) throw new Error(`vitest has not run ${fileOf(document, block)}.`);
  return outcome;
}

describe("the blocks of a document", () => {
  it("are found in lists and quotes, with what their markers say, and without those of other languages", () => {
    expect(sample.map(({ language, line, expected }) => ({ language, line, ...expected }))).toEqual(
      [
        { language: "ts", line: 6, exitCode: 0 },
        { language: "js", line: 30, exitCode: 3 },
        { language: "ts", line: 39, exitCode: 0 },
        { language: "js", line: 45, typeCheckOnly: "it would not end" },
        { language: "js", line: 50, exitCode: 70 },
        { language: "ts", line: 55, exitCode: 70 },
        { language: "ts", line: 62, exitCode: 0 },
        { language: "ts", line: 72, exitCode: 0 },
      ],
    );
    expect(sample.map(({ runner }) => runner)).toEqual([
      ...Array(6).fill("node"),
      ...Array(2).fill("vitest"),
    ]);
    expect(sample[1]?.code).toMatch(/^import .+\n\nconst loke = /);
    expect(sample[2]?.code).toMatch(/^import .+\nconst title: /);
  });

  it("end with a fence like the one that they began with", () => {
    const [block, ...others] = codeBlocks("~~~~ts\n```\n~~~\n````\n~~~~~\n```js\n```");
    expect(block).toMatchObject({ line: 2, code: "```\n~~~\n````" });
    expect(others).toMatchObject([{ line: 7, code: "" }]);
    expect(() => codeBlocks("text\n```ts\n1;")).toThrow("line 2");
  });

  it("cannot have a marker that is misspelt, gives no reason, or stands before no block", () => {
    const block = "```ts\n1;\n```";
    const blocks = (marker: string) => () => codeBlocks(`text\n${marker}\n${block}`);
    expect(blocks("<!-- example: skip -->")).toThrow("line 2");
    expect(blocks("<!-- example: expect exit one -->")).toThrow("line 2");
    expect(blocks("<!-- example: run with jest -->")).toThrow("line 2");
    expect(blocks("<!-- example: run with short lists -->")()).toMatchObject([
      { runner: "short lists" },
    ]);
    expect(blocks("<!-- example: type-check only -->")).toThrow("line 2");
    expect(blocks("<!-- example: type-check only: -->")).toThrow("line 2");
    expect(blocks("<!-- example: expect exit 1 -->\n")).toThrow("line 2");
  });

  it("are type-checked, under the line numbers of the document", () => {
    expect(errors.filter(({ file }) => file.startsWith("sample-"))).toEqual([
      { file: "sample-line-21.mjs", line: 22, message: expect.stringContaining("toUppercase") },
    ]);
  });

  it("are run with the mock in place of the live API", async () => {
    const outcomes = await Promise.all(
      sample.slice(0, 3).map((block) => runBlock("sample", block)),
    );
    expect(outcomes[0]).toEqual({
      exitCode: 0,
      stdout: "customer true\nmemberships 25\nnot found true\n",
      stderr: "",
    });
    expect(outcomes[1]).toEqual({ exitCode: 3, stdout: "", stderr: "" });
    expect(outcomes[2]).toMatchObject({ exitCode: 0 });
  });

  it("are run with vitest where they say so, which finds what fails", async () => {
    const outcomes = await Promise.all(sample.slice(6).map((block) => outcomeOf("sample", block)));
    expect(outcomes).toMatchObject([
      { exitCode: 0, stdout: "passed: passes" },
      {
        exitCode: 1,
        stdout: "failed: fails",
        stderr: expect.stringContaining("expected 1 to be 2"),
      },
    ]);
  });

  it("are ended when they ask another host", async () => {
    const asking = sample.slice(4, 6);
    const outcomes = await Promise.all(asking.map((block) => runBlock("sample", block)));
    expect(outcomes).toEqual([
      { exitCode: 70, stdout: "", stderr: expect.stringContaining("https://example.com") },
      { exitCode: 70, stdout: "", stderr: expect.stringContaining("example.com:80") },
    ]);
  });
});

it("the README has examples, and says that the package is unofficial", () => {
  const [readme] = documents;
  expect(readme?.blocks).not.toEqual([]);
  expect(readme?.markdown).toMatch(/\bunofficial\b/i);
});

it("the README is short", () => {
  expect(documents[0]?.markdown.split("\n").length).toBeLessThanOrEqual(221);
});

it("the examples of all documents are well typed", () => {
  expect(errors.filter(({ file }) => !file.startsWith("sample-"))).toEqual([]);
});

describe.each(documents)("$name", ({ name, markdown, blocks }) => {
  for (const block of blocks) {
    const { expected, line } = block;
    if ("typeCheckOnly" in expected) {
      it.skip(`has an example in line ${line} that is not run: ${expected.typeCheckOnly}`);
      continue;
    }
    it.concurrent(`has an example in line ${line} that exits with ${expected.exitCode}`, async () => {
      const outcome = await outcomeOf(name, block);
      expect(outcome, outcome.stderr).toMatchObject(expected);
    });
  }

  it("links to files and headings that exist", () => {
    const links = linksOf(markdown).filter((link) => !/^[a-z][a-z\d+.-]*:/i.test(link));
    const broken = links.filter((link) => {
      const [file = "", heading] = decodeURIComponent(link).split("#");
      const path = file === "" ? join(root, name) : join(root, dirname(name), file);
      if (!existsSync(path)) return true;
      return heading !== undefined && !anchorsOf(readFileSync(path, "utf8")).has(heading);
    });
    expect(broken).toEqual([]);
  });

  it("names scripts that package.json has", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const commands = [
      ...markdown.matchAll(/\bnpm (?:run|run-script)(?: -[\w-]+)* ([a-z][\w:.-]*)/g),
      ...markdown.matchAll(/\bnpm (test|start)\b/g),
    ];
    const names = commands.map(([, script = ""]) => script.replace(/[.:]+$/, ""));
    expect(names.filter((script) => !(script in scripts))).toEqual([]);
  });
});

/** Where the links of a document lead. Those in code do not count. */
function linksOf(markdown: string): string[] {
  const prose = proseOf(markdown);
  return [
    ...prose.matchAll(/\]\(\s*<?([^)\s>]+)/g),
    ...prose.matchAll(/^\s*\[[^\]]+\]:\s*<?([^\s>]+)/gm),
    ...prose.matchAll(/\b(?:href|src)="([^"]+)"/g),
  ].map(([, link = ""]) => link);
}

/** The anchors of a document's headings, as GitHub and the published docs make them. */
function anchorsOf(markdown: string): Set<string> {
  const tokens = new MarkdownIt().parse(markdown, {});
  const headings = tokens.filter((_, index) => tokens[index - 1]?.type === "heading_open");
  return new Set(
    headings.map(({ children }) => slug((children ?? []).map(({ content }) => content).join(""))),
  );
}
