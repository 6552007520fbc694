import type { Document } from "../../scripts/generate/document.js";
import type { AnySchema } from "./make-schemas.js";
import { modelOf, type Part, partsOf, unionAmong } from "./schema-parts.js";

/** What schemas belong to, and how strictly a value is judged by them. */
export interface Reading {
  readonly document: Document;
  /** Where an object must hold no more than is declared. */
  readonly isClosed: "always" | "outside unions" | "never";
  /** Which of the limits count that TypeScript cannot say: `checked` leaves out what `isUnchecked` names. */
  readonly limits: "all" | "checked" | "none";
  /** Whether any value will do where schemas are composed: what the check makes of it, JSON types aside. */
  readonly isComposedOpen?: true;
}

/** Whether a value matches all of these schemas: the test's own reading of JSON Schema, formats not counted. */
export function fits(reading: Reading, schemas: readonly AnySchema[], value: unknown): boolean {
  if (reading.isComposedOpen && schemas.some((one) => isComposed(reading.document, one)))
    return true;
  const parts = partsOf(reading.document, schemas);
  if (parts === undefined) return false;
  const union = unionAmong(parts);
  if (union === undefined) return fitsParts(reading, parts, value);
  const isObject = Object(value) === value && !Array.isArray(value);
  if (isObject && reading.isClosed === "outside unions") {
    const open = { ...reading, isClosed: "never" } as const;
    return union.alternatives.some((one) => fits(open, [...union.beside, one], value));
  }
  // Also of `oneOf`: no type says that only one alternative may match.
  return union.alternatives.some((one) => fits(reading, [...union.beside, one], value));
}

/** Whether a schema, or the model that it refers to, is put together of others. */
function isComposed(document: Document, schema: AnySchema): boolean {
  if (typeof schema === "boolean") return false;
  const { $ref, allOf, anyOf, oneOf, ...rest } = schema;
  if (allOf ?? anyOf ?? oneOf) return true;
  if ($ref === undefined) return false;
  return Object.keys(rest).length > 0 || isComposed(document, modelOf(document, $ref));
}

function fitsParts(reading: Reading, parts: readonly Part[], value: unknown): boolean {
  if (!parts.every((part) => fitsPlainly(reading, part, value))) return false;
  if (Object(value) !== value) return true;
  if (Array.isArray(value)) {
    const items = parts.flatMap(({ items }): AnySchema[] => (items === undefined ? [] : [items]));
    return value.every((one) => fits(reading, items, one));
  }
  // Within unions TypeScript takes a field that another alternative allows, whatever this one says.
  const isLax = reading.isClosed === "never" && reading.limits === "none";
  const isClosed =
    (reading.isClosed !== "never" && parts.some(declaresFields)) ||
    (!isLax && parts.some(({ additionalProperties }) => additionalProperties === false));
  return Object.entries(value as object).every(([name, inner]) => {
    const declared = parts.flatMap((part): AnySchema[] => [fieldSchema(part, name) ?? []].flat());
    if (declared.length === 0) return !isClosed;
    return fits(reading, declared, inner);
  });
}

/** An object of which no field is declared is any object. */
function declaresFields({ properties = {} }: Part): boolean {
  return Object.keys(properties).length > 0;
}

/** What a part says of a field. One that takes no other fields than its own leaves other parts theirs. */
function fieldSchema(
  { properties = {}, additionalProperties }: Part,
  name: string,
): AnySchema | undefined {
  if (Object.hasOwn(properties, name)) return properties[name];
  return additionalProperties === false ? undefined : additionalProperties;
}

function fitsPlainly({ limits: counted }: Reading, part: Part, value: unknown): boolean {
  // What has fields is an object, also without a type that says so.
  const type = part.type ?? (part.properties && "object");
  const types = type === undefined ? undefined : [type].flat();
  const isOneOfTypes = types?.some((type) => isOfType(type, value, counted !== "none")) ?? true;
  const isListed = part.enum?.includes(value) ?? true;
  const isConstant = !("const" in part) || part.const === value;
  const isObject = Object(value) === value && !Array.isArray(value);
  const isWhole =
    !isObject || (part.required ?? []).every((name) => Object.hasOwn(Object(value), name));
  const isWithin = counted === "none" || isWithinLimits(part, value, counted === "all");
  return isOneOfTypes && isListed && isConstant && isWhole && isWithin;
}

function isOfType(type: string, value: unknown, isStrict: boolean): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return Object(value) === value && !Array.isArray(value);
  if (type === "integer" && isStrict) return Number.isInteger(value);
  return typeof value === (type === "integer" ? "number" : type);
}

/** By keyword, whether a value of the type that the keyword is about is within the limit. */
const limits: Readonly<Record<string, (value: unknown, limit: never) => boolean>> = {
  minimum: (value, limit: number) => typeof value !== "number" || value >= limit,
  maximum: (value, limit: number) => typeof value !== "number" || value <= limit,
  exclusiveMinimum: (value, limit: number) => typeof value !== "number" || value > limit,
  exclusiveMaximum: (value, limit: number) => typeof value !== "number" || value < limit,
  multipleOf: (value, limit: number) =>
    typeof value !== "number" || Number.isInteger(value / limit),
  minLength: (value, limit: number) => typeof value !== "string" || [...value].length >= limit,
  maxLength: (value, limit: number) => typeof value !== "string" || [...value].length <= limit,
  pattern: (value, limit: string) =>
    typeof value !== "string" || new RegExp(limit, "u").test(value),
  minItems: (value, limit: number) => !Array.isArray(value) || value.length >= limit,
  maxItems: (value, limit: number) => !Array.isArray(value) || value.length <= limit,
  uniqueItems: (value, limit: boolean) =>
    !limit || !Array.isArray(value) || new Set(value).size === value.length,
};

function isWithinLimits(part: Part, value: unknown, isWhole: boolean): boolean {
  return Object.entries(limits).every(([keyword, holds]) => {
    if (!(keyword in part) || (!isWhole && isUnchecked(keyword, part[keyword]))) return true;
    return holds(value, part[keyword] as never);
  });
}

/** Limits that the check leaves out: of a fraction, a division is not exact. */
function isUnchecked(keyword: string, limit: unknown): boolean {
  return keyword === "multipleOf" && !Number.isInteger(limit);
}
