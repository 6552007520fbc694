import {
  type Document,
  type MediaType,
  operationsOf,
  type Reference,
  resolve,
  type Schema,
} from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";

type AnySchema = Schema | Reference | boolean;

/** The example that the document states of a parameter, a body or a response, if any. */
export function statedExample(
  document: Document,
  { example, examples = {}, schema }: MediaType,
): unknown {
  const [first] = Object.values(examples);
  return (
    example ?? (first && resolve(document, first).value) ?? exampleIn(merged(document, schema))
  );
}

function exampleIn({ example, examples }: Schema): unknown {
  return example ?? (Array.isArray(examples) ? examples[0] : undefined);
}

/** The example that the document states of a parameter, a body or a response, or one that is made up. */
export function exampleOf(document: Document, part: MediaType): unknown {
  return statedExample(document, part) ?? madeExample(document, part.schema ?? {});
}

/** A text of each format, for a field that has no example. */
const byFormat: Readonly<Record<string, string>> = {
  date: "2026-01-31",
  "date-time": "2026-01-31T12:00:00Z",
  email: "name@example.com",
  uri: "https://example.com/",
  uuid: "123e4567-e89b-42d3-a456-426614174000",
};

/**
 * A value that a schema allows to send: its example, or one that is made up. An object has the fields that are required
 * or have an example.
 *
 * @param within - what it stands in, where models hold each other
 */
export function madeExample(
  document: Document,
  of: AnySchema,
  within: readonly AnySchema[] = [],
): unknown {
  const schema = merged(document, of);
  const inside = [...within, of];
  const { items, properties = {}, required = [] } = schema;
  const type = [schema.type].flat().find((each) => each !== "null");
  const known = exampleIn(schema) ?? schema.const ?? schema.enum?.[0] ?? schema.default;
  if (known !== undefined) return known;
  if (type === "array" || items) {
    const item = within.includes(of) ? undefined : madeExample(document, items ?? true, inside);
    return item === undefined ? [] : [item];
  }
  if (type === "object" || Object.keys(properties).length > 0) {
    if (within.includes(of)) return undefined;
    const fields = Object.entries(properties).filter(([name, property]) => {
      const field = merged(document, property);
      return required.includes(name) || (exampleIn(field) !== undefined && !field.readOnly);
    });
    return Object.fromEntries(
      fields
        .map(([name, property]) => [name, madeExample(document, property, inside)])
        .filter(([, value]) => value !== undefined),
    );
  }
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return schema.minimum ?? 1;
  return schema.type === "null" ? null : (byFormat[String(schema.format)] ?? "string");
}

/** A schema as one, without `$ref`, `allOf` and alternatives, of which it takes the first. */
export function merged(document: Document, schema: AnySchema | undefined): Schema {
  const { $ref, allOf = [], oneOf, anyOf, ...own }: Schema = Object(schema);
  const referred = $ref === undefined ? [] : [resolve<Schema>(document, { $ref: String($ref) })];
  const alternatives = (oneOf ?? anyOf ?? []).filter((each) => Object(each).type !== "null");
  const parts = [...referred, ...allOf, ...alternatives.slice(0, 1)];
  const all = [...parts.map((part) => merged(document, part)), own];
  return Object.assign({}, ...all, {
    properties: Object.assign({}, ...all.map((part) => part.properties)),
    required: all.flatMap((part) => part.required ?? []),
  });
}

/** Returns an example for each model that has one somewhere in the document: in a response, in a body, or inside another model's. */
export function modelExamples(document: Document): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const add = (schema: AnySchema | undefined, example: unknown): void => {
    const { $ref, items }: Schema = Object(schema);
    if (items && Array.isArray(example)) {
      add(items, example[0]);
      return;
    }
    const name = modelName($ref);
    if (name === undefined || found.has(name) || typeof example !== "object" || !example) return;
    found.set(name, example);
    const fields: Record<string, unknown> = { ...example };
    const { properties = {} } = document.components?.schemas?.[name] ?? {};
    for (const [field, property] of Object.entries(properties)) add(property, fields[field]);
  };
  const operations = operationsOf(document);
  const messages = [
    ...operations.flatMap(({ responses }) => responses),
    ...operations.flatMap(({ body }) => body ?? []),
  ];
  for (const { content = {} } of messages) {
    for (const media of Object.values(content)) add(media.schema, statedExample(document, media));
  }
  return found;
}
