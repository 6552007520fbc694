import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../package/install.js";
import { installation } from "../package/installation.js";

// The guide's table of what a release contains, read off the tarball and what npm installs with it.

const page = join(root, "scripts/docs/guide/runtimes.md");
const block = /(<!-- release: written by .*? -->\n\n)([\s\S]*?)(\n\n<!-- release: end -->)/;

/** The parts of the tarball. Each file is in the first that fits. */
const parts: readonly [name: string, files: RegExp, about: string][] = [
  [
    "`dist/src`, `dist/generated`",
    /^dist\/(src|generated)\//,
    "ES modules, declarations, source maps",
  ],
  ["`dist/cjs`", /^dist\/cjs\//, "the copy for `require` where modules cannot be required"],
  ["`src`, `generated/*.ts`", /^(src|generated)\/.*\.ts$/, "the sources that the source maps name"],
  ["`generated/openapi.json`", /^generated\/openapi\.json$/, "the OpenAPI document"],
  ["texts", /^(README|CHANGELOG|LICENSE|package)\b/, "README, changelog, licence, `package.json`"],
];

/** What each package that npm installs is for. */
const purposes: Readonly<Record<string, string>> = {
  "openapi-fetch": "sends requests; `loke-customers`",
  "openapi-typescript-helpers": "types for openapi-fetch; nothing at run time",
  oauth4webapi: "gets access tokens; `loke-customers/auth` alone",
  "get-east-asian-width":
    "knows how wide characters are on a terminal, by a table of Unicode that changes each year; the command alone",
};

/** How far a size or a count may be from what the table says: a fifth. */
const tolerance = 0.2;

async function sizesIn(folder: string): Promise<{ path: string; bytes: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path: path.slice(folder.length + 1), bytes: (await stat(path)).size };
    }),
  );
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000).toLocaleString("en")} kB`;
}

function sum(files: readonly { bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}

async function partRows(installed: string): Promise<string[]> {
  const files = await sizesIn(installed);
  const placed = parts.map(([, pattern], index) =>
    files.filter(
      ({ path }) => parts.findIndex(([, each]) => each.test(path)) === index && pattern.test(path),
    ),
  );
  expect(placed.flat()).toHaveLength(files.length);
  return parts.map(([name, , about], index) => {
    const own = placed[index] ?? [];
    return `| ${name} | ${about} | ${own.length} | ${kilobytes(sum(own))} |`;
  });
}

async function packageRows(project: string): Promise<string[]> {
  const lock = await readFile(join(project, "node_modules/.package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: Record<string, { dev?: boolean }> };
  const names = Object.keys(packages)
    .map((path) => path.replace(/^node_modules\//, ""))
    .filter(
      (name) => name !== "loke-customers" && !name.startsWith("@types/") && name !== "undici-types",
    );
  return Promise.all(
    names.map(async (name) => {
      const folder = join(project, "node_modules", name);
      const { license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      expect(purposes, `say in ${import.meta.filename} what it is for`).toHaveProperty([name]);
      return `| ${name} | ${purposes[name]} | ${license} | ${kilobytes(sum(await sizesIn(folder)))} |`;
    }),
  );
}

/** The text between the marks of the page. */
async function release(): Promise<string> {
  const { installed, project, tarball } = installation();
  const { size } = await stat(tarball);
  return [
    `The tarball has ${kilobytes(size)}.`,
    "",
    "| in the tarball | what it is | files | size |",
    "| --- | --- | --- | --- |",
    ...(await partRows(installed)),
    "",
    "| npm installs with it | what it is for | licence | size |",
    "| --- | --- | --- | --- |",
    ...(await packageRows(project)),
  ].join("\n");
}

/** Splits a text into its words and its numbers. */
function split(text: string): { words: string; numbers: number[] } {
  const number = /\d[\d,]*(?= kB| \|)/g;
  const numbers = text.match(number) ?? [];
  return {
    words: text.replace(number, "N"),
    numbers: numbers.map((one) => Number(one.replaceAll(",", ""))),
  };
}

test("the guide says what a release contains, to a fifth", async () => {
  const text = await readFile(page, "utf8");
  const [, , shown] = block.exec(text) ?? [];
  expect(shown, `${page} has no place for the table`).toBeDefined();
  const actual = await release();
  if (process.env.UPDATE_GUIDE) {
    await writeFile(
      page,
      text.replace(block, (_, begin, __, end) => begin + actual + end),
    );
    return;
  }
  const [expected, found] = [split(shown ?? ""), split(actual)];
  expect(expected.words).toBe(found.words);
  const off = found.numbers.filter((number, index) => {
    const said = expected.numbers[index] ?? 0;
    return Math.abs(number - said) > Math.max(2, said * tolerance);
  });
  expect(off, "UPDATE_GUIDE=1 writes the table anew").toEqual([]);
});
