import { type Document, type MediaType, mediaTypeOf, type Schema } from "./document.js";
import { mapChildren, mapSchemas } from "./map-schemas.js";
import { limits, structural } from "./schema-keywords.js";
import { modelName } from "./schema-parts.js";

/**
 * Returns the document that openapi-typescript is given: the same one, without what it would make other types of than the
 * drift check reads.
 *
 * - A `discriminator` is gone. openapi-typescript would replace the values of the field by names of models.
 * - `anyOf` is `oneOf`: both are a union, but it takes the fields beside an `anyOf` for one more alternative.
 * - What is put together of several things is an `allOf` of them. It ignores what stands beside `enum` and `const`, and
 *   some of what stands beside `oneOf`.
 * - `required` stands beside the field. Of a model's field it would make a helper type, which not every model fits.
 * - Media types have no parameters.
 * - Limits, which types cannot say, stand in the words.
 */
export function typesInput(document: Document): Document {
  const models = document.components?.schemas ?? {};
  return withPlainMediaTypes(mapSchemas(document, forTypes));

  function forTypes(schema: Schema | boolean): Schema | boolean {
    if (typeof schema === "boolean") return schema;
    const whole = withRequired(models, schema);
    const { anyOf, description, discriminator, ...rest } = mapChildren(whole, forTypes);
    const words = [description, limitsOf(schema)].filter(Boolean).join("\n\n");
    return takenApart({
      ...rest,
      ...(anyOf && { oneOf: anyOf }),
      ...(words && { description: words }),
    });
  }
}

type Models = Readonly<Record<string, Schema>>;

/** @param names - what is required where this schema is a part */
function withRequired(models: Models, schema: Schema, names: readonly string[] = []): Schema {
  if (!schema.allOf && names.length === 0) return schema;
  const required = [...new Set([...names, ...(schema.required ?? [])])];
  const isOwn = (name: string) => Object.hasOwn(schema.properties ?? {}, name);
  const others = required.filter((name) => !isOwn(name));
  const allOf = schema.allOf?.flatMap((member): (Schema | boolean)[] => {
    if (typeof member === "boolean") return [member];
    if (member.$ref === undefined) return [withRequired(models, member, others)];
    return [member, ...fieldsOf(models[modelName(member.$ref) ?? ""], others)];
  });
  const { required: _, ...rest } = schema;
  const own = required.filter(isOwn);
  return { ...rest, ...(own.length > 0 && { required: own }), ...(allOf && { allOf }) };
}

/** The fields of a model which it does not require itself, as required ones. */
function fieldsOf(
  { properties = {}, required = [] }: Schema = {},
  names: readonly string[],
): Schema[] {
  const found = names.filter((name) => Object.hasOwn(properties, name) && !required.includes(name));
  if (found.length === 0) return [];
  const fields = found.map((name) => [name, properties[name] ?? true]);
  return [{ type: "object", required: found, properties: Object.fromEntries(fields) }];
}

function takenApart(schema: Schema): Schema {
  const { allOf = [], const: constant, enum: values, oneOf, ...rest } = schema;
  const entries = Object.entries(rest);
  const words = Object.fromEntries(entries.filter(([key]) => !structural.includes(key)));
  const own = entries.filter(([key]) => structural.includes(key));
  const isListed = values !== undefined || "const" in schema;
  const isAnyObject = own.every(
    ([key, value]) => key === "required" || (key === "type" && value === "object"),
  );
  const others: (Schema | boolean)[] = [
    ...allOf,
    ...("const" in schema ? [{ const: constant }] : []),
    // The values say which types there are, `null` among them.
    ...(values
      ? [{ enum: values, ...(typeof rest.type === "string" && { type: rest.type }) }]
      : []),
    ...(oneOf ? [{ oneOf }] : []),
  ];
  if (others.length === 0) return schema;
  const parts = isListed || isAnyObject ? others : [Object.fromEntries(own), ...others];
  const [only, another] = parts;
  const isOne = another === undefined && typeof only === "object" && !("$ref" in only);
  return isOne ? { ...only, ...words } : { ...words, allOf: parts };
}

function limitsOf(schema: Schema): string {
  const found = Object.entries(limits).flatMap(([keyword, say]) => {
    const limit = schema[keyword];
    return limit === undefined || limit === false ? [] : [say(limit)];
  });
  return found.length > 0 ? `Limits: ${found.join(", ")}.` : "";
}

/** Renames what is `application/json` with parameters, wherever a message has content. */
function withPlainMediaTypes(document: Document): Document {
  return JSON.parse(JSON.stringify(document), (key, value) =>
    key === "content" && isContent(value) ? plainContent(value) : value,
  );
}

function isContent(value: unknown): value is Record<string, MediaType> {
  const keys = Object.keys(Object(value));
  return keys.length > 0 && keys.every((key) => key.includes("/"));
}

function plainContent(content: Record<string, MediaType>): Record<string, MediaType> {
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => [mediaTypeOf(type), media]),
  );
}
