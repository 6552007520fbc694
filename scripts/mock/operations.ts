import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import {
  type Document,
  operationsOf,
  type PlacedOperation,
  resolve,
  type Schema,
} from "../generate/document.js";

/** The document of this project, for whoever names no other. */
export const documentPath = fileURLToPath(new URL("../../openapi/openapi.yaml", import.meta.url));

/** An operation of the document that Prism checks by. */
export interface DocumentedOperation extends PlacedOperation {
  readonly operationId: string;
  /** The schemas of the path parameters, by name. */
  readonly pathParameters: Readonly<Record<string, Schema>>;
}

/**
 * Reads the operations of an OpenAPI document. Prism checks the rest of it.
 *
 * @throws Error that names the file which cannot be read.
 */
export async function readOperations(file: string): Promise<DocumentedOperation[]> {
  const document = parseDocument(await readFile(file, "utf8"), file);
  return operationsOf(document ?? {}).map((placed) => {
    const { operationId = "" } = placed.operation;
    const pathParameters = placed.parameters
      .filter((one) => one.in === "path")
      .map(({ name, schema = {} }) => [name, resolve<Schema>(document, schema)]);
    return { ...placed, operationId, pathParameters: Object.fromEntries(pathParameters) };
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
