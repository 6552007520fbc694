import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { attribute, isElement, nodesOf } from "./html.js";

/**
 * Other sites that pages may link to, besides those that the document names. They are not requested: whether they respond is
 * not for this build to say.
 */
const elsewhere = new Set([
  // TypeDoc explains what belongs to JavaScript and TypeScript by their own references.
  "developer.mozilla.org",
  "www.typescriptlang.org",
  // The guide names what it builds on and is used with.
  "github.com",
  "jestjs.io",
  "undici.nodejs.org",
]);

/** Returns the sites that a document names. */
export function sitesIn(document: object): string[] {
  const addresses = JSON.stringify(document).match(/https:\/\/[^\s"\\)\]>`]+/g) ?? [];
  return addresses.flatMap((address) => (URL.canParse(address) ? [new URL(address).host] : []));
}

/** What a page links to and loads, and what a link to it can point at. */
function readPage(html: string): { links: string[]; anchors: Set<string> } {
  const elements = [...nodesOf(html)].filter(isElement);
  const values = (name: string) => elements.flatMap((element) => attribute(element, name) ?? []);
  return { links: [...values("href"), ...values("src")], anchors: new Set(values("id")) };
}

/**
 * Follows every link of a site in a folder.
 *
 * @param sites - other sites that may be linked to
 * @returns how many links there are, and those that lead nowhere, or to a site that is not on the list
 */
export async function followLinks(
  folder: string,
  sites: readonly string[] = [],
): Promise<{ count: number; broken: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join("/"));
  const pages = new Map<string, ReturnType<typeof readPage>>();
  for (const file of files.filter((name) => name.endsWith(".html"))) {
    pages.set(file, readPage(await readFile(join(folder, file), "utf8")));
  }
  const links = [...pages].flatMap(([from, page]) => page.links.map((href) => ({ from, href })));
  const broken = links.flatMap(({ from, href }) => {
    const problem = problemOf(from, href);
    return problem ? [`${from} links to ${href}: ${problem}`] : [];
  });
  return { count: links.length, broken: [...new Set(broken)] };

  function problemOf(from: string, href: string): string | undefined {
    if (href.startsWith("data:")) return undefined;
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) {
      const url = URL.canParse(href) ? new URL(href) : undefined;
      if (url?.protocol !== "https:") return "it is no address with https";
      const isKnown = elsewhere.has(url.host) || sites.includes(url.host);
      return isKnown ? undefined : "the document does not name that site, nor does links.ts";
    }
    const [path = "", fragment = ""] = href.split(/#(.*)/s);
    const target = path === "" ? from : targetOf(from, path);
    if (target === undefined) return "it leaves the site";
    if (!files.includes(target)) return "there is no such file";
    const isThere = fragment === "" || pages.get(target)?.anchors.has(decodeURIComponent(fragment));
    return isThere ? undefined : "there is no such place on that page";
  }

  /** Returns the file that a relative path leads to, from the folder of the page that it stands in. */
  function targetOf(from: string, path: string): string | undefined {
    const target = resolve(folder, dirname(from), decodeURIComponent(path.replace(/\?.*/, "")));
    const inside = relative(folder, target);
    return inside.startsWith("..") ? undefined : inside.split(sep).join("/");
  }
}
