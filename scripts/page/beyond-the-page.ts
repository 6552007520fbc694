import { isDeepStrictEqual } from "node:util";
import type { View } from "../changes/view.js";
import type { Document } from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";
import type { Json } from "../lib/json.js";
import { keysOf, pointerTo } from "../lib/pointer.js";
import { originOf } from "./document.js";
import type { Place } from "./places.js";

/** Something that the document says and the page does not. */
export interface Reviewed {
  /** JSON pointer; `*` stands for any one key, `**` for any number of them. */
  readonly at: string;
  /** The exact value. Without it, any text that is not blank. */
  readonly is?: unknown;
  /** Why it has to be said. */
  readonly because: string;
}

/**
 * What the document may say beyond the page without an `x-source` that explains it: kinds of things, wherever they
 * stand. A name or a value of the API has no place here; it stands in the document, beside its `x-source`.
 */
export const beyondThePage: readonly Reviewed[] = [
  { at: "/openapi", because: "The document's own format." },
  { at: "/**/description", because: "In our own words. An empty one is still to be written." },
  { at: "/**/x-source", because: "Says where something beyond the page is from." },
  { at: "/paths/*/*/operationId", because: "The name of the client's method, which we choose." },
  { at: "/paths/*/*/tags/*", because: "The heading of the page; lint knows which tags there are." },
  { at: "/tags/*/externalDocs/url", because: "The address of the page, which the page is at." },
  {
    at: "/security/*/*",
    is: [],
    because: "Requests carry a token of a scheme that says where it is from. No scopes are stated.",
  },
];

function patternOf(at: string): RegExp {
  const escaped = at
    .replaceAll(/[.+?^$()[\]\\{}|]/g, "\\$&")
    .replaceAll("/**", "(?:/[^/]+)*")
    .replaceAll("/*", "/[^/]+");
  return new RegExp(`^${escaped}$`);
}

const reviewedPatterns = beyondThePage.map((one) => [patternOf(one.at), one] as const);

/** A scalar of the document, or an empty map or list. */
export interface Leaf {
  /** JSON pointer. */
  readonly pointer: string;
  readonly value: Json;
}

/**
 * Finds what the document says beyond the page that nothing explains. An `x-source` explains everything below it where the
 * page has nothing, as in a server. Beside something that the page has, such as the type of a field, it explains the
 * one thing beside it, or, of several, those that it names: the source of a format is not that of a pattern.
 */
export function unexplainedIn(document: Document, view: View, places: readonly Place[]): Leaf[] {
  const stated = new Set(places.flatMap(({ parts }) => parts.map((part) => originOf(view, part))));
  const root = document as Json;
  const leaves = [...leavesOf(root)];
  const isStated = ({ pointer, value }: Leaf) =>
    holdersOf(pointer).some((one) => stated.has(one)) || isFollowed(pointer, value);
  const beyond = leaves.filter((leaf) => !isStated(leaf));
  const open = beyond.filter((leaf) => !reviewedPatterns.some((one) => fits(one, leaf)));
  const sources = new Map(
    leaves.flatMap(({ pointer, value }) => {
      const isSource = pointer.endsWith("/x-source") && typeof value === "string" && value.trim();
      return isSource ? [[holderOf(pointer), String(value)] as const] : [];
    }),
  );
  const others = leaves.filter(isStated);
  const isAllBeyond = (holder: string) =>
    !others.some(({ pointer }) => pointer === holder || pointer.startsWith(`${holder}/`));
  const explainedBelow = [...sources.keys()].filter(isAllBeyond);
  return open.filter(({ pointer }) => {
    if (explainedBelow.some((holder) => pointer.startsWith(`${holder}/`))) return false;
    const holder = holderOf(pointer);
    const source = sources.get(holder);
    if (source === undefined) return true;
    const beside = open.filter((other) => holderOf(other.pointer) === holder);
    return beside.length > 1 && !source.split(/\W+/).includes(keysOf(pointer).at(-1) ?? "");
  });
}

function holderOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** A pointer, and those of all that it is in. */
function holdersOf(pointer: string): string[] {
  return pointer === "" ? [] : [pointer, ...holdersOf(holderOf(pointer))];
}

/** A reference to another part than a model: a page cannot tell it from what it leads to. */
function isFollowed(pointer: string, value: Json): boolean {
  return pointer.endsWith("/$ref") && modelName(value) === undefined;
}

function fits([pattern, reviewed]: (typeof reviewedPatterns)[number], leaf: Leaf): boolean {
  if (!pattern.test(leaf.pointer)) return false;
  return "is" in reviewed
    ? isDeepStrictEqual(leaf.value, reviewed.is)
    : typeof leaf.value === "string" && leaf.value.trim() !== "";
}

export function* leavesOf(value: Json, pointer = ""): Generator<Leaf> {
  const parts = value === null || typeof value !== "object" ? [] : Object.entries(value);
  if (parts.length === 0) yield { pointer, value };
  for (const [key, part] of parts) yield* leavesOf(part, pointerTo(pointer, key));
}
