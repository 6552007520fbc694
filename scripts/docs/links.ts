import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

/**
 * Other sites that pages may link to, besides those that the document names. They are not asked: whether they answer is
 * not for this build to say.
 */
const elsewhere = new Set([
  // The renderer of the API reference names its makers.
  "redocly.com",
  // TypeDoc explains what belongs to JavaScript and TypeScript by their own references.
  "developer.mozilla.org",
  // The guide names what it builds on.
  "github.com",
  "jestjs.io",
  "undici.nodejs.org",
  "www.typescriptlang.org",
]);

/** The sites that a document names. */
export function sitesIn(document: object): string[] {
  const addresses = JSON.stringify(document).match(/https:\/\/[^\s"\\)\]>`]+/g) ?? [];
  return addresses.flatMap((address) => (URL.canParse(address) ? [new URL(address).host] : []));
}

/** A link, and what it stands in. */
export interface Link {
  from: string;
  href: string;
}

/** The links of a page of HTML, with what it loads. What scripts and comments hold is not looked at. */
export function linksOf(html: string): string[] {
  // An icon is drawn from a part of its page that a script puts there.
  const rest = withoutScripts(html).replaceAll(/<use\b[^>]*>/g, "");
  return [...rest.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, href = ""]) =>
    decodeEntities(href),
  );
}

/** What a link to the page can point at. */
export function anchorsOf(html: string): Set<string> {
  return new Set(
    [...withoutScripts(html).matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => decodeEntities(id)),
  );
}

/**
 * Follows every link of a site in a folder.
 *
 * @param routes - addresses that a page answers only once its script runs, by page, such as `#/section/paging`
 * @param more - links that a script writes into a page, which therefore are not in its HTML
 * @param sites - other sites that may be linked to
 * @returns how many there are, and those that lead nowhere, or to a site that is not on the list
 */
export async function followLinks(
  folder: string,
  routes: Readonly<Record<string, readonly string[]>> = {},
  more: readonly Link[] = [],
  sites: readonly string[] = [],
): Promise<{ count: number; broken: string[] }> {
  const files = (await readdir(folder, { recursive: true })).map((file) =>
    file.split(sep).join("/"),
  );
  const pages = new Map<string, string>();
  for (const file of files.filter((name) => /\.(html|svg)$/.test(name))) {
    pages.set(file, await readFile(join(folder, file), "utf8"));
  }
  const anchors = new Map([...pages].map(([file, html]) => [file, anchorsOf(html)]));
  const links = [...pages]
    .filter(([file]) => file.endsWith(".html"))
    .flatMap(([from, html]) => linksOf(html).map((href) => ({ from, href })));
  const all = [...links, ...more];
  const broken: string[] = [];
  for (const link of all) {
    const problem = await problemOf(link);
    if (problem) broken.push(`${link.from} links to ${link.href}: ${problem}`);
  }
  return { count: all.length, broken: [...new Set(broken)] };

  async function problemOf({ from, href }: Link): Promise<string | undefined> {
    if (href.startsWith("data:")) return undefined;
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) {
      const url = URL.canParse(href) ? new URL(href) : undefined;
      if (url?.protocol !== "https:") return "it is no address with https";
      const isKnown = elsewhere.has(url.host) || sites.includes(url.host);
      return isKnown ? undefined : "the document does not name that site, nor does links.ts";
    }
    const [path = "", fragment] = href.split(/#(.*)/s);
    const target = path === "" ? from : targetOf(from, path);
    if (target === undefined) return "it leaves the site";
    if (!(await isFile(join(folder, target)))) return "there is no such file";
    if (fragment === undefined || fragment === "") return undefined;
    if (routes[target]?.includes(`#${fragment}`)) return undefined;
    const isThere = anchors.get(target)?.has(decodeURIComponent(fragment));
    return isThere ? undefined : "there is no such place on that page";
  }

  /** The file that a relative path leads to, from the folder of the page that it stands in. */
  function targetOf(from: string, path: string): string | undefined {
    const target = resolve(folder, dirname(from), decodeURIComponent(path.replace(/\?.*/, "")));
    const inside = relative(folder, target);
    return inside.startsWith("..") ? undefined : inside.split(sep).join("/");
  }
}

function withoutScripts(html: string): string {
  return html
    .replaceAll(/<!--[\s\S]*?-->/g, "")
    .replaceAll(/(<script\b[^>]*>)[\s\S]*?<\/script>/gi, "$1");
}

function decodeEntities(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
