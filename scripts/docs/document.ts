/** The part of an OpenAPI 3.1 document that the page is made from. Whatever else it has stays as it is. */
export interface Document {
  info: { title: string; description?: string };
  servers?: { url: string; "x-source"?: string }[];
  tags?: Tag[];
  paths?: Record<string, PathItem>;
  components?: {
    schemas?: Record<string, Schema>;
    securitySchemes?: Record<string, object>;
  };
}

export interface Tag {
  name: string;
  description?: string;
}

export interface PathItem {
  [method: string]: unknown;
}

export interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string }[];
  responses?: Record<string, Response>;
}

export interface Response {
  headers?: Record<string, object>;
  content?: Record<string, { schema?: Schema; example?: unknown }>;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  example?: unknown;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The operations of a document, in its order. */
export function operationsOf(document: Document): Operation[] {
  return Object.values(document.paths ?? {}).flatMap((item) =>
    methods.flatMap((method) => (item[method] ? [item[method] as Operation] : [])),
  );
}

/** The models of a document, in its order. */
export function modelsOf(document: Document): [name: string, schema: Schema][] {
  return Object.entries(document.components?.schemas ?? {});
}

/** The name of the model that a schema refers to. */
export function modelName(schema: Schema | undefined): string | undefined {
  return schema?.$ref?.replace("#/components/schemas/", "");
}
