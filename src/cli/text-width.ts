import { eastAsianWidth } from "get-east-asian-width";
import { escapeCharacter } from "./escape.js";

const graphemes = new Intl.Segmenter();

/** The number of cells that a text fills on a terminal. */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += cellsOf(segment);
  return cells;
}

/** The number of cells of one visible character. */
function cellsOf(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(grapheme)) return 0;
  // Emoji, including flags, keycaps, joined emoji, and characters with an emoji variation selector.
  if (/\p{Emoji_Presentation}|\ufe0f|\u20e3/u.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}

/** Returns a text of exactly this many cells: padded with blanks, or cut with a mark. */
export function fit(text: string, width: number, isRight: boolean): string {
  const shown = widthOf(text) > width ? cut(text, width) : text;
  const blanks = " ".repeat(Math.max(0, width - widthOf(shown)));
  return isRight ? blanks + shown : shown + blanks;
}

function cut(text: string, width: number): string {
  let shown = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const cells = widthOf(segment);
    if (used + cells > width - 1) break;
    shown += segment;
    used += cells;
  }
  return width > 0 ? `${shown}…` : "";
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Escapes what a terminal would obey: control characters, and those that change the direction of a text. */
export function escapeControls(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu,
    (character) => short[character] ?? escapeCharacter(character),
  );
}
