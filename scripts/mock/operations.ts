import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import {
  type Document,
  type Operation,
  operationsOf,
  resolve,
  type Schema,
} from "../generate/document.js";

/** The document of this project, for whoever names no other. */
export const documentPath = fileURLToPath(new URL("../../openapi/openapi.yaml", import.meta.url));

/** What the mock has to agree on with the document that Prism checks it by. */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly method: string;
  /** Path template, such as `/organizations/{organizationId}/customers`. */
  readonly path: string;
  readonly paging: Operation["x-paging"];
  /** The schemas of the path parameters, by name. */
  readonly pathParameters: Readonly<Record<string, Schema>>;
  readonly queryNames: readonly string[];
  readonly hasBody: boolean;
}

/**
 * Reads the operations of an OpenAPI document. Prism checks the rest of it.
 *
 * @throws Error that names the file which cannot be read.
 */
export async function readOperations(file: string): Promise<DocumentedOperation[]> {
  const document = parseDocument(await readFile(file, "utf8"), file);
  return operationsOf(document ?? {}).map(({ method, operation, parameters, path }) => {
    const { operationId = "", requestBody, summary = "", "x-paging": paging } = operation;
    const isIn = (place: string) => parameters.filter((one) => one.in === place);
    const pathParameters = isIn("path").map(({ name, schema = {} }) => [
      name,
      resolve<Schema>(document, schema),
    ]);
    return {
      operationId,
      summary,
      method: method.toUpperCase(),
      path,
      paging,
      pathParameters: Object.fromEntries(pathParameters),
      queryNames: isIn("query").map(({ name }) => name),
      hasBody: requestBody !== undefined,
    };
  });
}

function parseDocument(text: string, file: string): Document {
  try {
    return parse(text, { merge: true });
  } catch (cause) {
    // The parser says where, but not in which file.
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** Puts values into a path template: the way from the document to a request. */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}} in ${template}`);
    return encodeURIComponent(value);
  });
}

/** What a path ends with, as the document has it, and the operations there: a base URL can have a path of its own. */
export function locate(
  operations: readonly DocumentedOperation[],
  path: string,
): { path: string; found: readonly DocumentedOperation[] } {
  const places = operations.flatMap((operation) => {
    const segments = operation.path.split(/\{[^}]+\}/).map(escapeRegExp);
    const end = new RegExp(`${segments.join("[^/]+")}$`).exec(path)?.[0];
    return end === undefined ? [] : [{ operation, end }];
  });
  const longest = Math.max(0, ...places.map(({ end }) => end.length));
  const found = places
    .filter(({ end }) => end.length === longest)
    .map(({ operation }) => operation)
    .sort((one, other) => countParameters(one) - countParameters(other));
  return { path: found.length > 0 ? path.slice(-longest) : path, found };
}

function countParameters({ pathParameters }: DocumentedOperation): number {
  return Object.keys(pathParameters).length;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
