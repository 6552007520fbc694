import { refuseAt } from "../lib/cli-error.js";
import type { Schema } from "./document.js";

/**
 * Keywords that refuse no value. `format` is among them: JSON Schema 2020-12 makes it an annotation, and ajv's
 * standalone code needs a package of its own at run time as soon as a format is compiled in.
 */
const annotations = new Set([
  "$comment",
  "contentEncoding",
  "contentMediaType",
  "default",
  "deprecated",
  "description",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "format",
  "readOnly",
  "title",
  "writeOnly",
  "xml",
]);

/** Keywords that put schemas together. */
export const composing = ["$ref", "allOf", "oneOf", "anyOf"] as const;

/** Keywords of what a value consists of. */
export const structural = ["type", "properties", "required", "additionalProperties", "items"];

/** Limits that types cannot say, and how they are said. The values are those of the document. */
export const limits: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: (limit) => `at least ${limit}`,
  exclusiveMinimum: (limit) => `more than ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  exclusiveMaximum: (limit) => `less than ${limit}`,
  multipleOf: (limit) => `a multiple of ${limit}`,
  minLength: (limit) => `at least ${limit} characters`,
  maxLength: (limit) => `at most ${limit} characters`,
  pattern: (limit) => `matches \`${limit}\``,
  minItems: (limit) => `at least ${limit} items`,
  maxItems: (limit) => `at most ${limit} items`,
  uniqueItems: () => "no item twice",
  minProperties: (limit) => `at least ${limit} fields`,
  maxProperties: (limit) => `at most ${limit} fields`,
};

/** Keywords that drift is checked with. */
const checked: ReadonlySet<string> = new Set([
  ...composing,
  ...structural,
  ...Object.keys(limits),
  "const",
  "enum",
]);

/** Limits that are in no type, and that drift is not checked with: `generate` names each. */
const unchecked = new Set([
  "contains",
  "contentSchema",
  "dependentRequired",
  "maxContains",
  "minContains",
  "not",
  "propertyNames",
]);

const asAlternatives = "Write what there can be as oneOf, each alternative with the fields it has.";

/** What to write in place of a keyword that changes what an answer can be, and is in no type. */
const waysOut = new Map([
  ["$defs", "Move what it holds to components/schemas."],
  ["additionalItems", "Leave it out: items is for all items."],
  ["dependentSchemas", asAlternatives],
  ["else", asAlternatives],
  ["if", asAlternatives],
  ["nullable", 'Add "null" to type instead, as in type: [string, "null"].'],
  [
    "patternProperties",
    "Write additionalProperties with the schema of the values; say in the description how they are named.",
  ],
  ["prefixItems", "Write items, with a oneOf of all that an item can be."],
  ["then", asAlternatives],
  ["unevaluatedItems", "Leave it out: items is for all items."],
  [
    "unevaluatedProperties",
    "Leave it out: no other fields are expected unless additionalProperties allows them.",
  ],
]);

/** What a schema checks, without what it only says. */
export function withoutAnnotations(schema: Schema): Schema {
  const entries = Object.entries(schema).filter(([keyword]) => !isAnnotation(keyword));
  return Object.fromEntries(entries);
}

/** Whether a keyword refuses no value. */
export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith("x-");
}

/** Returns the limits of a closed schema that are not checked, for want of code that is small and right. */
export function uncheckedLimits(schema: Schema): string[] {
  const { items, multipleOf, pattern, uniqueItems } = schema;
  return Object.keys(schema).filter((keyword) => {
    if (keyword === "uniqueItems") return uniqueItems === true && !isPlain(items);
    // Fractions such as 0.01 have no exact binary form: a multiple of one would be called none.
    if (keyword === "multipleOf") return !Number.isInteger(multipleOf);
    if (keyword === "pattern") return !isRegExp(String(pattern));
    return unchecked.has(keyword);
  });
}

/** Whether no value is an object or array. ajv compares these with a function of its own package. */
function isPlain(items: Schema["items"]): boolean {
  const types = typeof items === "object" ? [items.type ?? []].flat() : [];
  return types.length > 0 && !types.some((type) => type === "object" || type === "array");
}

/** A pattern can be written for another language's expressions. */
function isRegExp(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

/**
 * Refuses what drift cannot be checked with, so that nobody takes it for checked.
 *
 * @throws {CliError} naming the keyword, its place, and what to write instead.
 */
export function checkKeywords(schema: Schema, pointer: string): void {
  const { enum: values = [], const: value = null, oneOf, anyOf, properties = {} } = schema;
  const odd = Object.keys(schema).find(
    (keyword) => !checked.has(keyword) && !unchecked.has(keyword) && !isAnnotation(keyword),
  );
  if (odd !== undefined) {
    const wayOut = waysOut.get(odd) ?? "Leave it out, and say what it means in the description.";
    refuseAt(pointer, `has the keyword "${odd}", which answers cannot be checked with. ${wayOut}`);
  }
  if ([...values, value].some((one) => typeof one === "object" && one !== null)) {
    refuseAt(
      pointer,
      "allows a value that is an object or array; drift is checked with plain values only. " +
        "Write its fields as properties, each with its values.",
    );
  }
  if (oneOf && anyOf) {
    refuseAt(pointer, "has oneOf and anyOf; write out what there can be, as one.");
  }
  if (Object.hasOwn(properties, "__proto__")) {
    refuseAt(pointer, 'has a property "__proto__", which ajv does not check; leave it out.');
  }
}
