import {
  type Document as AnyDocument,
  type Operation as AnyOperation,
  httpMethods,
  type Parameter,
  type PathItem,
  resolve,
  type Schema,
} from "../generate/document.js";

/** The part of an OpenAPI 3.1 document that the page is made from. Whatever else it has stays as it is. */
export interface Document extends AnyDocument {
  info: { title: string; description?: string };
  tags?: { name: string; description?: string }[];
  components?: AnyDocument["components"] & { securitySchemes?: Record<string, SecurityScheme> };
}

interface SecurityScheme {
  description?: string;
}

/** An operation that `npm run generate` accepts. */
export interface Operation extends AnyOperation {
  operationId: string;
  tags?: string[];
}

/** The operations of a document, in its order. */
export function operationsOf(document: Document): Operation[] {
  return itemsOf(document).flatMap((item) =>
    httpMethods.flatMap((method) => (item[method] ? [item[method] as Operation] : [])),
  );
}

/** The parameters of an operation, with those of its path that it does not replace. */
export function parametersOf(document: Document, operation: Operation): Parameter[] {
  const item = itemsOf(document).find((each) => Object.values(each).includes(operation));
  const all = [...(item?.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
    resolve(document, parameter),
  );
  return [...new Map(all.map((each) => [`${each.in} ${each.name}`, each])).values()];
}

/** The models of a document, in its order. */
export function modelsOf(document: Document): [name: string, schema: Schema][] {
  return Object.entries(document.components?.schemas ?? {});
}

function itemsOf(document: Document): PathItem[] {
  return Object.values(document.paths ?? {}).map((item) => resolve(document, item));
}
