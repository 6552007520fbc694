import type { Document, Schema } from "../../scripts/generate/document.js";
import { type Draw, type Feature, features } from "./features.js";

export type AnySchema = Schema | boolean;
type Property = AnySchema;

/** What a schema is made with. */
export interface SchemaDraw extends Draw {
  /** Names of models that a schema may refer to anywhere: those made so far. */
  readonly models: string[];
  /** Names of all models. Only what can be left out may refer to one that is made later. */
  readonly allModels: readonly string[];
}

const plainFields = "name title count total note state tags owner createdAt email size".split(" ");
const oddFields = [
  ..."constructor toString class default a-b a.b a~1b ref $ref $id type".split(" "),
  ...[
    "a b",
    "a/b",
    "Größe",
    "名前",
    "0",
    "1st",
    "it's",
    'say "so"',
    "back\\slash",
    "items",
    "enum",
  ],
];
const plainTexts = "new open closed paid".split(" ");
const oddTexts = [
  "",
  "a,b",
  "a b",
  'say "so"',
  "it's",
  "back\\slash",
  "*/",
  "${",
  "`",
  "Ü",
  "null",
];
/** Each pattern with texts that match it. */
export const patterns: Readonly<Record<string, readonly string[]>> = {
  "^[A-Z]{3}$": ["ABC", "XYZ"],
  "^\\d{4}-\\d{2}$": ["2024-01", "1999-12"],
  "^[a-z]+$": ["a", "word"],
  "^x-": ["x-", "x-ray"],
};
export const formatTexts: Readonly<Record<string, readonly string[]>> = {
  "date-time": ["2024-01-02T03:04:05Z"],
  date: ["2024-01-02"],
  email: ["ada@example.com"],
  uuid: ["3d6f0a60-1d2e-4f6b-8a7c-1f2e3d4c5b6a"],
  uri: ["https://example.com/x"],
};

type Maker = (draw: SchemaDraw, depth: number) => AnySchema;

/** Schemas without others in them. Without a feature: always on. */
const plain: readonly [Feature | undefined, number, Maker][] = [
  [undefined, 6, () => ({ type: "string" })],
  [undefined, 3, () => ({ type: "integer" })],
  [undefined, 2, () => ({ type: "number" })],
  [undefined, 2, () => ({ type: "boolean" })],
  ["enum", 2, (draw) => ({ type: "string", enum: textsOf(draw) })],
  ["enum-of-numbers", 1, () => ({ type: "integer", enum: [1, 2, 30] })],
  ["enum-of-booleans", 1, () => ({ type: "boolean", enum: [true] })],
  ["enum-with-null", 1, (draw) => ({ type: ["string", "null"], enum: [...textsOf(draw), null] })],
  ["const", 1, (draw) => draw.pick([{ const: "fixed" }, { type: "integer", const: 7 }])],
  ["format", 2, (draw) => ({ type: "string", format: draw.pick(Object.keys(formatTexts)) })],
  ["pattern", 1, (draw) => ({ type: "string", pattern: draw.pick(Object.keys(patterns)) })],
  ["text-limits", 1, (draw) => ({ type: "string", minLength: draw.int(0, 3), maxLength: 8 })],
  ["number-limits", 2, limitedNumber],
  ["multiple-of", 1, (draw) => ({ type: "number", multipleOf: draw.pick([5, 0.5, 10]) })],
  ["nullable", 2, (draw) => ({ type: [draw.pick(["string", "integer", "boolean"]), "null"] })],
  ["null-type", 0.3, () => ({ type: "null" })],
  ["boolean-schema", 0.5, (draw) => draw.pick<AnySchema>([true, {}])],
  ["any-object", 0.5, () => ({ type: "object" })],
  ["empty-properties", 0.5, () => ({ type: "object", properties: {} })],
  ["any-of-plain", 0.7, (draw) => ({ [draw.pick(["anyOf", "oneOf"])]: somePlain(draw) })],
  ["reference", 3, (draw) => referenceTo(draw, draw.models)],
];

