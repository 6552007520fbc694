import { describe, expect, test } from "vitest";
import type { ComparedPage } from "../../../scripts/beta/compare-pages.js";
import {
  type Changes,
  changelogStep,
  changesStep,
  docsStep,
  generatedStep,
  isAtLeast,
  pageStep,
  readChangelog,
  type Step,
  screenOf,
  versionStep,
} from "../../../scripts/beta/steps.js";

const run = (code: number, stdout: string, stderr = "") => ({ code, stdout, stderr });
const page = (code: number, ...levels: string[]): ComparedPage => ({
  name: "https://a.example",
  ...run(code, JSON.stringify({ differences: levels.map((level) => ({ level })) })),
});

const none: Changes = { version: { old: "0.1.0", new: "0.1.0" }, changes: [] };
const some: Changes = {
  version: { old: "0.1.0", new: "0.2.0" },
  changes: [
    { level: "breaking", subjects: ["Customer.lastName"] },
    { level: "risky", subjects: ["listCustomers({ sort })", "CustomerSort"] },
    { level: "docs", subjects: ["info"] },
  ],
};

const gone = { name: "b", ...run(2, "", "page: b answers with 404.\nMore.\n") };
const upToDate = "generated/ is up to date with openapi/openapi.yaml";
const stale =
  "A note.\ngenerated/a.ts is stale. Run: npm run generate\ngenerated/b.ts is stale. Run: npm\n";

const whole =
  "# Changelog\n\nWords.\n\n## 0.2.0 - unreleased\n\n- **Breaking** `Customer.lastName` can be missing,\n  since now.\n" +
  "- **Check** `listCustomers({ sort })`.\n\n## 0.1.0 - 2026-12-01\n\n- The first.\n";
const changelog = (text: string, version: string, release?: string, changes?: Changes) =>
  changelogStep(readChangelog(text), version, release, changes);

/** Each step as its name, state and fact, and what comes next. */
function textsOf(...steps: Step[]): string[] {
  return steps.map(({ name, state, fact, next }) => {
    return `${name} ${state}: ${fact}${next === undefined ? "" : ` → ${next}`}`;
  });
}

test("the page agrees, differs, or cannot be read, though another differs", () => {
  const steps = textsOf(
    pageStep([page(0)]),
    pageStep([page(1, "docs", "breaking", "docs")]),
    pageStep([page(0), page(1, "docs")]),
    pageStep([page(1, "docs"), gone]),
  );
  expect(steps).toEqual([
    "page done: the document agrees with https://a.example",
    "page left: 3 differences (1 breaking, 2 docs): https://a.example → npm run page",
    "page left: 1 difference (1 docs): https://a.example, https://a.example → npm run page",
    "page unknown: b answers with 404. → npm run page",
  ]);
});

test("generated files are of this document, or stale; or the document has problems, or the command crashed", () => {
  const steps = textsOf(
    generatedStep(run(0, `${upToDate}.\n`)),
    generatedStep(run(1, "", stale)),
    generatedStep(run(2, "", "openapi.yaml:3: No.\n")),
    generatedStep(run(1, "", "SyntaxError\n")),
  );
  expect(steps).toEqual([
    `generated done: ${upToDate}`,
    "generated left: stale: generated/a.ts and 1 more → npm run generate",
    "generated unknown: openapi.yaml:3: No. → npm run generate",
    "generated unknown: SyntaxError → npm run generate",
  ]);
});

test("changes since the last release, if there is one, are none, some, or not known", () => {
  const steps = textsOf(
    changesStep(undefined, undefined),
    changesStep("v0.1.0", run(0, JSON.stringify(none))),
    changesStep("v0.1.0", run(1, JSON.stringify(some))),
    changesStep("v1.0.0", run(2, "", "changes: No.\n")),
  );
  expect(steps).toEqual([
    "changes done: nothing was released yet: there is no tag v*",
    "changes done: none in the document since v0.1.0",
    "changes done: 3 changes since v0.1.0 (1 breaking, 1 risky, 1 docs): npm run changes -- v0.1.0",
    "changes unknown: No. → npm run changes -- v1.0.0",
  ]);
});

