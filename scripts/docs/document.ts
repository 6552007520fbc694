import { commandNames } from "../generate/command-names.js";
import type {
  Document as AnyDocument,
  Operation as AnyOperation,
  PlacedOperation,
  Schema,
} from "../generate/document.js";
import { operationTable, type TableEntry } from "../generate/operation-table.js";

/** The part of an OpenAPI 3.1 document that the page is made from. Whatever else it has stays as it is. */
export interface Document extends AnyDocument {
  info: { title: string; description?: string };
  tags?: { name: string; description?: string }[];
  components?: AnyDocument["components"] & { securitySchemes?: Record<string, SecurityScheme> };
}

interface SecurityScheme {
  description?: string;
}

/** An operation that `npm run generate` accepts, with its parameters, body and responses without references. */
export interface Operation
  extends Omit<AnyOperation, "parameters" | "requestBody" | "responses">,
    Pick<PlacedOperation, "parameters" | "body" | "responses"> {
  operationId: string;
  /** How the client calls it. */
  entry: TableEntry;
  /** What its command and its page are called. */
  name: string;
}

/** The operations of a document, in its order. */
export function operationsOf(document: Document): Operation[] {
  const rows = operationTable(document);
  const names = commandNames(rows.map(({ operationId }) => operationId));
  return rows.map(({ entry, operationId, placed: { body, operation, parameters, responses } }) => ({
    ...operation,
    operationId,
    entry,
    name: names.get(operationId) ?? operationId,
    parameters,
    body,
    responses,
  }));
}

/** The models of a document, in its order. */
export function modelsOf(document: Document): [name: string, schema: Schema][] {
  return Object.entries(document.components?.schemas ?? {});
}
