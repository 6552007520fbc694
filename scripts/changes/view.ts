import { isDeepStrictEqual } from "node:util";
import { type Document, httpMethods, resolve } from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { pointerTo } from "../lib/pointer.js";

/**
 * A document as the client sees it: operations by `operationId`, with all that they refer to in place, except models.
 * Two documents that mean the same have the same view, whatever their arrangement.
 */
export interface View {
  readonly document: Document;
  readonly tree: Tree;
  /** Returns a schema with the models that it refers to and the members of its `allOf` merged into it. */
  merged(schema: JsonMap, without: ReadonlySet<string>): JsonMap | undefined;
  /** Where in the document a part of the view comes from, as a JSON pointer. None for a scalar. */
  pointerOf(part: unknown): string | undefined;
  /** Where the document has a key of a part of the view: there can be a reference, which the view has followed. */
  placeOf(part: object, key: string): string | undefined;
}

export interface Tree extends JsonMap {
  operations: { [id: string]: JsonMap };
  components: { schemas: JsonMap; securitySchemes: Json };
}

/** Keys of words and examples, which are in no type and no request. */
export const wordKeys: ReadonlySet<string> = new Set(
  "description summary title example examples externalDocs $comment x-source x-error-code".split(
    " ",
  ),
);

/** Whether two paths are the same, or the URLs of their requests are. */
export function isSameUrl(
  [before, from]: readonly [Tree, Json | undefined],
  [after, to]: readonly [Tree, Json | undefined],
): boolean {
  const [a, b] = [String(from), String(to)];
  return isSameTemplate(a, b) || isSameTemplate(outgoingUrl(before, a), outgoingUrl(after, b));
}

/** Whether every operation that both documents have goes where it went, whatever their servers are. */
export function haveSameUrls(before: Tree, after: Tree): boolean {
  const kept = Object.keys(before.operations).filter((id) => Object.hasOwn(after.operations, id));
  const urlOf = (tree: Tree, id: string) => outgoingUrl(tree, String(tree.operations[id]?.path));
  return kept.length > 0 && kept.every((id) => isSameTemplate(urlOf(before, id), urlOf(after, id)));
}

/** The URL of an operation's requests, with names in place of the values of its path. */
function outgoingUrl({ servers }: Tree, path: string): string {
  const [first] = Array.isArray(servers) ? servers : [];
  return String(Object(first).url ?? "").replace(/\/$/, "") + path;
}

const placeholder = /\{([^}]*)\}/g;

/** Whether two templates make the same URLs: the names in them can differ, if each name keeps its place. */
function isSameTemplate(a: string, b: string): boolean {
  const [before, after] = [a, b].map((one) =>
    [...one.matchAll(placeholder)].map(([, name]) => name),
  );
  if (!before || !after || a.replaceAll(placeholder, "{}") !== b.replaceAll(placeholder, "{}")) {
    return false;
  }
  return before.every((name, index) => {
    const other = after[index];
    return name === other || (!before.includes(other) && !after.includes(name));
  });
}

