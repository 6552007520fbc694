import { refuseAt } from "../lib/cli-error.js";
import type { Document, Schema } from "./document.js";
import { alternativesOf, type Part, partsOf } from "./schema-parts.js";

/** The types of a value of which nothing is said. */
export const anything = ["null", "boolean", "object", "array", "number", "string"];

/** The types that a value can have which matches all of these parts: JSON's, and `integer`. */
export function typesOf(
  document: Document,
  parts: readonly Part[],
  within: readonly string[] = [],
): string[] {
  return parts.map((part) => typesOfPart(document, part, within)).reduce(common, anything);
}

/** Types in words, for a finding. */
export function words(types: readonly string[]): string {
  return anything.every((type) => types.includes(type)) ? "anything" : types.join(" or ");
}

/** Whether values of a type are of one of these types. */
export function isAmong(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === "integer" && types.includes("number"));
}

function typesOfPart(document: Document, part: Part, within: readonly string[]): string[] {
  const { pointer, schema } = part;
  const { type } = schema;
  if (within.includes(pointer)) refuseAt(pointer, "is an alternative of itself.");
  const alternatives = alternativesOf(part)?.flatMap((alternative) =>
    typesOf(document, partsOf(document, alternative), [...within, pointer]),
  );
  const limits = [
    type === undefined ? undefined : [type].flat(),
    typesOfValues(schema),
    alternatives,
  ];
  return limits.filter((limit) => limit !== undefined).reduce(common, anything);
}

/** The types that are among both, in the order of the latter. */
function common(types: readonly string[], others: readonly string[]): string[] {
  const all = new Set([...others, ...types]);
  return [...all].filter((type) => isAmong(types, type) && isAmong(others, type));
}

/** The types of the values that a schema lists. */
function typesOfValues(schema: Schema): string[] | undefined {
  return valuesOf(schema)?.map((value) => (value === null ? "null" : typeof value));
}

/** The type that TypeScript has for one of JSON's. */
export function asNumber(type: string): string {
  return type === "integer" ? "number" : type;
}

/** The values that a schema lists. */
export function valuesOf(schema: Schema): unknown[] | undefined {
  return schema.enum ?? ("const" in schema ? [schema.const] : undefined);
}

/** Whether one of these types has a value. */
export function hasType(types: readonly string[], value: unknown): boolean {
  if (Number.isInteger(value)) return types.includes("integer") || types.includes("number");
  return types.includes(value === null ? "null" : typeof value);
}
