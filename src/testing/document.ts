import * as mock from "../../generated/mock.js";
import type { ItemOf } from "../operation.js";

/** A JSON Schema of the document, without words. References are names of models. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, AnySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: AnySchema;
  readonly items?: AnySchema;
  readonly allOf?: readonly AnySchema[];
  readonly anyOf?: readonly AnySchema[];
  readonly oneOf?: readonly AnySchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly readOnly?: boolean;
  readonly example?: unknown;
}

export type AnySchema = Schema | boolean;

/** What an operation does, and to which collection. */
export interface MockOperation {
  readonly does: "list" | "add" | "get" | "replace" | "change" | "remove" | "answer";
  readonly collection?: string;
  /** The path parameter whose other values know nothing. */
  readonly tenant?: string;
  /** The path parameters that identify the owners, the outermost first. */
  readonly parents?: readonly string[];
  /** The path parameter that identifies the item. */
  readonly id?: string;
  readonly query?: Readonly<Record<string, AnySchema>>;
  /** The field that each value of the query parameter `sort` sorts by. */
  readonly sort?: Readonly<Record<string, string>>;
  readonly body?: AnySchema;
  readonly isBodyOptional?: boolean;
  /** Of a success. */
  readonly status: number;
  /** The body of a success. */
  readonly result?: AnySchema;
  /** The errors that are declared, and the schemas of their bodies. */
  readonly errors?: Readonly<Record<string, AnySchema | null>>;
  /** Their media types, where these are not `application/json`. */
  readonly errorTypes?: Readonly<Record<string, string>>;
}

type Collections = typeof mock.collections;

/** A list of the document, by the last word of its path. */
export type CollectionName = keyof Collections;

/** The collections of which each item of another one owns a part. */
export type OwnedName = {
  [Name in CollectionName]: Collections[Name] extends { parent: string } ? Name : never;
}[CollectionName];

export type ItemIn<Name extends CollectionName> = ItemOf<Collections[Name]["list"]>;

/** The IDs of the items that own a part of a collection, the outermost first. In a document without lists there is none. */
export type OwnersOf<Name extends CollectionName> = [Name] extends [never]
  ? []
  : Collections[Name] extends { parent: infer Parent extends CollectionName }
    ? [...OwnersOf<Parent>, ownerId: string]
    : [];

/** An input for each owner, by their IDs. */
export type ByOwner<Name extends CollectionName, Input> = Collections[Name] extends {
  parent: infer Parent extends CollectionName;
}
  ? ByOwner<Parent, Readonly<Record<string, Input>>>
  : Input;

export interface Collection {
  readonly list: string;
  readonly parent?: CollectionName;
  /** The field that identifies an item. */
  readonly id?: string;
}

export const collections: Readonly<Record<string, Collection>> = mock.collections;
export const mockOperations = mock.operations as Readonly<Record<string, MockOperation>>;
const models = mock.schemas as Readonly<Record<string, AnySchema>>;

/** What the items of a collection look like. */
export function itemSchemaOf(name: string): AnySchema {
  const { result = true } = mockOperations[collections[name]?.list ?? ""] ?? {};
  return shapeOf(result).items ?? true;
}

/** The fields that the document gives an object. */
export function fieldsOf(schema: AnySchema): Readonly<Record<string, AnySchema>> {
  return shapeOf(schema).properties ?? {};
}

/** How many owners an item of a collection has, one within the other. */
export function depthOf(name: string): number {
  const parent = collections[name]?.parent;
  return parent === undefined ? 0 : depthOf(parent) + 1;
}

const shapes = new WeakMap<Schema, Schema>();

/** A schema with what it refers to and consists of, as one. */
export function shapeOf(schema: AnySchema): Schema {
  if (typeof schema === "boolean") return {};
  const known = shapes.get(schema);
  if (known) return known;
  const { $ref, allOf = [], ...own } = schema;
  const model = $ref === undefined ? undefined : models[$ref];
  const parts = [...(model === undefined ? [] : [model]), ...allOf].map(shapeOf);
  // A reference alone has the very shape of its model.
  if (Object.keys(own).length > 0 || parts.length === 0) parts.push(own);
  const shape = parts.reduce(both);
  shapes.set(schema, shape);
  return shape;
}

function both(one: Schema, other: Schema): Schema {
  const properties = { ...one.properties };
  for (const [name, schema] of Object.entries(other.properties ?? {})) {
    const twin = Object.hasOwn(properties, name) ? properties[name] : undefined;
    properties[name] = twin === undefined ? schema : { allOf: [twin, schema] };
  }
  const required = [...(one.required ?? []), ...(other.required ?? [])];
  const values = one.enum && other.enum && one.enum.filter((value) => other.enum?.includes(value));
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
    ...(values && { enum: values }),
  };
}
