import { type Document, modelsOf, operationsOf } from "./document.js";
import type { GuideSection } from "./guide.js";
import { headingsIn } from "./markdown.js";

/**
 * The addresses that the renderer answers on its page, derived from what it is given. That it lands there is shown in
 * test/browser.
 */
export function routesOf(document: Document, guide: readonly GuideSection[]): string[] {
  return [
    "#/",
    ...guide.flatMap(({ markdown }) => {
      const headings = headingsIn(markdown);
      const [section] = headings.filter(({ level }) => level === 1);
      return headings
        .filter(({ level }) => level <= 2)
        .map(({ level, text }) =>
          level === 1
            ? `#/section/${slug(text)}`
            : `#/section/${slug(section?.text ?? "")}/${slug(text)}`,
        );
    }),
    // Operations without a tag, which ours are made into, are "other" to the renderer.
    ...operationsOf(document).map(({ operationId }) => `#/other/${operationId.toLowerCase()}`),
    ...modelsOf(document).map(([name]) => `#/${slug(name)}`),
  ];
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .trim()
    .replaceAll(/\s+/g, "-");
}
