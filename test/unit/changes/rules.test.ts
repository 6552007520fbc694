import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Level } from "../../../scripts/changes/change.js";
import { compare, findRenames } from "../../../scripts/changes/compare.js";
import { changesOf, unseenChanges } from "../../../scripts/changes/lines.js";
import { findingOf } from "../../../scripts/changes/rules.js";
import { type Direction, usageIn } from "../../../scripts/changes/subject.js";
import { viewOf } from "../../../scripts/changes/view.js";
import type { Document } from "../../../scripts/generate/document.js";
import type { Json } from "../../../scripts/lib/json.js";

// What the rules say by themselves, before the compiler is asked: it can make a level worse, never better.

const directions = {
  sent: { isSent: true, isRead: false },
  read: { isSent: false, isRead: true },
  both: { isSent: true, isRead: true },
} satisfies Record<string, Direction>;
const { both, read, sent } = directions;

interface Row extends Partial<Record<keyof typeof directions, string>> {
  readonly title: string;
  readonly before: Json;
  readonly after: Json;
}

const rows: Row[] = parse(readFileSync(new URL("rules.yaml", import.meta.url), "utf8"));

/** What the rules say of the edits between two schemas of a model. */
function verdicts(before: Json, after: Json, direction: Direction): string[] {
  const tree = (schema: Json) => ({ components: { schemas: { Thing: schema } } });
  return compare(tree(before), tree(after), {}).map((edit) => {
    const { level, reason, subject } = findingOf(edit, { directionOf: () => direction });
    return `${level} ${subject}: ${reason}`;
  });
}

describe("a rule on a schema", () => {
  const cases = rows.flatMap((row) =>
    (["sent", "read", "both"] as const).flatMap((way) =>
      row[way] === undefined ? [] : [{ ...row, way, verdict: row[way] }],
    ),
  );
  test.for(cases)("on $title, $way", ({ after, before, verdict, way }) => {
    const said = verdicts(before, after, directions[way]);
    expect(said.map((one) => one.replace(/^(\S+) \S+:/, "$1:"))).toEqual([verdict]);
  });

  test("is on the field that an entry of required names", () => {
    const text = { properties: { a: {} } };
    expect(verdicts(text, { ...text, required: ["a"] }, read)).toEqual([
      expect.stringMatching(/^compatible Thing\.a: .* builds such objects itself/),
    ]);
    expect(verdicts(text, { ...text, required: ["a"] }, both)).toEqual([
      expect.stringMatching(/^breaking Thing\.a: .*no longer accepted/),
    ]);
    expect(verdicts({ ...text, required: ["a"] }, text, sent)).toEqual([
      expect.stringMatching(/^compatible Thing\.a: The field can be left out/),
    ]);
  });

  test("is on the thing within arrays, maps, unions and intersections", () => {
    const within = (schema: Json): Json => ({
      properties: { a: { items: { additionalProperties: { oneOf: [{ allOf: [schema] }] } } } },
    });
    expect(verdicts(within({ type: "a" }), within({ type: "b" }), read)).toEqual([
      expect.stringMatching(/^risky Thing\.a\[\]\[key\]: /),
    ]);
  });
});

describe("a rule on a limit", () => {
  /** Schemas of which the first allows more than the second. */
  const most = "maxLength maximum exclusiveMaximum maxItems maxProperties maxContains".split(" ");
  const least = "minLength minimum exclusiveMinimum minItems minProperties minContains".split(" ");
  const pairs: [title: string, more: Json, less: Json][] = [
    ...most.map((name): [string, Json, Json] => [name, { [name]: 5 }, { [name]: 4 }]),
    ...least.map((name): [string, Json, Json] => [name, { [name]: 0 }, { [name]: 4 }]),
    ...[...most, ...least].map((name): [string, Json, Json] => [`no ${name}`, {}, { [name]: 4 }]),
    ["pattern", {}, { pattern: "^a" }],
    ["multipleOf, or none", {}, { multipleOf: 0.1 }],
    ["multipleOf, a multiple of it", { multipleOf: 0.1 }, { multipleOf: 0.3 }],
    ["uniqueItems, or none", {}, { uniqueItems: true }],
    ["uniqueItems, another", { uniqueItems: false }, { uniqueItems: true }],
    ["propertyNames", {}, { propertyNames: { maxLength: 3 } }],
  ];
  type Said = [level: Level, reason: string];
  const refused: Said = ["breaking", "The server can refuse a value that it took."];
  const unexpected: Said = ["risky", "The server can give values that it did not."];
  const more: Said = ["compatible", "There is more that can be sent."];
  const fewer: Said = ["compatible", "All values that still come could come before."];
  const said: [way: string, Direction, tightened: Said, loosened: Said][] = [
    ["sent", sent, refused, more],
    ["read", read, fewer, unexpected],
    ["sent and read", both, refused, unexpected],
  ];
  const line = ([level, reason]: Said) => [`${level} Thing: ${reason}`];

  describe.for(said)("of what is %s", ([, direction, tightened, loosened]) => {
    test.for(pairs)("that is tightened, and loosened: %s", ([, wide, narrow]) => {
      expect(verdicts(wide, narrow, direction)).toEqual(line(tightened));
      expect(verdicts(narrow, wide, direction)).toEqual(line(loosened));
    });
  });
});

