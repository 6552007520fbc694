import { type View, viewOf } from "../changes/view.js";
import type { Document } from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";
import { CliError } from "../lib/cli-error.js";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { createLineLocator } from "../lib/line-locator.js";
import { keysOf, pointerTo } from "../lib/pointer.js";
import { type Leaf, leavesOf, unexplainedIn } from "./beyond-the-page.js";
import { keys } from "./facts.js";
import { type Place, placesIn } from "./places.js";

/** The document that a page is compared with. */
export interface OpenDocument {
  readonly value: Document;
  readonly view: View;
  /** By request, such as `get /customers`, its operations. */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly models: JsonMap;
  /** What a page can state of it. */
  readonly places: readonly Place[];
  /** Where the view has the things of a page, by their keys. */
  readonly things: ReadonlyMap<string, string>;
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
  for (const { pointer, value: $ref } of leavesOf(value)) {
    const isReference = pointer.endsWith("/$ref") && typeof $ref === "string";
    // Models are followed by name only.
    if (!isReference || modelName($ref) !== undefined || leadsSomewhere(value, $ref)) continue;
    throw new CliError(`The $ref on line ${lineAt(pointer)} names nothing in this file: ${$ref}`);
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
  const places = [...placesIn(view.tree)];
  // The first place of a key is that of the thing.
  const things = new Map(places.toReversed().map(({ at, key }) => [key, at]));
  return {
    value: document,
    view,
    operations,
    models,
    places,
    things: things.set(keys.page, "/info"),
    unexplained: unexplainedIn(document, view, places),
    lineOf,
  };
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

/** Whether a reference leads to something other than references to each other. */
function leadsSomewhere(root: JsonMap, $ref: string, seen: readonly string[] = []): boolean {
  if (seen.includes($ref) || !$ref.startsWith("#/")) return false;
  const target = nodeAt(root, $ref);
  if (!isMap(target) || typeof target.$ref !== "string") return target !== undefined;
  return leadsSomewhere(root, target.$ref, [...seen, $ref]);
}

function nodeAt(root: Json, pointer: string): Json | undefined {
  return keysOf(pointer).reduce<Json | undefined>(
    (node, key) => (Array.isArray(node) ? node[Number(key)] : ownOf(node, key)),
    root,
  );
}

/** Finds the thing of a page that a key names; that of paging is the operation until it is paged. */
export function thingAt({ things, view }: OpenDocument, key: string): JsonMap | undefined {
  const pointer = things.get(key) ?? things.get(key.replace(/ paging$/, ""));
  const thing = pointer === undefined ? undefined : partAt(view.tree, pointer);
  return isMap(thing) ? thing : undefined;
}

/** The line of the thing that a key names, or of its description; null if there is no such thing. */
export function lineOfThing(ours: OpenDocument, key: string, part = ""): number | null {
  const thing = thingAt(ours, key);
  const pointer = thing && ours.view.pointerOf(thing);
  return pointer === undefined ? null : ours.lineOf(pointer + part);
}

/** Finds a part of a view. An item of an array goes by its name. */
export function partAt(tree: Json, pointer: string): Json | undefined {
  return keysOf(pointer).reduce<Json | undefined>(partOf, tree);
}

function partOf(node: Json | undefined, key: string): Json | undefined {
  return Array.isArray(node) ? node[indexOf(node, key)] : ownOf(node, key);
}

/** The index of an item by its name, as edits have it; -1 if there is none. */
export function indexOf(items: readonly Json[], name: string): number {
  return items.findIndex((one) => (isMap(one) ? one.name : JSON.stringify(one)) === name);
}

/** Where the document has a part of its view: there can be a reference, which the view has followed. */
export function originOf(view: View, pointer: string): string {
  let [node, origin]: [Json | undefined, string] = [view.tree, ""];
  for (const key of keysOf(pointer)) {
    const part = partOf(node, key);
    const own = part !== null && typeof part === "object" ? view.pointerOf(part) : undefined;
    const place = isMap(node) ? view.placeOf(node, key) : undefined;
    const name = Array.isArray(node) ? String(indexOf(node, key)) : key;
    origin = own ?? place ?? pointerTo(origin, name);
    node = part;
  }
  return origin;
}
