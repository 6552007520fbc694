import { describe, expect, test } from "vitest";
import type { Change } from "../../../scripts/changes/change.js";
import { joinRedocly, readRedoclyChanges } from "../../../scripts/changes/redocly-changes.js";
import type { Document } from "../../../scripts/generate/document.js";

const place = (pointer: string, line: number, file = "a.yaml") => ({
  file,
  pointer,
  line,
  col: 1,
  value: 1,
});
const modified = { path: "#/info", kind: "modified", property: "title" };
const title = { ...modified, base: place("#/info/title", 3), revision: place("#/info/title", 4) };
const report = (...changes: object[]) => ({ reportVersion: "1", changes });

describe("the report of redocly diff", () => {
  test("is read", () => expect(readRedoclyChanges(report(title))).toEqual([title]));

  test.for<[title: string, report: unknown]>([
    ["of another version", { ...report(title), reportVersion: "2" }],
    ["without changes", { reportVersion: "1" }],
    ["that is nothing", null],
    ["with a change without a path", report({ ...title, path: undefined })],
    ["with a change of another kind", report({ ...title, kind: "moved" })],
    ["with a change that has no base", report({ ...title, base: undefined })],
    ["with a change that has no revision", report({ ...title, revision: undefined })],
    ["with a place without a line", report({ ...title, base: { ...title.base, line: "3" } })],
    ["with a place without a pointer", report({ ...title, base: { ...title.base, pointer: 3 } })],
    ["with a place without a file", report({ ...title, base: { ...title.base, file: null } })],
    ["with a property that is no name", report({ ...title, property: 3 })],
  ])("is refused %s", ([, odd]) => {
    expect(() => readRedoclyChanges(odd)).toThrow(/redocly diff.*shape/);
  });
});

const document = {
  info: { title: "A" },
  paths: { "/a": { get: { parameters: [{ $ref: "#/components/parameters/Limit" }] } } },
  components: { parameters: { Limit: { name: "limit", schema: { type: "string" } } } },
} as unknown as Document;
const sides = {
  old: { document, labelOf: (file: string) => `v1:${file}` },
  new: { document, labelOf: (file: string) => file },
};

const line = (pointer: string): Change => ({
  level: "docs",
  subjects: ["info"],
  detail: ": title changed",
  reason: "The reason.",
  usedBy: [],
  compiler: [],
  isTyped: false,
  pointers: { old: [pointer], new: [pointer] },
  old: { pointer },
  new: { pointer },
});

function join(changes: Change[], ...seen: object[]) {
  return joinRedocly(changes, readRedoclyChanges(report(...seen)), sides);
}

describe("a line of the report", () => {
  test("gets the file and the line of both documents", () => {
    expect(join([line("/info/title")], title)).toEqual([
      {
        ...line("/info/title"),
        old: { pointer: "/info/title", file: "v1:a.yaml", line: 3 },
        new: { pointer: "/info/title", file: "a.yaml", line: 4 },
      },
    ]);
  });

  test("gets the nearest place of several", () => {
    const whole = {
      ...title,
      property: undefined,
      path: "#/info",
      base: place("#/info", 1),
      revision: place("#/info", 1),
    };
    for (const seen of [
      [whole, title],
      [title, whole],
    ]) {
      expect(join([line("/info/title")], ...seen)[0]?.old?.line).toBe(3);
    }
  });

  test("gets the place of what it is a part of", () => {
    const removed = { path: "#/info", kind: "removed", base: place("#/info", 1) };
    const [first, ...others] = join([line("/info/title")], removed);
    expect([first?.old?.line, first?.new?.line, others]).toEqual([1, undefined, []]);
  });

  test("gets a place in another file through references", () => {
    const inFile = (number: number) => place("#/schema/type", number, "parts/limit.yaml");
    const seen = {
      path: "#/paths/~1a/get/parameters/0/schema",
      kind: "modified",
      property: "type",
      base: inFile(7),
      revision: inFile(8),
    };
    const [first, ...others] = join([line("/components/parameters/Limit/schema/type")], seen);
    expect(first?.new).toMatchObject({ file: "parts/limit.yaml", line: 8 });
    expect(others).toEqual([]);
  });

  test("is all that Redocly says of what an edited reference led to", () => {
    const reference = line("/paths/~1a/get/parameters/0/$ref");
    const seen = {
      path: "#/paths/~1a/get/parameters/0/schema",
      kind: "modified",
      property: "type",
      base: place("#/components/parameters/Limit/schema/type", 7),
      revision: place("#/paths/~1a/get/parameters/0/schema/type", 8),
    };
    expect(join([reference], seen)).toHaveLength(1);
    expect(join([line("/paths/~1a/post")], seen)).toHaveLength(2);
  });

  test("is one for all the edits it is made of", () => {
    const made = {
      ...line("/info/title"),
      pointers: { old: ["/info/title", "/info/version"], new: [] },
    };
    const seen = { path: "#/info", kind: "removed", base: place("#/info/version", 5) };
    expect(join([made], seen)).toHaveLength(1);
  });

  test("is left without a line if Redocly does not see it", () => {
    expect(join([line("/info/title")])).toEqual([line("/info/title")]);
  });

  test("is added for what Redocly alone sees", () => {
    const other = {
      ...title,
      property: "version",
      base: place("#/info/version", 5),
      revision: place("#/info/version", 5),
    };
    const [first, second] = join([line("/info/title")], title, other);
    expect(first).toMatchObject({
      level: "risky",
      subjects: ["info version"],
      detail: " modified",
      old: { pointer: "/info/version", file: "v1:a.yaml", line: 5 },
    });
    expect(second?.level).toBe("docs");
  });
});
