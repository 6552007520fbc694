import { type DefaultTreeAdapterTypes, parse } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

/** Escapes text for HTML, also between double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Yields every element and text of a page, in its order. The content of scripts and styles is left out. */
export function* nodesOf(html: string): Generator<Node> {
  yield* below(parse(html).childNodes);
}

/** Yields nodes and what is below them. */
function* below(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node;
    if ("childNodes" in node && !/^(script|style)$/.test(node.nodeName))
      yield* below(node.childNodes);
  }
}

export function isElement(node: Node): node is Element {
  return "tagName" in node;
}

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value;
}

/** Returns the text of an element, with that of the elements in it. */
export function textOf({ childNodes }: Element): string {
  return [...below(childNodes)].map((node) => ("value" in node ? node.value : "")).join("");
}

/**
 * Gives a page one `h1`, and headings without a gap: after an `h2` comes an `h3` at most. TypeDoc, and descriptions in the document, choose
 * levels that do not fit the page that they end up in.
 */
export function withoutHeadingGaps(html: string): string {
  let current = 0;
  return html.replaceAll(/<(\/?)h([1-6])\b/g, (_, slash: string, level: string) => {
    const highest = current === 0 ? 1 : 2;
    if (slash === "") current = Math.min(Math.max(Number(level), highest), current + 1);
    return `<${slash}h${current}`;
  });
}
