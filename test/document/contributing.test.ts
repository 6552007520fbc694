/** Runs the walk through a change of the beta that CONTRIBUTING.md shows, and compares what the commands print. */
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Facts, keys } from "../../scripts/page/facts.js";
import { renderPage } from "../unit/page/render-page.js";
import { pageInOtherWords } from "../unit/page/this-page.js";
import { copyRealProject, type ProjectCopy, root } from "../unit/project-copy.js";
import { facts as realFacts } from "./real-page.js";

const guide = join(root, "CONTRIBUTING.md");
const walkthrough = /(?<=<!-- walkthrough: run [^\n]*-->\n)[\s\S]*(?=<!-- walkthrough: end -->)/;

/** A fenced block: commands with what they print, or a change of a file. */
const block = /^```(console|diff)\n([\s\S]*?)^```$/gm;

/** Such as `npm run page -- later.txt`. */
const command = /^npm run ([a-z]+)(?: -- (.*))?$/;

let project: ProjectCopy;
beforeAll(async () => {
  project = await copyRealProject("src", ".gitignore");
  await writeFile(join(project.temporary, "before.txt"), page(pageInOtherWords(realFacts)));
  await writeFile(join(project.temporary, "later.txt"), page(laterPage()));
  const saved = await project.run("scripts/page.ts", "before.txt", "--save");
  expect(saved).toMatchObject({ exitCode: 0 });
  await git("init", "--quiet");
  await commit();
}, 120_000);
afterAll(() => project?.remove());

test("the walk in CONTRIBUTING.md prints what it shows", { timeout: 300_000 }, async () => {
  const text = await readFile(guide, "utf8");
  const shown = walkthrough.exec(text)?.[0] ?? "";
  let printed = "";
  let end = 0;
  for (const { 0: whole, 1: kind, 2: content = "", index } of shown.matchAll(block)) {
    if (kind === "diff") await apply(content);
    const result = kind === "diff" ? whole : `\`\`\`console\n${await run(content)}\`\`\``;
    printed += shown.slice(end, index) + result;
    end = index + whole.length;
  }
  printed += shown.slice(end);
  expect(shown.match(/^\$ npm run/gm)?.length).toBeGreaterThan(4);
  if (process.env.UPDATE_CONTRIBUTING)
    await writeFile(
      guide,
      text.replace(walkthrough, () => printed),
    );
  else expect(printed).toBe(shown);
});

/** Runs the command of a block, and gives the block as it should be. */
async function run(content: string): Promise<string> {
  const [line = ""] = content.split("\n", 1);
  const [, script, args = ""] = command.exec(line.replace(/^\$ /, "")) ?? [];
  if (!script) throw new Error(`The walk shows a command that this test does not know: ${line}`);
  const { stdout, stderr } = await project.run(
    `scripts/${script}.ts`,
    ...args.split(" ").filter(Boolean),
  );
  expect(stderr).toBe("");
  return `${line}\n${stdout.trimEnd()}\n`;
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
    ...facts.models.map(({ name }) => name).filter((name) => name !== "CustomerListTiny"),
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