/** Schemas with others in them. */
const nested: readonly [Feature, number, Maker][] = [
  ["nested-object", 2, (draw, depth) => objectSchema(draw, depth + 1)],
  ["array", 3, (draw, depth) => ({ type: "array", items: anySchema(draw, depth + 1) })],
  ["array-limits", 1, limitedArray],
  ["unique-items", 0.5, () => ({ type: "array", items: { type: "integer" }, uniqueItems: true })],
  ["additional-map", 1, (draw, depth) => mapSchema(anySchema(draw, depth + 1))],
  ["additional-true", 0.5, () => ({ type: "object", additionalProperties: true })],
  [
    "nullable-object",
    1,
    (draw, depth) => ({ ...objectSchema(draw, depth), type: ["object", "null"] }),
  ],
  ["nullable-object", 1, (draw) => ({ anyOf: [referenceTo(draw, draw.models), { type: "null" }] })],
  ["union-of-models", 1, (draw) => ({ [draw.pick(["oneOf", "anyOf"])]: twoModels(draw) })],
  [
    "all-of",
    0.4,
    (draw, depth) => ({ allOf: [...draw.some(refs(draw), 0.4), objectSchema(draw, depth + 1)] }),
  ],
  ["untyped-properties", 0.5, (draw, depth) => withoutType(objectSchema(draw, depth + 1))],
  [
    "reference-beside",
    1,
    (draw) => ({ ...Object(referenceTo(draw, draw.models)), description: "Beside." }),
  ],
];

export function anySchema(draw: SchemaDraw, depth = 0): AnySchema {
  const table = depth < 3 && draw.is(0.4) ? nested : plain;
  return annotated(draw, weighted(draw, table)(draw, depth));
}

/** A schema of which a text in a query or path can be a value. */
export function plainSchema(draw: SchemaDraw): Schema {
  const inText = plain.filter(
    ([feature]) => !/null|boolean-schema|object|any|properties|reference/.test(feature ?? ""),
  );
  return weighted(draw, inText)(draw, 0) as Schema;
}

export function objectSchema(
  draw: SchemaDraw,
  depth: number,
  given: Record<string, Property> = {},
): Schema {
  const names = new Set(Object.keys(given));
  const count = draw.int(depth > 1 ? 1 : 2, 4);
  while (names.size < count + Object.keys(given).length) {
    names.add(draw.has("odd-fields", 0.06) ? draw.pick(oddFields) : draw.pick(plainFields));
  }
  if (draw.has("odd-fields-that-crash", 0.05)) names.add(draw.pick(["hasOwnProperty", "valueOf"]));
  const required = Object.keys(given);
  const properties = [...names].map((name) => {
    if (Object.hasOwn(given, name)) return [name, given[name]];
    if (draw.is(0.5)) required.push(name);
    else if (!(name in Object.prototype) && draw.has("recursion", 0.15))
      return [name, referenceTo(draw, draw.allModels)];
    return [name, anySchema(draw, depth + 1)];
  });
  return {
    type: "object",
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties),
    ...(draw.has("additional-false", 0.08) && { additionalProperties: false }),
    ...(draw.has("additional-beside", 0.05) && {
      additionalProperties: draw.pick([true, { type: "string" }]),
    }),
  };
}

/** The models of a document, by name. */
export function makeModels(
  draw: Draw,
  names: readonly string[],
): NonNullable<Document["components"]>["schemas"] {
  const models: string[] = [];
  const all = { ...draw, models, allModels: names };
  const schemas: Record<string, Schema> = {};
  const add = (name: string, schema: Schema) => {
    schemas[name] = { description: "A model.", ...schema };
    models.push(name);
  };
  for (const name of names) {
    if (draw.has("discriminator", 0.12)) addDiscriminated(all, name, add);
    else if (draw.has("model-of-another-kind", 0.12)) add(name, anySchema(all, 1) as Schema);
    else if (draw.has("all-of", 0.07))
      add(name, { allOf: [...draw.some(refs(all), 0.5), objectSchema(all, 0)] });
    else if (draw.has("union-beside", 0.06) && models.length > 1)
      add(name, { ...objectSchema(all, 0), oneOf: twoModels(all) });
    else add(name, objectSchema(all, 0));
  }
  return Object.fromEntries(
    Object.entries(schemas).filter(([, schema]) => typeof schema === "object"),
  );
}

