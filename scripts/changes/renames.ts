import { isDeepStrictEqual } from "node:util";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { isSameTemplate, outgoingUrl, type View } from "./view.js";

/** Old names of what has a new one, by the new. */
export interface Renames {
  readonly models: ReadonlyMap<string, string>;
  readonly operations: ReadonlyMap<string, string>;
}

/** Finds what has another name and is otherwise what it was: a model by its schema, an operation by method and URL. */
export function findRenames(before: View, after: View): Renames {
  const urlOf = (view: View, operation: JsonMap) => outgoingUrl(view, String(operation.path));
  return {
    models: renamed(schemasOf(before), schemasOf(after), isDeepStrictEqual),
    operations: renamed(operationsOf(before), operationsOf(after), (a, b) => {
      if (!isMap(a) || !isMap(b) || a.method !== b.method) return false;
      return (
        isSameTemplate(String(a.path), String(b.path)) ||
        isSameTemplate(urlOf(before, a), urlOf(after, b))
      );
    }),
  };
}

function renamed(
  before: JsonMap,
  after: JsonMap,
  isSame: (old: Json, now: Json) => boolean,
): Map<string, string> {
  const gone = Object.entries(before).filter(([name]) => !Object.hasOwn(after, name));
  const come = Object.entries(after).filter(([name]) => !Object.hasOwn(before, name));
  return new Map(
    onlyPairs(gone, come, ([, old], [, now]) => isSame(old, now)).map(([[old], [name]]) => [
      name,
      old,
    ]),
  );
}

/** The pairs of items of which neither fits another: of two that are alike, nobody can say which became which. */
export function onlyPairs<Item>(
  gone: readonly Item[],
  come: readonly Item[],
  isSame: (old: Item, now: Item) => boolean,
): [Item, Item][] {
  return come.flatMap((now): [Item, Item][] => {
    const [from, ...others] = gone.filter((old) => isSame(old, now));
    const to = from === undefined ? [] : come.filter((one) => isSame(from, one));
    return from !== undefined && others.length === 0 && to.length === 1 ? [[from, now]] : [];
  });
}

/** The view's tree with what was renamed under its old name. */
export function underOldNames({ tree }: View, renames: Renames): JsonMap {
  const rekeyed = (map: JsonMap, names: ReadonlyMap<string, string>): JsonMap =>
    Object.fromEntries(
      Object.entries(map).map(([name, value]) => [names.get(name) ?? name, value]),
    );
  return {
    ...tree,
    operations: rekeyed(operationsOf({ tree }), renames.operations),
    components: {
      ...(isMap(tree.components) ? tree.components : {}),
      schemas: rekeyed(schemasOf({ tree }), renames.models),
    },
  };
}

function operationsOf({ tree }: Pick<View, "tree">): JsonMap {
  return isMap(tree.operations) ? tree.operations : {};
}

function schemasOf({ tree }: Pick<View, "tree">): JsonMap {
  const schemas = isMap(tree.components) ? tree.components.schemas : undefined;
  return isMap(schemas) ? schemas : {};
}
