import type { Document } from "../../scripts/generate/document.js";

type Key = string | number;

/**
 * Leaves out of a document what it can lose and still fail.
 *
 * @param untilMs - when to stop, on the clock of `Date`
 */
export async function shrink(
  document: Document,
  stillFails: (smaller: Document) => Promise<boolean>,
  untilMs: number,
): Promise<Document> {
  let smallest = document;
  let hasShrunk = true;
  while (hasShrunk) {
    hasShrunk = false;
    for (const place of placesIn(smallest)) {
      if (Date.now() > untilMs) return smallest;
      const smaller = without(smallest, place);
      if (smaller === undefined || !(await stillFails(smaller))) continue;
      smallest = smaller;
      hasShrunk = true;
    }
  }
  return smallest;
}

/** Places of what can be left out, the outermost first. */
function placesIn(document: Document): Key[][] {
  const places: Key[][] = [];
  let level: Key[][] = [["paths"], ["components", "schemas"]];
  while (level.length > 0) {
    const inner = level.flatMap((place) =>
      keysOf(at(document, place)).map((key) => [...place, key]),
    );
    places.push(...inner.filter(canGo));
    level = inner;
  }
  return places;
}

/** Without these, a document would be another one that fails for another reason. */
const kept = new Set(
  "$ref allOf anyOf application/json content discriminator in items mapping name oneOf operationId properties propertyName schema type".split(
    " ",
  ),
);

function canGo(place: readonly Key[]): boolean {
  const holder = place.at(-2);
  const isMember = typeof place.at(-1) === "number" && /^(oneOf|anyOf|allOf)$/.test(`${holder}`);
  // The field that tells the members of a union apart, and that they all have it.
  if (place.at(-1) === "kind" || place.at(-1) === "required") return false;
  return (
    !isMember && holder !== "required" && (holder === "properties" || !kept.has(`${place.at(-1)}`))
  );
}

/** Whether all that a document refers to is there. */
export function isComplete(document: Document): boolean {
  const names = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
  return [...names].every(([, name]) =>
    Object.hasOwn(document.components?.schemas ?? {}, `${name}`),
  );
}

function keysOf(value: unknown): Key[] {
  if (Object(value) !== value) return [];
  const keys = Object.keys(value as object);
  return Array.isArray(value) ? keys.map(Number).reverse() : keys;
}

function at(value: unknown, place: readonly Key[]): unknown {
  return place.reduce<unknown>((node, key) => Object(node)[key], value);
}

/** A copy without what is at a place; `undefined` where that is gone already. */
function without(document: Document, place: readonly Key[]): Document | undefined {
  const copy = structuredClone(document);
  const key = place.at(-1) ?? "";
  const holder = at(copy, place.slice(0, -1));
  if (Object(holder) !== holder || !Object.hasOwn(Object(holder), key)) return undefined;
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else {
    delete Object(holder)[key];
    // Of a field that is gone nothing else may speak.
    const schema = Object(at(copy, place.slice(0, -2)));
    if (place.at(-2) === "properties" && Array.isArray(schema.required)) {
      schema.required = schema.required.filter((name: unknown) => name !== key);
    }
  }
  return copy;
}
