import { isAlias, isMap, isSeq, LineCounter, parseDocument } from "yaml";
import { keysOf } from "../generate/document.js";

/** A line of the document. */
export interface DocumentLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * Finds the line of a YAML document where what a JSON pointer names begins: the line with its key. Of a pointer that
 * leads nowhere, the line that it still leads to.
 */
export function documentLines(source: string): (pointer: string) => DocumentLine {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  const lines = source.split("\n");
  return (pointer) => {
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
}
