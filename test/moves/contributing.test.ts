/** Runs the walks through changes of the beta that CONTRIBUTING.md shows, and compares what the commands print. */
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Facts,
  keys,
  type ModelFacts,
  type OperationFacts,
} from "../../scripts/page/facts.js";
import { facts as realFacts } from "../document/real-page.js";
import { walkthrough } from "../document/walkthrough.js";
import { paste } from "../unit/page/paste.js";
import { renderPage } from "../unit/page/render-page.js";
import { pageInOtherWords } from "../unit/page/this-page.js";
import { copyRealProject, type Outcome, type ProjectCopy, root } from "../unit/project-copy.js";

const guide = join(root, "CONTRIBUTING.md");
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** A fenced block: a command with what it prints, a change of a file, or a program. */
const block = /^```(console|diff|ts)\n([\s\S]*?)^```$/gm;

/** Such as `npm run page -- later.txt`. */
const command = /^npm run ([a-z]+)(?: -- (.*))?$/;

/** Runs a program of the walk, whose first line is its name. */
const programCommand = /^npm run -s build && npx tsx ([a-z]+\.ts)$/;
const programName = /^\/\/ ([a-z]+\.ts)\n/;

let project: ProjectCopy;
beforeAll(async () => {
  project = await copyRealProject("src", ".gitignore", "CHANGELOG.md", "test/package/programs");
  await writeFile(join(project.folder, "before.txt"), page(pageInOtherWords(realFacts)));
  await writeFile(join(project.folder, "later.txt"), page(laterPage()));
  await writeFile(join(project.folder, "create.txt"), page(pageWithCreate()));
  const saved = await project.runInside("scripts/page.ts", "before.txt", "--save");
  expect(saved).toMatchObject({ exitCode: 0 });
  await git("init", "--quiet");
  await commit();
}, 120_000);
afterAll(() => project?.remove());

describe("CONTRIBUTING.md walks through a later page", () => {
  beforeAll(reset);

  test("and its commands print what it shows", { timeout: 300_000 }, () => walk(0));
});

describe("CONTRIBUTING.md walks through an operation that appears", () => {
  beforeAll(reset);

  test("and its commands print what it shows", { timeout: 300_000 }, () => walk(1));

  test("and the docs have samples of it, which run", { timeout: 300_000 }, async () => {
    const outcome = await project.runInside("scripts/docs.ts");
    expect(outcome, outcome.stderr).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("programs type-checked and run against the mock"),
    });
    const page = await readFile(join(project.folder, "dist/docs/api/create-customer.md"), "utf8");
    expect(page).toContain("loke.createCustomer(");
  });
});

/** Runs the blocks of a walk, and compares what they print with what it shows. */
async function walk(index: number): Promise<void> {
  const text = await readFile(guide, "utf8");
  const shown = text.match(walkthrough)?.[index] ?? "";
  let printed = "";
  let end = 0;
  for (const { 0: whole, 1: kind, 2: content = "", index: start } of shown.matchAll(block)) {
    if (kind === "diff") await apply(content);
    if (kind === "ts") await writeProgram(content);
    const result = kind === "console" ? `\`\`\`console\n${await run(content)}\`\`\`` : whole;
    printed += shown.slice(end, start) + result;
    end = start + whole.length;
  }
  printed += shown.slice(end);
  expect(shown.match(/^\$ npm run/gm)?.length).toBeGreaterThan(4);
  if (process.env.UPDATE_CONTRIBUTING)
    await writeFile(
      guide,
      text.replace(walkthrough, (one) => (one === shown ? printed : one)),
    );
  else expect(printed).toBe(shown);
}

/** Runs the command of a block, and gives the block as it should be. */
async function run(content: string): Promise<string> {
  const [line = ""] = content.split("\n", 1);
  const { stdout, stderr } = await runCommand(line.replace(/^\$ /, ""));
  expect(stderr).toBe("");
  const whole = `${line}\n${stdout.trimEnd()}\n`;
  return isAbridged(content, whole) ? content : whole;
}

async function runCommand(line: string): Promise<Outcome> {
  const [, program] = programCommand.exec(line) ?? [];
  if (program) return runProgram(program);
  const [, script, args = ""] = command.exec(line) ?? [];
  if (!script) throw new Error(`The walk shows a command that this test does not know: ${line}`);
  const outcome = await project.runInside(
    `scripts/${script}.ts`,
    ...args.split(" ").filter(Boolean),
  );
  if (args.endsWith("--draft")) await pasteDraft(outcome.stdout);
  return outcome;
}

