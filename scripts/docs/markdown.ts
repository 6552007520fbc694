import MarkdownIt, { type StateCore, type Token } from "markdown-it";
import { highlight } from "./highlight.js";

/** What a page can tell the renderer. */
interface Environment {
  /** Whether lines that begin with **Breaking** or **Check** are marked. */
  marksChanges?: boolean;
}

const markdown = new MarkdownIt({ html: false, highlight });

markdown.core.ruler.push("site", (state) => {
  addAnchors(state);
  labelCells(state);
  markSources(state);
  const { marksChanges }: Environment = state.env;
  for (const { children } of state.tokens) {
    if (marksChanges) markChanges(children ?? []);
    for (const token of children ?? []) linkToPage(token);
  }
});

markdown.renderer.rules.table_open = () => '<div class="site-table" tabindex="0">\n<table>\n';
markdown.renderer.rules.table_close = () => "</table>\n</div>\n";

/** Renders Markdown. Tags of HTML in it are shown as text. Headings and named list items get stable anchors. */
export function renderMarkdown(text: string, environment: Environment = {}): string {
  return markdown.render(text, environment);
}

/** Renders one line of Markdown, without a paragraph around it. */
export function renderInline(text: string): string {
  return markdown.renderInline(text, {});
}

/** Escapes a text that is not Markdown, so that Markdown shows it as it is. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|~&#]/g, "\\$&").replaceAll(/\s+/g, " ");
}

/** Returns the title of a page, and the text of the paragraph below it. */
export function headOf(text: string): { title: string; summary: string } {
  const tokens = markdown.parse(text, {});
  const [, heading, , next, paragraph] = tokens;
  return {
    title: tokens[0]?.tag === "h1" ? plainText(heading) : "",
    summary: next?.type === "paragraph_open" ? plainText(paragraph) : "",
  };
}

function plainText(token: Token | undefined): string {
  const texts = token?.children?.map(({ type, content }) => (type === "softbreak" ? " " : content));
  return (texts ?? []).join("");
}

/** A program in a Markdown text. */
export interface Program {
  /** The line of its first line, from 1. */
  line: number;
  code: string;
}

/** Returns the fenced blocks of one language. */
export function programsIn(text: string, language: string): Program[] {
  return markdown
    .parse(text, {})
    .filter(({ type, info }) => type === "fence" && info.trim() === language)
    .map(({ content, map }) => ({ line: (map?.[0] ?? 0) + 2, code: content }));
}

/**
 * Gives each heading an `id` of its words, as GitHub does, and makes it a link to itself. A list item that begins with
 * **`name`** gets an `id` too, of its heading and the name.
 */
function addAnchors({ tokens, Token }: StateCore): void {
  const used = new Map<string, number>();
  const unique = (wanted: string) => {
    const count = used.get(wanted) ?? 0;
    used.set(wanted, count + 1);
    return count === 0 ? wanted : `${wanted}-${count}`;
  };
  let heading = "";
  for (const [index, token] of tokens.entries()) {
    if (token.type === "heading_open") {
      const children = tokens[index + 1]?.children ?? [];
      const anchor = unique(slug(children.map(({ content }) => content).join("")));
      token.attrSet("id", anchor);
      // A heading inside a list is part of a description, and no name of what follows.
      if (token.level === 0) heading = anchor;
      if (children.some(({ type }) => type === "link_open")) continue;
      const open = new Token("link_open", "a", 1);
      open.attrSet("href", `#${anchor}`);
      children.unshift(open);
      children.push(new Token("link_close", "a", -1));
    }
    if (token.type === "list_item_open") {
      const [strong, name] = withoutEmpty(tokens[index + 2]?.children);
      if (strong?.type !== "strong_open" || name?.type !== "code_inline") continue;
      token.attrSet("id", unique(slug(`${heading}-${name.content}`)));
    }
  }
}

/** Returns the anchor of a heading: in lower case, without punctuation, a hyphen for each space. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

/** Emphasis leaves empty texts behind. */
function withoutEmpty(tokens: readonly Token[] | null | undefined): Token[] {
  return (tokens ?? []).filter(({ type, content }) => type !== "text" || content !== "");
}

/** Gives each cell the head of its column: on a narrow window a row is shown as a list. */
function labelCells({ tokens }: StateCore): void {
  let heads: string[] = [];
  let column = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.type === "thead_open") heads = [];
    if (token.type === "tr_open") column = 0;
    const text = tokens[index + 1]?.children?.map(({ content }) => content).join("") ?? "";
    if (token.type === "th_open") {
      heads.push(text);
      const close = tokens[index + 2];
      // The corner of a table whose first column needs no name heads nothing.
      if (text === "" && close) token.tag = close.tag = "td";
    }
    if (token.type === "td_open") token.attrSet("data-label", heads[column++] ?? "");
  }
}

/** How a paragraph begins that says where something is from. */
export const sourceMark = "Source:";

/** Sets such paragraphs apart: they are about the document, not about the API. */
function markSources({ tokens }: StateCore): void {
  for (const [index, token] of tokens.entries()) {
    const [emphasis, word] = withoutEmpty(tokens[index + 1]?.children);
    const isSource = emphasis?.type === "em_open" && word?.content === sourceMark;
    if (token.type === "paragraph_open" && isSource) token.attrSet("class", "site-source");
  }
}

/** `lists.md#resume` → `lists.html#resume`: each page stands beside its Markdown. */
function linkToPage(token: Token): void {
  const href = token.type === "link_open" ? token.attrGet("href") : undefined;
  if (!href || /^[a-z][a-z\d+.-]*:/i.test(href)) return;
  token.attrSet("href", href.replace(/\.md(?=#|$)/, ".html"));
}

/** How a line of the changelog begins that must not be overlooked, and the class of its mark. */
const marks: ReadonlyMap<string, string> = new Map([
  ["Breaking", "breaking"],
  ["Check", "check"],
]);

/** Marks **Breaking** and **Check** at the beginning of a line. Elsewhere these words are explained, not used. */
function markChanges(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const word = tokens[index + 1]?.content.replace(/[:.]$/, "") ?? "";
    const mark = marks.get(word);
    if (token.type !== "strong_open" || mark === undefined) continue;
    const before = withoutEmpty(tokens.slice(0, index)).at(-1);
    const startsLine = before === undefined || /^(soft|hard)break$/.test(before.type);
    if (startsLine) token.attrSet("class", `site-mark site-mark-${mark}`);
  }
}
