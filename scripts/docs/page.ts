import { attribute, escapeHtml, isElement, nodesOf, textOf, withoutHeadingGaps } from "./html.js";
import { renderInline } from "./markdown.js";

/** A page that is written in Markdown, and published as Markdown and as HTML. */
export interface Page {
  /** Its address from the root of the site, without `.html` or `.md`. */
  readonly path: string;
  readonly title: string;
  /** One line about it, without marks. */
  readonly summary: string;
  readonly markdown: string;
  /** What the menu lists it under. The home page has none. */
  readonly part?: "Guide" | "API" | "More";
}

/** What the pages of a site share. */
export interface Site {
  readonly title: string;
  /** As Markdown. Each page begins with it. */
  readonly betaNotice: string;
  readonly pages: readonly Page[];
}

/** An entry of the menu. */
export interface MenuEntry {
  readonly text: string;
  /** From the root of the site. */
  readonly href: string;
  readonly entries?: readonly MenuEntry[];
}

/** The inside of a page, as HTML. */
export interface Content {
  /** From the root of the site, with `.html`. */
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly main: string;
  /** For a part that is not written in Markdown: its other pages. */
  readonly siblings?: readonly MenuEntry[];
}

/** The reference of the client is rendered by TypeDoc from the source, so it is none of the pages in Markdown. */
export const clientReference: MenuEntry = { text: "Client reference", href: "client/index.html" };

/** What a page may load: files of the site, and nothing else from anywhere. It sends nothing, and runs nothing inline. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");

/** The document itself, for programs. */
const downloads = [
  { file: "openapi.json", type: "application/vnd.oai.openapi+json" },
  { file: "openapi.yaml", type: "application/vnd.oai.openapi" },
];

/** Renders a whole page of HTML: the head, the notice that the API is beta, the menu, the search and the content. */
export function htmlPage(site: Site, content: Content): string {
  const { path, title, summary } = content;
  const root = "../".repeat(path.split("/").length - 1);
  const main = withoutHeadingGaps(content.main);
  const page = site.pages.find((each) => `${each.path}.html` === path);
  const markdown = page && `${path.split("/").at(-1)?.replace(/html$/, "md")}`;
  const alternates = [
    ...(markdown
      ? [{ href: markdown, type: "text/markdown", title: "This page as Markdown" }]
      : []),
    ...downloads.map(({ file, type }) => ({ href: root + file, type, title: file })),
    { href: `${root}llms.txt`, type: "text/plain", title: "All pages, for language models" },
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(title === site.title ? title : `${title} · ${site.title}`)}</title>
<meta name="description" content="${escapeHtml(summary)}">
${alternates.map(({ href, type, title }) => `<link rel="alternate" type="${type}" href="${href}" title="${title}">`).join("\n")}
<link rel="stylesheet" href="${root}site.css">
<script defer src="${root}search.js"></script>
</head>
<body>
<header class="site-header">
<p class="site-beta">${renderInline(site.betaNotice)}</p>
<a class="site-skip" href="#site-main">Skip to the text</a>
<div class="site-bar">
<a class="site-home" href="${root}index.html">${escapeHtml(site.title)}</a>
<form class="site-search" role="search" hidden>
<input type="search" placeholder="Search" aria-label="Search the docs" aria-controls="site-results" autocomplete="off">
<div id="site-results" class="site-results" hidden><p role="status"></p><ol></ol></div>
</form>
<button class="site-menu-button" type="button" popovertarget="site-menu">Menu</button>
</div>
</header>
<div class="site-body">
<nav id="site-menu" class="site-menu" aria-label="Pages" popover>
${menu(site, content, main, root)}
</nav>
<main id="site-main" class="site-main">
${main}
${neighbours(site, path, root)}</main>
</div>
<footer class="site-footer">
${markdown ? `<a href="${markdown}">This page as Markdown</a> ` : ""}${downloads.map(({ file }) => `<a href="${root}${file}" download>${file}</a>`).join(" ")} <a href="${root}llms.txt">llms.txt</a>
</footer>
</body>
</html>
`;
}

function menu(site: Site, { path, siblings = [] }: Content, main: string, root: string): string {
  const sections = sectionsOf(main).map(({ text, id }) => ({ text, href: `${path}#${id}` }));
  const item = ({ text, href, entries = [] }: MenuEntry): string => {
    const isCurrent = href === path;
    const mark = isCurrent ? ' aria-current="page"' : "";
    const link = `<a href="${escapeHtml(root + href)}"${mark}>${escapeHtml(text)}</a>`;
    return `<li>${link}${list([...(isCurrent ? sections : []), ...entries])}</li>`;
  };
  const list = (entries: readonly MenuEntry[]): string =>
    entries.length > 0 ? `\n<ul>\n${entries.map(item).join("\n")}\n</ul>` : "";
  const groups: [name: string, entries: readonly MenuEntry[]][] = [
    ["Guide", entriesOf(site, "Guide")],
    ["API", entriesOf(site, "API")],
    ["More", entriesOf(site, "More")],
    ["Client", [clientReference, ...siblings]],
  ];
  return groups
    .filter(([, entries]) => entries.length > 0)
    .map(([name, entries]) => `<p>${name}</p>${list(entries)}`)
    .join("\n");
}

function entriesOf(site: Site, part: Page["part"]): MenuEntry[] {
  return site.pages
    .filter((page) => page.part === part)
    .map(({ title, path }) => ({ text: title, href: `${path}.html` }));
}

/** The sections of a page, which the menu lists below its name. */
function sectionsOf(main: string): { text: string; id: string }[] {
  const headings = [...nodesOf(main)].filter(isElement).filter(({ tagName }) => tagName === "h2");
  return headings.flatMap((heading) => {
    const id = attribute(heading, "id");
    return id === undefined ? [] : [{ text: textOf(heading), id }];
  });
}

/** Links to the page before and the page after, in the same part. */
function neighbours(site: Site, path: string, root: string): string {
  const part = site.pages.find((page) => `${page.path}.html` === path)?.part;
  const entries = part ? entriesOf(site, part) : [];
  const index = entries.findIndex(({ href }) => href === path);
  const links = [
    { entry: entries[index - 1], label: "Previous" },
    { entry: entries[index + 1], label: "Next" },
  ].flatMap(({ entry, label }) =>
    entry ? [`<a href="${root}${entry.href}">${label}: ${escapeHtml(entry.text)}</a>`] : [],
  );
  if (index === -1 || links.length === 0) return "";
  return `<nav class="site-neighbours" aria-label="Next to this page">${links.join(" ")}</nav>\n`;
}
