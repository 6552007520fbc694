import { isDeepStrictEqual } from "node:util";
import { usageIn } from "../changes/subject.js";
import { type View, wordKeys } from "../changes/view.js";
import type { Document } from "../generate/document.js";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { keysOf, pointerTo } from "../lib/pointer.js";
import { entriesOf, indexOf, type OpenDocument, ownOf, partAt } from "./document.js";
import { type Facts, keys, type ModelFacts, partsOf } from "./facts.js";
import { type Place, placesIn } from "./places.js";

/** What could not be read of a page. */
export interface Doubts {
  /** Whether a thing that the page seems not to have can be on a line that could not be read. */
  isUnread(key: string): boolean;
  /** Whether what was read of a thing is from a line with a problem. */
  isDoubtful(key: string): boolean;
}

/** Which parts of the document are of a page. */
interface Scope {
  hasOperation(request: string): boolean;
  hasModel(name: string): boolean;
  /** The tag that is the page's heading; undefined if there is none. */
  readonly heading: string | undefined;
}

/**
 * Finds the part of the document that transcribes a page: the operations that have its heading for a tag, and the models that
 * they use.
 *
 * @param earlier - the models that the page had when it was last transcribed, which no operation may use
 */
export function scopeOf(
  page: Facts,
  { operations, view }: OpenDocument,
  earlier: readonly ModelFacts[] = [],
): Scope {
  const requests = new Set(page.operations.map(({ request }) => request));
  const common = new Set([...requests].flatMap((one) => operations.get(one)?.tags ?? []));
  const headings = common.has(page.heading) ? new Set([page.heading]) : common;
  const inScope = [...operations].filter(
    ([request, { tags }]) =>
      requests.has(request) || tags.length === 0 || tags.some((tag) => headings.has(tag)),
  );
  const own = new Set(inScope.map(([request]) => request));
  const ids = new Set(inScope.map(([, { id }]) => id));
  const isWhole = own.size === operations.size;
  const usage = isWhole ? undefined : usageIn(view);
  const listed = new Set([...page.models, ...earlier].map(({ name }) => name));
  const [heading = onlyTag(view), ...others] = headings;
  return {
    hasOperation: (request) => own.has(request),
    hasModel: (name) => !usage || listed.has(name) || usage.usedBy(name).some((id) => ids.has(id)),
    heading: others.length > 0 ? undefined : heading,
  };
}

function onlyTag({ tree: { tags } }: View): string | undefined {
  const [tag, ...others] = Array.isArray(tags) ? tags : [];
  const name = ownOf(tag, "name");
  return others.length === 0 && typeof name === "string" ? name : undefined;
}

/** A place of which the page and the document do not say the same. */
export interface ChangedPlace {
  /** On a side that has it. */
  readonly place: Place;
  readonly before: Place | undefined;
  readonly after: Place | undefined;
  /** The parts of the view that are others once the document follows the page, as pointers. */
  readonly pointers: readonly string[];
}

/** Finds what a page says otherwise than the document, of all that a page can state and that was read. */
export function changedPlaces(
  ours: OpenDocument,
  made: View,
  { hasModel, hasOperation, heading }: Scope,
  { isDoubtful, isUnread }: Doubts,
): ChangedPlace[] {
  const isOfPage = ({ kind, value }: Place) => kind !== "heading" || value === heading;
  const old = byId(ours.places.filter(isOfPage));
  const now = byId(placesIn(made.tree));
  // Of a thing that is on one side only, nothing else is compared.
  const oneSided: string[] = [];
  return [...new Map([...old, ...now])].flatMap(([id, place]) => {
    const [before, after] = [old.get(id), now.get(id)];
    if (oneSided.some((thing) => isBelow(place.at, thing))) return [];
    const isSame = place.isThing ? before && after : isSameFact(before, after);
    if (isSame || isSourcedPaging(before, after)) return [];
    if (place.isThing) oneSided.push(place.at);
    if (!isRead(place, after)) return [];
    return [{ place, before, after, pointers: pointersOf(place, before, after) }];
  });

  function isSameFact(before: Place | undefined, after: Place | undefined): boolean {
    const [from, to] = [before?.value, after?.value];
    if (before?.kind === "order") return isDeepStrictEqual(commonOf(from, to), commonOf(to, from));
    if (before?.kind !== "title") return isDeepStrictEqual(from, to);
    // A title that could not be read is empty. The document writes titles in its own case.
    return !to || String(from).toLowerCase() === String(to).toLowerCase();
  }

  /** A page that does not speak of paging agrees with a document that says where else it is from. */
  function isSourcedPaging(before: Place | undefined, after: Place | undefined): boolean {
    if (!before || after || !isPaging(before)) return false;
    const isSourced = ownOf(partAt(ours.view.tree, before.at), "x-source") !== undefined;
    const header = ownOf(partAt(made.tree, before.at), "header");
    return isSourced && (before.kind === "paging-header" || header === undefined);
  }

  function isRead(place: Place, after: Place | undefined): boolean {
    const { isThing, key, kind } = place;
    if (kind === "order") return true;
    if (isPaging(place)) return !isUnread(key) && !isDoubtful(key);
    if (after || !(isThing || key === keys.page)) return !isDoubtful(key);
    if (kind === "operation" && !hasOperation(key)) return false;
    if (kind === "model" && !hasModel(partsOf(key).model ?? "")) return false;
    return !isUnread(key);
  }
}