export function viewOf(document: Document): View {
  const pointers = new WeakMap<object, string>();
  /** Where the document has keys of a part that the view made, if not below the part. */
  const places = new WeakMap<object, ReadonlyMap<string, string>>();
  const { paths, components, ...rest } = document as JsonMap;
  const { schemas, securitySchemes } = isMap(components) ? components : {};
  const models = isMap(schemas) ? schemas : {};
  mark(document as Json, "");

  function mark(value: Json, pointer: string): void {
    if (value === null || typeof value !== "object") return;
    pointers.set(value, pointer);
    for (const [key, part] of Object.entries(value)) mark(part, pointerTo(pointer, key));
  }

  function placeOf(part: object, key: string): string | undefined {
    const pointer = pointers.get(part);
    return places.get(part)?.get(key) ?? (pointer && pointerTo(pointer, key));
  }

  /** Has a part that the view made stand for one of the document. */
  function standIn(
    pointer: string,
    part: JsonMap,
    elsewhere: ReadonlyMap<string, string> = new Map(),
  ): JsonMap {
    pointers.set(part, pointer);
    places.set(part, elsewhere);
    return part;
  }

  /** A part of some values, each with the place where the document has it. */
  function partOf(pointer: string, entries: readonly Entry[]): JsonMap {
    const values = Object.fromEntries(entries.map(([key, value]) => [key, value]));
    return standIn(pointer, values, new Map(entries.map(([key, , place]) => [key, place])));
  }

  function entriesOf(map: JsonMap): Entry[] {
    return Object.entries(map).map(([key, value]) => [key, value, placeOf(map, key) ?? ""]);
  }

  /** A map with its values as something makes them. */
  function withValues(map: JsonMap, change: (value: Json, key: string) => Json): JsonMap {
    const values = Object.entries(map).map(([key, value]) => [key, change(value, key)] as const);
    return standIn(pointers.get(map) ?? "", Object.fromEntries(values));
  }

  function followed(value: Json): Json {
    return isMap(value) ? (resolve(document, value) as Json) : value;
  }

  /** The parameters of an operation by name, those of its path among them. */
  function parametersOf(item: JsonMap, operation: JsonMap): JsonMap {
    const declared = [item, operation].flatMap(({ parameters }) =>
      (Array.isArray(parameters) ? parameters : []).flatMap((one, index): Entry[] => {
        const parameter = followed(one);
        const place = pointerTo(pointers.get(Object(parameters)) ?? "", `${index}`);
        return isMap(parameter) ? [[String(parameter.name), parameter, place]] : [];
      }),
    );
    return partOf(`${pointers.get(operation)}/parameters`, declared);
  }

  function operationView(method: string, path: string, item: JsonMap, operation: JsonMap): JsonMap {
    const pointer = pointers.get(operation) ?? "";
    const { parameters: _, ...others } = withValues(operation, (value, key) => {
      if (key === "requestBody") return followed(value);
      return key === "responses" && isMap(value) ? withValues(value, responseView) : value;
    });
    const parameters = parametersOf(item, operation);
    const atOperation = ["method", "path"].map((key) => [key, pointer] as const);
    const view = { ...others, method: method.toUpperCase(), path, parameters };
    return standIn(pointer, view, new Map(atOperation));
  }

  function responseView(value: Json): Json {
    const response = followed(value);
    if (!isMap(response)) return response;
    return withValues(response, (part, key) =>
      key === "headers" && isMap(part) ? withValues(part, followed) : part,
    );
  }

  /** The schemas that a value must match, each without `$ref` and `allOf`; undefined if one has no end. */
  function membersOf(
    schema: Json,
    without: ReadonlySet<string>,
    within: readonly Json[] = [],
  ): JsonMap[] | undefined {
    if (schema === true) return [];
    if (!isMap(schema) || within.includes(schema)) return undefined;
    const { $ref, allOf = [], ...own } = schema;
    const model = modelName($ref);
    const referred = model === undefined || without.has(model) ? true : models[model];
    if (referred === undefined || !Array.isArray(allOf)) return undefined;
    const others = allOf.map((one) => membersOf(one, without, [...within, schema]));
    const target = membersOf(referred, without, [...within, schema]);
    if (target === undefined || others.includes(undefined)) return undefined;
    const isAlone = allOf.length === 0;
    return [
      standIn(pointers.get(schema) ?? "", own, places.get(schema)),
      // The words of a schema are its own, or those of the one model that it is.
      ...target.map((one) => (isAlone ? one : withoutWords(one))),
      ...others.flatMap((list) => (list ?? []).map(withoutWords)),
    ];
  }

  function withoutWords(schema: JsonMap): JsonMap {
    return partOf(
      pointers.get(schema) ?? "",
      entriesOf(schema).filter(([key]) => !wordKeys.has(key)),
    );
  }

  function merged(schema: JsonMap, without: ReadonlySet<string>): JsonMap | undefined {
    const result = new Map<string, Entry>();
    const members = membersOf(schema, without);
    for (const [key, value, place] of members?.flatMap(entriesOf) ?? []) {
      const [, known, first] = result.get(key) ?? [];
      const both = known === undefined ? value : mergedValue(key, known, value);
      if (both === undefined) return undefined;
      result.set(key, [key, both, first ?? place]);
    }
    const isObject = result.has("properties") && !result.has("type");
    if (isObject) result.set("type", ["type", "object", result.get("properties")?.[2] ?? ""]);
    return members && partOf(pointers.get(schema) ?? "", [...result.values()]);
  }

  /** What two schemas say together with one key; undefined if that cannot be said with it. */
  function mergedValue(key: string, a: Json, b: Json): Json | undefined {
    if (isDeepStrictEqual(a, b) || wordKeys.has(key)) return a;
    if (key === "required" && Array.isArray(a) && Array.isArray(b))
      return [...new Set([...a, ...b])];
    if (key === "type") {
      const common = [a].flat().filter((type) => [b].flat().includes(type));
      return common.length > 1 ? common : common[0];
    }
    if (key !== "properties" || !isMap(a) || !isMap(b)) return undefined;
    const others = entriesOf(b).filter(([name]) => !Object.hasOwn(a, name));
    const fields = [...entriesOf(a), ...others].map(([name, value, place]): Entry => {
      const other = Object.hasOwn(b, name) ? b[name] : undefined;
      const isTwo = other !== undefined && !isDeepStrictEqual(value, other);
      return [name, isTwo ? partOf(place, [["allOf", [value, other], place]]) : value, place];
    });
    return partOf(pointers.get(a) ?? "", fields);
  }

  const operations: Tree["operations"] = {};
  const pathItems: JsonMap = {};
  const inOperations = new Set<string>(["parameters", ...httpMethods]);
  for (const [path, value] of Object.entries(isMap(paths) ? paths : {})) {
    const item = followed(value);
    if (!isMap(item)) continue;
    for (const method of httpMethods) {
      const operation = item[method];
      if (!isMap(operation)) continue;
      operations[String(operation.operationId)] = operationView(method, path, item, operation);
    }
    const words = entriesOf(item).filter(([key]) => !inOperations.has(key));
    if (words.length > 0) pathItems[path] = partOf(pointers.get(item) ?? "", words);
  }
  const tree = {
    ...rest,
    operations,
    pathItems,
    components: { schemas: models, securitySchemes: securitySchemes ?? {} },
  };
  return {
    document,
    tree,
    merged,
    pointerOf: (part) => pointers.get(part as object),
    placeOf,
  };
}

/** A key of a part, its value, and where the document has it. */
type Entry = readonly [key: string, value: Json, place: string];
