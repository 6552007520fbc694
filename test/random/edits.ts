import { isDeepStrictEqual } from "node:util";

/** An edit of a document, at one place. */
export interface DocumentEdit {
  /** Such as `delete /info/title`. */
  readonly name: string;
  /** The document with the edit made. */
  readonly document: unknown;
}

type Container = Record<string, unknown> | unknown[];

/** Every edit of every node: deleted, changed if it is a scalar, given a key more, put in another order. */
export function* editsOf(document: unknown): Generator<DocumentEdit> {
  for (const path of pathsIn(document)) {
    for (const [name, edit] of Object.entries(editsAt)) {
      const copy = structuredClone(document);
      if (path.length > 0 && edit(parentOf(copy, path), path.at(-1) ?? "")) {
        yield { name: `${name} /${path.join("/")}`, document: copy };
      }
    }
  }
}

/** How many nodes a document has. */
export function nodesIn(document: unknown): number {
  return [...pathsIn(document)].length;
}

/** Makes an edit of one node, and tells whether there was one to make. */
type Edit = (parent: Container, key: string) => boolean;

const editsAt: Record<string, Edit> = {
  delete(parent, key) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
    return true;
  },
  change: (parent, key) =>
    replace(parent, key, (value) => {
      if (typeof value === "string") return `${value}X`;
      if (typeof value === "number") return value + 1;
      return typeof value === "boolean" ? !value : value;
    }),
  "add a key to": (parent, key) =>
    replace(parent, key, (value) =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? { ...value, "x-added": true }
        : value,
    ),
  reorder: (parent, key) =>
    replace(parent, key, (value) => (Array.isArray(value) ? value.toReversed() : value)),
};

function replace(parent: Container, key: string, by: (value: unknown) => unknown): boolean {
  const map = parent as Record<string, unknown>;
  const before = map[key];
  map[key] = by(before);
  return !isDeepStrictEqual(before, map[key]);
}

function* pathsIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  if (value === null || typeof value !== "object") return;
  for (const [key, part] of Object.entries(value)) yield* pathsIn(part, [...path, key]);
}

function parentOf(document: unknown, path: readonly string[]): Container {
  return path
    .slice(0, -1)
    .reduce((node, key) => (node as Record<string, unknown>)[key], document) as Container;
}
