/** The elements of a page of HTML, and which of them are no part of its content. */
import type { DefaultTreeAdapterTypes } from "parse5";

export type Node = DefaultTreeAdapterTypes.ChildNode;
export type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

const words = (text: string) => new Set(text.split(" "));

const blocks = words(
  "address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul",
);

const neverContent = words(
  "canvas datalist iframe nav noscript object script search select style svg template",
);

const roles = words("banner contentinfo navigation search");

const headings = ["h1", "h2", "h3", "h4", "h5", "h6"];

export function isElement(node: Node): node is Element {
  return "tagName" in node;
}

export function isBlock({ tagName }: Element): boolean {
  return blocks.has(tagName);
}

export function attributeOf({ attrs }: Element, name: string): string | undefined {
  return attrs.find((one) => one.name === name)?.value;
}

/** The elements below a node that have one of the names, in the order of the page. */
export function elementsIn({ childNodes }: Parent, ...names: string[]): Element[] {
  return childNodes
    .filter(isElement)
    .flatMap((child) => [
      ...(names.includes(child.tagName) ? [child] : []),
      ...elementsIn(child, ...names),
    ]);
}

/** The text of a node as it stands in the source. */
export function rawTextOf(node: Node): string {
  if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
  return isElement(node) ? node.childNodes.map(rawTextOf).join("") : "";
}

/** Whether an element is around the content of a page, or decorates it. */
export function isBesideContent(element: Element): boolean {
  const { tagName } = element;
  if (neverContent.has(tagName) || roles.has(attributeOf(element, "role") ?? "")) return true;
  // A section that is collapsed is hidden, too. An icon or a mark for copying is no block.
  const isHidden =
    attributeOf(element, "hidden") !== undefined || attributeOf(element, "aria-hidden") === "true";
  if (isHidden && !isBlock(element)) return true;
  // The button that opens a section has its title for a text.
  if (tagName === "button") return attributeOf(element, "aria-expanded") === undefined;
  if (tagName === "header") return isOfSite(element);
  if (tagName === "footer" || tagName === "form") return !hasContent(element);
  if (tagName === "aside") return elementsIn(element, "nav", "ul", "ol").some(isNavigation);
  if (tagName === "ul" || tagName === "ol") return isContents(element) && !isInCell(element);
  return tagName === "a" && isMarkOfHeading(element);
}

/** Whether an element holds what only the content of a page holds. */
export function hasContent(element: Element): boolean {
  return elementsIn(element, "table", "pre", "dl", ...headings).length > 0;
}

function ancestorsOf({ parentNode }: Element): Element[] {
  if (!parentNode || !("tagName" in parentNode)) return [];
  return [parentNode, ...ancestorsOf(parentNode)];
}

function isWithin(element: Element, ...names: string[]): boolean {
  return ancestorsOf(element).some(({ tagName }) => names.includes(tagName));
}

function isOfSite(header: Element): boolean {
  return !isWithin(header, "main", "article", "section");
}

function isInCell(element: Element): boolean {
  return isWithin(element, "td", "th", "dt", "dd");
}

function isNavigation(element: Element): boolean {
  return element.tagName === "nav" || isContents(element);
}

/** Whether a list is a table of contents: links to places of its own page, and nothing beside them. */
function isContents(list: Element): boolean {
  if (elementsIn(list, ...headings).length > 0) return false;
  const links = elementsIn(list, "a");
  const linked = links.map(rawTextOf).join("");
  return (
    links.length > 0 &&
    links.every(isLinkWithinPage) &&
    letters(linked) === letters(rawTextOf(list))
  );
}

function isLinkWithinPage(link: Element): boolean {
  return attributeOf(link, "href")?.startsWith("#") ?? false;
}

/**
 * Whether a link is the mark beside a heading that links to it: a sign, or words for those who cannot see it. The heading
 * itself can be a link, too, and can have links to other places in it, such as to a model.
 */
function isMarkOfHeading(link: Element): boolean {
  const owner = ancestorsOf(link).find(({ tagName }) => headings.includes(tagName));
  if (!owner || !isLinkWithinPage(link)) return false;
  const text = letters(rawTextOf(link));
  const places = [owner, ...ancestorsOf(owner).slice(0, 1)].map((one) => attributeOf(one, "id"));
  const isToItself = places.some((id) => attributeOf(link, "href") === `#${id}`);
  return text === "" || (isToItself && text !== letters(rawTextOf(owner)));
}

function letters(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, "");
}
