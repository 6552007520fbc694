import {
  type Document,
  isSuccess,
  jsonMedia,
  jsonTypeOf,
  type MediaType,
  type PlacedOperation,
  type Reference,
  resolve,
  type Schema,
} from "./document.js";
import { mapChildren } from "./map-schemas.js";
import { type NamedEntry, operationTable } from "./operation-table.js";
import { modelName } from "./schema-parts.js";

/** The items that a list operation pages through. */
export interface MockCollection {
  readonly list: string;
  /** The collection whose items each own a list of these. */
  readonly parent?: string;
  /** The field that identifies an item. */
  readonly id?: string;
}

type AnySchema = Schema | boolean;

interface Collection extends MockCollection {
  readonly name: string;
  readonly path: readonly string[];
  readonly fields: readonly string[];
}

/** Names of the mock's own options and members, which a test compares with them, and of what every function has. */
export const takenNames: readonly string[] = [
  ..."organizationId token seed now pageSize faults rateLimit fetch requests pendingFaults".split(
    " ",
  ),
  ..."add change remove set addFault then prototype".split(" "),
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
];

/** What a method does at the path of a collection, and at that of an item. */
const behaviours: Readonly<Record<string, string>> = {
  "POST collection": "add",
  "GET item": "get",
  "PUT item": "replace",
  "PATCH item": "change",
  "DELETE item": "remove",
};

/** Reads from a bundled document which operations share items, and what everything looks like. */
export function mockData(document: Document) {
  const rows = operationTable(document);
  const collections = findCollections(document, rows);
  const examples = examplesOf(document, rows);
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [
    name,
    withExample(compact(document, schema), examples.get(name)),
  ]);
  return {
    collections: Object.fromEntries(
      collections.map(({ name, path: _, fields: __, ...collection }) => [name, collection]),
    ),
    operations: Object.fromEntries(
      rows.map((row) => [row.operationId, mockOperation(document, row, collections)]),
    ),
    schemas: Object.fromEntries(schemas),
  };
}

/** The collections of a document, owners before what they own. */
function findCollections(document: Document, rows: readonly NamedEntry[]): Collection[] {
  const lists = rows
    .filter(({ entry }) => entry.list)
    .map((row) => ({ row, path: segmentsOf(row.entry.path) }))
    .sort((a, b) => a.path.length - b.path.length);
  const found: Collection[] = [];
  for (const { row, path } of lists) {
    const { schema = true } = successOf(row.placed);
    const fields = Object.keys(propertiesOf(document, schemaOf(document, schema).items ?? true));
    const itemPath = rows
      .map(({ entry }) => segmentsOf(entry.path))
      .find((other) => parameterIn(other.at(-1)) && isSamePath(other.slice(0, -1), path));
    const id = ["id", parameterIn(itemPath?.at(-1))].find((name) => fields.includes(`${name}`));
    const owner = ownersOf(path, found).at(-1)?.collection.name;
    found.push({
      name: nameOf(path, row.operationId, found),
      path,
      fields,
      list: row.operationId,
      ...(owner !== undefined && { parent: owner }),
      ...(id !== undefined && { id }),
    });
  }
  return found;
}

/** `customer-lists` is `customerLists`. Where that name is taken, the operation's stands in. */
function nameOf(
  path: readonly string[],
  operationId: string,
  others: readonly Collection[],
): string {
  const last = path.findLast((segment) => parameterIn(segment) === undefined) ?? "";
  const [first = "", ...rest] = last.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const isTaken = takenNames.includes(name) || others.some((other) => other.name === name);
  return isTaken || !/^[a-z]/i.test(name) ? operationId : name;
}

