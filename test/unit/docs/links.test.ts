import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followLinks, sitesIn } from "../../../scripts/docs/links.js";

const sites = sitesIn({ servers: [{ url: "https://developers.loke.global/docs" }] });

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-links-"));
  await write("index.html", '<h1 id="top">Pets</h1>');
  await write("sub/page.html", '<p id="here">A page</p>');
  await write("data.json", "{}");
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, html: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), html);
}

/** What is wrong with links in a page at `sub/from.html`. */
async function brokenIn(html: string): Promise<string[]> {
  await write("sub/from.html", html);
  return (await followLinks(folder, sites)).broken;
}

describe("links that lead somewhere", () => {
  it.for([
    "page.html",
    "page.html#here",
    "page.html?a=1#here",
    "./page.html",
    "../index.html#top",
    "../index.html#",
    "../data.json",
    "#own",
    "#",
    "https://developers.loke.global/docs?a=1&amp;b=2",
    "data:image/svg+xml,x",
  ])("%s", async (href) => {
    expect(await brokenIn(`<a id="own" href="${href}">x</a>`)).toEqual([]);
  });

  it("and scripts and comments are not links", async () => {
    const html = '<!-- <a href="gone.html"> --><script>let a = \' href="gone.html"\';</script>';
    expect(await brokenIn(html)).toEqual([]);
  });
});

describe("links that lead nowhere", () => {
  it.for([
    ["gone.html", "there is no such file"],
    ["page.html#gone", "there is no such place on that page"],
    ["#gone", "there is no such place on that page"],
    ["../sub", "there is no such file"],
    ["../../data.json", "it leaves the site"],
    ["/data.json", "it leaves the site"],
    ["https://example.com/", "the document does not name that site, nor does links.ts"],
    [
      "https://developers.loke.global.example.com/",
      "the document does not name that site, nor does links.ts",
    ],
    ["http://developers.loke.global/", "it is no address with https"],
    ["//developers.loke.global/", "it is no address with https"],
    ["javascript:alert(1)", "it is no address with https"],
  ])("%s", async ([href, problem]) => {
    expect(await brokenIn(`<a href="${href}">x</a>`)).toEqual([
      `sub/from.html links to ${href}: ${problem}`,
    ]);
  });

  it("what a page loads counts too", async () => {
    expect(await brokenIn('<script src="gone.js"></script><img alt="" src="gone.png">')).toEqual([
      "sub/from.html links to gone.js: there is no such file",
      "sub/from.html links to gone.png: there is no such file",
    ]);
  });

  it("the sites that a document names are those of its addresses, wherever they stand", () => {
    const document = {
      a: ["See [b](https://b.example/c) or `https://d.example:8443`."],
      "e\n": "http://f",
    };
    expect(sitesIn(document)).toEqual(["b.example", "d.example:8443"]);
  });
});
