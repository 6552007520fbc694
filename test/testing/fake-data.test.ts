import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fakeData } from "../../src/testing/fake-data.js";
import { misfit } from "../../src/testing/fits.js";
import { formats } from "../../src/testing/formats.js";
import type { AnySchema, Schema } from "../../src/testing/schema.js";

const subject = {
  seed: 1,
  index: 1,
  createdMs: Date.parse("2024-01-01T00:00:00Z"),
  nowMs: Date.parse("2025-01-01T00:00:00Z"),
  isWhole: false,
};

/** Ajv with the formats that the mock knows, as strict as they are there. */
const ajv = new Ajv2020({ strict: false, allErrors: true });
for (const [name, { pattern }] of Object.entries(formats)) ajv.addFormat(name, pattern);

const text = fc.record(
  {
    type: fc.constant("string"),
    minLength: fc.nat(6),
    maxLength: fc.integer({ min: 6, max: 30 }),
  },
  { requiredKeys: ["type"] },
);
const formatted = fc
  .constantFrom(...Object.keys(formats))
  .map((format) => ({ type: "string", format }));
const values = fc
  .uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((list) => ({ enum: list }));
const number = fc
  .record({
    type: fc.constantFrom("integer", "number"),
    least: fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: undefined }),
    span: fc.option(fc.integer({ min: 20, max: 2000 }), { nil: undefined }),
    isOpen: fc.boolean(),
    step: fc.option(fc.constantFrom(1, 2, 5), { nil: undefined }),
  })
  .map(({ type, least, span, isOpen, step }) => ({
    type,
    ...(least !== undefined && { [isOpen ? "exclusiveMinimum" : "minimum"]: least }),
    ...(span !== undefined && { [isOpen ? "exclusiveMaximum" : "maximum"]: (least ?? 0) + span }),
    ...(step !== undefined && { multipleOf: step }),
  }));
const leaf: fc.Arbitrary<Schema> = fc.oneof(
  text,
  formatted,
  values,
  number,
  fc.constant({ type: "boolean" }),
  fc.constant({ type: ["string", "null"] }),
  fc.constant({ const: 7 }),
  fc.constant({ type: "null" }),
);
/** Names with a recipe, and names without, some of which objects inherit. */
const fieldName = fc.constantFrom(
  ..."id email createdAt updatedAt firstName gender totalSpend pointsBalance name".split(" "),
  ..."tier x-kind constructor toString class".split(" "),
);

const { schema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie("object"),
    fc
      .record({ items: tie("schema"), minItems: fc.nat(2), more: fc.nat(3) })
      .map(({ items, minItems, more }) => ({
        type: "array",
        items,
        minItems,
        maxItems: minItems + more,
      })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.tuple(tie("object"), tie("object")).map((allOf) => ({ allOf })),
  ),
  object: fc
    .record({
      fields: fc.uniqueArray(fc.tuple(fieldName, tie("schema")), {
        selector: ([name]) => name,
        maxLength: 4,
      }),
      isRequired: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    })
    .map(({ fields, isRequired }) => ({
      type: "object",
      properties: Object.fromEntries(fields),
      required: fields.filter((_, index) => isRequired[index]).map(([name]) => name),
    })),
}));

const isInherited = (name: string) => name in Object.prototype;

/** Whether nothing can match both of what an `allOf` says of one field. */
function isContradiction({ allOf }: Schema): boolean {
  const names = (allOf ?? []).flatMap((one) => Object.keys(Object(one).properties ?? {}));
  return new Set(names).size < names.length;
}

function some(schema: AnySchema, fits: (one: Schema) => boolean): boolean {
  if (typeof schema === "boolean") return false;
  const { allOf = [], anyOf = [], items = true, properties = {} } = schema;
  const inner = [...allOf, ...anyOf, items, ...Object.values(properties)];
  return fits(schema) || inner.some((one) => some(one, fits));
}

