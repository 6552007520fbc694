import { type Document, modelsOf, type Operation, operationsOf } from "./document.js";
import type { GuideSection } from "./guide.js";
import { headingsIn } from "./markdown.js";
import { slug } from "./slug.js";

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
    ...operationsOf(document).map(operationRoute),
    ...modelsOf(document).map(([name]) => modelRoute(name)),
  ];
}

/** Operations without a tag, which ours are made into, are "other" to the renderer. */
export function operationRoute({ operationId }: Operation): string {
  return `#/other/${operationId.toLowerCase()}`;
}

export function modelRoute(name: string): string {
  return `#/${slug(name)}`;
}
