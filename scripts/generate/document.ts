import { keysOf, pointerTo } from "../lib/pointer.js";

/** The part of an OpenAPI 3.1 document that `generated/` is made from. */
export interface Document {
  servers?: { url: string; description?: string }[];
  paths?: Record<string, PathItem | Reference>;
  components?: {
    schemas?: Record<string, Schema>;
    parameters?: Record<string, Parameter | Reference>;
    requestBodies?: Record<string, RequestBody | Reference>;
    responses?: Record<string, Response | Reference>;
    headers?: Record<string, unknown>;
  };
}

export interface PathItem extends Partial<Record<HttpMethod, Operation>> {
  parameters?: (Parameter | Reference)[];
  servers?: unknown;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  responses?: Record<string, Response | Reference>;
  servers?: unknown;
  "x-paging"?: { header: string; pageSize?: number };
}

export interface Parameter {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
  allowReserved?: boolean;
  schema?: Schema | Reference;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
  content?: unknown;
}

export interface RequestBody {
  description?: string;
  required?: boolean;
  content?: Record<string, MediaType>;
}

export interface Response {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema?: Schema | Reference;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
}

export interface Example {
  value?: unknown;
}

export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema | boolean>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  allOf?: (Schema | boolean)[];
  anyOf?: (Schema | boolean)[];
  oneOf?: (Schema | boolean)[];
  enum?: unknown[];
  const?: unknown;
  discriminator?: { propertyName: string; mapping?: Record<string, string> };
  [keyword: string]: unknown;
}

export interface Reference {
  $ref: string;
}

/** The media type under which a message has JSON. It can have parameters: `application/json; charset=utf-8`. */
export function jsonTypeOf(content: Record<string, MediaType> = {}): string | undefined {
  return Object.keys(content).find((type) => mediaTypeOf(type) === "application/json");
}

/** The JSON of a message. */
export function jsonMedia(content: Record<string, MediaType> = {}): MediaType | undefined {
  const type = jsonTypeOf(content);
  return type === undefined ? undefined : content[type];
}

/** A media type without parameters, in lower case. */
export function mediaTypeOf(type: string): string {
  return type
    .replace(/\s*;.*/, "")
    .trim()
    .toLowerCase();
}

export const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch"] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** Follows a reference within the document; a bundled document has no other kind. */
export function resolve<T extends object>(document: Document, value: T | Reference): T {
  if (!("$ref" in value)) return value;
  const target = keysOf(value.$ref).reduce<unknown>(
    (node, key) => (node as Record<string, unknown> | undefined)?.[key],
    document,
  );
  if (target === undefined) throw new Error(`${value.$ref} names nothing in the document.`);
  return resolve(document, target as T | Reference);
}

/** An operation, and what its path says for it. */
export interface PlacedOperation {
  readonly method: HttpMethod;
  readonly path: string;
  /** How messages name it, such as `GET /customers`. */
  readonly place: string;
  /** Its place in the document, as a JSON pointer. */
  readonly pointer: string;
  readonly item: PathItem;
  readonly operation: Operation;
  /** Those of the path, and its own in place of what they replace. References are resolved. */
  readonly parameters: readonly Parameter[];
  readonly body: PlacedBody | undefined;
  /** In the order of the document. */
  readonly responses: readonly PlacedResponse[];
}

/** A request body, without a reference. */
export interface PlacedBody extends RequestBody {
  readonly pointer: string;
}

/** A response, without a reference. */
export interface PlacedResponse extends Response {
  readonly status: string;
  readonly pointer: string;
}

export function isSuccess({ status }: PlacedResponse): boolean {
  return status.startsWith("2");
}

/** Returns the operations of a document, in its order. */
export function operationsOf(document: Document): PlacedOperation[] {
  const resolved = <T extends object>(value: T | Reference, ownPlace: string) => ({
    ...resolve(document, value),
    pointer: "$ref" in value ? value.$ref.slice(1) : ownPlace,
  });
  return Object.entries(document.paths ?? {}).flatMap(([path, value]) => {
    const item = resolve(document, value);
    return httpMethods.flatMap((method): PlacedOperation[] => {
      const operation = item[method];
      if (operation === undefined) return [];
      const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
        resolve(document, parameter),
      );
      const parameters = new Map(all.map((one) => [`${one.in} ${one.name}`, one]));
      const pointer = pointerTo(pointerTo("/paths", path), method);
      const { requestBody, responses = {} } = operation;
      return [
        {
          method,
          path,
          place: `${method.toUpperCase()} ${path}`,
          pointer,
          item,
          operation,
          parameters: [...parameters.values()],
          body: requestBody && resolved(requestBody, `${pointer}/requestBody`),
          responses: Object.entries(responses).map(([status, one]) => ({
            status,
            ...resolved(one, `${pointer}/responses/${status}`),
          })),
        },
      ];
    });
  });
}
