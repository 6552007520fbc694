import { type Document, httpMethods, resolve } from "../generate/document.js";
import { isMap, type Json, type JsonMap } from "./json.js";
import { pointerTo } from "./pointer.js";

/**
 * A document as the client sees it: operations by `operationId` with all that they refer to, but for models, put in
 * place. Two documents that say the same in another arrangement have the same view.
 */
export interface View {
  readonly document: Document;
  readonly tree: JsonMap;
  /** Where in the document a part of the view comes from, as a JSON pointer. */
  pointerOf(part: object): string | undefined;
  /** Where the document has a key of a part of the view: there can be a reference, which the view has followed. */
  placeOf(part: object, key: string): string | undefined;
}

/** A value of a part, and where the document has it. */
type Entry = readonly [key: string, value: Json, place: string];

export function viewOf(document: Document): View {
  const pointers = new WeakMap<object, string>();
  const places = new WeakMap<object, ReadonlyMap<string, string>>();
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

  const { paths, components, ...rest } = document as JsonMap;
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
  const { schemas, securitySchemes } = isMap(components) ? components : {};
  const tree = {
    ...rest,
    operations,
    pathItems,
    components: { schemas: schemas ?? {}, securitySchemes: securitySchemes ?? {} },
  };
  return {
    document,
    tree,
    pointerOf: (one) => pointers.get(one),
    placeOf: (one, key) => places.get(one)?.get(key),
  };
}
