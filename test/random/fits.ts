import type { Document } from "../../scripts/generate/document.js";
import type { AnySchema } from "./make-schemas.js";
import { type Part, partsOf, unionAmong } from "./schema-parts.js";

/** How strictly a value is judged. */
export interface Strictness {
  /** Where an object must hold no more than is declared. */
  readonly isClosed: "always" | "outside unions" | "never";
  /** Whether limits count that TypeScript cannot say. */
  readonly hasLimits: boolean;
}

/** Whether a value matches all of these schemas: the test's own reading of JSON Schema, formats not counted. */
export function fits(
  document: Document,
  schemas: readonly AnySchema[],
  value: unknown,
  strictness: Strictness,
): boolean {
  const parts = partsOf(document, schemas);
  if (parts === undefined) return false;
  const union = unionAmong(parts);
  if (union === undefined) return fitsParts(document, parts, value, strictness);
  const isObject = Object(value) === value && !Array.isArray(value);
  if (isObject && strictness.isClosed === "outside unions") {
    const isOpen = { ...strictness, isClosed: "never" } as const;
    return union.alternatives.some((one) => fits(document, [...union.beside, one], value, isOpen));
  }
  const fitting = union.alternatives.filter((one) =>
    fits(document, [...union.beside, one], value, strictness),
  );
  const isExclusive = union.keyword === "oneOf" && strictness.hasLimits;
  return isExclusive ? fitting.length === 1 : fitting.length > 0;
}

function fitsParts(
  document: Document,
  parts: readonly Part[],
  value: unknown,
  strictness: Strictness,
): boolean {
  if (!parts.every((part) => fitsPlainly(part, value, strictness))) return false;
  if (Object(value) !== value) return true;
  if (Array.isArray(value)) {
    const items = parts.flatMap((part) => (part.items === undefined ? [] : [part.items]));
    return value.every((one) => fits(document, items, one, strictness));
  }
  const isClosed = strictness.isClosed !== "never" && parts.some(declaresFields);
  return Object.entries(value as object).every(([name, inner]) => {
    const declared = parts.flatMap((part) => fieldSchema(part, name) ?? []);
    if (declared.length === 0) return !isClosed;
    return fits(document, declared, inner, strictness);
  });
}

/** An object of which no field is declared is any object. */
function declaresFields({ properties = {} }: Part): boolean {
  return Object.keys(properties).length > 0;
}

function fieldSchema(part: Part, name: string): AnySchema | undefined {
  const { properties = {}, additionalProperties } = part;
  return Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
}

function fitsPlainly(part: Part, value: unknown, { hasLimits }: Strictness): boolean {
  const types = part.type === undefined ? undefined : [part.type].flat();
  const isOneOfTypes = types?.some((type) => isOfType(type, value, hasLimits)) ?? true;
  const isListed = part.enum?.includes(value) ?? true;
  const isConstant = !("const" in part) || part.const === value;
  const isObject = Object(value) === value && !Array.isArray(value);
  const isWhole =
    !isObject || (part.required ?? []).every((name) => Object.hasOwn(Object(value), name));
  const isWithin = !hasLimits || isWithinLimits(part, value);
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

function isWithinLimits(part: Part, value: unknown): boolean {
  return Object.entries(limits).every(
    ([keyword, holds]) => !(keyword in part) || holds(value, part[keyword] as never),
  );
}
