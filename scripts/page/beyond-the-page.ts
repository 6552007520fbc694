import { isDeepStrictEqual } from "node:util";
import type { View } from "../changes/view.js";
import type { Document } from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";
import { isMap, type Json } from "../lib/json.js";
import { keysOf, pointerTo } from "../lib/pointer.js";
import { ownOf } from "./document.js";

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

/** A value of a view, and what holds it, from the root on. */
type Condition = (value: Json, holders: readonly Json[]) => boolean;

const always: Condition = () => true;

/** What a page can state, as places of a view, and of which values. All else that a document says is beyond the page. */
const statable: readonly (readonly [at: string, condition: Condition])[] = [
  ["/info/version", (value) => value === "beta"],
  ["/tags/*/name", isHeading],
  ["/operations/*/summary", always],
  ["/operations/*/x-paging/header", always],
  ["/operations/*/x-paging/pageSize", (value) => typeof value === "number"],
  ["/operations/*/parameters/*/name", always],
  ["/operations/*/parameters/*/in", always],
  // The page marks no parameter as required; those in a path always are.
  ["/operations/*/parameters/*/required", (value, holders) => value === isInPath(holders)],
  ["/operations/*/parameters/*/schema/<type>", always],
  // A page that shows a body shows one that is sent.
  ["/operations/*/requestBody/required", (value) => value === true],
  ["/operations/*/requestBody/content/application~1json/schema/<type>", always],
  ["/operations/*/requestBody/content/application~1json/example/**", always],
  ["/operations/*/responses/*/x-error-code", always],
  ["/operations/*/responses/*/content/application~1json/schema/<type>", always],
  ["/operations/*/responses/*/content/application~1json/example/**", always],
  ["/components/schemas/*/type", (value) => value === "object"],
  ["/components/schemas/*/required/*", (value, holders) => isField(value, holders.at(-2))],
  ["/components/schemas/*/properties/*/<type>", always],
];

/** With one tag, it is the heading of the page. Of several, those that no operation has are of no page. */
function isHeading(value: Json, [tree]: readonly Json[]): boolean {
  const { operations, tags } = isMap(tree) ? tree : {};
  const used = Object.values(Object(operations)).flatMap((one) => Object(one).tags ?? []);
  return (Array.isArray(tags) && tags.length === 1) || used.includes(value);
}

function isInPath(holders: readonly Json[]): boolean {
  return ownOf(holders.at(-1), "in") === "path";
}

function isField(value: Json, model: Json | undefined): boolean {
  return ownOf(ownOf(model, "properties"), String(value)) !== undefined;
}

function patternOf(at: string): RegExp {
  const escaped = at
    .replaceAll(/[.+?^$()[\]\\{}|]/g, "\\$&")
    .replaceAll("/**", "(?:/[^/]+)*")
    .replaceAll("/*", "/[^/]+")
    .replace("/<type>", "(?:/items)*/(?:\\$ref|type(?:/[^/]+)?|enum/[^/]+)");
  return new RegExp(`^${escaped}$`);
}

const statablePatterns = statable.map(([at, condition]) => [patternOf(at), condition] as const);
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
export function unexplainedIn(document: Document, view: View): Leaf[] {
  const stated = statedPointers(view);
  const root = document as Json;
  const leaves = [...leavesOf(root)];
  const isStated = ({ pointer, value }: Leaf) => stated.has(pointer) || isFollowed(pointer, value);
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

function* leavesOf(value: Json, pointer = ""): Generator<Leaf> {
  const parts = value === null || typeof value !== "object" ? [] : Object.entries(value);
  if (parts.length === 0) yield { pointer, value };
  for (const [key, part] of parts) yield* leavesOf(part, pointerTo(pointer, key));
}

/** The places in the document of what a page can state. */
function statedPointers(view: View): ReadonlySet<string> {
  const stated = new Set<string>();
  const visit = (value: Json, path: string, pointer: string, holders: readonly Json[]) => {
    const parts = value === null || typeof value !== "object" ? [] : Object.entries(value);
    if (parts.length === 0) {
      const isStatable = statablePatterns.some(
        ([pattern, condition]) => pattern.test(path) && condition(value, holders),
      );
      if (isStatable) stated.add(pointer);
      return;
    }
    for (const [key, part] of parts) {
      const origin = part !== null && typeof part === "object" ? view.pointerOf(part) : undefined;
      const place = origin ?? view.placeOf(value as object, key) ?? pointerTo(pointer, key);
      visit(part as Json, pointerTo(path, key), place, [...holders, value]);
    }
  };
  visit(view.tree, "", "", []);
  return stated;
}
