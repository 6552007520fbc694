import type { Document, Schema } from "./document.js";
import { mapChildren, mapSchemas } from "./map-schemas.js";
import { isAnnotation } from "./schema-keywords.js";

/**
 * Returns a document that says outright what JSON Schema leaves to its readers, so that the types, the drift check and
 * the mock read the same:
 *
 * - `properties` without `type` are those of an object, `items` those of an array.
 * - A `$ref` with keywords beside it is an `allOf`. openapi-typescript ignores the keywords.
 * - `required` stands beside the `allOf` whose members have the fields. In a member of its own it is ignored as well.
 * - `const: null` is the type `null`, which would be `unknown`.
 */
export function normalize(document: Document): Document {
  return mapSchemas(document, normalized);
}

function normalized(schema: Schema | boolean): Schema | boolean {
  if (typeof schema === "boolean") return schema;
  return withType(withHoistedRequired(withAllOf(mapChildren(schema, normalized))));
}

function withAllOf(schema: Schema): Schema {
  const { $ref, ...beside } = schema;
  const isAlone = $ref === undefined || Object.keys(beside).every(isAnnotation);
  return isAlone ? schema : { ...beside, allOf: [{ $ref }, ...(beside.allOf ?? [])] };
}

function withHoistedRequired(schema: Schema): Schema {
  if (!schema.allOf) return schema;
  const required = [...(schema.required ?? [])];
  const allOf = schema.allOf.flatMap((member) => {
    if (typeof member === "boolean" || member.required === undefined) return [member];
    required.push(...member.required);
    const { required: _, ...rest } = member;
    const isNothingElse = Object.keys(rest).every((key) => key === "type" || isAnnotation(key));
    return isNothingElse ? [] : [member];
  });
  return { ...schema, allOf, ...(required.length > 0 && { required: [...new Set(required)] }) };
}

function withType(schema: Schema): Schema {
  const { const: value, ...rest } = schema;
  const canBeNull = schema.type === undefined || [schema.type].flat().includes("null");
  if (value === null && canBeNull) return { ...rest, type: "null" };
  if (schema.type !== undefined) return schema;
  if (schema.properties ?? schema.additionalProperties) return { type: "object", ...schema };
  return schema.items === undefined ? schema : { type: "array", ...schema };
}
