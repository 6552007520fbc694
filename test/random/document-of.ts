import {
  type Document,
  type HttpMethod,
  httpMethods,
  type Operation,
  type Parameter,
  resolve,
} from "../../scripts/generate/document.js";
import type { AnySchema } from "./make-schemas.js";

/** An operation of a document, with what is known of it. */
export interface FoundOperation {
  readonly id: string;
  readonly method: HttpMethod;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
}

export function operationsOf(document: Document): FoundOperation[] {
  return Object.values(document.paths ?? {}).flatMap((value) => {
    const item = resolve(document, value);
    return httpMethods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      const parameters = all.map((one) => resolve(document, one));
      return [{ id: operation.operationId ?? "", method, operation, parameters }];
    });
  });
}

/** The schema of JSON content, with a parameter or without. */
export function jsonSchema(content: object | undefined): AnySchema | undefined {
  const [, media] =
    Object.entries(content ?? {}).find(([type]) => type.startsWith("application/json")) ?? [];
  return media === undefined ? undefined : (media.schema ?? true);
}

export function bodySchema(document: Document, { operation }: FoundOperation) {
  const body = operation.requestBody && resolve(document, operation.requestBody);
  return jsonSchema(body?.content);
}

/** The schemas of answers, by status. A status without content has none. */
export function answerSchemas(document: Document, { operation }: FoundOperation) {
  const answers = Object.entries(operation.responses ?? {});
  return new Map(
    answers.map(([status, one]) => [status, jsonSchema(resolve(document, one).content)]),
  );
}

/** All of the documents as one. Their names differ. */
export function merge(documents: readonly Document[]): Document {
  return {
    ...documents[0],
    paths: Object.assign({}, ...documents.map(({ paths }) => paths)),
    components: {
      schemas: Object.assign({}, ...documents.map(({ components }) => components?.schemas)),
    },
  };
}
