import type { Schema } from "./document.js";
import { DocumentError } from "./document-error.js";

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

/** Keywords that drift is checked with. */
const checked = new Set([
  "$ref",
  "additionalProperties",
  "allOf",
  "anyOf",
  "const",
  "enum",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "items",
  "maximum",
  "maxItems",
  "maxProperties",
  "minimum",
  "minItems",
  "minProperties",
  "multipleOf",
  "oneOf",
  "pattern",
  "properties",
  "required",
  "type",
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

/**
 * Refuses what drift cannot be checked with, so that nobody takes it for checked.
 *
 * @throws {DocumentError} naming the keyword and its place.
 */
export function checkKeywords(schema: Schema, pointer: string): void {
  const { enum: values = [], const: value = null, oneOf, anyOf, properties = {} } = schema;
  const odd = Object.keys(schema).find(
    (keyword) => !checked.has(keyword) && !isAnnotation(keyword),
  );
  if (odd !== undefined) {
    throw new DocumentError(
      `${pointer} has the keyword "${odd}", which drift cannot be checked with. ` +
        `Say it in other keywords, or teach scripts/generate/schema-keywords.ts.`,
    );
  }
  if ([...values, value].some((one) => typeof one === "object" && one !== null)) {
    throw new DocumentError(
      `${pointer} allows a value that is an object or array; drift is checked with plain values only.`,
    );
  }
  if (oneOf && anyOf) {
    throw new DocumentError(`${pointer} has oneOf and anyOf; write out what there can be, as one.`);
  }
  if (Object.hasOwn(properties, "__proto__")) {
    throw new DocumentError(`${pointer} has a property "__proto__", which ajv does not check.`);
  }
}
