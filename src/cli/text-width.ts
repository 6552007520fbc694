import stringWidth from "string-width";

const graphemes = new Intl.Segmenter();

/** The cells that a text takes on a terminal. */
export function widthOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
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
    (character) =>
      short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
