import { describe, expect, test } from "vitest";
import { readChangelog } from "../../../scripts/beta/changelog.js";
import type { ComparedPage } from "../../../scripts/beta/compare-pages.js";
import { isAtLeast } from "../../../scripts/beta/release.js";
import { screenOf } from "../../../scripts/beta/screen.js";
import type { Step } from "../../../scripts/beta/step.js";
import {
  type Changes,
  changelogStep,
  changesStep,
  docsStep,
  generatedStep,
  pageStep,
  versionStep,
} from "../../../scripts/beta/steps.js";

const run = (code: number, stdout: string, stderr = "") => ({ code, stdout, stderr });
const page = (code: number, ...levels: string[]): ComparedPage => ({
  name: "https://docs.example.com/",
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

const cases: [title: string, step: Step, state: Step["state"], fact: RegExp, next?: string][] = [
  ["a page that agrees", pageStep([page(0)]), "done", /^the document agrees with https:\/\/docs/],
  [
    "a page that differs",
    pageStep([page(1, "docs", "breaking", "docs")]),
    "left",
    /^3 differences \(1 breaking, 2 docs\): https/,
    "npm run page",
  ],
  [
    "one page of two",
    pageStep([page(0), page(1, "docs")]),
    "left",
    /^1 difference \(1 docs\): /,
    "npm run page",
  ],
  [
    "a page that is gone, though another differs",
    pageStep([page(1, "docs"), { name: "b", ...run(2, "", "page: b answers with 404.\nMore.\n") }]),
    "unknown",
    /^b answers with 404\.$/,
    "npm run page",
  ],
  [
    "generated files that are up to date",
    generatedStep(run(0, "generated/ is up to date with openapi/openapi.yaml.\n")),
    "done",
    /^generated\/ is up to date with openapi\/openapi\.yaml$/,
  ],
  [
    "generated files that are stale",
    generatedStep(
      run(
        1,
        "",
        "A note.\ngenerated/a.ts is stale. Run: npm run generate\ngenerated/b.ts is stale. Run: npm\n",
      ),
    ),
    "left",
    /^stale: generated\/a\.ts and 1 more$/,
    "npm run generate",
  ],
  [
    "a document with problems",
    generatedStep(run(2, "", "openapi.yaml:3: No.\n")),
    "unknown",
    /^openapi\.yaml:3: No\.$/,
    "npm run generate",
  ],
  [
    "a command that crashed",
    generatedStep(run(1, "", "SyntaxError\n")),
    "unknown",
    /^SyntaxError$/,
    "npm run generate",
  ],
  ["no release", changesStep(undefined, undefined), "done", /no tag v\*$/],
  [
    "no change",
    changesStep("v0.1.0", run(0, JSON.stringify(none))),
    "done",
    /^none in the document since v0\.1\.0$/,
  ],
  [
    "changes",
    changesStep("v0.1.0", run(1, JSON.stringify(some))),
    "done",
    /^3 changes since v0\.1\.0 \(1 breaking, 1 risky, 1 docs\): npm run changes -- v0\.1\.0$/,
  ],
  [
    "changes that are not known",
    changesStep("v1.0.0", run(2, "", "changes: No.\n")),
    "unknown",
    /^No\.$/,
    "npm run changes -- v1.0.0",
  ],
  ["the first version", versionStep("0.1.0"), "done", /^0\.1\.0, the first$/],
  ["a version as released", versionStep("0.1.0", "v0.1.0", none), "done", /^0\.1\.0, as released$/],
  ["a version that is not released", versionStep("0.3.0", "v0.1.0", none), "done", /^0\.3\.0$/],
  [
    "a version that is too low",
    versionStep("0.1.1", "v0.1.0", some),
    "left",
    /^0\.1\.1, and the changes suggest 0\.2\.0$/,
    "npm version 0.2.0 --no-git-tag-version",
  ],
  ["the version that is suggested", versionStep("0.2.0", "v0.1.0", some), "done", /^0\.2\.0$/],
  ["a version without known changes", versionStep("0.2.0", "v0.1.0"), "unknown", /not known$/],
  [
    "a version that none follows",
    versionStep("next", "v0.1.0", { ...some, version: { old: "next", new: null } }),
    "unknown",
    /^no version follows "next"$/,
  ],
  ["docs of this document", docsStep("a", "a"), "done", /^dist\/docs\/ is built/],
  [
    "docs of another document",
    docsStep("a", "b"),
    "left",
    /^built from another document$/,
    "npm run docs",
  ],
  ["no docs", docsStep("a", undefined), "left", /^not built$/, "npm run docs"],
];

test.for(cases)("%s", ([, step, state, fact, next]) => {
  expect(step).toEqual({
    name: step.name,
    state,
    fact: expect.stringMatching(fact),
    ...(next === undefined ? {} : { next }),
  });
});

describe("the changelog", () => {
  const whole =
    "# Changelog\n\nWords.\n\n## 0.2.0 - unreleased\n\n- **Breaking** `Customer.lastName` can be missing,\n  since now.\n" +
    "- **Check** `listCustomers({ sort })`.\n\n## 0.1.0 - 2026-12-01\n\n- The first.\n";
  const written = readChangelog(whole);
  const next = "npm run changes -- v0.1.0 --format markdown";

  test("is read by its sections and entries", () => {
    expect(written).toEqual([
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

  const entries: [
    title: string,
    text: string,
    version: string,
    state: Step["state"],
    fact: string,
  ][] = [
    ["has an entry", whole, "0.2.0", "done", "2 entries under 0.2.0"],
    ["has an entry before the version is raised", whole, "0.1.0", "done", "2 entries under 0.2.0"],
    [
      "has an entry under Unreleased",
      whole.replace("0.2.0 - u", "U"),
      "0.1.0",
      "done",
      "2 entries under Unreleased",
    ],
    [
      "has no section",
      whole.replace("0.2.0", "0.1.9"),
      "0.1.0",
      "left",
      "CHANGELOG.md has no entry under 0.2.0",
    ],
    [
      "has an empty section",
      "## 0.2.0\n\n## 0.1.0\n\n- The first.\n",
      "0.2.0",
      "left",
      "CHANGELOG.md has no entry under 0.2.0",
    ],
    [
      "does not name what breaks",
      whole.replace("Customer.lastName", "A field").replace(/- \*\*Check.*\n/, ""),
      "0.2.0",
      "left",
      "the entries under 0.2.0 do not name Customer.lastName, listCustomers({ sort })",
    ],
  ];
  test.for(entries)("%s", ([, text, version, state, fact]) => {
    expect(changelogStep(readChangelog(text), version, "v0.1.0", some)).toEqual({
      name: "changelog",
      state,
      fact,
      ...(state === "left" ? { next } : {}),
    });
  });

  test("needs an entry for the first version, and none where nothing changed", () => {
    expect(changelogStep(written, "0.1.0")).toMatchObject({
      state: "done",
      fact: "1 entry under 0.1.0",
    });
    expect(changelogStep([], "0.1.0")).toMatchObject({
      state: "left",
      next: "write it into CHANGELOG.md",
    });
    expect(changelogStep([], "0.1.0", "v0.1.0", none)).toMatchObject({
      state: "done",
      fact: "nothing to write",
    });
    expect(changelogStep([], "0.1.1", "v0.1.0", none)).toMatchObject({ state: "left" });
    expect(changelogStep(written, "0.2.0", "v0.1.0")).toMatchObject({ state: "unknown" });
  });
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

test("the screen has a line for each step, what comes next, and no control character of a page", () => {
  const steps: Step[] = [
    { name: "page", state: "done", fact: "agrees" },
    { name: "generated", state: "left", fact: "stale", next: "npm run generate" },
    { name: "changes", state: "unknown", fact: "a\u001B[31mb\u202Ec" },
  ];
  expect(screenOf(steps)).toBe(
    "done  page       agrees\nLEFT  generated  stale\n                 → npm run generate\n?     changes    abc\n\nNext: npm run generate",
  );
  expect(screenOf(steps.slice(0, 1))).toBe("done  page  agrees\n\nAll is done.");
});
