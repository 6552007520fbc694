import { createMarkdown } from "./markdown.js";

/** The pages of the site that each of them links to, by their addresses from its root. */
const pages = [
  { href: "index.html", label: "API reference" },
  { href: "client/index.html", label: "Client reference" },
  { href: "command.html", label: "Command line" },
  { href: "changes.html", label: "Changes" },
] as const;

export type PageAddress = (typeof pages)[number]["href"];

/**
 * What every page begins with: that the API is beta, before anything else, and the way to the other pages.
 *
 * @param current - the page, or the part of the site, that it stands on
 * @param toRoot - the way from the page to the site's root: `./` or `../../`
 */
export function siteHeader(betaNotice: string, current: PageAddress, toRoot: string): string {
  const links = pages.map(({ href, label }) => {
    const mark = href === current ? ' aria-current="page"' : "";
    return `<a href="${toRoot}${href}"${mark}>${label}</a>`;
  });
  // No <header>: the pages that are rendered have one already, and a page has one banner.
  return `<section class="site-header" aria-label="These pages">
  <p class="site-beta">${createMarkdown().renderInline(betaNotice)}</p>
  <nav class="site-pages" aria-label="Pages">${links.join(" ")}</nav>
</section>`;
}