describe("made-up data", () => {
  test("fits its schema, as ajv sees it and as the mock does", () => {
    fc.assert(
      fc.property(schema, fc.nat(1000), (one, seed) => {
        fc.pre(!some(one, isContradiction));
        const value = fakeData(one, { ...subject, seed, index: seed + 1 });
        expect(misfit(one, value, "")).toBeUndefined();
        const plain = JSON.parse(JSON.stringify(value));
        expect(ajv.validate(one, plain), ajv.errorsText()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  const made = (one: Schema) =>
    Array.from({ length: 50 }, (_, seed) => fakeData(one, { ...subject, seed }));

  test("is null now and then, where the type has it", () => {
    const values = made({ type: ["string", "null"] });
    expect(values).toContain(null);
    expect(values.filter((one) => typeof one === "string").length).toBeGreaterThan(25);
  });

  test("has arrays of every length up to three, or within their bounds", () => {
    const lengths = (one: Schema) =>
      new Set(
        made({ type: "array", items: { type: "string" }, ...one }).map(
          (value) => Object(value).length,
        ),
      );
    expect(lengths({})).toEqual(new Set([0, 1, 2, 3]));
    expect(lengths({ minItems: 1, maxItems: 2 })).toEqual(new Set([1, 2]));
  });

  test("is the same for the same seed", () => {
    fc.assert(
      fc.property(schema, fc.nat(1000), (one, seed) => {
        const made = () => JSON.stringify(fakeData(one, { ...subject, seed }));
        expect(made()).toBe(made());
      }),
      { numRuns: 100 },
    );
  });

  test.each<[string, Schema]>([
    ["a recipe's value of another type", { type: "integer" }],
    ["a recipe's value that is not listed", { type: "string", enum: ["A", "B"] }],
    ["a recipe's value that is too long", { type: "string", maxLength: 2 }],
  ])("gives way to the schema: %s", (_, firstName) => {
    const one = { type: "object", required: ["firstName"], properties: { firstName } };
    const value = fakeData(one, subject);
    expect(misfit(one, value, "")).toBeUndefined();
    expect(value).toHaveProperty("firstName");
  });

  test("comes after the document's example, where nothing else is known", () => {
    const one = { type: "string", example: "Table" };
    const made = fakeData(
      { type: "object", required: ["seat"], properties: { seat: one } },
      subject,
    );
    expect(made).toEqual({ seat: "Table 1" });
  });

  test("matches simple patterns", () => {
    for (const pattern of ["^[A-Z]{3}-\\d{4}$", "^\\d+$", "^[a-f0-9]{8}$"]) {
      const one = { type: "string", pattern };
      expect(fakeData(one, subject)).toMatch(new RegExp(pattern));
    }
  });
});

describe("what is wrong with a value", () => {
  test("is seen where ajv sees it", () => {
    fc.assert(
      fc.property(schema, fc.jsonValue({ maxDepth: 2 }), (one, value) => {
        // Of multiples, ajv reads the digits of a number, and the mock allows for the error of a division.
        fc.pre(!/\d(\.|e)/.test(JSON.stringify(value)));
        // Ajv takes what each object inherits for a field of it.
        fc.pre(!some(one, ({ properties = {} }) => Object.keys(properties).some(isInherited)));
        expect(misfit(one, value, "") === undefined).toBe(ajv.validate(one, value));
      }),
      { numRuns: 500 },
    );
  });

  test.each<[Schema, unknown, string]>([
    [{ type: "string", maxLength: 2 }, "secret", "x must have 2 characters or fewer"],
    [{ type: "string", pattern: "^a$" }, "secret", "x must match ^a$"],
    [{ type: "string", format: "email" }, "secret", "x must be a email"],
    [{ enum: ["a, b", "c"] }, "secret", 'x must be one of "a, b","c"'],
    [{ minimum: 5 }, 4, "x must be 5 or more"],
    [{ multipleOf: 0.01 }, 0.005, "x must be a multiple of 0.01"],
    [{ items: { type: "integer" } }, [1, "secret"], "x[1] must be of type integer"],
    [{ properties: { a: false } }, { a: "secret" }, "x.a is not allowed"],
    [{ oneOf: [{ type: "null" }, { const: 1 }] }, "secret", "x fits none of the 2 alternatives"],
  ])("is said by its place, and never by the value: %j", (one, value, problem) => {
    expect(misfit(one, value, "x")).toBe(problem);
  });

  test("is not that a field is missing which is read only", () => {
    const properties = { id: { type: "string", readOnly: true } };
    expect(misfit({ required: ["id"], properties }, {}, "")).toBeUndefined();
  });
});