/** A union of two models, told apart by a field. */
function addDiscriminated(
  draw: SchemaDraw,
  name: string,
  add: (name: string, schema: Schema) => void,
): void {
  const members = ["Cat", "Dog"].map((kind) => `${name}${kind}`);
  const mapping = draw.has("discriminator-mapping", 0.5);
  const own = draw.has("discriminator-own-values", 0.4);
  members.forEach((member, index) => {
    const value = mapping ? `kind ${index}` : member;
    const values = draw.is(0.5) ? { type: "string", enum: [value] } : { const: value };
    add(member, objectSchema(draw, 1, { kind: own ? values : { type: "string" } }));
  });
  const reference = (member: string) => `#/components/schemas/${member}`;
  const targets = members.map((member, index) => [`kind ${index}`, reference(member)]);
  add(name, {
    [draw.pick(["oneOf", "anyOf"])]: members.map((member) => ({ $ref: reference(member) })),
    discriminator: {
      propertyName: "kind",
      ...(mapping && { mapping: Object.fromEntries(targets) }),
    },
  });
}

function weighted<T>(draw: Draw, table: readonly (readonly [Feature | undefined, number, T])[]): T {
  const total = table.reduce((sum, [, weight]) => sum + weight, 0);
  for (let tries = 0; tries < 20; tries++) {
    const place = draw.next() * total;
    let sum = 0;
    for (const [feature, weight, value] of table) {
      sum += weight;
      if (place < sum && (feature === undefined || draw.has(feature, 1))) return value;
      if (place < sum) break;
    }
  }
  return plain[0]?.[2] as T;
}

/** What says nothing of the values. */
function annotated(draw: SchemaDraw, schema: AnySchema): AnySchema {
  if (typeof schema === "boolean") return schema;
  const type = [schema.type].flat()[0];
  const samples: Record<string, unknown> = {
    string: "some",
    integer: 1,
    number: 1.5,
    boolean: true,
  };
  const isOpen = Object.keys(schema).length === 1 && type !== undefined && type in samples;
  return {
    ...schema,
    ...(draw.has("deprecated", 0.03) && { deprecated: true }),
    ...(isOpen && draw.has("default", 0.05) && { default: samples[`${type}`] }),
    ...(isOpen && draw.has("example", 0.05) && { examples: [samples[`${type}`]] }),
    ...(isOpen && draw.has("read-only", 0.04) && { readOnly: true }),
    ...(isOpen && draw.has("write-only", 0.03) && { writeOnly: true }),
  };
}

function textsOf(draw: Draw): string[] {
  const texts = plainTexts.slice(0, draw.int(1, 4));
  return draw.has("odd-texts", 0.3) ? [...texts, ...draw.some(oddTexts, 0.4)] : texts;
}

function limitedNumber(draw: SchemaDraw): Schema {
  const [least, most] = draw.pick([
    ["minimum", "maximum"],
    ["exclusiveMinimum", "exclusiveMaximum"],
  ]) as [string, string];
  const low = draw.int(-5, 5);
  return {
    type: draw.pick(["integer", "number"]),
    ...(draw.is(0.7) && { [least]: low }),
    ...(draw.is(0.7) && { [most]: low + 20 }),
  };
}

function limitedArray(draw: SchemaDraw, depth: number): Schema {
  return {
    type: "array",
    items: anySchema(draw, depth + 1),
    minItems: draw.int(0, 2),
    maxItems: draw.int(2, 4),
  };
}

function somePlain(draw: Draw): Schema[] {
  const alternatives = [
    { type: "string" },
    { type: "integer" },
    { type: "boolean" },
    { type: "null" },
  ];
  return alternatives.slice(draw.int(0, 2));
}

function refs({ models }: SchemaDraw): Schema[] {
  return models.slice(-2).map((name) => ({ $ref: `#/components/schemas/${name}` }));
}

function twoModels(draw: SchemaDraw): AnySchema[] {
  const two = refs(draw);
  return two.length === 2 ? two : [{ type: "string" }, { type: "integer" }];
}

function referenceTo(draw: Draw, names: readonly string[]): AnySchema {
  return names.length === 0
    ? { type: "string" }
    : { $ref: `#/components/schemas/${draw.pick(names)}` };
}

function mapSchema(additionalProperties: AnySchema): Schema {
  return { type: "object", additionalProperties };
}

function withoutType({ type: _, ...schema }: Schema): Schema {
  return schema;
}

export const allFeatures: ReadonlySet<Feature> = new Set(features);
