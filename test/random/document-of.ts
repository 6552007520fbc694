import {
  type Document,
  type PlacedOperation,
  operationsOf as placedOperations,
} from "../../scripts/generate/document.js";
import type { AnySchema } from "./make-schemas.js";

/** An operation of a document, with what is known of it. */
export interface FoundOperation extends PlacedOperation {
  readonly id: string;
}

export function operationsOf(document: Document): FoundOperation[] {
  return placedOperations(document).map((placed) => ({
    id: placed.operation.operationId ?? "",
    ...placed,
  }));
}

/** The schema of JSON content, with a parameter or without. */
export function jsonSchema(content: object | undefined): AnySchema | undefined {
  const [, media] =
    Object.entries(content ?? {}).find(([type]) => type.startsWith("application/json")) ?? [];
  return media === undefined ? undefined : (media.schema ?? true);
}

export function bodySchema({ body }: FoundOperation): AnySchema | undefined {
  return jsonSchema(body?.content);
}

/** The schemas of answers, by status. A status without content has none. */
export function answerSchemas({ responses }: FoundOperation): Map<string, AnySchema | undefined> {
  return new Map(responses.map(({ content, status }) => [status, jsonSchema(content)]));
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
