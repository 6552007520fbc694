/** The vendor's page as text, from its HTML. */
import { parse } from "parse5";
import { definitionLines, tableLines } from "./html-table.js";
import {
  attributeOf,
  type Element,
  elementsIn,
  hasContent,
  isBesideContent,
  isBlock,
  isElement,
  type Node,
  rawTextOf,
} from "./html-tree.js";
import { isSection, requestOf } from "./read-lines.js";
import type { TableKind } from "./read-table.js";

export interface HtmlPage {
  /** In a form that `readPage` reads: blocks of lines, and tables whose cells are parted by tabs. */
  readonly text: string;
  /** Whether scripts would have to run before the page has a content. */
  readonly needsBrowser: boolean;
}

/** More than an app shell has to say, such as that scripts must be enabled. */
const shellLength = 500;

/** Whether a text is the source of a page of HTML. A page of text begins with no tag. */
export function isHtml(text: string): boolean {
  return /^\s*<[!?a-z]/i.test(text);
}

/** Reads a page of HTML. Its menus and its footer are left out, and collapsed sections are read. */
export function readHtml(html: string): HtmlPage {
  const document = parse(html);
  const [body] = elementsIn(document, "body");
  const mains = elementsIn(document, "main", "div", "article").filter(
    (one) => one.tagName === "main" || attributeOf(one, "role") === "main",
  );
  const texts = [...mains, ...(body ? [body] : [])].map((root) => textOf(root));
  const hasOperation = (text: string) =>
    text.split("\n").some((line) => requestOf(line) !== undefined);
  const text = texts.find(hasOperation) ?? texts.at(-1) ?? "";
  const hasScript = elementsIn(document, "script").length > 0;
  return { text, needsBrowser: hasScript && !hasOperation(text) && text.length < shellLength };
}

function textOf(root: Element): string {
  const writer = createWriter();
  writeNodes(root.childNodes, writer);
  return `${joinRequests(writer.end()).join("\n\n")}\n`;
}

interface Writer {
  /** The section of the page that the next block is in, as far as it is known. */
  section(): string | undefined;
  write(text: string): void;
  /** Ends a block, adds another, and returns all there are. */
  end(lines?: readonly string[]): string[];
}

function createWriter(): Writer {
  const blocks: string[] = [];
  let inline = "";
  let section: string | undefined;
  const add = (lines: readonly string[]) => {
    const [line = ""] = lines;
    if (isSection(line) || line === "Models") section = line;
    if (requestOf(line) !== undefined) section = undefined;
    if (lines.length > 0) blocks.push(lines.join("\n"));
  };
  return {
    section: () => section,
    write: (text) => {
      inline += text;
    },
    end(lines = []) {
      add(inline.split("\n").map(oneLine).filter(Boolean));
      inline = "";
      add(lines);
      return blocks;
    },
  };
}

/** A line as a browser shows it, without the characters that say only where it may break. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\u00AD\u200B\u2060\uFEFF]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function writeNodes(nodes: readonly Node[], writer: Writer): void {
  for (const node of nodes) {
    if (node.nodeName === "#text") writer.write(rawTextOf(node).replaceAll("\n", " "));
    else if (isElement(node) && !isBesideContent(node)) writeElement(node, writer);
  }
}

function writeElement(element: Element, writer: Writer): void {
  const { tagName, childNodes } = element;
  if (tagName === "br") writer.write("\n");
  else if (isBlock(element)) writeBlock(element, writer);
  else writeNodes(childNodes, writer);
}

function writeBlock(element: Element, writer: Writer): void {
  const { tagName, childNodes } = element;
  writer.end();
  const kind = kindAfter(writer.section());
  if (tagName === "pre") writer.end(preLines(element));
  else if (tagName === "table" && !hasContent(element)) {
    for (const caption of elementsIn(element, "caption")) writer.end(linesOf(caption.childNodes));
    writer.end(tableLines(element, linesOf));
  } else if (tagName === "dl" && kind && !hasContent(element)) {
    writer.end(definitionLines(element, kind, linesOf));
  } else writeNodes(childNodes, writer);
  writer.end();
}

/** Which table a list of definitions stands for. In another section it is a list of blocks. */
function kindAfter(section: string | undefined): TableKind | undefined {
  if (section === "Parameters") return "parameters";
  return section === "Models" ? "fields" : undefined;
}

function linesOf(nodes: readonly Node[]): string[] {
  const writer = createWriter();
  writeNodes(nodes, writer);
  return writer.end().flatMap((block) => block.split("\n"));
}

/** The lines of a `pre`. The reader does not know tabs in an example. */
function preLines(pre: Element): string[] {
  const lines = preText(pre)
    .replaceAll("\t", "  ")
    .split(/\r\n|\n|\r/);
  return lines.map((line) => line.trimEnd()).filter((line) => line !== "");
}

/** Highlighting can make each line an element. */
function preText(element: Element): string {
  return element.childNodes
    .map((node) => {
      if (!isElement(node)) return rawTextOf(node);
      if (isBesideContent(node)) return "";
      if (node.tagName === "br") return "\n";
      return isBlock(node) ? `\n${preText(node)}\n` : preText(node);
    })
    .join("");
}

/** Joins a method with its path: a page can show it as a badge, and style alone parts them. */
function joinRequests(blocks: readonly string[]): string[] {
  const joined: string[] = [];
  for (const block of blocks) {
    const [, method = "", path = ""] = /^([a-z]+)(\/.*)$/i.exec(block) ?? [];
    const together = [`${joined.at(-1)} ${block}`, `${method} ${path}`];
    const isApart = block.startsWith("/") && requestOf(together[0] ?? "") !== undefined;
    if (isApart) joined.splice(-1, 1, together[0] ?? "");
    else joined.push(requestOf(together[1] ?? "") === undefined ? block : (together[1] ?? ""));
  }
  return joined;
}
