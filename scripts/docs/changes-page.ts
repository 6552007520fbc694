import { createMarkdown } from "./markdown.js";
import { textPage } from "./page-frame.js";

/** How a line of the changelog begins that is to be seen, and the class of its mark. */
const marks: ReadonlyMap<string, string> = new Map([
  ["Breaking", "breaking"],
  ["Check", "check"],
]);

/** Renders the changelog as a page, its breaking lines marked: by a word in a frame, not by colour alone. */
export function changesPage(changelog: string, page: { header: string; style: string }): string {
  return textPage({
    ...page,
    title: "Changes",
    description: "What changed for users of loke-customers, version by version.",
    main: render(changelog),
  });
}

function render(changelog: string): string {
  const markdown = createMarkdown();
  markdown.core.ruler.push("marks", ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type === "heading_open") token.attrSet("id", slug(tokens[index + 1]?.content));
      for (const [child, strong] of (token.children ?? []).entries()) {
        const word = token.children?.[child + 1]?.content ?? "";
        const mark = marks.get(word.replace(/[:.]$/, ""));
        if (strong.type !== "strong_open" || mark === undefined) continue;
        // In the paragraph above the versions the words are explained, not used.
        if (!startsLine(token.children ?? [], child)) continue;
        strong.attrSet("class", `site-mark site-mark-${mark}`);
      }
    }
  });
  return markdown.render(changelog);
}

/** Whether nothing but white space stands before a token, on its line. */
function startsLine(tokens: readonly { type: string; content: string }[], index: number): boolean {
  const before = tokens[index - 1];
  if (before === undefined || /^(soft|hard)break$/.test(before.type)) return true;
  return before.type === "text" && before.content.trim() === "" && startsLine(tokens, index - 1);
}

/** `0.2.0 - 2026-01-31` → `0-2-0-2026-01-31`: an address for each version. */
function slug(heading = ""): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