test("the version is the first, as released, raised, as suggested or too low; or nothing suggests one", () => {
  const steps = textsOf(
    versionStep("0.1.0"),
    versionStep("0.1.0", "v0.1.0", none),
    versionStep("0.3.0", "v0.1.0", none),
    versionStep("0.2.0", "v0.1.0", some),
    versionStep("0.1.1", "v0.1.0", some),
    versionStep("0.2.0", "v0.1.0"),
    versionStep("next", "v0.1.0", { ...some, version: { old: "next", new: null } }),
  );
  expect(steps).toEqual([
    "version done: 0.1.0, the first",
    "version done: 0.1.0, as released",
    "version done: 0.3.0",
    "version done: 0.2.0",
    "version left: 0.1.1, and the changes suggest 0.2.0 → npm version 0.2.0 --no-git-tag-version",
    "version unknown: the changes since v0.1.0 are not known",
    'version unknown: no version follows "next"',
  ]);
});

test("docs are of this document, of another, or not built", () => {
  expect(textsOf(docsStep("a", "a"), docsStep("a", "b"), docsStep("a", undefined))).toEqual([
    "docs done: dist/docs/ is built from the document",
    "docs left: built from another document → npm run docs",
    "docs left: not built → npm run docs",
  ]);
});

test("the changelog has entries, also before the version is raised, or under Unreleased", () => {
  const steps = textsOf(
    changelog(whole, "0.2.0", "v0.1.0", some),
    changelog(whole, "0.1.0", "v0.1.0", some),
    changelog(whole.replace("0.2.0 - u", "U"), "0.1.0", "v0.1.0", some),
    changelog(whole, "0.1.0"),
    changelog("", "0.1.0", "v0.1.0", none),
  );
  expect(steps).toEqual([
    "changelog done: 2 entries under 0.2.0",
    "changelog done: 2 entries under 0.2.0",
    "changelog done: 2 entries under Unreleased",
    "changelog done: 1 entry under 0.1.0",
    "changelog done: nothing to write",
  ]);
});

test("the changelog has no section, an empty one, or entries that do not name what breaks; or nothing is known", () => {
  const others = whole.replace("Customer.lastName", "A field").replace(/- \*\*Check.*\n/, "");
  const steps = textsOf(
    changelog(whole.replace("0.2.0", "0.1.9"), "0.1.0", "v0.1.0", some),
    changelog("## 0.2.0\n\n## 0.1.0\n\n- The first.\n", "0.2.0", "v0.1.0", some),
    changelog(others, "0.2.0", "v0.1.0", some),
    changelog("", "0.1.1", "v0.1.0", none),
    changelog("", "0.1.0"),
    changelog(whole, "0.2.0", "v0.1.0"),
  );
  const write = "→ npm run changes -- v0.1.0 --format markdown";
  expect(steps).toEqual([
    `changelog left: CHANGELOG.md has no entry under 0.2.0 ${write}`,
    `changelog left: CHANGELOG.md has no entry under 0.2.0 ${write}`,
    `changelog left: the entries under 0.2.0 do not name Customer.lastName, listCustomers({ sort }) ${write}`,
    `changelog left: CHANGELOG.md has no entry under 0.1.1 ${write}`,
    "changelog left: CHANGELOG.md has no entry under 0.1.0 → write it into CHANGELOG.md",
    "changelog unknown: the changes since v0.1.0 are not known",
  ]);
});

test("the changelog is read by its sections and entries", () => {
  expect(readChangelog(whole)).toEqual([
    {
      version: "0.2.0",
      entries: [
        "**Breaking** `Customer.lastName` can be missing,\n  since now.",
        "**Check** `listCustomers({ sort })`.",
      ],
    },
    { version: "0.1.0", entries: ["The first."] },
  ]);
  expect(readChangelog("# Changelog\n")).toEqual([]);
});

test("versions are compared by their numbers", () => {
  const pairs = [
    ["0.10.0", "0.9.9"],
    ["1.0.0", "1.0.0"],
    ["0.2.0", "0.2.1"],
    ["1.0.0-rc.1", "0.9.0"],
  ] as const;
  expect(pairs.map(([a, b]) => isAtLeast(a, b))).toEqual([true, true, false, true]);
});

describe("the screen", () => {
  const steps: Step[] = [
    { name: "page", state: "done", fact: "agrees" },
    { name: "generated", state: "left", fact: "stale", next: "npm run generate" },
    { name: "changes", state: "unknown", fact: "a\u001B[31mb\u202Ec" },
  ];

  test("has a line for each step, what comes next, and no control character of a page", () => {
    expect(screenOf(steps)).toBe(
      "done  page       agrees\nLEFT  generated  stale\n                 → npm run generate\n?     changes    abc\n\nNext: npm run generate",
    );
    expect(screenOf(steps.slice(0, 1))).toBe("done  page  agrees\n\nAll is done.");
  });

  test("names the step where no command comes next", () => {
    expect(screenOf(steps.slice(2))).toBe("?     changes  abc\n\nNext: changes");
  });
});
