import { type Chance, createChance } from "./chance.js";

/** What a random document can hold besides objects with plain fields, lists of models, and GET of one. */
export const features = [
  // Schemas.
  "additional-beside",
  "additional-false",
  "additional-map",
  "additional-true",
  "all-of",
  "any-object",
  "any-of-plain",
  "array",
  "array-limits",
  "boolean-schema",
  "const",
  "default",
  "deprecated",
  "discriminator",
  "discriminator-mapping",
  "discriminator-own-values",
  "empty-properties",
  "enum",
  "enum-of-booleans",
  "enum-of-numbers",
  "enum-with-null",
  "example",
  "format",
  "model-of-another-kind",
  "multiple-of",
  "nested-object",
  "null-type",
  "nullable",
  "nullable-object",
  "number-limits",
  "odd-fields",
  "odd-fields-that-crash",
  "odd-texts",
  "pattern",
  "read-only",
  "recursion",
  "reference",
  "reference-beside",
  "text-limits",
  "union-beside",
  "union-of-models",
  "unique-items",
  "untyped-properties",
  "write-only",
  // Names.
  "colliding-models",
  "colliding-operations",
  // Operations.
  "body-own-fields",
  "delete",
  "error-bodies",
  "header-parameter",
  "inline-answers",
  "item-without-id",
  "json-charset",
  "list",
  "loose-operations",
  "odd-query-names",
  "optional-body",
  "parameter-reference",
  "patch",
  "path-enum",
  "path-integer",
  "post",
  "problem-json",
  "put",
  "query",
  "query-array",
  "query-enum",
  "query-nullable",
  "query-object",
  "servers",
  "several-successes",
  "sublist",
  "tenant",
] as const;

export type Feature = (typeof features)[number];

/** Chance, as far as features are switched on. */
export interface Draw extends Chance {
  /** Whether a feature is used here. A feature that is off changes nothing of the others. */
  has(feature: Feature, share: number): boolean;
}

/** What generate mostly refuses: few documents have any of it, or few would be left. */
const rare: ReadonlySet<Feature> = new Set<Feature>([
  "additional-beside",
  "colliding-operations",
  "header-parameter",
  "json-charset",
  "parameter-reference",
  "odd-fields-that-crash",
  "odd-query-names",
  "query-nullable",
  "query-object",
  "read-only",
  "servers",
  "text-limits",
  "unique-items",
  "untyped-properties",
  "write-only",
]);
const rareShare = 0.05;

export function createDraw(seed: number, enabled: ReadonlySet<Feature>): Draw {
  const chance = createChance(seed);
  const here = new Set(features.filter((one) => !rare.has(one) || chance.is(rareShare)));
  const isOn = (feature: Feature) => enabled.has(feature) && here.has(feature);
  return { ...chance, has: (feature, share) => chance.is(share) && isOn(feature) };
}
