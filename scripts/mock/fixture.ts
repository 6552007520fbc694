import { createMockApi, type MockApi } from "loke-customers/testing";
import * as mockData from "../../generated/mock.js";
import { operations as table } from "../../generated/operations.js";
import type { Schema } from "../generate/document.js";
import type { MockCollection } from "../generate/mock-data.js";
import type { TableEntry } from "../generate/operation-table.js";
import type { DocumentedOperation } from "./operations.js";

/** The mock that users of the package test with, which knows what Prism cannot know: what the lists hold. */
export interface Fixture {
  /** Whether it has an answer. */
  answers(operation: DocumentedOperation): boolean;
  /** @param operation - what the request is for, if it is for any */
  answer(request: Request, operation: DocumentedOperation | undefined): Promise<Response>;
  /** A value for each path parameter: those of the first item of each list, all of which belong together. */
  parameters: Readonly<Record<string, string>>;
  /** Undoes what requests have changed. */
  reset(): void;
}

const collections: Readonly<Record<string, MockCollection>> = mockData.collections;

/** What an operation says of where its path leads. */
interface Leads {
  readonly collection?: string;
  readonly tenant?: string;
  readonly parents?: readonly string[];
  readonly id?: string;
  readonly result?: Schema;
}

const known = table as Readonly<Record<string, { list?: TableEntry["list"] }>>;
const mockOperations = mockData.operations as Readonly<Record<string, Leads>>;
const models = mockData.schemas as Readonly<Record<string, Schema>>;

/** How long a list is: two full pages and a half of the documented size. */
const pagesOfList = 2.5;

/**
 * Makes the mock API, with longer lists than in tests. The first item of each is the document's example, where it has one:
 * whoever has read the document knows that one already.
 *
 * @param operations - Those of the document that is mocked. Its page sizes and paging headers are served, also where the
 * package knows others.
 */
export function createFixture(operations: readonly DocumentedOperation[]): Fixture {
  const paging = new Map(operations.map((one) => [one.operationId, one.operation["x-paging"]]));
  const lists = Object.values(collections).map(({ list }) => list);
  const roots = Object.entries(collections).filter(([, { parent }]) => parent === undefined);
  function create() {
    const api = createMockApi({
      ...Object.fromEntries(roots.map(([name]) => [name, 0])),
      pageSize: Object.fromEntries(lists.map((list) => [list, paging.get(list)?.pageSize])),
    });
    return { api, parameters: fill(api, operations) };
  }
  let current = create();
  return {
    parameters: current.parameters,
    answers: ({ operationId }) => Object.hasOwn(known, operationId),
    async answer(request, operation) {
      const response = await current.api(request);
      // The next link has the name that the document gives it.
      const header = operation && known[operation.operationId]?.list?.header;
      const documented = operation?.operation["x-paging"]?.header;
      if (!header || !documented || header === documented) return response;
      const { headers } = response;
      const link = headers.get(header);
      headers.delete(header);
      if (link !== null) headers.set(documented, link);
      return response;
    },
    reset() {
      current = create();
    },
  };
}

/** Fills the lists of a mock, and gives the values of path parameters that lead to what it holds. */
function fill(api: MockApi, operations: readonly DocumentedOperation[]): Record<string, string> {
  // Which collections there are is known when this runs, and not when it is compiled.
  const holdings = api as unknown as Record<string, unknown> & {
    set(name: string, ...given: unknown[]): void;
  };
  const firstPaths = new Map<string, string[]>();
  for (const [name, { id, list, parent }] of Object.entries(collections)) {
    const owners = parent === undefined ? [] : (firstPaths.get(parent) ?? []);
    const count = Math.ceil((known[list]?.list?.pageSize ?? 100) * pagesOfList);
    const example = exampleOf(list);
    holdings.set(name, ...owners, example === undefined ? count : [example, count - 1]);
    const held = holdings[name];
    const [first] = typeof held === "function" ? held(...owners) : (held as unknown[]);
    firstPaths.set(name, [...owners, String(id === undefined ? 1 : Object(first)[id])]);
  }
  const values: Record<string, string> = {};
  for (const { operationId, pathParameters } of operations) {
    const { collection = "", id, parents = [], tenant } = mockOperations[operationId] ?? {};
    const path = firstPaths.get(collection) ?? [];
    for (const [name, schema] of Object.entries(pathParameters)) {
      const place = name === id ? path.length - 1 : parents.indexOf(name);
      if (name === tenant) values[name] = api.organizationId;
      else values[name] ??= path[place] ?? anyValue(schema);
    }
  }
  return values;
}

/** The document's example of an item of a list. */
function exampleOf(list: string): unknown {
  const { result } = mockOperations[list] ?? {};
  const { example, items } = Object(result) as Schema;
  const model = models[`${Object(items).$ref}`];
  return Array.isArray(example) ? example[0] : (Object(items).example ?? model?.example);
}

/** A value for a parameter that leads to nothing in particular. */
function anyValue({ enum: values = [], type }: Schema): string {
  return String(values[0] ?? (type === "string" ? "any" : 1));
}
