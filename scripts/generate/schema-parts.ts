import { refuseAt } from "../lib/cli-error.js";
import { escapeKey } from "../lib/pointer.js";
import type { Document, Schema } from "./document.js";
import { checkKeywords, withoutAnnotations } from "./schema-keywords.js";

/** A schema, and the JSON pointer of its place in the document. */
export interface Placed {
  readonly schema: Schema | boolean;
  readonly pointer: string;
  /** Set where it is not all that its place says: a `$ref`, `allOf`, `oneOf` or `anyOf` is there as well. */
  readonly isBeside?: boolean;
}

/** A schema as it is written, of the ones that a value must match. */
export interface Node extends Placed {
  readonly schema: Schema;
}

/** A schema without `$ref` and `allOf`, which stand for parts of their own. */
export type Part = Node;

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
export function partsOf(document: Document, placed: Placed): Part[] {
  return nodesOf(document, placed)
    .map(({ schema: { $ref, allOf, ...own }, ...place }) => ({ schema: own, ...place }))
    .filter(({ schema }) => Object.keys(withoutAnnotations(schema)).length > 0);
}

/** A schema, and all that it refers to or is put together of: as they are written, the schema itself last. */
export function nodesOf(
  document: Document,
  { schema, pointer, isBeside }: Placed,
  within: readonly string[] = [],
): Node[] {
  if (within.includes(pointer)) refuseAt(pointer, "consists of itself.");
  if (schema === true) return [];
  if (schema === false) return refuseAt(pointer, "allows nothing; leave it out.");
  checkKeywords(schema, pointer);
  const { $ref, allOf = [], anyOf, oneOf } = schema;
  const path = [...within, pointer];
  const isAlone = $ref === undefined && allOf.length === 0 && !anyOf && !oneOf;
  return [
    ...($ref === undefined ? [] : nodesOf(document, referred(document, $ref, pointer), path)),
    ...schemasUnder({ schema, pointer }, "allOf").flatMap((one) => nodesOf(document, one, path)),
    { schema, pointer, isBeside: isBeside === true || !isAlone },
  ];
}

function referred(document: Document, $ref: unknown, pointer: string): Placed {
  const name = modelName($ref);
  const schema = name === undefined ? undefined : document.components?.schemas?.[name];
  if (schema === undefined) {
    return refuseAt(pointer, `refers to ${$ref}; it can refer to models only.`);
  }
  return { schema, pointer: `/components/schemas/${name}` };
}

/** What a part declares of a field. */
export function fieldOf(
  { schema: { properties = {} }, pointer }: Part,
  name: string,
): Placed | undefined {
  if (!Object.hasOwn(properties, name)) return undefined;
  return { schema: properties[name] ?? true, pointer: `${pointer}/properties/${escapeKey(name)}` };
}

/** The schemas under a keyword, each with its place. */
export function schemasUnder(
  { schema, pointer }: Node,
  keyword: "items" | "additionalProperties" | "allOf" | "oneOf" | "anyOf",
): Placed[] {
  const value = schema[keyword];
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [{ schema: value, pointer: `${pointer}/${keyword}` }];
  return value.map((one, index) => ({ schema: one, pointer: `${pointer}/${keyword}/${index}` }));
}

/** What a union can be; undefined for what is no union. */
export function alternativesOf(node: Node): Placed[] | undefined {
  const keyword = unionKeyword(node);
  return keyword && schemasUnder(node, keyword);
}

export function unionKeyword({ schema }: Node): "oneOf" | "anyOf" | undefined {
  return (["oneOf", "anyOf"] as const).find((keyword) => schema[keyword]);
}
