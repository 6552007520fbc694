import { type Document, isAlias, isMap, isSeq, LineCounter, parseDocument } from "yaml";
import { keysOf } from "./pointer.js";

/** A line of a document. */
export interface DocumentLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface LineLocator {
  readonly document: Document.Parsed;
  /** Finds the line where a node begins: the line with its key. */
  readonly lineOf: (pointer: string) => DocumentLine;
}

/**
 * Finds the lines of the nodes of a YAML or JSON document by their JSON pointers. A pointer that leads nowhere gets the
 * line of the nearest node that contains it.
 */
export function createLineLocator(source: string): LineLocator {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  const lines = source.split("\n");
  const lineOf = (pointer: string) => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const key of keysOf(pointer)) {
      if (isAlias(node)) node = node.resolve(document);
      const pair = isMap(node) ? node.items.find((one) => String(one.key) === key) : undefined;
      const next: unknown = isSeq(node) ? node.items[Number(key)] : pair?.value;
      const place = (pair?.key ?? next) as { range?: [number, number, number] } | undefined;
      if (!place?.range) break;
      offset = place.range[0];
      node = next;
    }
    const { line } = lineCounter.linePos(offset);
    return { line, text: (lines[line - 1] ?? "").trim() };
  };
  return { document, lineOf };
}