/** Whether a block shows an output with a line `…` in place of some of its lines. */
function isAbridged(content: string, whole: string): boolean {
  const parts = content
    .split(/^ *…\n/m)
    .map((part) => part.replaceAll(/[.+*?^$()[\]\\{}|]/g, "\\$&"));
  return parts.length > 1 && new RegExp(`^${parts.join("(?:.*\\n)+")}$`).test(whole);
}

/** What a person does with a draft, before wording it. */
async function pasteDraft(draft: string): Promise<void> {
  const file = join(project.folder, "openapi/openapi.yaml");
  await writeFile(file, paste(await readFile(file, "utf8"), draft).document);
}

async function writeProgram(source: string): Promise<void> {
  const [, name = ""] = programName.exec(source) ?? [];
  await writeFile(join(project.folder, name), source);
}

/** Builds the package, then type-checks the program as its user's editor does, and runs it. */
async function runProgram(name: string): Promise<Outcome> {
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"];
  for (const args of [
    ["-p", "src"],
    ["-p", "src/cli"],
    [...options, name],
  ]) {
    await promisify(execFile)(process.execPath, [tsc, ...args], { cwd: project.folder });
  }
  return project.runInside(name);
}

/** Starts from the document as it is. */
async function reset(): Promise<void> {
  await git("reset", "--hard", "--quiet");
  await git("clean", "-d", "--force", "--quiet");
}

async function apply(change: string): Promise<void> {
  const file = join(project.temporary, "change.diff");
  await writeFile(file, change);
  await git("apply", file);
}

async function commit(): Promise<void> {
  await git("add", "--all");
  const author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  await git(...author, "commit", "--quiet", "--no-verify", "--message", "Before");
}

async function git(...args: string[]): Promise<void> {
  await promisify(execFile)("git", args, { cwd: project.folder });
}

type Page = ReturnType<typeof pageInOtherWords>;

/** The page as the vendor has it, line by line, in other words. */
function page({ facts, said }: Page): string {
  const silent = new Set([
    ...realFacts.models.map(({ name }) => name).filter((name) => name !== "CustomerListTiny"),
  ]);
  const words = [...said].filter(([key]) => !silent.has(key.replace(/^model /, "")));
  const isSaid = ([key, text]: [string, string]) =>
    !(key.endsWith(" after") && text === "Chooses after.");
  return renderPage(
    { facts, introduction: [], said: new Map(words.filter(isSaid)) },
    { rendition: "glued" },
  );
}

/** A later one: the 404 has an error code, and the cursors have words. */
function laterPage(): Page {
  const before = pageInOtherWords(realFacts);
  const facts: Facts = {
    ...before.facts,
    operations: before.facts.operations.map((operation) => ({
      ...operation,
      responses: operation.responses.map((response) =>
        response.status === "404" ? { ...response, code: "not_found" } : response,
      ),
    })),
  };
  const said = new Map(before.said);
  for (const { request, parameters } of facts.operations) {
    if (!parameters.some(({ name }) => name === "after")) continue;
    said.set(
      keys.parameter(request, "after"),
      "Given by the response headers. Not for you to set.",
    );
  }
  return { ...before, facts, said };
}

/** One on which a customer can be created. */
function pageWithCreate(): Page {
  const before = pageInOtherWords(realFacts);
  const request = "post /organizations/{organizationId}/customers";
  const email = "ada@example.com";
  const names = { firstName: "Ada", lastName: "Lovelace" };
  const operation: OperationFacts = {
    request,
    title: "Create a Customer",
    parameters: [{ name: "organizationId", type: "string", in: "path" }],
    requestBody: { type: "CustomerCreate", example: { email, ...names } },
    responses: [
      {
        status: "201",
        type: "Customer",
        example: { email, ...names, id: "01FCCGYZA9JPQ97HBSTKW0KT7P" },
      },
    ],
  };
  const model: ModelFacts = {
    name: "CustomerCreate",
    fields: [
      { name: "email", type: "string", optional: true },
      { name: "firstName", type: "string", optional: false },
      { name: "lastName", type: "string", optional: false },
    ],
  };
  const facts: Facts = {
    ...before.facts,
    operations: [...before.facts.operations, operation],
    models: [...before.facts.models, model],
  };
  const said = new Map([
    ...before.said,
    [keys.operation(request), "Adds one more."],
    [keys.parameter(request, "organizationId"), "Chooses organizationId."],
    [keys.response(request, "201"), "Created"],
    [keys.model(model.name), "Who is added."],
    [keys.field(model.name, "email"), "Where mail goes"],
    [keys.field(model.name, "firstName"), "Name given at birth"],
    [keys.field(model.name, "lastName"), "Name of the family"],
  ]);
  return { ...before, facts, said };
}
