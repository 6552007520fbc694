import {
  type Document as AnyDocument,
  type Operation as AnyOperation,
  type Parameter,
  operationsOf as placedOperations,
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
  return placedOperations(document).map(({ operation }) => operation as Operation);
}

/** The parameters of an operation, with those of its path that it does not replace. */
export function parametersOf(document: Document, operation: Operation): readonly Parameter[] {
  return placedOperations(document).find((one) => one.operation === operation)?.parameters ?? [];
}

/** The models of a document, in its order. */
export function modelsOf(document: Document): [name: string, schema: Schema][] {
  return Object.entries(document.components?.schemas ?? {});
}
