import { isDeepStrictEqual } from "node:util";
import { type Document, httpMethods, resolve } from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { pointerTo } from "../lib/pointer.js";
import type { Edit } from "./compare.js";

/**
 * A document as the client sees it: operations by `operationId`, with all that they refer to in place, except models.
 * Two documents that mean the same have the same view, whatever their arrangement.
 */
export interface View {
  readonly document: Document;
  readonly tree: JsonMap;
  /** Returns a schema with the models that it refers to and the members of its `allOf` merged into it. */
  merged(schema: JsonMap, without: ReadonlySet<string>): JsonMap | undefined;
  /** Where in the document a part of the view comes from, as a JSON pointer. */
  pointerOf(part: object): string | undefined;
  /** Where the document has a key of a part of the view: there can be a reference, which the view has followed. */
  placeOf(part: object, key: string): string | undefined;
}

/** Keys of words and examples, which are in no type and no request. */
export const wordKeys: ReadonlySet<string> = new Set(
  "description summary title example examples externalDocs $comment x-source x-error-code".split(
    " ",
  ),
);

/** Whether an edit is one of an operation's path that leaves the URL of its requests as it is. */
export function isSameUrl({ path, old, new: now }: Edit, before: View, after: View): boolean {
  if (path.length !== 3 || path[0] !== "operations" || path[2] !== "path" || !old || !now)
    return false;
  const [from, to] = [String(old.value), String(now.value)];
  return (
    isSameTemplate(from, to) || isSameTemplate(outgoingUrl(before, from), outgoingUrl(after, to))
  );
}

/** Whether every operation that both documents have goes where it went, whatever their servers are. */
export function haveSameUrls(before: View, tree: JsonMap): boolean {
  const [old, now] = [before.tree.operations, tree.operations];
  if (!isMap(old) || !isMap(now)) return false;
  const kept = Object.keys(old).filter((id) => Object.hasOwn(now, id));
  const isSame = (id: string) =>
    isSameTemplate(
      outgoingUrl(before, String(Object(old[id]).path)),
      outgoingUrl({ tree }, String(Object(now[id]).path)),
    );
  return kept.length > 0 && kept.every(isSame);
}

/** The URL of an operation's requests, with names in place of the values of its path. */
export function outgoingUrl({ tree: { servers } }: Pick<View, "tree">, path: string): string {
  const [first] = Array.isArray(servers) ? servers : [];
  return String(Object(first).url ?? "").replace(/\/$/, "") + path;
}

const placeholder = /\{([^}]*)\}/g;

