import { eastAsianWidth } from "get-east-asian-width";
import { escapeCharacter } from "./escape.js";

const graphemes = new Intl.Segmenter();

/** The cells that a text takes on a terminal. */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += cellsOf(segment);
  return cells;
}

/** The cells of what a reader sees as one character. */
function cellsOf(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(grapheme)) return 0;
  // Emoji, also flags, keycaps and those that are joined, and what is shown as one by a variation selector.
  if (/\p{Emoji_Presentation}|\ufe0f|\u20e3/u.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}

/** A text of exactly so many cells: filled up with blanks, or cut with a mark. */
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

/** Shows what a terminal would obey: control characters, and those that turn the direction of a text. */
export function escapeControls(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu,
    (character) => short[character] ?? escapeCharacter(character),
  );
}
