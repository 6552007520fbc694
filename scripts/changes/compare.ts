import { isDeepStrictEqual } from "node:util";
import { modelName } from "../generate/schema-parts.js";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { pointerTo } from "../lib/pointer.js";
import { isSameUrl, type Tree, type View } from "./view.js";

/** One difference between two values. `old` is missing for what was added, `new` for what was removed. */
export interface Edit {
  /** Keys from the root. An item of an array is named by its value if that is what identifies it, else by its index. */
  readonly path: readonly string[];
  readonly old?: Side;
  readonly new?: Side;
  /** The same items in another order; `old` and `new` are the arrays. */
  readonly isOrder?: true;
}

export interface Side {
  readonly value: Json;
  /** Where it is in its document. */
  readonly pointer: string;
}

export interface CompareOptions {
  /** Where the parts of two views come from. Without it, they are where they are. */
  readonly origins?: { readonly old: Origins; readonly new: Origins };
  /** Old names of the new document's models that were renamed. */
  readonly renamed?: ReadonlyMap<string, string>;
}

type Origins = Pick<View, "merged" | "placeOf" | "pointerOf">;

/** Keys whose value maps names to things, so that a name that looks like a keyword is none. */
const mapsOfNames = new Set([
  ..."operations pathItems parameters responses headers content schemas securitySchemes examples".split(
    " ",
  ),
  ..."properties patternProperties dependentSchemas $defs encoding callbacks links mapping".split(
    " ",
  ),
]);

/** Keys that say the same when they are missing as when they are empty. */
const emptyAlike: Readonly<Record<string, Json>> = {
  required: [],
  properties: {},
  parameters: {},
  headers: {},
  schemas: {},
  securitySchemes: {},
};

const reference = "#/components/schemas/";

/** Finds every difference between two values. Only the order of keys is none. */
export function compare(before: Json, after: Json, options: CompareOptions): Edit[] {
  const renamed = options.renamed ?? new Map<string, string>();
  const edits: Edit[] = [];
  const side = (value: Json, pointer: string): Side => ({ value, pointer });

  /** `isNames`: the keys of these values are names, not keywords. */
  function visit(path: string[], a: Side, b: Side, isNames: boolean): void {
    if (isDeepStrictEqual(a.value, b.value)) return;
    if (isMap(a.value) && isMap(b.value)) {
      const [from, to] = (isNames ? undefined : merged(path, a.value, b.value)) ?? [
        a.value,
        b.value,
      ];
      visitMaps(path, { ...a, value: from }, { ...b, value: to }, isNames);
    } else if (Array.isArray(a.value) && Array.isArray(b.value)) visitArrays(path, a, b);
    else if (!isDeepStrictEqual(a.value, asBefore(b.value, path))) {
      edits.push({ path, old: a, new: b });
    }
  }

  function visitMaps(path: string[], a: Side, b: Side, isNames: boolean): void {
    const [before, after] = [a.value as JsonMap, b.value as JsonMap];
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      let [old, now] = [ownValue(before, key), ownValue(after, key)];
      // Not by `??`: null is a value.
      if (!isNames && old === undefined) old = emptyLike(key, now);
      else if (!isNames && now === undefined) now = emptyLike(key, old);
      // The words of a path are compared one by one, also where the other document has none.
      if (isNames && path.join() === "pathItems") [old, now] = [old ?? {}, now ?? {}];
      visitPart([...path, key], [a, key, old], [b, key, now], !isNames && mapsOfNames.has(key));
    }
  }

  function visitArrays(path: string[], a: Side, b: Side): void {
    const [before, after] = [a.value as Json[], b.value as Json[]];
    const pairs = pairUp(before, after);
    for (const [from, to] of pairs) {
      const [old, now] = [before[from ?? -1], after[to ?? -1]];
      const name = nameOf(old ?? now ?? null) ?? String(to ?? from);
      visitPart([...path, name], [a, String(from), old], [b, String(to), now], false);
    }
    const kept = pairs.filter(([from, to]) => from !== undefined && to !== undefined);
    if (kept.some(([, to], index) => index > 0 && Number(kept[index - 1]?.[1]) > Number(to))) {
      edits.push({ path, old: a, new: b, isOrder: true });
    }
  }

  /**
   * Two schemas as they are compared if one is written by reference or as an `allOf` and the other is not: each merged,
   * except for what both refer to. Undefined if they are compared as they are written.
   */
  function merged(path: string[], a: JsonMap, b: JsonMap): [JsonMap, JsonMap] | undefined {
    const [old, now] = [modelsOf(a), modelsOf(b)];
    const isComposed = [a, b].some(({ $ref, allOf }) => typeof $ref === "string" || allOf);
    if (!isComposed || path.some((key) => /^(examples?|default|enum|const)$/.test(key))) return;
    const names = new Map(now.map((name) => [name, renamed.get(name) ?? name]));
    const common = new Set(old.filter((name) => [...names.values()].includes(name)));
    const isCommon = ([, name]: [string, string]) => common.has(name);
    const commonNow = new Set([...names].filter(isCommon).map(([name]) => name));
    // Words beside a reference that both have are compared as they are.
    if (common.size > 0 && a.$ref && b.$ref && !a.allOf && !b.allOf) return;
    const from = options.origins?.old.merged(a, common);
    const to = options.origins?.new.merged(b, commonNow);
    if (!from || !to) return;
    // What both refer to says that it is an object already.
    if (common.size > 0) for (const one of [from, to]) if (one.type === "object") delete one.type;
    // A reference to another model is one change, not one for each field.
    const isOther = a.$ref && b.$ref && compare(from, to, options).length > 0;
    const types = [from.type, to.type];
    const isOtherType = !types.includes(undefined) && !isDeepStrictEqual(from.type, to.type);
    return isOther || isOtherType ? undefined : [from, to];
  }

  /** A value within another, that can be missing on one side. */
  type Part = readonly [parent: Side, key: string, value: Json | undefined];

  function visitPart(path: string[], a: Part, b: Part, isNames: boolean): void {
    const isInBoth = a[2] !== undefined && b[2] !== undefined;
    const old = a[2] !== undefined && sideOf("old", a[0], a[1], a[2], isInBoth);
    const now = b[2] !== undefined && sideOf("new", b[0], b[1], b[2], isInBoth);
    if (old && now) visit(path, old, now, isNames);
    else if (old) edits.push({ path, old });
    else if (now) edits.push({ path, new: now });
  }

  /** A part that both have is followed to where it comes from; one that came or went did so where it was referred to. */
  function sideOf(
    which: "old" | "new",
    parent: Side,
    key: string,
    value: Json,
    isInBoth: boolean,
  ): Side {
    const origins = options.origins?.[which];
    const origin = origins?.pointerOf(value);
    const place = origins?.placeOf(Object(parent.value), key);
    const pointer =
      (isInBoth ? (origin ?? place) : (place ?? origin)) ?? pointerTo(parent.pointer, key);
    return { value, pointer };
  }

  /** A reference to a model that was renamed, as it was. */
  function asBefore(value: Json, path: readonly string[]): Json {
    if (path.at(-1) !== "$ref" || typeof value !== "string") return value;
    const old = renamed.get(value.slice(reference.length));
    return old !== undefined && value.startsWith(reference) ? reference + old : value;
  }

  visit([], side(before, ""), side(after, ""), false);
  return edits;
}

