import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openSource, readDocument, type Source } from "../../../scripts/changes/source.js";
import { git } from "./git.js";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let base: string;
let root: string;
const opened: Source[] = [];

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

beforeAll(async () => {
  base = await mkdtemp(join(await realpath(tmpdir()), "loke-source-"));
  root = join(base, "project");
  await mkdir(root);
  git(root, "init", "--quiet", "--initial-branch=main");
  await write({ "package.json": '{ "version": "0.0.1" }', "README.md": "No document yet." });
  git(root, "add", ".");
  git(root, "commit", "--quiet", "-m", "Begin");
  await write({
    "package.json": '{ "version": "0.3.0" }',
    "openapi/openapi.yaml": "one",
    "openapi/parts/deep/limit.yaml": "part",
  });
  git(root, "add", ".");
  git(root, "commit", "--quiet", "-m", "Add the document");
  git(root, "tag", "v0.3.0");
  await write({ "package.json": '{ "version": "0.4.0" }', "openapi/openapi.yaml": "two" });
});

afterAll(async () => {
  for (const source of opened) await source.remove();
  await rm(base, { recursive: true, force: true });
});

async function open(name: string, folder = root): Promise<Source> {
  const source = await openSource(name, { root: folder, folder: process.cwd() });
  opened.push(source);
  return source;
}

describe("a revision of git", () => {
  test.for(["HEAD", "v0.3.0", "main", "HEAD~0"])(
    "%s is the document as it was, in all its files",
    async (name) => {
      const source = await open(name);
      expect(await readFile(source.path, "utf8")).toBe("one");
      const part = join(dirname(source.path), "parts/deep/limit.yaml");
      expect(await readFile(part, "utf8")).toBe("part");
      expect(source.labelOf(part)).toBe(`${name}:openapi/parts/deep/limit.yaml`);
      expect(source.notice).toBeUndefined();
    },
  );

  test("has the version of its own package.json", async () => {
    expect((await open("v0.3.0")).version).toBe("0.3.0");
  });

  test("leaves nothing behind", async () => {
    const source = await open("HEAD");
    expect(existsSync(source.path)).toBe(true);
    await source.remove();
    expect(existsSync(dirname(dirname(source.path)))).toBe(false);
  });

  test("is read also where the project is a folder of the repository", async () => {
    const outer = join(base, "outer");
    await mkdir(join(outer, "packages/client/openapi"), { recursive: true });
    const inner = join(outer, "packages/client");
    await writeFile(join(inner, "package.json"), '{ "version": "7.0.0" }');
    await writeFile(join(inner, "openapi/openapi.yaml"), "inner");
    git(outer, "init", "--quiet");
    git(outer, "add", ".");
    git(outer, "commit", "--quiet", "-m", "Begin");
    const source = await open("HEAD", inner);
    expect(await readFile(source.path, "utf8")).toBe("inner");
    expect(source.version).toBe("7.0.0");
  });

  test("that there is not is refused, with what to do", async () => {
    await expect(open("v9")).rejects.toThrow(/^v9 is neither a file nor a revision.*git tag/);
  });

  test("that there is not in a shallow clone is refused, with how to get the others", async () => {
    const shallow = join(base, "shallow");
    git(base, "clone", "--quiet", "--depth=1", `file://${root}`, shallow);
    await expect(open("HEAD~1", shallow)).rejects.toThrow(/shallow.*git fetch --unshallow/);
    expect(await readFile((await open("HEAD", shallow)).path, "utf8")).toBe("one");
  });

  test("without a document is refused", async () => {
    await expect(open("HEAD~1")).rejects.toThrow(/no openapi\/openapi\.yaml at HEAD~1/);
  });

  test.for(["--output=stolen", "-x", ""])("that is the option %o is refused", async (name) => {
    await expect(open(name)).rejects.toThrow(/neither a file nor a revision/);
    expect(existsSync(join(root, "stolen"))).toBe(false);
  });

  test("whose name begins like an option is refused, though git has it", async () => {
    git(root, "update-ref", "refs/heads/-x", "HEAD");
    await expect(open("-x")).rejects.toThrow(/neither a file nor a revision/);
  });

  test.for(["HEAD; touch stolen", "$(touch stolen)", "HEAD:README.md", "HEAD^{tree}"])(
    "that is no commit, %s, is refused",
    async (name) => {
      await expect(open(name)).rejects.toThrow(/neither a file nor a revision/);
      expect(existsSync(join(root, "stolen"))).toBe(false);
    },
  );

  test("is refused where there is no repository", async () => {
    const plain = await mkdtemp(join(base, "plain-"));
    vi.stubEnv("GIT_CEILING_DIRECTORIES", base);
    await expect(open("HEAD", plain)).rejects.toThrow(
      /HEAD is no file, and git cannot look for it: .*not a git/,
    );
    vi.unstubAllEnvs();
  });
});

describe("a file", () => {
  const file = () => join(root, "openapi/openapi.yaml");

  test("is taken as it is, with the version of the working package.json", async () => {
    const source = await open(file());
    expect([source.path, source.version, source.notice]).toEqual([file(), "0.4.0", undefined]);
    await source.remove();
    expect(await readFile(file(), "utf8")).toBe("two");
  });

  test("that is a folder is refused", async () => {
    await expect(open(join(root, "openapi"))).rejects.toThrow(/is a folder; name the file/);
  });
});

describe("a document that is read", () => {
  const head = 'openapi: 3.1.0\ninfo: { title: A, version: "1" }\npaths: {}\n';

  test("has its parts on the lines of their keys", async () => {
    const path = join(base, "one.yaml");
    await writeFile(path, `${head}components:\n  schemas:\n    Pet:\n      type: object\n`);
    const { placeOf, value } = await readDocument(await open(path));
    expect(value).toMatchObject({ components: { schemas: { Pet: { type: "object" } } } });
    expect(placeOf("/components/schemas/Pet/type")).toMatchObject({ line: 7 });
    expect(placeOf("/components/schemas/Pet/enum/3")).toMatchObject({ line: 6 });
  });

  test("has parts in the files that it refers to", async () => {
    const path = join(base, "main.yaml");
    await write({
      "../main.yaml": `${head}components:\n  schemas:\n    Pet:\n      properties:\n        tag: { $ref: ./parts/Tag.yaml }\n        toy: { $ref: "./parts/more.yaml#/deep/Toy" }\n`,
      "../parts/Tag.yaml": "type: string\nenum: [red, blue]\n",
      "../parts/more.yaml": "deep:\n  Toy:\n    type: object\n",
    });
    const { placeOf, value } = await readDocument(await open(path));
    expect(value).toMatchObject({ components: { schemas: { Tag: { type: "string" } } } });
    const placed = (pointer: string) => {
      const { file, line } = placeOf(pointer);
      return `${file.split("/").at(-1)}:${line}`;
    };
    expect(placed("/components/schemas/Tag/enum/1")).toBe("Tag.yaml:2");
    expect(placed("/components/schemas/Toy/type")).toBe("more.yaml:3");
    expect(placed("/components/schemas/Pet/properties/tag/enum")).toBe("Tag.yaml:2");
    expect(placed("/components/schemas/Pet/properties")).toBe("main.yaml:7");
  });

  test("that refers to a file that is not there is an error that names it", async () => {
    const path = join(base, "broken.yaml");
    await writeFile(path, `${head}components: { schemas: { A: { $ref: ./gone.yaml } } }\n`);
    await expect(open(path).then(readDocument)).rejects.toThrow(/cannot be read\. .*gone\.yaml/);
  });
});
