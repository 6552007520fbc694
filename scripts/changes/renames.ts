import { isDeepStrictEqual } from "node:util";
import { isMap, type Json, type JsonMap } from "./json.js";
import type { View } from "./view.js";

/** Old names of what has a new one, by the new. */
export interface Renames {
  readonly models: ReadonlyMap<string, string>;
  readonly operations: ReadonlyMap<string, string>;
}

/** Finds what has another name and is otherwise what it was: a model by its schema, an operation by method and path. */
export function findRenames(before: View, after: View): Renames {
  return {
    models: renamed(schemasOf(before), schemasOf(after), isDeepStrictEqual),
    operations: renamed(operationsOf(before), operationsOf(after), (a, b) => {
      return isMap(a) && isMap(b) && a.method === b.method && a.path === b.path;
    }),
  };
}

function renamed(
  before: JsonMap,
  after: JsonMap,
  isSame: (a: Json, b: Json) => boolean,
): Map<string, string> {
  const gone = Object.entries(before).filter(([name]) => !Object.hasOwn(after, name));
  const come = Object.entries(after).filter(([name]) => !Object.hasOwn(before, name));
  const names = new Map<string, string>();
  for (const [name, value] of come) {
    const from = gone.filter(([, old]) => isSame(old, value));
    const to = come.filter(([, other]) => isSame(other, value));
    // Of two that are alike, nobody can say which became which.
    if (from.length === 1 && to.length === 1) names.set(name, String(from[0]?.[0]));
  }
  return names;
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
