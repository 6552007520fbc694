import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lint } from "./page/lint.js";
import { copyProject, type ProjectCopy } from "./project-copy.js";

let copy: ProjectCopy;
const inCopy = (path: string) => join(copy.folder, path);

beforeAll(async () => {
  copy = await copyProject();
}, 60_000);
afterAll(() => copy.remove());

test("names each exception that no problem needs, with its line, and exits with 1", async () => {
  expect(await lint(copy.folder)).toEqual({ exitCode: 0, stdout: expect.any(String), stderr: "" });

  const path = ".redocly.lint-ignore.yaml";
  const exceptions = await readFile(inCopy(path), "utf8");
  // The first place has no such problem, the second is none.
  const added = ["#/paths", "#/components/schemas/Gone"];
  const lines = [
    ...exceptions.trimEnd().split("\n"),
    "  rule/operation-id:",
    ...added.map((one) => `    - "${one}"`),
  ];
  await writeFile(inCopy(path), `${lines.join("\n")}\n`);
  const { exitCode, stderr } = await lint(copy.folder);
  expect(exitCode).toBe(1);
  const stale = added.map(
    (pointer) =>
      `${path}:${lines.indexOf(`    - "${pointer}"`) + 1}: "${pointer}" (rule/operation-id) excepts nothing in openapi/openapi.yaml any more: remove the line.`,
  );
  expect(stderr.trim().split("\n")).toEqual(stale);
});

test("reports a document that does not parse", async () => {
  await writeFile(inCopy("openapi/openapi.yaml"), "openapi: [");
  const { exitCode, stdout, stderr } = await lint(copy.folder);
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toContain("Failed to parse");
});
