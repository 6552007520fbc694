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
const withoutNext = { ...some, version: { old: "next", new: null } };

const whole =
  "# Changelog\n\nWords.\n\n## 0.2.0 - unreleased\n\n- **Breaking** `Customer.lastName` can be missing,\n  since now.\n" +
  "- **Check** `listCustomers({ sort })`.\n\n## 0.1.0 - 2026-12-01\n\n- The first.\n";
const changelog = (text: string, version: string, release?: string, changes?: Changes) =>
  changelogStep(readChangelog(text), version, release, changes);
const write = "npm run changes -- v0.1.0 --format markdown";

/** A step as its name, state and fact, and below it what comes next. */
function textOf({ name, state, fact, next }: Step): string {
  return `${name} ${state}: ${fact}${next === undefined ? "" : `\n${next}`}`;
}

test.for<[title: string, step: Step, text: string]>([
  ["a page that agrees", pageStep([page(0)]), "done: the document agrees with https://a.example"],
  [
    "a page that differs",
    pageStep([page(1, "docs", "breaking", "docs")]),
    "left: 3 differences (1 breaking, 2 docs): https://a.example\nnpm run page",
  ],
  [
    "one page of two",
    pageStep([page(0), page(1, "docs")]),
    "left: 1 difference (1 docs): https://a.example, https://a.example\nnpm run page",
  ],
  [
    "a page that is gone, though another differs",
    pageStep([page(1, "docs"), gone]),
    "unknown: b answers with 404.\nnpm run page",
  ],
  [
    "generated files of this document",
    generatedStep(run(0, `${upToDate}.\n`)),
    `done: ${upToDate}`,
  ],
  [
    "generated files that are stale",
    generatedStep(run(1, "", stale)),
    "left: stale: generated/a.ts and 1 more\nnpm run generate",
  ],
  [
    "a document with problems",
    generatedStep(run(2, "", "openapi.yaml:3: No.\n")),
    "unknown: openapi.yaml:3: No.\nnpm run generate",
  ],
  [
    "a command that crashed",
    generatedStep(run(1, "", "SyntaxError\n")),
    "unknown: SyntaxError\nnpm run generate",
  ],
  [
    "no release",
    changesStep(undefined, undefined),
    "done: nothing was released yet: there is no tag v*",
  ],
  [
    "no change",
    changesStep("v0.1.0", run(0, JSON.stringify(none))),
    "done: none in the document since v0.1.0",
  ],
  [
    "changes",
    changesStep("v0.1.0", run(1, JSON.stringify(some))),
    "done: 3 changes since v0.1.0 (1 breaking, 1 risky, 1 docs): npm run changes -- v0.1.0",
  ],
  [
    "changes that are not known",
    changesStep("v1.0.0", run(2, "", "changes: No.\n")),
    "unknown: No.\nnpm run changes -- v1.0.0",
  ],
  ["the first version", versionStep("0.1.0"), "done: 0.1.0, the first"],
  ["a version as released", versionStep("0.1.0", "v0.1.0", none), "done: 0.1.0, as released"],
  ["a version that is not released", versionStep("0.3.0", "v0.1.0", none), "done: 0.3.0"],
  [
    "a version that is too low",
    versionStep("0.1.1", "v0.1.0", some),
    "left: 0.1.1, and the changes suggest 0.2.0\nnpm version 0.2.0 --no-git-tag-version",
  ],
  ["the version that is suggested", versionStep("0.2.0", "v0.1.0", some), "done: 0.2.0"],
  [
    "a version without known changes",
    versionStep("0.2.0", "v0.1.0"),
    "unknown: the changes since v0.1.0 are not known",
  ],
  [
    "a version that none follows",
    versionStep("next", "v0.1.0", withoutNext),
    'unknown: no version follows "next"',
  ],
  ["docs of this document", docsStep("a", "a"), "done: dist/docs/ is built from the document"],
  ["docs of another", docsStep("a", "b"), "left: built from another document\nnpm run docs"],
  ["no docs", docsStep("a", undefined), "left: not built\nnpm run docs"],
  ["an entry", changelog(whole, "0.2.0", "v0.1.0", some), "done: 2 entries under 0.2.0"],
  [
    "an entry before the version is raised",
    changelog(whole, "0.1.0", "v0.1.0", some),
    "done: 2 entries under 0.2.0",
  ],
  [
    "an entry under Unreleased",
    changelog(whole.replace("0.2.0 - u", "U"), "0.1.0", "v0.1.0", some),
    "done: 2 entries under Unreleased",
  ],
  [
    "no section of the changelog",
    changelog(whole.replace("0.2.0", "0.1.9"), "0.1.0", "v0.1.0", some),
    `left: CHANGELOG.md has no entry under 0.2.0\n${write}`,
  ],
  [
    "an empty section",
    changelog("## 0.2.0\n\n## 0.1.0\n\n- The first.\n", "0.2.0", "v0.1.0", some),
    `left: CHANGELOG.md has no entry under 0.2.0\n${write}`,
  ],
  [
    "entries that do not name what breaks",
    changelog(
      whole.replace("Customer.lastName", "A field").replace(/- \*\*Check.*\n/, ""),
      "0.2.0",
      "v0.1.0",
      some,
    ),
    `left: the entries under 0.2.0 do not name Customer.lastName, listCustomers({ sort })\n${write}`,
  ],
  ["an entry for the first version", changelog(whole, "0.1.0"), "done: 1 entry under 0.1.0"],
  [
    "no entry for the first version",
    changelog("", "0.1.0"),
    "left: CHANGELOG.md has no entry under 0.1.0\nwrite it into CHANGELOG.md",
  ],
  ["nothing to write", changelog("", "0.1.0", "v0.1.0", none), "done: nothing to write"],
  [
    "another version without a change of the document",
    changelog("", "0.1.1", "v0.1.0", none),
    `left: CHANGELOG.md has no entry under 0.1.1\n${write}`,
  ],
  [
    "entries for changes that are not known",
    changelog(whole, "0.2.0", "v0.1.0"),
    "unknown: the changes since v0.1.0 are not known",
  ],
])("%s", ([, step, text]) => {
  expect(textOf(step)).toBe(`${step.name} ${text}`);
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
