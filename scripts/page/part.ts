import { CliError } from "../lib/cli-error.js";
import { keysOf } from "../lib/pointer.js";
import type { DocumentSource, Path } from "./document-source.js";

/** A part of the document, present or not. What is read as a fact is claimed; the rest is beyond the page. */
export interface Part {
  readonly path: Path;
  readonly value: unknown;
  readonly line: number;
  /** A part of this one, whether or not it is there. */
  at(...keys: string[]): Part;
  /** The part that a pointer names, such as `#/paths/~1a`, whether or not it is there. */
  find(pointer: string): Part;
  /** Its parts by their keys, if it is a map; by their indexes, if it is a list. */
  entries(): [key: string, part: Part][];
  /** Itself, or what its `$ref` names. */
  resolved(): Part;
  claim(): void;
  /** Claims a text, and gives it; undefined if the part is none. */
  text(): string | undefined;
}

export interface Claims {
  readonly root: Part;
  /** The scalars, and empty maps and lists, that nobody has claimed. */
  unclaimed(): Part[];
}

export function createClaims(source: DocumentSource): Claims {
  const claimed = new Set<unknown>();
  const keyOf = (path: Path) => JSON.stringify(path);
  const root = createPart([], source.content);
  return { root, unclaimed: () => leaves(root) };

  function createPart(path: Path, value: unknown): Part {
    const part: Part = {
      path,
      value,
      get line() {
        return source.lineOf(path);
      },
      at: (key, ...keys) => {
        if (key === undefined) return part;
        return createPart([...path, key], childOf(value, key)).at(...keys);
      },
      find: (pointer) => root.at(...keysOf(pointer)),
      entries: () => Object.keys(isObject(value) ? value : {}).map((key) => [key, part.at(key)]),
      resolved: () => resolve(part),
      claim: () => void claimed.add(keyOf(path)),
      text() {
        if (typeof value !== "string") return undefined;
        part.claim();
        return value;
      },
    };
    return part;
  }

  function resolve(part: Part, seen: readonly string[] = []): Part {
    const reference = part.at("$ref").text();
    if (reference === undefined) return part;
    const target = root.find(reference);
    if (target.path.length === 0 || target.value === undefined || seen.includes(reference)) {
      throw new CliError(
        `The $ref on line ${part.at("$ref").line} names nothing in this file: ${reference}`,
      );
    }
    return resolve(target, [...seen, reference]);
  }

  function leaves(part: Part): Part[] {
    if (claimed.has(keyOf(part.path))) return [];
    const parts = part.entries();
    return parts.length === 0 ? [part] : parts.flatMap(([, inner]) => leaves(inner));
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function childOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
