import { pointerOf } from "./document-source.js";

/** The places in which two examples differ, as JSON pointers with what is there; of many, the first three. */
export function exampleDifference(
  page: unknown,
  document: unknown,
): { page: string; document: string } | undefined {
  const places = [...differing(page, document, [])];
  if (places.length === 0) return undefined;
  const shown = places.slice(0, 3);
  const more = places.length > shown.length ? [`and ${places.length - shown.length} more`] : [];
  const side = (name: "page" | "document") =>
    [...shown.map((place) => `${place.pointer}: ${brief(place[name])}`), ...more].join(", ");
  return { page: side("page"), document: side("document") };
}

interface Place {
  readonly pointer: string;
  readonly page: unknown;
  readonly document: unknown;
}

function* differing(page: unknown, document: unknown, path: readonly string[]): Generator<Place> {
  if (isTree(page) && isTree(document) && Array.isArray(page) === Array.isArray(document)) {
    for (const key of new Set([...Object.keys(page), ...Object.keys(document)])) {
      yield* differing(own(page, key), own(document, key), [...path, key]);
    }
  } else if (!Object.is(page, document)) {
    yield { pointer: pointerOf(path), page, document };
  }
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function brief(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
