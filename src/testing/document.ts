import * as mock from "../../generated/mock.js";
import type { ItemOf } from "../operation.js";
import { type AnySchema, shapeOf } from "./schema.js";

/** The action of an operation, and its collection. */
export interface MockOperation {
  readonly does: "list" | "add" | "get" | "replace" | "change" | "remove" | "answer";
  readonly collection?: string;
  /** The path parameter of the tenant: for any other value, there are no items. */
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
  /** The status of a success. */
  readonly status: number;
  /** The body of a success. */
  readonly result?: AnySchema;
  /** The declared errors, and the schemas of their bodies. */
  readonly errors?: Readonly<Record<string, AnySchema | null>>;
  /** Their media types, if not `application/json`. */
  readonly errorTypes?: Readonly<Record<string, string>>;
}

type Collections = typeof mock.collections;

/** A list of the document, by the last word of its path. */
export type CollectionName = keyof Collections;

/** The collections that are owned: each item of another collection owns a part. */
export type OwnedName = {
  [Name in CollectionName]: Collections[Name] extends { parent: string } ? Name : never;
}[CollectionName];

export type ItemIn<Name extends CollectionName> = ItemOf<Collections[Name]["list"]>;

/** The IDs of the owners of a part of a collection, the outermost first. A document without lists has none. */
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

/** The schema of the items of a collection. */
export function itemSchemaOf(name: string): AnySchema {
  const { result = true } = mockOperations[collections[name]?.list ?? ""] ?? {};
  return shapeOf(result).items ?? true;
}

/** Returns the fields of an object in the document. */
export function fieldsOf(schema: AnySchema): Readonly<Record<string, AnySchema>> {
  return shapeOf(schema).properties ?? {};
}

/** Returns the number of nested owners of an item of a collection. */
export function depthOf(name: string): number {
  const parent = collections[name]?.parent;
  return parent === undefined ? 0 : depthOf(parent) + 1;
}
