import MiniSearch from "minisearch";
import { attribute, type Element, isElement, nodesOf, textOf } from "./html.js";
import { type Entry, searchOptions } from "./search-options.js";

/** Elements between which a reader sees a gap, so that words on both sides must not become one. */
const blocks =
  /^(address|article|br|blockquote|d[dlt]|details|div|h[1-6]|hr|li|ol|p|pre|section|summary|t[dhr]|table|ul)$/;

/** Returns the sections of a page: what stands below each heading that has an anchor, up to the next one. */
export function sectionsOf(path: string, html: string): Entry[] {
  const main = [...nodesOf(html)].find((node) => isElement(node) && node.tagName === "main");
  const sections: Entry[] = [];
  let page = "";
  if (main && isElement(main)) visit(main);
  return sections.map((section) => ({ ...section, text: oneLine(section.text) }));

  function visit(element: Element): void {
    for (const node of element.childNodes) {
      const current = sections.at(-1);
      if ("value" in node && current) current.text += node.value;
      if (!isElement(node) || node.tagName === "nav") continue;
      const anchor = attribute(node, "id");
      if (/^h[1-6]$/.test(node.tagName) && (page === "" || anchor !== undefined)) {
        const title = oneLine(textOf(node));
        if (page === "") page = title;
        const href = sections.length > 0 ? `${path}#${anchor}` : path;
        sections.push({ href, title, page, text: "" });
        continue;
      }
      const isBlock = blocks.test(node.tagName);
      if (isBlock && current) current.text += "\n";
      visit(node);
      const last = sections.at(-1);
      if (isBlock && last) last.text += "\n";
    }
  }
}

/** Returns the script that holds the index of all pages: a page that is opened from a file can load a script, and no JSON. */
export function searchIndex(pages: Iterable<readonly [path: string, html: string]>): string {
  const index = new MiniSearch<Entry>(searchOptions);
  for (const [path, html] of pages) index.addAll(sectionsOf(path, html));
  return `globalThis.siteSearchIndex = ${JSON.stringify(JSON.stringify(index))};\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
