import { describe, expect, it } from "vitest";
import { htmlPage, type Page, type Site } from "../../../scripts/docs/page.js";

const page = (path: string, title: string, part?: Page["part"]): Page => ({
  path,
  title,
  summary: `About ${title}.`,
  markdown: "",
  ...(part ? { part } : {}),
});
const site: Site = {
  title: "Pets & toys",
  betaNotice: "**Beta.** It <may> change.",
  pages: [
    page("index", "Pets & toys"),
    page("start", "Start", "Guide"),
    page("errors", "Errors", "Guide"),
    page("api/get-pet", "Get a pet", "API"),
    page("changes", "Changes", "More"),
  ],
};
const main = '<h1>Errors</h1><h4 id="a">A &amp; b</h4>\n<h2 id="b">B</h2><h3>C</h3>';
const html = htmlPage(site, {
  path: "errors.html",
  title: "Errors",
  summary: 'The "errors".',
  main,
});
const inFolder = htmlPage(site, {
  path: "client/classes/Pet.html",
  title: "Pet",
  summary: "",
  main: "",
  siblings: [{ text: "pets", href: "client/modules/pets.html" }],
});

describe("a page", () => {
  it("begins with the notice of beta", () => {
    expect(html).toMatch(
      /<body>\s*<header class="site-header">\s*<p class="site-beta"><strong>Beta\.<\/strong> It &lt;may&gt; change\.<\/p>/,
    );
  });

  it("allows files of the site only, and nothing inline, before anything is loaded", () => {
    const [before = "", after = ""] = html.split(
      /<meta http-equiv="Content-Security-Policy"[^>]*>/,
    );
    expect(before).toMatch(/<head>\s*<meta charset="utf-8">\s*$/);
    expect(after).toContain("<script");
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy?.split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
    ]);
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=/);
  });

  it("has its Markdown, the document in both forms and llms.txt in its head, and to see", () => {
    const links = [...html.matchAll(/<link rel="alternate" type="([^"]*)" href="([^"]*)"/g)];
    expect(links.map(([, type, href]) => [type, href])).toEqual([
      ["text/markdown", "errors.md"],
      ["application/vnd.oai.openapi+json", "openapi.json"],
      ["application/vnd.oai.openapi", "openapi.yaml"],
      ["text/plain", "llms.txt"],
    ]);
    const footer = /<footer.*<\/footer>/s.exec(html)?.[0];
    for (const [, , href] of links) expect(footer).toContain(`<a href="${href}"`);
  });

  it("has no Markdown where it is not written in it, and finds the root of the site from a folder", () => {
    expect(inFolder).not.toContain("text/markdown");
    expect(inFolder).toContain('href="../../openapi.json"');
    expect(inFolder).toContain('<script defer src="../../search.js">');
  });

  it("has a menu of all pages, which marks where the reader is and lists the sections of that page", () => {
    const menu = /<nav id="site-menu".*?<\/nav>/s.exec(html)?.[0] ?? "";
    expect([...menu.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      ...["start.html", "errors.html", "errors.html#a", "errors.html#b", "api/get-pet.html"],
      ...["changes.html", "client/index.html"],
    ]);
    expect(menu).toContain('<a href="errors.html" aria-current="page">Errors</a>');
    expect(menu).toContain(">A &amp; b</a>");
    expect(inFolder).toContain('<a href="../../client/modules/pets.html">pets</a>');
  });

  it("leads to the pages before and after it", () => {
    expect(html).toContain('<a href="start.html">Previous: Start</a>');
    expect(html).not.toContain("Next: ");
    expect(htmlPage(site, { path: "start.html", title: "", summary: "", main })).toContain(
      '<a href="errors.html">Next: Errors</a>',
    );
  });

  it("has one h1, and headings without a gap, whatever its text has", () => {
    const text = `<h1>A</h1><h1>B</h1><h5>C</h5><h6>D</h6><h2>E</h2><h4>F</h4>`;
    const levels = htmlPage(site, { path: "x.html", title: "", summary: "", main: text });
    expect(
      [...levels.matchAll(/<(h\d)>(\w)<\/(h\d)>/g)].map(([, open, , close]) => [open, close]),
    ).toEqual(["h1", "h2", "h3", "h4", "h2", "h3"].map((level) => [level, level]));
  });

  it("has a title and a description, escaped", () => {
    expect(html).toContain("<title>Errors · Pets &amp; toys</title>");
    expect(html).toContain('<meta name="description" content="The &quot;errors&quot;.">');
  });
});
