import type { operations as table } from "../generated/operations.js";
import type { operations as schema } from "../generated/schema.js";

/** The operations of the document, by `operationId`. */
export type OperationId = keyof typeof table;

/** An operation at run time: a row of `generated/operations.ts`. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly string[];
  /** The arguments that must be given besides those in the path. */
  readonly required?: readonly string[];
  /** Set if the operation takes a JSON body, as the argument `body`. */
  readonly body?: true;
  /** The JSON types that a successful response can have; "nothing" is a response without content. */
  readonly returns: readonly string[];
  /** Set if the operation is a list. It has no `pageSize` if the document knows none. */
  readonly list?: { readonly header: string; readonly pageSize?: number };
}

/**
 * The fields of several types as those of one; doc comments stay with them. Optional ones may be `undefined`, also under
 * `exactOptionalPropertyTypes`. Without `& {}`, editors show `Flatten<…>` and the types that it was given, not the fields.
 */
type Flatten<T> = {
  [Key in keyof T]: object extends Pick<T, Key> ? T[Key] | undefined : T[Key];
} & {};

type Given<T> = [T] extends [undefined] ? unknown : NonNullable<T>;

type Parameters<Id extends OperationId> = schema[Id] extends { parameters: infer P } ? P : never;

type In<Id extends OperationId, Place extends string> =
  Parameters<Id> extends { [Key in Place]?: infer Values } ? Given<Values> : unknown;

type RequestBody<Id extends OperationId> = schema[Id] extends { requestBody?: infer Declared }
  ? NonNullable<Declared>
  : never;

type Body<Id extends OperationId> = [RequestBody<Id>] extends [never]
  ? unknown
  : schema[Id] extends { requestBody: unknown }
    ? { body: Content<RequestBody<Id>> }
    : { body?: Content<RequestBody<Id>> };

/**
 * The arguments of an operation: path and query values, and the body if it takes one, in one flat object.
 *
 * @example
 * import type { ArgumentsOf } from "loke-customers";
 *
 * const byUpdate: ArgumentsOf<"listCustomers"> = { organizationId: "org", sort: "updated" };
 */
export type ArgumentsOf<Id extends OperationId> = Flatten<
  In<Id, "path"> & In<Id, "query"> & Body<Id>
>;

/** The statuses that begin with a digit, and the range such as `2XX`. */
type StatusOf<Id extends OperationId, Digits extends string> = {
  [Status in keyof Responses<Id>]: `${Status & (number | string)}` extends `${Digits}${string}`
    ? Status
    : never;
}[keyof Responses<Id>];

type Content<Message> = Message extends { content: { "application/json": infer Json } }
  ? Json
  : undefined;

type Responses<Id extends OperationId> = schema[Id]["responses"];

/** The result of a successful call of an operation. For a list, it is the body of one page. */
export type ResultOf<Id extends OperationId> = {
  [Status in StatusOf<Id, "2">]: Content<Responses<Id>[Status]>;
}[StatusOf<Id, "2">];

/** The JSON content of a message, of any media type. */
type AnyJson<Message> = Message extends { content: infer Types }
  ? {
      [Type in keyof Types]: Type extends "application/json" | `${string}+json`
        ? Types[Type]
        : never;
    }[keyof Types]
  : undefined;

/** The key under which the document declares a status: itself, its range such as `4XX`, or `default`. */
type DeclaredAs<Id extends OperationId, Status extends number> = Status extends keyof Responses<Id>
  ? Status
  : `${Status}` extends `${infer Digit}${number}`
    ? `${Digit}XX` extends keyof Responses<Id>
      ? `${Digit}XX`
      : "default" extends keyof Responses<Id>
        ? "default"
        : never
    : never;

/**
 * The type of `error.body`, as the document declares it for the status: `unknown` if it declares no such response, and
 * `undefined` for a response without a body. It is not checked at run time.
 *
 * @example
 * import { type ErrorBodyOf, NotFoundError } from "loke-customers";
 *
 * function bodyOf(error: unknown): ErrorBodyOf<"getCustomer", 404> | undefined {
 *   return error instanceof NotFoundError ? (error.body as ErrorBodyOf<"getCustomer", 404>) : undefined;
 * }
 */
export type ErrorBodyOf<Id extends OperationId, Status extends number> = [
  DeclaredAs<Id, Status>,
] extends [never]
  ? unknown
  : AnyJson<Responses<Id>[DeclaredAs<Id, Status> & keyof Responses<Id>]>;

/** One item of a list. */
export type ItemOf<Id extends OperationId> =
  ResultOf<Id> extends readonly (infer Item)[] ? Item : never;
