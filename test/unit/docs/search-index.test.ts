import MiniSearch from "minisearch";
import { describe, expect, it } from "vitest";
import { searchIndex, sectionsOf } from "../../../scripts/docs/search-index.js";
import { type Entry, searchOptions } from "../../../scripts/docs/search-options.js";

const html = `<!DOCTYPE html><html><body><header>Not this</header><main>
<h1 id="pets">Pets</h1><p>All of<br>them.</p><p>Two</p><ul><li>one</li><li>two</li></ul>
<section><h2 id="cats"><a href="#cats">Cats</a></h2><table><tr><td>a</td><td>b</td></tr></table>
<pre><code><span>const</span> listCats = 1;
</code></pre></section><h3>Without an anchor</h3><p>x</p>
<nav>Nor this</nav></main><footer>Nor this</footer></body></html>`;

it("a page is found by its sections, and no words are glued together", () => {
  expect(sectionsOf("a/pets.html", html)).toEqual([
    { href: "a/pets.html", page: "Pets", title: "Pets", text: "All of them. Two one two" },
    {
      href: "a/pets.html#cats",
      page: "Pets",
      title: "Cats",
      text: "a b const listCats = 1; Without an anchor x",
    },
  ]);
});

/** Reads the index as the script of the pages does. */
function indexOf(script: string): MiniSearch<Entry> {
  const json = JSON.parse(/^globalThis\.siteSearchIndex = (.*);\n$/.exec(script)?.[1] ?? "");
  return MiniSearch.loadJSON<Entry>(json, searchOptions);
}

describe("the index", () => {
  const script = searchIndex([["a/pets.html", html]]);
  const both = indexOf(
    searchIndex([
      ["client/cats.html", "<main><h1>Cats</h1></main>"],
      ["cats.html", "<main><h1>All the cats</h1></main>"],
    ]),
  );
  const index = indexOf(script);
  const find = (words: string) => index.search(words).map(({ href }) => href);

  it.for([
    ["cats", ["a/pets.html#cats"]],
    ["listCats", ["a/pets.html#cats"]],
    ["list", ["a/pets.html#cats"]],
    ["two pets", ["a/pets.html"]],
    ["anchr", ["a/pets.html#cats"]],
    ["nor", []],
  ] as const)("finds %s", ([words, expected]) => {
    expect(find(words)).toEqual(expected);
  });

  it("has the guide before the reference of the client", () => {
    expect(both.search("cats").map(({ href }) => href)).toEqual(["cats.html", "client/cats.html"]);
  });

  it("is the same for the same pages", () => {
    expect(searchIndex([["a/pets.html", html]])).toBe(script);
  });
});
