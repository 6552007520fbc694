import MarkdownIt from "markdown-it";

/** A block of code in a Markdown document, to be type-checked, and run unless it says why not. */
export interface CodeBlock {
  /** The document's line of the first line of code, from 1. */
  line: number;
  language: "ts" | "js";
  code: string;
  /** The exit code that it ends with, or why it is not run. */
  expected: { exitCode: number } | { typeCheckOnly: string };
  /** What runs it; `short lists` is Node, with few items for a program that makes a call for each. */
  runner: "node" | "short lists" | "vitest";
}

/** The languages of fences, as GitHub knows them. Blocks of others are not looked at. */
const languages: ReadonlyMap<string, CodeBlock["language"]> = new Map([
  ["ts", "ts"],
  ["typescript", "ts"],
  ["mts", "ts"],
  ["js", "js"],
  ["javascript", "js"],
  ["mjs", "js"],
]);

/**
 * Takes the blocks of TypeScript and JavaScript out of a Markdown document. The line before a block can hold
 * `<!-- example: expect exit 1 -->`, `<!-- example: run with vitest -->`, `<!-- example: run with short lists -->` or
 * `<!-- example: type-check only: it needs a browser -->`.
 *
 * @throws Error with the line, for a marker that says anything else, gives no reason, or stands before no such block.
 */
export function codeBlocks(markdown: string): CodeBlock[] {
  const lines = linesOf(markdown);
  const known = fencesIn(markdown).flatMap(({ content, info, start }) => {
    const language = languages.get(/^[\w-]*/.exec(info)?.[0] ?? "");
    return language ? [{ start, language, code: content.replace(/\n$/, "") }] : [];
  });
  const stray = linesOfProse(markdown)
    .filter((index) => isMarker(lines[index]))
    .find((index) => !known.some(({ start }) => start === index + 1));
  if (stray !== undefined) throw wrong(stray, "the marker is not followed by a block of code");
  return known.map(({ start, language, code }) => ({
    line: start + 2,
    language,
    code,
    ...readMarker(lines, start - 1),
  }));
}

/** What a document has outside of blocks and spans of code. */
export function proseOf(markdown: string): string {
  const lines = linesOf(markdown);
  const prose = linesOfProse(markdown).map((index) => lines[index]);
  return prose.join("\n").replace(/`[^`\n]*`/g, "");
}

interface Fence {
  /** The lines of its opening fence and behind its closing one, from 0. */
  start: number;
  end: number;
  info: string;
  content: string;
}

/** @throws Error for a block that does not end. */
function fencesIn(markdown: string): Fence[] {
  const lines = linesOf(markdown);
  const fences = new MarkdownIt().parse(markdown, {}).filter(({ type }) => type === "fence");
  return fences.map(({ content, info, map, markup }) => {
    const [start, end] = map ?? [0, 0];
    const isClosed = end - start > 1 && lines[end - 1]?.trimEnd().endsWith(markup);
    if (!isClosed) throw wrong(start, "the block of code does not end");
    return { start, end, info: info.trim(), content };
  });
}

function linesOf(markdown: string): string[] {
  return markdown.split(/\r?\n/);
}

function linesOfProse(markdown: string): number[] {
  const fences = fencesIn(markdown);
  return [...linesOf(markdown).keys()].filter(
    (index) => !fences.some(({ start, end }) => start <= index && index < end),
  );
}

function isMarker(line = ""): boolean {
  return /<!--\s*example\b/.test(line);
}

function readMarker(lines: string[], index: number): Pick<CodeBlock, "expected" | "runner"> {
  const line = lines[index] ?? "";
  const runner = "node";
  if (!isMarker(line)) return { expected: { exitCode: 0 }, runner };
  const [, text = ""] = /^[\s>]*<!-- example: (.*?) -->\s*$/.exec(line) ?? [];
  const [, other] = /^run with (vitest|short lists)$/.exec(text) ?? [];
  if (other) return { expected: { exitCode: 0 }, runner: other as CodeBlock["runner"] };
  const [, exitCode] = /^expect exit (\d+)$/.exec(text) ?? [];
  if (exitCode) return { expected: { exitCode: Number(exitCode) }, runner };
  const [, reason] = /^type-check only: (\S.*)$/.exec(text) ?? [];
  if (reason) return { expected: { typeCheckOnly: reason }, runner };
  throw wrong(
    index,
    'a marker is "example: " and "expect exit 1", "run with vitest", "run with short lists" or "type-check only: the reason"',
  );
}

function wrong(index: number, problem: string): Error {
  return new Error(`line ${index + 1}: ${problem}`);
}
