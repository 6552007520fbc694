import { closedUnion } from "./closed-union.js";
import type { Document, Schema } from "./document.js";
import { DocumentError } from "./document-error.js";
import { typesOf, words } from "./json-types.js";
import { withoutAnnotations } from "./schema-keywords.js";
import { escapeKey, modelOf, type Part, type Placed, partsOf } from "./schema-parts.js";

/** Closes what matches all of these schemas: it holds nothing that none of them declares. */
export type Close = (...schemas: readonly Placed[]) => Schema;

/**
 * Closes the schemas of a document: an answer that holds more than they declare does not match.
 *
 * An object is closed as a whole, since a closed member of an `allOf` would refuse the fields of the others. What the
 * document itself says of additional fields stays, and an object of which it says nothing is any object.
 *
 * Each schema carries its place as `$comment`, and where it has no `type` that says so, what it takes as `title`.
 *
 * @param onModel - told the name of each model that is referred to; the closed schemas refer to it by that name
 */
export function closer(document: Document, onModel: (name: string) => void): Close {
  const close: Close = (...schemas) => {
    const $comment = schemas.at(-1)?.pointer ?? "";
    const parts = schemas.flatMap((schema) => partsOf(document, schema));
    const types = typesOf(document, parts);
    const title = words(types);

    const name = schemas.length === 1 && schemas[0] ? modelOf(schemas[0]) : undefined;
    if (name !== undefined) {
      onModel(name);
      return { $comment, title, $ref: name };
    }
    const [union, another] = parts.filter(({ schema }) => schema.oneOf ?? schema.anyOf);
    if (another) {
      throw new DocumentError(
        `${$comment} puts more than one oneOf or anyOf together; write out what there can be, as one.`,
      );
    }
    if (union) return { $comment, title, ...closedUnion(document, parts, union, close) };

    const members = parts.map(closeChildren);
    const isObject = members.some(({ properties }) => properties);
    if (members.length < 2) {
      const [only = {}] = members;
      const closed = { ...(isObject ? { additionalProperties: false } : {}), ...only, $comment };
      return only.type ? closed : { ...closed, title };
    }
    return {
      $comment,
      title,
      // The type once for all of them: an answer of another type is one finding, not one for each.
      ...(title === "anything" ? {} : { type: types }),
      allOf: members.map(({ type, ...member }) => member),
      ...(isObject ? { unevaluatedProperties: false } : {}),
    };
  };

  /** The schema as it is, but for what is in it. */
  function closeChildren({ schema, pointer }: Part): Schema {
    const { additionalProperties, items, properties, ...rest } = withoutAnnotations(schema);
    const inner = (child: Schema | boolean, ...keys: string[]) =>
      close({ schema: child, pointer: [pointer, ...keys.map(escapeKey)].join("/") });
    const closed: Schema = { $comment: pointer, ...rest };
    if (properties) {
      const entries = Object.entries(properties);
      closed.properties = Object.fromEntries(
        entries.map(([name, property]) => [name, inner(property, "properties", name)]),
      );
    }
    if (typeof additionalProperties === "boolean") {
      closed.additionalProperties = additionalProperties;
    } else if (additionalProperties) {
      closed.additionalProperties = inner(additionalProperties, "additionalProperties");
    }
    if (items !== undefined) closed.items = inner(items, "items");
    return closed;
  }

  return close;
}
