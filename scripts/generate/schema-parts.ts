import type { Document, Schema } from "./document.js";
import { DocumentError } from "./document-error.js";
import { checkKeywords, withoutAnnotations } from "./schema-keywords.js";

/** A schema, and the JSON pointer of its place in the document. */
export interface Placed {
  readonly schema: Schema | boolean;
  readonly pointer: string;
}

/** A schema without `$ref` and `allOf`, which stand for parts of their own. */
export interface Part {
  readonly schema: Schema;
  readonly pointer: string;
}

/** A key as part of a JSON pointer (RFC 6901). */
export function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The name of the model that a schema is, where it is nothing more. */
export function modelOf({ schema }: Placed): string | undefined {
  if (typeof schema === "boolean" || typeof schema.$ref !== "string") return undefined;
  const isAlone = Object.keys(withoutAnnotations(schema)).length === 1;
  return isAlone ? modelName(schema.$ref) : undefined;
}

/** `Customer` of `#/components/schemas/Customer`. */
export function modelName($ref: unknown): string | undefined {
  return /^#\/components\/schemas\/([^/]+)$/.exec(String($ref))?.[1];
}

/** All that a value must match to match a schema, in the order in which it is written. */
export function partsOf(
  document: Document,
  { schema, pointer }: Placed,
  within: readonly string[] = [],
): Part[] {
  if (within.includes(pointer)) throw new DocumentError(`${pointer} consists of itself.`);
  if (schema === true) return [];
  if (schema === false) throw new DocumentError(`${pointer} allows nothing; leave it out.`);
  checkKeywords(schema, pointer);
  const { $ref, allOf = [], ...own } = schema;
  const path = [...within, pointer];
  return [
    ...($ref === undefined ? [] : partsOf(document, referred(document, $ref, pointer), path)),
    ...allOf.flatMap((member, index) =>
      partsOf(document, { schema: member, pointer: `${pointer}/allOf/${index}` }, path),
    ),
    ...(Object.keys(withoutAnnotations(own)).length > 0 ? [{ schema: own, pointer }] : []),
  ];
}

function referred(document: Document, $ref: unknown, pointer: string): Placed {
  const name = modelName($ref);
  const schema = name === undefined ? undefined : document.components?.schemas?.[name];
  if (schema === undefined) {
    throw new DocumentError(`${pointer} refers to ${$ref}; it can refer to models only.`);
  }
  return { schema, pointer: `/components/schemas/${name}` };
}
