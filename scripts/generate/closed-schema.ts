import type { Document, Schema } from "./document.js";
import { typesOf, words } from "./json-types.js";
import { mapChildren } from "./map-schemas.js";
import { composing, uncheckedLimits, withoutAnnotations } from "./schema-keywords.js";
import { modelOf, type Placed, partsOf, schemasUnder } from "./schema-parts.js";

/** Closes a schema: a value that holds more than it declares does not match. */
export type Close = (schema: Placed) => Schema;

/**
 * Closes the schemas of a document. What the document says of additional fields stays, and an object without declared
 * fields is any object.
 *
 * Of a value that is composed, by `allOf`, `oneOf` or `anyOf`, only the JSON type is checked. A composition of one schema
 * with nothing else, or with null, is that schema.
 *
 * Each schema carries its place as `$comment`, and as `title` what it takes, unless its `type` says so.
 *
 * @param onModel - receives the name of each model that is referred to; the closed schemas refer to it by that name
 * @param onUnchecked - receives each keyword that the closed schemas leave out, with its place in the document
 */
export function closer(
  document: Document,
  onModel: (name: string) => void,
  onUnchecked: (pointer: string, keyword: string) => void,
): Close {
  const close: Close = (placed) => {
    const { pointer: $comment, schema } = placed;
    const types = typesOf(document, partsOf(document, placed));
    const title = words(types);
    const name = modelOf(placed);
    if (name !== undefined) {
      onModel(name);
      return { $comment, title, $ref: name };
    }
    const own = typeof schema === "boolean" ? {} : withoutAnnotations(schema);
    const keyword = composing.find((one) => own[one] !== undefined);
    if (keyword === undefined) {
      const closed = { $comment, ...closeChildren(own, $comment) };
      return closed.type ? closed : { ...closed, title };
    }
    const known = { $comment, title, ...(title !== "anything" && { type: types }) };
    const only = onlyMember(own, $comment);
    if (only === undefined) {
      onUnchecked($comment, keyword);
      return known;
    }
    const closed = close(only);
    const notNull = types.filter((type) => type !== "null");
    if (keyword === "allOf" || notNull.length === types.length) return closed;
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and nothing awaits a schema.
    return { ...known, if: { type: notNull }, then: closed };
  };

  function closeChildren(schema: Schema, pointer: string): Schema {
    const { additionalProperties, items, properties = {}, ...own } = schema;
    const hasFields = Object.keys(properties).length > 0;
    const closed = mapChildren(
      {
        ...own,
        ...(hasFields && { properties, additionalProperties: false }),
        ...(additionalProperties !== undefined && { additionalProperties }),
        ...(items !== undefined && { items }),
      },
      (inner, at) =>
        at === "/additionalProperties" && typeof inner === "boolean"
          ? inner
          : close({ schema: inner, pointer: pointer + at }),
    );
    for (const keyword of uncheckedLimits(closed)) {
      delete closed[keyword];
      onUnchecked(pointer, keyword);
    }
    return closed;
  }

  return close;
}

/** The only schema of a composition, null aside; undefined where it has others, or something stands beside it. */
function onlyMember(schema: Schema, pointer: string): Placed | undefined {
  const [keyword, ...others] = composing.filter((one) => schema[one] !== undefined);
  if (keyword === undefined || keyword === "$ref" || others.length > 0) return undefined;
  if (Object.keys(schema).length > 1) return undefined;
  const members = schemasUnder({ schema, pointer }, keyword);
  const [only, another] = members.filter((one) => keyword === "allOf" || !isNull(one));
  return another ? undefined : only;
}

function isNull({ schema }: Placed): boolean {
  return typeof schema === "object" && schema.type === "null";
}
