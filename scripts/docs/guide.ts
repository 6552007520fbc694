import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expectNone } from "./expect-none.js";
import { headOf } from "./markdown.js";
import type { Page } from "./page.js";

/** The pages, and the pictures beside them. */
export const guideFolder: string = fileURLToPath(new URL("guide/", import.meta.url));

/** The pages of the guide, in the order in which they are read. */
const order = [
  "getting-started",
  "authentication",
  "lists",
  "many-calls",
  "errors",
  "reliability",
  "testing",
  "drift",
  "command-line",
  "proxies",
  "measured",
  "runtimes",
  "not-stated",
];

/**
 * Reads the pages of the guide: each file of `guide/` is one.
 *
 * @throws {CliError} when a page is missing, or a file is not among the pages
 */
export async function readGuide(): Promise<Page[]> {
  const files = await readdir(guideFolder);
  const names = files.filter((file) => file.endsWith(".md")).map((file) => file.slice(0, -3));
  const present = inOrder(names, order);
  return Promise.all(
    present.map(async (name) => {
      const markdown = await readFile(`${guideFolder}${name}.md`, "utf8");
      return { path: name, ...headOf(markdown), markdown, part: "Guide" as const };
    }),
  );
}

/**
 * Sorts the names of pages.
 *
 * @throws {CliError} when a page of the order is missing, or the order does not have one
 */
export function inOrder(names: readonly string[], wanted: readonly string[]): string[] {
  const missing = wanted.filter((name) => !names.includes(name));
  const others = names.filter((name) => !wanted.includes(name)).sort();
  // A page that is renamed or split is both missing and new; until the order names it, it is built last.
  if (missing.length === 0 || others.length === 0) {
    expectNone([
      ...missing.map((name) => `scripts/docs/guide/${name}.md is missing.`),
      ...others.map((name) => `scripts/docs/guide.ts does not say where ${name}.md comes.`),
    ]);
  }
  return [...wanted.filter((name) => names.includes(name)), ...others];
}
