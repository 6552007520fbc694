import { pointerTo } from "../lib/pointer.js";
import type { Document, Schema } from "./document.js";

/** Where a schema is: in what is sent, in what is received, or in `components`. */
export type Place = "parameter" | "request" | "response" | "model";

/** Where the schemas below a key of the document are. */
const places: Readonly<Record<string, Place>> = {
  parameters: "parameter",
  requestBody: "request",
  requestBodies: "request",
  responses: "response",
  headers: "response",
};

/** Keys whose value has names for keys. */
const maps = /^(paths|pathItems|parameters|requestBodies|responses|headers|content)$/;

/** Keys whose value is data, and not a part of the document. */
const data = /^(examples?|x-.*)$/;

/** Returns a document with each of its outermost schemas replaced. The document given stays as it is. */
export function mapSchemas(
  document: Document,
  change: (schema: Schema | boolean, place: Place, name?: string) => Schema | boolean,
): Document {
  return visit(document, "response", false) as Document;

  function visit(node: unknown, place: Place, isMap: boolean): unknown {
    if (Array.isArray(node)) return node.map((one) => visit(one, place, false));
    if (typeof node !== "object" || node === null) return node;
    return mapValues(node as Record<string, unknown>, (value, key) => {
      if (isMap) return visit(value, place, false);
      if (data.test(key)) return value;
      if (key === "schema") return change(value as Schema, place);
      if (key === "schemas") {
        return mapValues(value as Record<string, Schema>, (one, name) =>
          change(one, "model", name),
        );
      }
      return visit(value, places[key] ?? place, maps.test(key));
    });
  }
}

/**
 * Returns a schema with those that it directly consists of replaced.
 *
 * @param change - is given each of them, and the JSON pointer of its place from the schema on
 */
export function mapChildren(
  schema: Schema,
  change: (child: Schema | boolean, pointer: string) => Schema | boolean,
): Schema {
  const { additionalProperties, items, properties } = schema;
  const copy = { ...schema };
  if (properties) {
    copy.properties = mapValues(properties, (one, name) =>
      change(one, pointerTo("/properties", name)),
    );
  }
  if (additionalProperties !== undefined) {
    copy.additionalProperties = change(additionalProperties, "/additionalProperties");
  }
  if (items !== undefined) copy.items = change(items, "/items");
  for (const keyword of ["allOf", "anyOf", "oneOf"] as const) {
    const members = schema[keyword];
    if (members) copy[keyword] = members.map((one, index) => change(one, `/${keyword}/${index}`));
  }
  return copy;
}

/** The schemas that a schema directly consists of. */
export function childrenOf(schema: Schema): (Schema | boolean)[] {
  const children: (Schema | boolean)[] = [];
  mapChildren(schema, (child) => {
    children.push(child);
    return child;
  });
  return children;
}

function mapValues<Value, Result>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Result,
): Record<string, Result> {
  // Not by assignment, which takes a key `__proto__` for something else.
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, change(value, key)]),
  );
}
