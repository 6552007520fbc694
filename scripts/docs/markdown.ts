import { createRequire } from "node:module";

/** As much as is used here of markdown-it, which comes without types. */
interface MarkdownIt {
  parse(text: string, environment: object): Token[];
  render(text: string): string;
  renderInline(text: string): string;
  core: { ruler: { push(name: string, rule: (state: { tokens: Token[] }) => void): void } };
}

export interface Token {
  readonly type: string;
  readonly tag: string;
  readonly content: string;
  /** Of a fence: what stands behind the opening marks. */
  readonly info: string;
  /** The first line, from 0, and the one after the last. */
  readonly map: readonly [number, number] | null;
  readonly children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

/**
 * The renderer that TypeDoc uses, in the version that TypeDoc has, wherever npm has put it: the changelog and the
 * client's reference are read alike, and the project gains no dependency of its own.
 */
const fromTypeDoc = createRequire(createRequire(import.meta.url).resolve("typedoc"));
const create: (options: object) => MarkdownIt = fromTypeDoc("markdown-it");

/** A reader of Markdown. Tags of HTML in it are shown as text, never taken for HTML. */
export function createMarkdown(): MarkdownIt {
  return create({ html: false });
}

const reader = createMarkdown();

/** A program in a Markdown text. */
export interface Program {
  /** The line of its first line, from 1. */
  line: number;
  code: string;
}

/** The fenced blocks of one language. */
export function programsIn(markdown: string, language: string): Program[] {
  return reader
    .parse(markdown, {})
    .filter(({ type, info }) => type === "fence" && info.trim() === language)
    .map(({ content, map }) => ({ line: (map?.[0] ?? 0) + 2, code: content }));
}

/** Where the links of a Markdown text lead, those in code not counted. */
export function linksIn(markdown: string): string[] {
  return reader
    .parse(markdown, {})
    .flatMap(({ children }) => children ?? [])
    .map((token) => token.attrGet("href") ?? token.attrGet("src"))
    .filter((target) => target !== null);
}

/** The headings of a Markdown text, with their levels. */
export function headingsIn(markdown: string): { level: number; text: string }[] {
  const tokens = reader.parse(markdown, {});
  return tokens.flatMap(({ type, tag }, index) =>
    type === "heading_open"
      ? [{ level: Number(tag.slice(1)), text: tokens[index + 1]?.content ?? "" }]
      : [],
  );
}
