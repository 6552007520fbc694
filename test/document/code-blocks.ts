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

/** A fenced block, whatever is in it. Lines count from 0. */
interface Fence {
  /** The line of the opening fence. */
  start: number;
  /** The line of the closing fence. */
  end: number;
  /** Of the list or quote that it stands in. */
  indent: string;
  language: string;
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
  const lines = markdown.split(/\r?\n/);
  const blocks: CodeBlock[] = [];
  const unused = new Set(linesOfProse(lines).filter((index) => isMarker(lines[index])));
  for (const { start, end, indent, language } of fences(lines)) {
    const known = languages.get(language);
    if (known === undefined) continue;
    unused.delete(start - 1);
    blocks.push({
      line: start + 2,
      language: known,
      code: lines
        .slice(start + 1, end)
        .map((line) => unindent(line, indent))
        .join("\n"),
      ...readMarker(lines, start - 1),
    });
  }
  for (const index of unused) throw wrong(index, "the marker is not followed by a block of code");
  return blocks;
}

/** What a document has outside of blocks and spans of code. */
export function proseOf(markdown: string): string {
  return withoutCode(markdown).replace(/`[^`\n]*`/g, "");
}

/** What a document has outside of blocks of code. */
export function withoutCode(markdown: string): string {
  const lines = markdown.split(/\r?\n/);
  return linesOfProse(lines)
    .map((index) => lines[index])
    .join("\n");
}

/** @throws Error for a block that does not end. */
function* fences(lines: string[]): Generator<Fence> {
  for (let start = 0; start < lines.length; start++) {
    const opening = /^([\s>]*)(`{3,}|~{3,})\s*([\w-]*)[^`]*$/.exec(lines[start] ?? "");
    if (!opening) continue;
    const [, indent = "", fence = "", language = ""] = opening;
    // At least as long as the opening fence, of the same character, and nothing else on the line.
    const closing = new RegExp(`^[\\s>]*${fence}${fence.charAt(0)}*\\s*$`);
    const end = lines.findIndex((line, index) => index > start && closing.test(line));
    if (end === -1) throw wrong(start, "the block of code does not end");
    yield { start, end, indent, language };
    start = end;
  }
}

function linesOfProse(lines: string[]): number[] {
  const all = [...fences(lines)];
  return [...lines.keys()].filter(
    (index) => !all.some(({ start, end }) => start <= index && index <= end),
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

function unindent(line: string, indent: string): string {
  let index = 0;
  while (index < indent.length && /[\s>]/.test(line.charAt(index))) index++;
  return line.slice(index);
}

function wrong(index: number, problem: string): Error {
  return new Error(`line ${index + 1}: ${problem}`);
}
