import { type View, viewOf } from "../changes/view.js";
import type { Document } from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";
import { CliError } from "../lib/cli-error.js";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { createLineLocator } from "../lib/line-locator.js";
import { keysOf, pointerTo } from "../lib/pointer.js";
import { type Leaf, unexplainedIn } from "./beyond-the-page.js";
import { partsOf } from "./facts.js";

/** The document that a page is compared with. */
export interface OpenDocument {
  readonly value: Document;
  readonly view: View;
  /** By request, such as `get /customers`, its operations. */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly models: JsonMap;
  /** What it says beyond the page that nothing explains. */
  readonly unexplained: readonly Leaf[];
  /** Finds the line of a part by its JSON pointer. */
  readonly lineOf: (pointer: string) => number;
}

export interface Operation {
  /** The name of the client's method. */
  readonly id: string;
  /** The operation as the client sees it: parameters by name, references followed. */
  readonly node: JsonMap;
  /** The headings of the pages that it is on. */
  readonly tags: readonly string[];
}

/** @throws {CliError} if the text is no document, or a reference in it leads nowhere. */
export function openDocument(text: string): OpenDocument {
  const { document, lineOf } = createLineLocator(text);
  const [error] = document.errors;
  if (error) throw new CliError(error.message);
  // An anchor and its aliases become values of their own.
  const value: Json = JSON.parse(JSON.stringify(document.toJS()) ?? "null");
  if (!isMap(value)) throw new CliError("It is no map, as an OpenAPI document is.");
  const lineAt = (pointer: string) => lineOf(pointer).line;
  for (const { pointer } of brokenReferences(value)) {
    const { $ref } = Object(nodeAt(value, pointer));
    const line = lineAt(`${pointer}/$ref`);
    throw new CliError(`The $ref on line ${line} names nothing in this file: ${$ref}`);
  }
  return open(value, lineAt);
}

function open(value: Json, lineOf: OpenDocument["lineOf"]): OpenDocument {
  const view = viewOf(withOperationIds(value) as Document);
  const operations = new Map(
    entriesOf(view.tree.operations).map(([id, node]): [string, Operation] => [
      requestOf(node),
      { id, node, tags: (Array.isArray(node.tags) ? node.tags : []).map(String) },
    ]),
  );
  const schemas = ownOf(view.tree.components, "schemas");
  const models = isMap(schemas) ? schemas : {};
  const document = value as Document;
  const unexplained = unexplainedIn(document, view);
  return { value: document, view, operations, models, unexplained, lineOf };
}

/** The request of an operation of a view: `get /customers`. */
export function requestOf({ method, path }: JsonMap): string {
  return `${String(method).toLowerCase()} ${path}`;
}

/** The entries of a map that are maps. */
export function entriesOf(value: Json | undefined): [name: string, node: JsonMap][] {
  if (!isMap(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, JsonMap] => isMap(entry[1]));
}

export function ownOf(value: Json | undefined, name: string): Json | undefined {
  return isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A view knows operations by their names: one without is known by its request until it has one. */
function withOperationIds(value: Json): Json {
  for (const [path, item] of entriesOf(ownOf(value, "paths"))) {
    for (const [method, operation] of entriesOf(item)) {
      if (operation.operationId === undefined && method !== "parameters") {
        operation.operationId = `${method} ${path}`;
      }
    }
  }
  return value;
}

/** The references that lead nowhere, or to themselves. Those to models are followed by name only. */
function* brokenReferences(
  root: JsonMap,
  node: Json = root,
  pointer = "",
): Generator<{ readonly pointer: string }> {
  if (node === null || typeof node !== "object") return;
  if (isMap(node) && typeof node.$ref === "string" && modelName(node.$ref) === undefined) {
    const seen = new Set<string>();
    let target: Json | undefined = node;
    while (isMap(target) && typeof target.$ref === "string" && !seen.has(target.$ref)) {
      seen.add(target.$ref);
      target = target.$ref.startsWith("#/") ? nodeAt(root, target.$ref) : undefined;
    }
    if (target === undefined || (isMap(target) && seen.has(String(target.$ref)))) {
      yield { pointer };
    }
  }
  for (const [key, part] of Object.entries(node)) {
    yield* brokenReferences(root, part, pointerTo(pointer, key));
  }
}

function nodeAt(root: Json, pointer: string): Json | undefined {
  return keysOf(pointer).reduce<Json | undefined>(
    (node, key) => (Array.isArray(node) ? node[Number(key)] : ownOf(node, key)),
    root,
  );
}

/** Finds the thing of a page that a key names. */
export function thingAt(
  { models, operations, view }: OpenDocument,
  key: string,
): JsonMap | undefined {
  const { field, model, name = "", part, request } = partsOf(key);
  if (model !== undefined) {
    const owner = ownOf(models, model);
    return mapIn(field === undefined ? owner : ownOf(ownOf(owner, "properties"), field));
  }
  if (request === undefined) return mapIn(view.tree.info);
  const operation = operations.get(request)?.node;
  if (part === "parameter") return mapIn(ownOf(operation?.parameters, name));
  if (part === "response") return mapIn(ownOf(operation?.responses, name));
  if (part === "request body") return mapIn(operation?.requestBody);
  return part === "paging" ? (mapIn(operation?.["x-paging"]) ?? operation) : operation;
}

function mapIn(value: Json | undefined): JsonMap | undefined {
  return isMap(value) ? value : undefined;
}

/** The line of the thing that a key names, or of its description; null if there is no such thing. */
export function lineOfThing(ours: OpenDocument, key: string, part = ""): number | null {
  const thing = thingAt(ours, key);
  const pointer = thing && ours.view.pointerOf(thing);
  return pointer === undefined ? null : ours.lineOf(pointer + part);
}
