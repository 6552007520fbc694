import {
  type Document,
  type MediaType,
  type Reference,
  resolve,
  type Schema,
} from "../generate/document.js";

type AnySchema = Schema | Reference | boolean;

/** The example that the document states of a parameter, a body or a response, beside its schema. */
export function statedExample(document: Document, { example, examples = {} }: MediaType): unknown {
  const [first] = Object.values(examples);
  return example ?? (first && resolve(document, first).value);
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
 * A value that a schema describes, from the examples in it. An object has its required fields, and those with an example.
 *
 * @param isRequired - whether to make a value up where there is no example; otherwise it is undefined
 * @param within - the models that it stands in: models can hold each other
 */
export function exampleOf(
  document: Document,
  of: AnySchema,
  isRequired: boolean,
  within: readonly string[] = [],
): unknown {
  const models = referencesOf(of);
  if (models.some((model) => within.includes(model))) return undefined;
  const inside = [...within, ...models];
  const schema = merged(document, of);
  const { examples, items, properties, required = [] } = schema;
  const stated = schema.example ?? (Array.isArray(examples) ? examples[0] : undefined);
  if (properties) {
    const fields: Record<string, unknown> = { ...Object(stated) };
    for (const [name, property] of Object.entries(properties)) {
      const isNeeded = isRequired && required.includes(name);
      // Where a value is to be sent, an optional field that is read-only is not.
      const isLeftOut = isRequired && merged(document, property).readOnly === true;
      if (name in fields || (!isNeeded && (isLeftOut || stated !== undefined))) continue;
      const value = exampleOf(document, property, isNeeded, inside);
      if (value !== undefined) fields[name] = value;
    }
    return isRequired || Object.keys(fields).length > 0 ? fields : undefined;
  }
  if (stated !== undefined) return stated;
  const item = items && exampleOf(document, items, isRequired, inside);
  if (item !== undefined) return [item];
  return isRequired ? madeUp(schema) : undefined;
}

function madeUp(schema: Schema): unknown {
  const chosen = schema.const ?? schema.enum?.[0] ?? schema.default;
  const type = [schema.type].flat().find((each) => each !== "null");
  if (chosen !== undefined) return chosen;
  if (type === "object") return {};
  if (type === "array") return [];
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return schema.minimum ?? 1;
  return schema.type === "null" ? null : (byFormat[String(schema.format)] ?? "string");
}

/** The models that a schema is made of. */
function referencesOf(schema: AnySchema): string[] {
  const { $ref, allOf = [], oneOf = [], anyOf = [] }: Partial<Schema> = Object(schema);
  const own = typeof $ref === "string" ? [$ref] : [];
  return [...own, ...[...allOf, ...oneOf, ...anyOf].flatMap(referencesOf)];
}

/** A schema as one, without `$ref`, `allOf` and alternatives, of which it takes the first. */
export function merged(document: Document, schema: AnySchema | undefined): Schema {
  const { $ref, allOf = [], oneOf, anyOf, ...own }: Schema = Object(schema);
  const referred = $ref === undefined ? [] : [resolve<Schema>(document, { $ref: String($ref) })];
  const alternatives = (oneOf ?? anyOf ?? []).filter((each) => Object(each).type !== "null");
  const parts = [...referred, ...allOf, ...alternatives.slice(0, 1)];
  const all = [...parts.map((part) => merged(document, part)), own];
  const properties = Object.assign({}, ...all.map((part) => part.properties));
  const required = all.flatMap((part) => part.required ?? []);
  return Object.assign({}, ...all, {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  });
}
