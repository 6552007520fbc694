import { requestOf, sectionNames } from "./line-forms.js";

/** A line that is not blank. */
export interface Line {
  readonly number: number;
  readonly text: string;
  /** Whether a blank line, or the start of the text, is before it. */
  readonly afterGap: boolean;
}

const section = `(${sectionNames.join("|")}|Models)`;
const startsSection = new RegExp(`^${section}$`);

/** `get /organizations/{organizationId}/customer-listsParameters` */
const blockAndSection = new RegExp(`^(.*\\S)${section}$`);

/**
 * The lines of a text, whatever ends them. Blocks that a rendition has run together are parted again. Tabs stay as
 * they are: they part the cells of a row, of which the first or the last can be empty.
 */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let afterGap = true;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.replaceAll("\u00A0", " ").replaceAll(/^ +| +$/g, "");
    if (line.trim() === "") {
      afterGap = true;
      continue;
    }
    lines.push({ number: index + 1, text: line, afterGap });
    afterGap = false;
  }
  return lines.flatMap((line, index) => partSection(line, lines[index + 1]));
}

/** Parts a section's name from a request, or from a row that a pipe ends. */
function partSection(line: Line, next: Line | undefined): Line[] {
  const [, before = "", name = ""] = blockAndSection.exec(line.text) ?? [];
  const isRow = before.endsWith("|");
  // A path can end in the word "Parameters" itself: then the next line is the section's name.
  const isRequest = requestOf(before) !== undefined && !startsSection.test(next?.text ?? "");
  if (!isRow && !isRequest) return [line];
  return [
    { ...line, text: before },
    { ...line, text: name, afterGap: false },
  ];
}
