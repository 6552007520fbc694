import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { redocly } from "../../scripts/lint/redocly.js";

/** What a run of `redocly lint --format json` prints of a file, as far as the tests need it. */
interface Report {
  totals: { ignored: number };
  problems: { ruleId: string; location: [{ pointer: string }] }[];
}

const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const documentPath = pathOf("openapi/openapi.yaml");
const ignorePath = pathOf(".redocly.lint-ignore.yaml");

let inPlace: Report;
/** Of a copy elsewhere, for which no exception holds. */
let elsewhere: Report;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "loke-lint-"));
  try {
    const copy = join(folder, "openapi.yaml");
    await copyFile(documentPath, copy);
    const lint = async (path: string): Promise<Report> =>
      JSON.parse(
        (await redocly("lint", path, "--format", "json", "--max-problems", "1000")).stdout,
      );
    [inPlace, elsewhere] = await Promise.all([lint(documentPath), lint(copy)]);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);

describe("the document", () => {
  test("has no problem beyond the exceptions", () => {
    expect(inPlace.problems).toEqual([]);
    expect(inPlace.totals.ignored).toBe(elsewhere.problems.length);
  });

  test("needs each of the exceptions", async () => {
    const ignored: Record<string, Record<string, string[]>> = parse(
      await readFile(ignorePath, "utf8"),
    );
    const exceptions = Object.entries(ignored["openapi/openapi.yaml"] ?? {}).flatMap(
      ([rule, pointers]) => pointers.map((pointer) => `${rule} at ${pointer}`),
    );
    const found = elsewhere.problems.map(
      ({ location: [{ pointer }], ruleId }) => `${ruleId} at ${pointer}`,
    );
    expect(found.sort()).toEqual(exceptions.sort());
  });

  test("has a reason above each of the exceptions", async () => {
    const lines = (await readFile(ignorePath, "utf8")).split("\n");
    const reasons = lines.filter((_, index) => /^ {2}[^ #]/.test(lines[index + 1] ?? ""));
    expect(reasons).not.toEqual([]);
    for (const reason of reasons) expect(reason).toMatch(/^ {2}# \w/);
  });
});
