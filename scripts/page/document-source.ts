import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { CliError } from "../lib/cli-error.js";
import { escapeKey } from "../lib/pointer.js";

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
  if (error) throw new CliError(error.message);
  if (!isMap(document.contents)) throw new CliError("It is no map, as an OpenAPI document is.");
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
  return ["#", ...path.map(escapeKey)].join("/");
}