/** What an operation does. `src/testing/document.ts` says what each part means to the mock. */
function mockOperation(document: Document, row: NamedEntry, collections: readonly Collection[]) {
  const { list, method } = row.entry;
  const { body } = row.placed;
  const path = segmentsOf(row.entry.path);
  const id = parameterIn(path.at(-1));
  const collection = collectionAt(id ? path.slice(0, -1) : path, collections);
  const does = list ? "list" : behaviours[`${method} ${id ? "item" : "collection"}`];
  const parents = ownersOf(path, collections).map(({ parameter }) => parameter);
  const tenant = tenantOf(document, row, [...parents, id]);
  const query = parametersOf(row, "query");
  const sort = does === "list" && collection && sortOf(document, query.sort, collection.fields);
  const { example, schema, status } = successOf(row.placed);
  const { errors, errorTypes } = errorsOf(document, row.placed);
  return {
    ...(does && collection ? { does, collection: collection.name } : { does: "answer" }),
    ...(tenant !== undefined && { tenant }),
    ...(parents.length > 0 && { parents }),
    ...(does && collection && id !== undefined && { id }),
    ...(Object.keys(query).length > 0 && { query: compactEach(document, query) }),
    ...(sort && { sort }),
    ...(body && { body: compact(document, jsonOf(body.content)?.schema ?? true) }),
    ...(body && !body.required && { isBodyOptional: true }),
    status,
    ...(schema !== undefined && {
      result: isOfModels(document, schema)
        ? compact(document, schema)
        : withExample(compact(document, schema), example),
    }),
    ...(Object.keys(errors).length > 0 && { errors }),
    ...(Object.keys(errorTypes).length > 0 && { errorTypes }),
  };
}

