import * as mock from "../../generated/mock.js";
import type { ItemOf } from "../operation.js";
import { type AnySchema, shapeOf } from "./schema.js";

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
