import type { Document } from "../generate/document.js";
import { operationTable } from "../generate/operation-table.js";

/** An operation that reads. */
export interface Reading {
  readonly id: string;
  readonly isList: boolean;
  /** The arguments that it needs. */
  readonly needs: readonly string[];
  /** The argument that an item's `id` is for other operations: of a list whose path goes on with `/{customerId}`. */
  readonly gives: string | undefined;
}

/** The operations that read, each after the lists that its arguments come from. */
export function readings(document: Document): Reading[] {
  const rows = operationTable(document).map(({ operationId: id, entry }) => ({ id, ...entry }));
  return rows
    .filter(({ method }) => method === "GET")
    .map(({ id, list, path, pathParameters, required = [] }) => ({
      id,
      isList: list !== undefined,
      needs: [...pathParameters, ...required],
      gives: rows
        .map((row) => row.path)
        .filter((other) => other.startsWith(`${path}/{`))
        .map((other) => /^\{(\w+)\}/.exec(other.slice(path.length + 1))?.[1])[0],
    }))
    .toSorted((one, other) => one.needs.length - other.needs.length);
}
