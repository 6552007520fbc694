import { describe, expect, test } from "vitest";
import { type Change, type Level, nextVersion } from "../../../scripts/changes/change.js";
import {
  jsonOf,
  levelOf,
  markdownOf,
  type Report,
  textFormOf,
} from "../../../scripts/changes/format.js";

const change = (more: Partial<Change>): Change => ({
  level: "docs",
  subjects: ["Order"],
  detail: ": description changed",
  reason: "The reason.",
  usedBy: [],
  compiler: [],
  isTyped: false,
  pointers: { old: [], new: [] },
  ...more,
});

const breaking = change({
  level: "breaking",
  subjects: ["Order.total"],
  detail: ": number → string",
  usedBy: ["getOrder", "listOrders"],
  isTyped: true,
  compiler: [
    {
      code: "TS2322",
      message: "Type 'string' is not 'number'",
      statement: "const total: number = order.total",
    },
    { code: "TS2367", message: "Another", statement: "order.total === 42" },
  ],
  old: { pointer: "/a", file: "openapi/openapi.yaml", line: 3 },
  new: { pointer: "/a", file: "new.yaml", line: 4 },
});
const risky = change({
  level: "risky",
  subjects: ["listOrders"],
  detail: ": page size 50 → 25",
  usedBy: ["listOrders"],
});
const compatible = change({ level: "compatible", subjects: ["Lonely"], detail: " added" });

const report = (...changes: Change[]): Report => ({
  old: "v1",
  new: "new.yaml",
  version: { old: "0.1.0", new: "0.2.0" },
  changes,
});

describe("text", () => {
  test("says that nothing has changed", () => {
    expect(textFormOf(report())).toBe("no change");
  });

  test("groups lines by level, with why, who uses it, where it is and what the compiler says", () => {
    expect(textFormOf(report(breaking, risky, compatible, change({})))).toBe(`BREAKING

  Order.total: number → string
    why      The reason.
    used by  getOrder, listOrders
    where    openapi/openapi.yaml:3 → new.yaml:4
      const total: number = order.total
        TS2322: Type 'string' is not 'number'
        and 1 more error

RISKY  compiles as before, and can behave otherwise

  listOrders: page size 50 → 25
    why      The reason.

COMPATIBLE

  Lonely added
    why      The reason.
    used by  no operation

DOCS  words and examples

  Order: description changed

1 breaking, 1 risky, 1 compatible, 1 docs. Suggested version: 0.2.0, after 0.1.0.`);
  });

  test("stays within 100 columns, but for what has no blank", () => {
    const long = change({
      ...breaking,
      reason: "Some words. ".repeat(30),
      detail: " word".repeat(60),
    });
    const lines = textFormOf(report(long)).split("\n");
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
    const whole = "x".repeat(150);
    expect(textFormOf(report(change({ subjects: [whole] })))).toContain(whole);
  });

  test("says if no version follows", () => {
    const odd = { ...report(risky), version: { old: "next", new: undefined } };
    expect(textFormOf(odd)).toMatch(/1 risky\. No version follows "next"\.$/);
  });
});

describe("markdown", () => {
  test("says that nothing has changed", () => expect(markdownOf(report())).toBe("No change."));

  test("is an entry of the changelog: what breaks first, a line each, words at the end", () => {
    expect(markdownOf(report(breaking, risky, compatible, change({})))).toBe(`## 0.2.0 - unreleased

- **Breaking**: \`Order.total: number → string\` (used by \`getOrder\`, \`listOrders\`). The reason. \`const total: number = order.total\` gives \`TS2322: Type 'string' is not 'number'\`.
- **Check**: \`listOrders: page size 50 → 25\`. The reason.
- \`Lonely added\` (no operation). The reason.
- Words and examples: \`Order: description changed\`.`);
  });

  test("folds many words away", () => {
    const four = ["A", "B", "C", "D"].map((name) => change({ subjects: [name] }));
    expect(markdownOf(report(...four))).toBe(`## 0.2.0 - unreleased

<details>

<summary>Words and examples: 4 changes</summary>

- \`A: description changed\`
- \`B: description changed\`
- \`C: description changed\`
- \`D: description changed\`

</details>`);
  });

  test.for([
    ["a line break", "a\n\nb", "`a b`"],
    ["a backtick", "a`b", "`` a`b ``"],
    ["backticks", "a```b`", "```` a```b` ````"],
    ["HTML and Markdown", "<img src=x> **a** [b](c)", "`<img src=x> **a** [b](c)`"],
  ] as const)("takes %s in a name for text", ([, name, shown]) => {
    expect(markdownOf(report(change({ subjects: [name], detail: "" })))).toContain(
      `examples: ${shown}.`,
    );
  });
});

describe("json", () => {
  test("has all there is to a line", () => {
    expect(JSON.parse(jsonOf(report(breaking, compatible)))).toEqual({
      old: "v1",
      new: "new.yaml",
      level: "breaking",
      version: { old: "0.1.0", new: "0.2.0" },
      changes: [
        {
          level: "breaking",
          subjects: ["Order.total"],
          text: "Order.total: number → string",
          usedBy: ["getOrder", "listOrders"],
          compiler: breaking.compiler,
          reason: "The reason.",
          old: breaking.old,
          new: breaking.new,
        },
        expect.objectContaining({
          level: "compatible",
          text: "Lonely added",
          old: null,
          new: null,
        }),
      ],
    });
  });

  test("has no level and no version where nothing has changed", () => {
    const none = { ...report(), version: { old: "0.1.0", new: undefined } };
    expect(JSON.parse(jsonOf(none))).toMatchObject({
      level: null,
      version: { old: "0.1.0", new: null },
      changes: [],
    });
  });
});

test("the level of a report is its worst", () => {
  expect(levelOf(report(change({}), risky, compatible))).toBe("risky");
  expect(levelOf(report())).toBeUndefined();
});

test.for<[version: string, levels: Level[], next: string | undefined]>([
  ["0.1.0", [], undefined],
  ["0.1.3", ["docs"], "0.1.4"],
  ["0.1.3", ["compatible", "docs"], "0.1.4"],
  ["0.1.3", ["risky"], "0.1.4"],
  ["0.1.3", ["breaking", "docs"], "0.2.0"],
  ["0.9.0", ["breaking"], "0.10.0"],
  ["1.2.3", ["docs"], "1.2.4"],
  ["1.2.3", ["docs", "compatible"], "1.3.0"],
  ["1.2.3", ["risky"], "1.3.0"],
  ["1.2.3", ["docs", "breaking"], "2.0.0"],
  ["10.20.30", ["docs"], "10.20.31"],
  ["1.0.0-beta.1", ["docs"], "1.0.1"],
  ["", ["breaking"], undefined],
  ["next", ["breaking"], undefined],
])("after %s, %o asks for %s", ([version, levels, next]) => {
  expect(
    nextVersion(
      version,
      levels.map((level) => ({ level })),
    ),
  ).toBe(next);
});