/** The models that a schema refers to itself, or in its `allOf`. */
function modelsOf({ $ref, allOf }: JsonMap): string[] {
  const members = Array.isArray(allOf) ? allOf : [];
  return [$ref, ...members.map((one) => Object(one).$ref)].flatMap((one) => modelName(one) ?? []);
}

function ownValue(map: JsonMap, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** What a key that is missing says, if it says the same as an empty value of the kind that the other side has. */
function emptyLike(key: string, other: Json | undefined): Json | undefined {
  const empty = Object.hasOwn(emptyAlike, key) ? emptyAlike[key] : undefined;
  const isAlike = typeof other === "object" && Array.isArray(other) === Array.isArray(empty);
  return isAlike ? empty : undefined;
}

/** What identifies an item of an array, if it is not its place. */
function nameOf(value: Json): string | undefined {
  if (!isMap(value)) return Array.isArray(value) ? undefined : JSON.stringify(value);
  const name = typeof value.in === "string" ? [value.in, value.name] : [value.name];
  return typeof name.at(-1) === "string" ? name.join(" ") : undefined;
}

type Pair = readonly [from: number | undefined, to: number | undefined];

/** Which item became which: those that are equal, then those of one name, then, in order, the objects that are left. */
function pairUp(before: Json[], after: Json[]): Pair[] {
  const pairs: Pair[] = [];
  const [left, right] = [new Set(before.keys()), new Set(after.keys())];
  const pairWhere = (isSame: (a: Json, b: Json) => boolean) => {
    for (const from of left) {
      const to = [...right].find((index) => isSame(before[from] as Json, after[index] as Json));
      if (to === undefined) continue;
      pairs.push([from, to]);
      left.delete(from);
      right.delete(to);
    }
  };
  pairWhere((a, b) => isDeepStrictEqual(a, b));
  pairWhere((a, b) => isMap(a) && isMap(b) && nameOf(a) !== undefined && nameOf(a) === nameOf(b));
  pairWhere((a, b) => isMap(a) && isMap(b) && !(nameOf(a) && nameOf(b)));
  for (const from of left) pairs.push([from, undefined]);
  for (const to of right) pairs.push([undefined, to]);
  return pairs.sort(([a, x], [b, y]) => Number(a ?? x) - Number(b ?? y));
}

/** Old names of what has a new one, by the new. */
export interface Renames {
  readonly models: ReadonlyMap<string, string>;
  readonly operations: ReadonlyMap<string, string>;
}

/** Finds what has another name and is otherwise what it was: a model by its schema, an operation by method and URL. */
export function findRenames(before: Tree, after: Tree): Renames {
  return {
    models: renamed(before.components.schemas, after.components.schemas, isDeepStrictEqual),
    operations: renamed(
      before.operations,
      after.operations,
      (old, now) => old.method === now.method && isSameUrl([before, old.path], [after, now.path]),
    ),
  };
}

function renamed<Part extends Json>(
  before: Record<string, Part>,
  after: Record<string, Part>,
  isSame: (old: Part, now: Part) => boolean,
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

/** A view's tree with what was renamed under its old name. */
export function underOldNames(tree: Tree, { models, operations }: Renames): Tree {
  const { schemas } = tree.components;
  return {
    ...tree,
    operations: rekeyed(tree.operations, operations),
    components: { ...tree.components, schemas: rekeyed(schemas, models) },
  };
}

function rekeyed<Part>(
  map: Record<string, Part>,
  names: ReadonlyMap<string, string>,
): Record<string, Part> {
  return Object.fromEntries(
    Object.entries(map).map(([name, part]) => [names.get(name) ?? name, part]),
  );
}