/** Whether two templates make the same URLs: the names in them can differ, if each name keeps its place. */
export function isSameTemplate(a: string, b: string): boolean {
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

/** A value of a part, and where the document has it. */
type Entry = readonly [key: string, value: Json, place: string];

export function viewOf(document: Document): View {
  const pointers = new WeakMap<object, string>();
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

  /** A part that stands for one of the document, and is made of other values. */
  function part(pointer: string, entries: readonly Entry[]): JsonMap {
    const made = Object.fromEntries(entries.map(([key, value]) => [key, value]));
    pointers.set(made, pointer);
    places.set(made, new Map(entries.map(([key, , place]) => [key, place])));
    return made;
  }

  /** The values of a map as they are, or as something makes them. */
  function entriesOf(map: JsonMap, change = (value: Json, _key: string) => value): Entry[] {
    const pointer = pointers.get(map) ?? "";
    return Object.entries(map).map(([key, value]) => [
      key,
      change(value, key),
      pointerTo(pointer, key),
    ]);
  }

  function followed(value: Json): Json {
    return isMap(value) ? (resolve(document, value) as Json) : value;
  }

  /** The parameters of an operation by name, those of its path among them. */
  function parametersOf(item: JsonMap, operation: JsonMap): JsonMap {
    const declared = [item, operation].flatMap((owner) => {
      const list = Array.isArray(owner.parameters) ? owner.parameters : [];
      const place = `${pointers.get(owner)}/parameters`;
      return list.flatMap((one, index): Entry[] => {
        const parameter = followed(one);
        return isMap(parameter) ? [[String(parameter.name), parameter, `${place}/${index}`]] : [];
      });
    });
    return part(`${pointers.get(operation)}/parameters`, declared);
  }

  function operationView(method: string, path: string, item: JsonMap, operation: JsonMap): JsonMap {
    const pointer = pointers.get(operation) ?? "";
    const { parameters: _, ...others } = operation;
    const entries = entriesOf(others, (value, key) => {
      if (key === "requestBody") return followed(value);
      return key === "responses" && isMap(value) ? responsesView(value) : value;
    }).map(([key, value]): Entry => [key, value, pointerTo(pointer, key)]);
    return part(pointer, [
      ...entries,
      ["method", method.toUpperCase(), pointer],
      ["path", path, pointer],
      ["parameters", parametersOf(item, operation), `${pointer}/parameters`],
    ]);
  }

  function responsesView(responses: JsonMap): JsonMap {
    const entries = entriesOf(responses, (value) => {
      const response = followed(value);
      return isMap(response) ? responseView(response) : response;
    });
    return part(pointers.get(responses) ?? "", entries);
  }

  function responseView(response: JsonMap): JsonMap {
    const entries = entriesOf(response, (value, key) =>
      key === "headers" && isMap(value)
        ? part(pointers.get(value) ?? "", entriesOf(value, followed))
        : value,
    );
    return part(pointers.get(response) ?? "", entries);
  }

  /** The schemas that a value must match, each without `$ref` and `allOf`; undefined if one has no end. */
  function membersOf(
    schema: Json,
    without: ReadonlySet<string>,
    within: readonly Json[] = [],
  ): JsonMap[] | undefined {
    if (schema === true) return [];
    if (!isMap(schema) || within.includes(schema)) return undefined;
    const { $ref, allOf = [] } = schema;
    const model = modelName($ref);
    const referred = model === undefined || without.has(model) ? true : models[model];
    if (referred === undefined || !Array.isArray(allOf)) return undefined;
    const others = allOf.map((one) => membersOf(one, without, [...within, schema]));
    const target = membersOf(referred, without, [...within, schema]);
    if (target === undefined || others.includes(undefined)) return undefined;
    const isAlone = allOf.length === 0;
    const own = entriesOf(schema).filter(([key]) => key !== "$ref" && key !== "allOf");
    return [
      part(pointers.get(schema) ?? "", own),
      // The words of a schema are its own, or those of the one model that it is.
      ...target.map((one) => (isAlone ? one : withoutWords(one))),
      ...others.flatMap((list) => (list ?? []).map(withoutWords)),
    ];
  }

  function withoutWords(schema: JsonMap): JsonMap {
    const place = (key: string) => places.get(schema)?.get(key) ?? "";
    const entries = Object.entries(schema).filter(([key]) => !wordKeys.has(key));
    return part(
      pointers.get(schema) ?? "",
      entries.map(([key, value]): Entry => [key, value, place(key)]),
    );
  }

  function merged(schema: JsonMap, without: ReadonlySet<string>): JsonMap | undefined {
    const members = membersOf(schema, without);
    if (!members) return undefined;
    const result = new Map<string, Entry>();
    for (const member of members) {
      for (const [key, value] of Object.entries(member)) {
        const place = places.get(member)?.get(key) ?? "";
        const known = result.get(key);
        const both = known === undefined ? value : mergedValue(key, known[1], value);
        if (both === undefined) return undefined;
        result.set(key, [key, both, known?.[2] ?? place]);
      }
    }
    const isObject = result.has("properties") && !result.has("type");
    if (isObject) result.set("type", ["type", "object", result.get("properties")?.[2] ?? ""]);
    return part(pointers.get(schema) ?? "", [...result.values()]);
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
    const [mine, others] = [a, b].map((map) => entriesOf(map)) as [Entry[], Entry[]];
    const fields = [...mine, ...others.filter(([name]) => !Object.hasOwn(a, name))];
    return part(
      pointers.get(a) ?? "",
      fields.map(([name, value, place]) => {
        const other = Object.hasOwn(a, name) ? b[name] : undefined;
        const isTwo = other !== undefined && !isDeepStrictEqual(value, other);
        return [name, isTwo ? part(place, [["allOf", [value, other], place]]) : value, place];
      }),
    );
  }

  const operations: JsonMap = {};
  const pathItems: JsonMap = {};
  for (const [path, value] of Object.entries(isMap(paths) ? paths : {})) {
    const item = followed(value);
    if (!isMap(item)) continue;
    for (const method of httpMethods) {
      const operation = item[method];
      if (!isMap(operation)) continue;
      operations[String(operation.operationId)] = operationView(method, path, item, operation);
    }
    const inOperations = new Set<string>(["parameters", ...httpMethods]);
    const words = entriesOf(item).filter(([key]) => !inOperations.has(key));
    if (words.length > 0) pathItems[path] = part(pointers.get(item) ?? "", words);
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
    pointerOf: (one) => pointers.get(one),
    placeOf: (one, key) => places.get(one)?.get(key),
  };
}
