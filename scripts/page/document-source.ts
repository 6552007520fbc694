import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** A document that cannot be read. The message says what is wrong with it. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
}

/** A place in the document: keys of maps and indexes of lists. */
export type Path = readonly string[];

/** A YAML document's content, and the line of each of its parts. */
export interface DocumentSource {
  readonly content: unknown;
  /** The line of a part: of its key, in a map. */
  lineOf(path: Path): number;
}

export function parseSource(text: string): DocumentSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [error] = document.errors;
  if (error) throw new DocumentError(error.message);
  if (!isMap(document.contents))
    throw new DocumentError("It is no map, as an OpenAPI document is.");
  return {
    content: document.toJS(),
    lineOf: (path) => lineCounter.linePos(offsetOf(document, path)).line,
  };
}

/** Where a part begins; if there is no such part, where the nearest one that holds its place does. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = (node as Node).range?.[0] ?? 0;
  for (const key of path) {
    let start: unknown;
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => (isScalar(item.key) ? `${item.key.value}` : "") === key,
      );
      start = pair?.key;
      node = pair?.value;
    } else if (isSeq(node)) {
      start = node = node.items[Number(key)];
    }
    if (!start) break;
    offset = (start as Node).range?.[0] ?? offset;
  }
  return offset;
}

/** `["paths", "/a"]` as `#/paths/~1a`. */
export function pointerOf(path: Path): string {
  return ["#", ...path.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
}
