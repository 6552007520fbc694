import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { redocly } from "../redocly.js";
import type { Document } from "./document.js";
import { pageFrame } from "./page-frame.js";
import { withPolicy } from "./policy.js";

/** A file that the page offers to download. */
export interface Download {
  title: string;
  url: string;
}

/** Settings of the renderer, Redoc 3: https://redocly.com/docs/redoc/v3.x/config */
function settings(downloads: readonly Download[]): object {
  return {
    downloadUrls: downloads,
    // All there is, without a click.
    schemasExpansionLevel: "all",
    jsonSamplesExpandLevel: "all",
    showExtensions: ["x-source"],
    codeSamples: { languages: [{ lang: "TypeScript" }, { lang: "curl in a shell" }] },
  };
}

/**
 * Runs before the renderer, for two things that no setting changes.
 *
 * It draws a section when it comes near the window. What is not drawn, neither Ctrl+F nor a printer finds, and the page
 * is short: everything counts as near. And a block of code that is wider than its column can be scrolled with a mouse
 * only, until it can have the focus.
 */
const prelude = `
const Observer = window.IntersectionObserver;
window.IntersectionObserver = class extends Observer {
  constructor(callback, options) {
    super(callback, { ...options, rootMargin: "1000000px" });
  }
};
new MutationObserver(() => {
  for (const block of document.querySelectorAll("#redoc pre:not([tabindex])")) block.tabIndex = 0;
}).observe(document, { childList: true, subtree: true });
`;

/**
 * Renders a document as one page of HTML with everything in it, by `redocly build-docs`.
 *
 * @throws Error with what Redocly says, or when its page is not built as it was when this was written.
 */
export async function referencePage(
  document: Document,
  page: { description: string; header: string; style: string; downloads: readonly Download[] },
): Promise<string> {
  const { title } = document.info;
  const template = pageFrame({
    title,
    description: page.description,
    style: page.style,
    head: `<script>{${prelude}}</script>\n<!-- head -->`,
    body: `${page.header}\n<!-- body -->`,
  })
    // In the document's words, `{{` is text.
    .replaceAll("{{", "&#123;&#123;")
    .replace("<!-- head -->", "{{{redocHead}}}")
    .replace("<!-- body -->", "{{{redocHTML}}}");
  const folder = await mkdtemp(join(tmpdir(), "loke-docs-reference-"));
  try {
    const input = (name: string, text: string) => writeFile(join(folder, name), text);
    await input("openapi.json", JSON.stringify(document));
    await input("settings.json", JSON.stringify(settings(page.downloads)));
    await input("page.hbs", template);
    const path = (name: string) => join(folder, name);
    const run = await redocly(
      ...["build-docs", path("openapi.json"), "--output", path("index.html"), "--inlineBundle"],
      ...["--template", path("page.hbs"), "--openapi", path("settings.json")],
    );
    if (run.code !== 0) throw new Error(`Redocly could not build the page:\n${run.stderr.trim()}`);
    return withPolicy(mend(await readFile(path("index.html"), "utf8")), {
      // The renderer makes its styles while it runs, so that no hash is known before.
      "style-src": "'unsafe-inline'",
      "img-src": "data:",
      "font-src": "data:",
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The name of the renderer's makers, in place of their logo. */
const logo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="52" height="16"><text y="12" font-family="sans-serif" font-size="12" font-weight="bold" fill="#7f8899">Redocly</text></svg>',
)}`;

/** Three things in the renderer's page that no setting changes. */
function mend(html: string): string {
  // 1. It would load its logo from its makers' host.
  const quiet = replaceAll(html, /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, logo);
  // 2. Left on, the page posts to a collector. Off in redocly.yaml, which is to reach the page.
  if (!quiet.includes('"disableTelemetry":true')) {
    throw new Error("The page has Redocly's telemetry on: redocly.yaml is to turn it off.");
  }
  // 3. Its menu, drawn ahead, links to "/paging", which is right for a server of its own and nowhere else. Once it
  // runs it takes a click for "#/paging", but leaves the address as it is, for whoever opens it in another tab.
  const start = quiet.indexOf('<script type="module">');
  if (start === -1) throw new Error("The page has no script.");
  const drawn = replaceAll(quiet.slice(0, start), / href="\//g, ' href="#/');
  return drawn + quiet.slice(start);
}

/** @throws Error if there is nothing to replace: the renderer is another than it was. */
function replaceAll(text: string, pattern: RegExp, replacement: string): string {
  const replaced = text.replaceAll(pattern, () => replacement);
  if (replaced === text) throw new Error(`The page that Redocly builds has no ${pattern}.`);
  return replaced;
}
