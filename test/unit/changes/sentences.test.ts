import { expect, test, vi } from "vitest";
import { type Change, textOf } from "../../../scripts/changes/change.js";
import { buildModel } from "../../../scripts/changes/client-model.js";
import { changesBetween } from "../../../scripts/changes/report.js";
import { cachedCheck } from "./shop.js";
import { type Api, api, object, ref, string } from "./small-api.js";

// What the report says, sentence by sentence: what happened, why it matters, and the compiler's line for it.
vi.setConfig({ testTimeout: 120_000 });

const { check } = cachedCheck();
const integer = { type: "integer" };
const thing = (properties: object, ...required: string[]) => ({
  Thing: object(properties, ...required),
});
const read = (models: object): Api => ({ read: ref("Thing"), models });
const sent = (models: object): Api => ({ sent: ref("Thing"), models });
const body = (schema: object): Api => ({ sent: schema });
const query = (name: string, schema: object, required = false): Api => ({
  parameters: [{ name, in: "query", required, schema }],
});
const wide = (more: object) =>
  object({ street: string, house: string, city: string, country: string, ...more });
const union = (...members: string[]) => ({
  read: object({ state: { type: "string", enum: members } }, "state"),
});

const rows: [title: string, before: Api, after: Api, sentences: string[]][] = [
  [
    "a field is added",
    read(thing({ id: string })),
    read(thing({ id: string, name: string })),
    ["compatible: Thing.name added: string | undefined", "There is a field more to read."],
  ],
  [
    "a field is removed",
    read(thing({ id: string, name: string }, "name")),
    read(thing({ id: string })),
    [
      "breaking: Thing.name removed, it was string",
      "Code that uses the field no longer compiles.",
      "const name: string = thing.name",
      "TS2339: Property 'name' does not exist on type 'Thing'",
    ],
  ],
  [
    "a field becomes optional",
    read(thing({ name: string }, "name")),
    read(thing({ name: string })),
    [
      "breaking: Thing.name: string → string | undefined",
      "The field can be missing where it is read.",
      "const name: string = thing.name",
      "TS2322: Type 'string | undefined' is not assignable to type 'string'. Type 'undefined' is not assignable to type 'string'",
    ],
  ],
  [
    "a value that is read no longer comes",
    union("open", "paid"),
    union("open"),
    [
      'breaking: getThing().state lost "paid"',
      "Code that compiled no longer does.",
      '(await loke.getThing()).state === "paid"',
      "TS2367: This comparison appears to be unintentional because the types '\"open\"' and '\"paid\"' have no overlap",
    ],
  ],
  [
    "a value that is read can come in addition",
    union("open"),
    union("open", "paid"),
    [
      'breaking: getThing().state gained "paid"',
      "A value can come that the code does not expect.",
      'const state: "open" = (await loke.getThing()).state',
      'TS2322: Type \'"open" | "paid"\' is not assignable to type \'"open"\'. Type \'"paid"\' is not assignable to type \'"open"\'',
    ],
  ],
  [
    "a field of a body becomes required",
    sent(thing({ id: string, name: string }, "id")),
    sent(thing({ id: string, name: string }, "id", "name")),
    [
      "breaking: Thing.name: string | undefined → string",
      "A body without the field is no longer accepted.",
      "thing.name = name",
      "TS2322: Type 'string | undefined' is not assignable to type 'string'. Type 'undefined' is not assignable to type 'string'",
    ],
  ],
  [
    "a required field of a body is added",
    sent(thing({ id: string }, "id")),
    sent(thing({ id: string, name: string }, "id", "name")),
    [
      "breaking: Thing.name added: string",
      "A body without the field is no longer accepted.",
      "thing = { id }",
      "TS2741: Property 'name' is missing in type 'Thing' but required in type 'Thing'",
    ],
  ],
  [
    "a value of an argument is removed",
    query("sort", { type: "string", enum: ["name", "age"] }),
    query("sort", { type: "string", enum: ["name"] }),
    [
      'breaking: getThing({ sort }) lost "age"',
      "A value that could be sent no longer can.",
      'loke.getThing({ sort: "age" })',
      "TS2322: Type '\"age\"' is not assignable to type '\"name\"'",
    ],
  ],
  [
    "an argument becomes required",
    query("sort", string),
    query("sort", string, true),
    [
      "breaking: getThing({ sort }): string | undefined → string",
      "A call without it no longer works.",
      "loke.getThing({ sort })",
      "TS2322: Type 'string | undefined' is not assignable to type 'string'. Type 'undefined' is not assignable to type 'string'",
    ],
  ],
  [
    "types that are long show the part that differs",
    body(wide({ zip: string })),
    body({ ...wide({ zip: string }), type: ["object", "null"] }),
    [
      "compatible: sendThing({ body }): … zip?: string } → … zip?: string } | null",
      "There is more that can be sent.",
    ],
  ],
  [
    "long texts show the part that differs",
    read({ Thing: { ...thing({ id: string }).Thing, pattern: `^${"[a-z] ".repeat(20)}a$` } }),
    read({ Thing: { ...thing({ id: string }).Thing, pattern: `^${"[a-z] ".repeat(20)}b$` } }),
    ["risky: Thing: pattern … a$ → … b$", "The server can give values that it did not."],
  ],
  [
    "words of a path name its operations",
    {},
    { item: { summary: "All of it." } },
    ["docs: /things: summary added", "Words and examples are in no type and no request."],
  ],
  [
    "a whole number becomes a fraction",
    read(thing({ size: integer }, "size")),
    read(thing({ size: { type: "number" } }, "size")),
    [
      "risky: Thing.size: type integer → number",
      "To TypeScript both are number; a column, a sum or a display made for whole numbers is not.",
    ],
  ],
];

test.for(rows)("%s", async ([, before, after, sentences]) => {
  const [old, now] = [await buildModel(api(before), "old"), await buildModel(api(after), "new")];
  const [change, ...others] = changesBetween(old, now, check);
  expect(others.map(textOf)).toEqual([]);
  expect(spoken(change as Change)).toEqual(sentences);
  // Said once, of something that an operation has.
  expect(new Set(change?.subjects).size).toBe(change?.subjects.length);
  expect(change?.usedBy).not.toEqual([]);
});

function spoken(change: Change): string[] {
  const [first] = change.compiler;
  return [
    `${change.level}: ${textOf(change)}`,
    change.reason,
    ...(first ? [first.statement, `${first.code}: ${first.message}`] : []),
  ];
}