/** Values of `sort` that are named as a field, or as one without its `At`. */
function sortOf(
  document: Document,
  parameter: AnySchema | undefined,
  fields: readonly string[],
): Record<string, string> | undefined {
  const values = parameter === undefined ? undefined : schemaOf(document, parameter).enum;
  const pairs = (values ?? []).flatMap((value) => {
    const field = [`${value}`, `${value}At`].find((name) => fields.includes(name));
    return field === undefined ? [] : [[`${value}`, field]];
  });
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

/** The first path parameter, unless it identifies something or is one of a few values. */
function tenantOf(
  document: Document,
  row: NamedEntry,
  others: readonly (string | undefined)[],
): string | undefined {
  const [first] = row.entry.pathParameters;
  if (first === undefined || others.includes(first)) return undefined;
  const schema = schemaOf(document, parametersOf(row, "path")[first] ?? true);
  const isText = schema.type === "string" && !schema.enum && !schema.pattern && !schema.format;
  return isText ? first : undefined;
}

/** The schemas of the parameters in a place, by name. */
function parametersOf({ placed }: NamedEntry, place: "path" | "query"): Record<string, AnySchema> {
  const all = placed.parameters.filter((one) => one.in === place);
  return Object.fromEntries(all.map(({ name, schema = {} }) => [name, schema as Schema]));
}

/** The schemas of the errors that are declared, and their media types where these are not `application/json`. */
function errorsOf(document: Document, { responses }: PlacedOperation) {
  const errors: Record<string, AnySchema | null> = {};
  const errorTypes: Record<string, string> = {};
  for (const { content = {}, status } of responses) {
    if (!/^[45]\d\d$/.test(status)) continue;
    const json = jsonTypeOf(content);
    const type = json ?? Object.keys(content)[0];
    const media = type === undefined ? undefined : content[type];
    errors[status] = media ? compact(document, (media.schema as AnySchema) ?? true) : null;
    if (type !== undefined && type !== json) errorTypes[status] = type;
  }
  return { errors, errorTypes };
}

interface Success {
  readonly status: number;
  readonly schema?: AnySchema | undefined;
  readonly example?: unknown;
}

/** The first success that is declared. `2XX` is a 200. */
function successOf({ responses }: PlacedOperation): Success {
  const { content, status = "200" } = responses.find(isSuccess) ?? {};
  return { status: Number(status.replace("XX", "00")), ...jsonOf(content) };
}

function jsonOf(content: Record<string, MediaType> | undefined) {
  const media = jsonMedia(content);
  if (media === undefined) return undefined;
  const { example, examples = {}, schema = true } = media;
  const [first] = Object.values(examples);
  return { schema: schema as AnySchema, example: example ?? Object(first).value };
}

/** An example for each model that has one somewhere in the document, also inside that of another. */
function examplesOf(document: Document, rows: readonly NamedEntry[]): Map<string, unknown> {
  const examples = new Map<string, unknown>();
  const note = (schema: AnySchema | undefined, example: unknown): void => {
    if (typeof schema !== "object" || example === undefined) return;
    if (Array.isArray(example)) {
      for (const one of example) note(schemaOf(document, schema).items, one);
      return;
    }
    const name = modelName(schema.$ref);
    if (name !== undefined && examples.has(name)) return;
    if (name !== undefined) examples.set(name, example);
    for (const [field, property] of Object.entries(propertiesOf(document, schema))) {
      note(property, Object(example)[field]);
    }
  };
  for (const row of rows) {
    for (const one of [successOf(row.placed), jsonOf(row.placed.body?.content)]) {
      note(one?.schema, one?.example);
    }
  }
  return examples;
}

/** A schema without the reference that it can consist of. */
function schemaOf(document: Document, schema: AnySchema | Reference): Schema {
  return typeof schema === "object" ? resolve<Schema>(document, schema) : {};
}

function propertiesOf(document: Document, schema: AnySchema): Record<string, AnySchema> {
  const { allOf = [], properties = {} } = schemaOf(document, schema);
  return Object.assign({}, ...allOf.map((part) => propertiesOf(document, part)), properties);
}

/** Words, and what only tools read. */
const unread = /^(title|description|deprecated|externalDocs|xml|examples|\$comment|x-.*)$/;

/** A schema without words. References to models become their names; others are followed. */
function compact(document: Document, schema: AnySchema | Reference): AnySchema {
  if (typeof schema !== "object") return schema;
  const { $ref, ...rest } = schema as Schema;
  const model = modelName($ref);
  if ($ref !== undefined && model === undefined)
    return compact(document, schemaOf(document, schema));
  const inner = mapChildren(rest, (one) => compact(document, one));
  const kept = Object.entries(inner).filter(([keyword]) => !unread.test(keyword));
  const [example] = Array.isArray(rest.examples) ? rest.examples : [];
  return withExample({ ...(model && { $ref: model }), ...Object.fromEntries(kept) }, example);
}

/** Whether a schema is a model or a list of them, which have their examples themselves. */
function isOfModels(document: Document, schema: AnySchema): boolean {
  const isModel = (one: AnySchema | undefined) => typeof one === "object" && "$ref" in one;
  return isModel(schema) || isModel(schemaOf(document, schema).items);
}

function compactEach(
  document: Document,
  schemas: Readonly<Record<string, AnySchema>>,
): Record<string, AnySchema> {
  const entries = Object.entries(schemas);
  return Object.fromEntries(entries.map(([name, one]) => [name, compact(document, one)]));
}

function withExample(schema: AnySchema, example: unknown): AnySchema {
  if (typeof schema !== "object" || example === undefined || "example" in schema) return schema;
  return { ...schema, example };
}

function segmentsOf(path: string): string[] {
  return path.split("/").slice(1);
}

/** `customerId` of `{customerId}`. */
function parameterIn(segment: string | undefined): string | undefined {
  return /^\{(.+)\}$/.exec(segment ?? "")?.[1];
}

/** Whether two paths are the same but for the names of their parameters. */
function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  const isSame = (segment: string, index: number) =>
    segment === b[index] || (parameterIn(segment) && parameterIn(b[index]));
  return a.length === b.length && a.every(isSame);
}

/** The collection at a path, or one whose path ends in the same word: an item's path may have moved elsewhere. */
function collectionAt(
  path: readonly string[],
  collections: readonly Collection[],
): Collection | undefined {
  const last = path.at(-1);
  if (last === undefined || parameterIn(last)) return undefined;
  return (
    collections.find((one) => isSamePath(one.path, path)) ??
    collections.find((one) => one.path.at(-1) === last)
  );
}

/** What identifies the owners in a path, such as `customerId` in `/customers/{customerId}/memberships`. */
function ownersOf(path: readonly string[], collections: readonly Collection[]) {
  return path.slice(0, -1).flatMap((segment, index) => {
    const parameter = parameterIn(segment);
    const collection = parameter && collectionAt(path.slice(0, index), collections);
    return collection ? [{ parameter, collection }] : [];
  });
}