function byId(places: Iterable<Place>): Map<string, Place> {
  return new Map([...places].map((one) => [`${one.key} ${one.kind} ${one.isThing}`, one]));
}

function isPaging({ kind }: Place): boolean {
  return kind === "paging-header" || kind === "page-size";
}

/** The names of a list that another has, too, in their order. */
export function commonOf(names: Json | undefined, others: Json | undefined): Json[] {
  const known = new Set([others ?? []].flat());
  return [names ?? []].flat().filter((name) => known.has(name));
}

export function isBelow(pointer: string, holder: string): boolean {
  return pointer === holder || pointer.startsWith(`${holder}/`);
}

function pointersOf(
  { at, isThing, kind, schema }: Place,
  before: Place | undefined,
  after: Place | undefined,
): string[] {
  if (kind === "heading") return ["/tags"];
  if (schema !== undefined) return [schema];
  const parts = [before, after].flatMap((one) => one?.parts ?? []);
  return [
    ...(isThing ? [at] : []),
    ...new Set(parts),
    ...(kind === "paging-header" && after ? [headerOf(after)] : []),
  ];
}

/** Where a list declares the header that leads to the next page. */
function headerOf({ at, value }: Place): string {
  return pointerTo(at.replace(/x-paging$/, "responses/200/headers"), String(value));
}

/**
 * Returns the document as it is once it follows a page. It takes from the page all that a page can state and that it says
 * otherwise; all else stays.
 */
export function followPage(
  { value, view }: OpenDocument,
  made: View,
  changes: readonly ChangedPlace[],
): Document {
  // References that two operations share become values of their own.
  const tree: JsonMap = JSON.parse(JSON.stringify(view.tree));
  for (const change of changes) follow(change);
  const { operations, pathItems, components, ...rest } = tree;
  const all = value.components as Json | undefined;
  return {
    ...rest,
    paths: pathsOf(operations, pathItems),
    components: { ...Object(all), schemas: ownOf(components, "schemas") },
  } as Document;

  function follow({ place, before, after, pointers }: ChangedPlace): void {
    const { kind, schema } = place;
    if (kind === "order") return;
    if (kind === "heading") {
      followHeading(before?.value, String(after?.value ?? ""));
      return;
    }
    for (const pointer of pointers) {
      const ours = partAt(tree, pointer);
      const theirs = after && partAt(made.tree, pointer);
      const isDeclared = kind === "paging-header" && pointer.includes("/headers/") && ours;
      if (isDeclared) continue;
      // A document cannot be without a version.
      if (kind === "beta") setPart(tree, pointer, theirs ?? "");
      else if (isMap(theirs) && pointer === schema) {
        setPart(tree, pointer, { ...wordsOf(ours), ...theirs });
      } else setPart(tree, pointer, theirs);
    }
  }

  function followHeading(before: Json | undefined, name: string): void {
    const list = Array.isArray(tree.tags) ? tree.tags : [];
    const index = list.findIndex((tag) => before !== undefined && ownOf(tag, "name") === before);
    tree.tags =
      index < 0 ? [...list, { name }] : list.with(index, { ...Object(list[index]), name });
  }
}

function wordsOf(schema: Json | undefined): JsonMap {
  const entries = isMap(schema) ? Object.entries(schema) : [];
  return Object.fromEntries(entries.filter(([key]) => wordKeys.has(key)));
}

/** What is not there if nothing is in it. */
const holders = /\/(x-paging|content(\/[^/]+)?)$/;

/** Sets a part of a view, or takes it away. An item of an array goes by its name. */
function setPart(tree: JsonMap, pointer: string, value: Json | undefined): void {
  const holderPointer = pointer.slice(0, pointer.lastIndexOf("/"));
  const key = keysOf(pointer).at(-1) ?? "";
  const holder = partAt(tree, holderPointer);
  if (Array.isArray(holder)) {
    const index = indexOf(holder, key);
    if (index >= 0) holder.splice(index, 1);
    if (value !== undefined) holder.push(value);
  } else if (value !== undefined) {
    if (isMap(holder)) holder[key] = value;
    else setPart(tree, holderPointer, key.startsWith('"') ? [value] : { [key]: value });
  } else if (isMap(holder)) {
    delete holder[key];
    const isEmpty = Object.keys(holder).length === 0;
    if (isEmpty && holders.test(holderPointer)) setPart(tree, holderPointer, undefined);
  }
}

/** The operations of a view in their paths again. */
function pathsOf(operations: Json | undefined, pathItems: Json | undefined): JsonMap {
  const paths: JsonMap = Object.fromEntries(entriesOf(pathItems));
  for (const [, { method, parameters, path, ...node }] of entriesOf(operations)) {
    const operation = { ...node, parameters: Object.values(Object(parameters)) };
    const name = String(path);
    const item = ownOf(paths, name);
    paths[name] = { ...Object(item), [String(method).toLowerCase()]: operation };
  }
  return paths;
}