const json = (schema: Json) => ({ content: { "application/json": { schema } } });

/** The lines of the edits between two documents with one operation. */
function linesBetween(before: Json, after: Json, components: Json[] = [{}, {}]) {
  const [old, now] = [before, after].map((operation, index) =>
    viewOf({
      paths: { "/a": { get: { operationId: "getA", responses: {}, ...Object(operation) } } },
      components: components[index],
    } as unknown as Document),
  ) as [ReturnType<typeof viewOf>, ReturnType<typeof viewOf>];
  const edits = compare(old.tree, now.tree, { origins: { old, new: now } });
  const parts = new Map();
  const lines = changesOf(edits, {
    old: { view: old, parts },
    now: { view: now, parts },
    names: { newName: (subject) => subject },
    renames: findRenames(old.tree, now.tree),
    usage: usageIn(old, now),
  });
  return [...lines, ...unseenChanges(edits, new Map(), old, now)].map(
    ({ detail, level, reason, subjects }) => `${level} ${subjects.join()}${detail}: ${reason}`,
  );
}

describe("a rule on an operation", () => {
  const failure = (schema: Json) => ({ responses: { 400: json(schema) } });

  test("takes the body of an error for risky at worst, as no type has it", () => {
    const before = failure({ properties: { a: { type: "string" } }, required: ["a"] });
    expect(linesBetween(before, failure({ properties: {} }))).toEqual([
      expect.stringMatching(/^risky getA\(\) 400 body\.a removed: .*`body` of an error/),
      expect.stringMatching(/^risky getA\(\) 400 body\.a: .*`body` of an error/),
    ]);
  });

  test("takes words of the body of an error for words", () => {
    expect(linesBetween(failure({ description: "a" }), failure({ description: "b" }))).toEqual([
      expect.stringMatching(/^docs getA\(\) 400 body: description changed/),
    ]);
  });

  test("says of what is gone that it is gone, not that it was required", () => {
    const gives = (schema: Json) => ({ responses: { 200: json(schema) } });
    const before = gives({ required: ["a"], properties: { a: { type: "string" } } });
    expect(linesBetween(before, gives({ properties: {} }))).toEqual([
      "breaking getA().a removed: Code that uses the field no longer compiles.",
    ]);
  });

  test("takes another media type for risky", () => {
    const ok = { "application/json": { schema: { type: "string" } } };
    const before = { responses: { 200: { content: ok } } };
    const after = { responses: { 200: { content: { ...ok, "text/plain": {} } } } };
    expect(linesBetween(before, after)).toEqual([
      expect.stringMatching(/^risky getA\(\): content text\/plain .*added: .*JSON only/),
    ]);
  });

  test("knows of a header that it is read", () => {
    const header = (schema: Json) => ({ responses: { 200: { headers: { "X-A": { schema } } } } });
    const [narrow, wide] = [header({ maximum: 4 }), header({ maximum: 5 })];
    expect(linesBetween(wide, narrow)).toEqual([
      expect.stringMatching(/^compatible getA\(\) 200 header X-A: maximum 5 → 4: All values/),
    ]);
    expect(linesBetween(narrow, wide)).toEqual([expect.stringMatching(/^risky .*give values/)]);
  });

  test("knows of an argument, a body and an answer which way they go", () => {
    const schema = (maxLength: number) => ({ type: "string", maxLength });
    const operation = (length: number) => ({
      parameters: [{ name: "q", in: "query", schema: schema(length) }],
      requestBody: json(schema(length)),
      responses: { 200: json(schema(length)) },
    });
    const levels = (before: number, after: number) =>
      linesBetween(operation(before), operation(after)).map((one) => one.replace(/:.*/, ""));
    expect(levels(5, 4).sort()).toEqual([
      "breaking getA({ body })",
      "breaking getA({ q })",
      "compatible getA()",
    ]);
    expect(levels(4, 5).sort()).toEqual([
      "compatible getA({ body })",
      "compatible getA({ q })",
      "risky getA()",
    ]);
  });

  test("finds risky what nobody knows, and words docs", () => {
    expect(linesBetween({}, { callbacks: {} })).toEqual([
      expect.stringMatching(/^risky getA: callbacks/),
    ]);
    expect(linesBetween({ summary: "a" }, { summary: "b" })).toEqual([
      expect.stringMatching(/^docs getA: summary changed/),
    ]);
  });
});

describe("what differs in a place that no operation shows", () => {
  test.for<[kind: string, level: Level]>([
    ["parameters", "docs"],
    ["responses", "docs"],
    ["requestBodies", "docs"],
    ["headers", "docs"],
    ["examples", "docs"],
    ["links", "risky"],
    ["callbacks", "risky"],
    ["x-parts", "risky"],
  ])("is still reported: components/%s as %s", ([kind, level]) => {
    const lines = linesBetween({}, {}, [{}, { [kind]: { Odd: { a: 1 } } }]);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${level} .*${kind}`))]);
  });
});
