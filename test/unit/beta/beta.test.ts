import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseDocument } from "yaml";
import { renderPage } from "../page/render-page.js";
import { pageInOtherWords } from "../page/this-page.js";
import { copyProject, type ProjectCopy, root } from "../project-copy.js";

// Runs the command itself, in a copy of the project that is a repository of its own.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const page = renderPage(pageInOtherWords(), { rendition: "tabs" });
const document = "openapi/openapi.yaml";

let copy: ProjectCopy;
const at = (name: string) => join(copy.folder, name);
const read = (name: string) => readFile(at(name), "utf8");

beforeAll(async () => {
  copy = await copyProject();
  await writeFile(at("page.txt"), page);
  await copy.runInside("scripts/page.ts", "page.txt", "--save");
  await writeFile(at("CHANGELOG.md"), "# Changelog\n\n## 0.1.0 - unreleased\n\n- The first.\n");
  git("init", "--quiet");
  git("add", "--all", "--force", "openapi", "generated", "package.json", "CHANGELOG.md");
  git("commit", "--quiet", "--message", "Begin");
});
afterAll(() => copy.remove());

function git(...args: string[]): void {
  const author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  const settings = [...author, "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"];
  execFileSync("git", [...settings, ...args], { cwd: copy.folder, stdio: "pipe" });
}

/** The lines of the screen. */
async function beta(...args: string[]) {
  const { exitCode, stdout, stderr } = await copy.runInside("scripts/beta.ts", ...args);
  return { exitCode, stderr, lines: stdout.trimEnd().split("\n") };
}

/** Puts the copy of the document where a build of the docs has it. */
async function buildDocs(): Promise<void> {
  await mkdir(at("dist/docs"), { recursive: true });
  await writeFile(at("dist/docs/openapi.yaml"), await read(document));
}

/** Which files are generated, and how a difference is rated, is not for the guide to repeat. */
function withoutNames(text: string): string {
  return text.replaceAll(/generated\/\w+\.ts and \d+ more|\(1 \w+\)/g, "");
}

describe("npm run beta", () => {
  test("before the first release, where the page cannot be read: exits with 2, and says the rest", async () => {
    expect(await beta("--page", "gone.txt")).toEqual({
      exitCode: 2,
      stderr: "",
      lines: [
        expect.stringMatching(/^\? {5}page {7}cannot read .*gone\.txt: there is no such file$/),
        "                 → npm run page -- gone.txt",
        "done  generated  generated/ is up to date with openapi/openapi.yaml",
        "done  changes    nothing was released yet: there is no tag v*",
        "done  version    0.1.0, the first",
        "done  changelog  1 entry under 0.1.0",
        "LEFT  docs       not built",
        "                 → npm run docs",
        "",
        "Next: npm run page -- gone.txt",
      ],
    });
  });

  test("after a release, once the document has changed: exits with 1, and says what is left", async () => {
    git("tag", "v0.1.0");
    await buildDocs();
    const edited = parseDocument(await read(document));
    edited.setIn(["components", "schemas", "Customer", "required"], ["id", "firstName"]);
    await writeFile(at(document), edited.toString());
    const { exitCode, lines, stderr } = await beta("--page", "page.txt");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(lines).toEqual([
      expect.stringMatching(/^LEFT {2}page {7}1 difference \(1 \w+\): page\.txt$/),
      "                 → npm run page -- page.txt",
      expect.stringMatching(/^LEFT {2}generated {2}stale: generated\/\w+\.ts and \d+ more$/),
      "                 → npm run generate",
      "done  changes    1 change since v0.1.0 (1 breaking): npm run changes -- v0.1.0",
      "LEFT  version    0.1.0, and the changes suggest 0.2.0",
      "                 → npm version 0.2.0 --no-git-tag-version",
      "LEFT  changelog  CHANGELOG.md has no entry under 0.2.0",
      "                 → npm run changes -- v0.1.0 --format markdown",
      "LEFT  docs       built from another document",
      "                 → npm run docs",
      "",
      "Next: npm run page -- page.txt",
    ]);
    const guide = await readFile(join(root, "CONTRIBUTING.md"), "utf8");
    expect(withoutNames(guide)).toContain(withoutNames(lines.join("\n")));
  });

  test("once the commands that it named were run: exits with 0, also without the network", async () => {
    const later = page.replace("lastName\tstring\t", "lastName\tstring\t(optional) ");
    await writeFile(at("later.txt"), later);
    await copy.runInside("scripts/page.ts", "later.txt", "--save");
    await copy.runInside("scripts/generate.ts");
    const { stdout } = await copy.runInside("scripts/changes.ts", "v0.1.0", "--format", "markdown");
    await writeFile(
      at("CHANGELOG.md"),
      (await read("CHANGELOG.md")).replace("## ", `${stdout}\n## `),
    );
    await writeFile(at("package.json"), (await read("package.json")).replace('"0.1.0"', '"0.2.0"'));
    await buildDocs();
    expect(await beta("--offline")).toEqual({
      exitCode: 0,
      stderr: "",
      lines: [
        expect.stringMatching(
          /^done {2}page {7}the document agrees with the page as saved on \d{4}-\d\d-\d\d$/,
        ),
        "done  generated  generated/ is up to date with openapi/openapi.yaml",
        "done  changes    1 change since v0.1.0 (1 breaking): npm run changes -- v0.1.0",
        "done  version    0.2.0",
        "done  changelog  1 entry under 0.2.0",
        "done  docs       dist/docs/ is built from the document",
        "",
        "All is done.",
      ],
    });
  });

  test("says with --help what it does, and exits with 2 where options contradict", async () => {
    const help = await beta("--help");
    expect(help).toMatchObject({ exitCode: 0, stderr: "" });
    expect(help.lines.join("\n")).toMatch(/--page FILE[\s\S]*--offline[\s\S]*Exit codes: 0/);
    expect(await beta("--offline", "--page", "page.txt")).toMatchObject({
      exitCode: 2,
      stderr: "beta: --page goes without --offline. (--help)\n",
    });
  });
});
