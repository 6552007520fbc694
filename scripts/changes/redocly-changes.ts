import type { Document } from "../generate/document.js";
import { type Change, type Place, worstFirst } from "./change.js";
import { isMap, type Json } from "./json.js";
import { isWithin, pointerTo } from "./pointer.js";

/** A change, as `redocly diff` tells it. */
export interface RedoclyChange {
  /** The way to it from the root, through references. */
  readonly path: string;
  readonly kind: "added" | "removed" | "modified";
  /** Of what was modified, the key. */
  readonly property?: string | undefined;
  readonly base?: RedoclyPlace | undefined;
  readonly revision?: RedoclyPlace | undefined;
}

interface RedoclyPlace {
  /** From the working directory. */
  readonly file: string;
  readonly pointer: string;
  readonly line: number;
}

/** A document of a report, in the files that it was read from. */
export interface Sided {
  readonly document: Document;
  /** How to name a file that Redocly names. */
  readonly labelOf: (file: string) => string;
}

/**
 * Reads the report of `redocly diff`.
 *
 * @throws {Error} if it has another shape than that of the pinned version.
 */
export function readRedoclyChanges(report: unknown): RedoclyChange[] {
  const { reportVersion, changes } = Object(report);
  if (reportVersion !== "1" || !Array.isArray(changes) || !changes.every(isRedoclyChange)) {
    throw new Error("The report of `redocly diff` has a shape that is not known here.");
  }
  return changes;
}

function isRedoclyChange(value: unknown): value is RedoclyChange {
  const { base, kind, path, property, revision } = Object(value);
  return (
    typeof path === "string" &&
    (property === undefined || typeof property === "string") &&
    (kind === "added" || isRedoclyPlace(base)) &&
    (kind === "removed" || isRedoclyPlace(revision)) &&
    ["added", "removed", "modified"].includes(kind)
  );
}

function isRedoclyPlace(value: unknown): value is RedoclyPlace {
  const { file, line, pointer } = Object(value);
  return typeof file === "string" && typeof line === "number" && typeof pointer === "string";
}

/**
 * Adds to each line the file and line number that Redocly has for it, and a line for each change that Redocly alone
 * sees.
 */
export function joinRedocly(
  changes: readonly Change[],
  seen: readonly RedoclyChange[],
  sides: { readonly old: Sided; readonly new: Sided },
): Change[] {
  const found = seen.map((one) => ({
    one,
    old: one.base && placesOf(one, one.base, sides.old),
    new: one.revision && placesOf(one, one.revision, sides.new),
  }));

  function located(side: "old" | "new", place: Place | undefined): Place | undefined {
    if (!place) return undefined;
    const near = found.flatMap(({ [side]: other }) =>
      (other?.pointers ?? [])
        .filter((pointer) => isWithin(pointer, place.pointer))
        .map((pointer) => ({
          ...other,
          distance: Math.abs(pointer.length - place.pointer.length),
        })),
    );
    const [nearest] = near.toSorted((a, b) => a.distance - b.distance);
    return { ...place, ...nearest?.at };
  }

  // On either side: what loses a part to us can to Redocly be another thing in its place.
  const ours = changes.flatMap(({ pointers }) => [...pointers.old, ...pointers.new]);
  const isOurs = (other: (typeof found)[number]) =>
    ours.some((pointer) => explains(pointer, other.old) || explains(pointer, other.new));

  const joined = changes.map((change) => ({
    ...change,
    ...(change.old && { old: located("old", change.old) }),
    ...(change.new && { new: located("new", change.new) }),
  }));
  const others = found.filter((one) => !isOurs(one));
  return worstFirst([
    ...joined,
    ...others.map((other) => redoclyLine(other.one, other.old, other.new)),
  ]);
}

interface Located {
  /** In the bundled document. */
  readonly pointers: readonly string[];
  /** Every place on the way there from the root. */
  readonly way: readonly string[];
  readonly at: { readonly file: string; readonly line: number };
}

/** Whether an edit at a place is what Redocly tells: of a reference that was edited it compares what it leads to. */
function explains(pointer: string, located: Located | undefined): boolean {
  if (!located) return false;
  const holder = pointer.replace(/\/\$ref$/, "");
  const isOnTheWay = holder !== pointer && located.way.includes(holder);
  return isOnTheWay || located.pointers.some((one) => isWithin(pointer, one));
}

function placesOf(change: RedoclyChange, place: RedoclyPlace, side: Sided): Located {
  const key = change.property === undefined || change.property === "key" ? [] : [change.property];
  const { end, way } = wayTo(side.document as Json, [...keysOf(change.path), ...key]);
  return {
    // In a document of one file the pointers are the same; in another, the way through references leads there.
    pointers: [place.pointer.replace(/^#/, ""), ...(end === undefined ? [] : [end])],
    way,
    at: { file: side.labelOf(place.file), line: place.line },
  };
}

function keysOf(path: string): string[] {
  return path
    .replace(/^#\/?/, "")
    .split("/")
    .filter(Boolean)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Where some keys lead from the root, references followed, and every place on the way. */
function wayTo(
  document: Json,
  keys: readonly string[],
): { end: string | undefined; way: string[] } {
  const way: string[] = [];
  let pointer = "";
  let value: Json | undefined = document;
  for (const key of keys) {
    for (let hops = 0; isMap(value) && typeof value.$ref === "string" && hops < 20; hops += 1) {
      if (key !== "$ref" && Object.hasOwn(value, key)) break;
      pointer = value.$ref.replace(/^#/, "");
      value = keysOf(pointer).reduce<Json | undefined>(partOf, document);
      way.push(pointer);
    }
    if (key === "$ref") continue;
    pointer = pointerTo(pointer, key);
    value = partOf(value, key);
    if (value === undefined) return { end: undefined, way };
    way.push(pointer);
  }
  return { end: pointer, way };
}

function partOf(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isMap(value) ? value[key] : undefined;
}

function redoclyLine(
  one: RedoclyChange,
  old: Located | undefined,
  now: Located | undefined,
): Change {
  const name = keysOf(one.path).join(" ") || "document";
  return {
    level: "risky",
    subjects: [one.property === undefined ? name : `${name} ${one.property}`],
    detail: ` ${one.kind}`,
    reason: "Redocly alone sees it, and nothing is known of what it does to users.",
    usedBy: [],
    compiler: [],
    isTyped: false,
    pointers: { old: old?.pointers ?? [], new: now?.pointers ?? [] },
    ...(old && { old: { pointer: old.pointers[0] ?? "", ...old.at } }),
    ...(now && { new: { pointer: now.pointers[0] ?? "", ...now.at } }),
  };
}
