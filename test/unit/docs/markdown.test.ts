import { describe, expect, it } from "vitest";
import { headOf, programsIn, renderMarkdown } from "../../../scripts/docs/markdown.js";

it("programs are found with the lines that they begin on, of one language only", () => {
  const markdown =
    "# A\n\n```ts\none;\n```\n\n```tsx\nno;\n```\n\n- in a list:\n\n  ```ts\n  two;\n  ```\n\n~~~ts\nthree;\n~~~\n";
  expect(programsIn(markdown, "ts")).toEqual([
    { line: 4, code: "one;\n" },
    { line: 14, code: "two;\n" },
    { line: 18, code: "three;\n" },
  ]);
});

it("a page begins with its title and its summary, if it has one", () => {
  expect(headOf("# Two `x`\n\nA *line*,\nand `more` {{ x }}.\n\nNot this.\n")).toEqual({
    title: "Two x",
    summary: "A line, and more {{ x }}.",
  });
  expect(headOf("# One\n\n- a list\n")).toEqual({ title: "One", summary: "" });
});

describe("anchors", () => {
  const idsOf = (markdown: string) =>
    [...renderMarkdown(markdown).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);

  it("are the words of headings, as on GitHub, and headings link to themselves", () => {
    expect(idsOf("# What's *new* in `x-y`?\n\n## Größe & Maß\n\n## Same\n\n## Same")).toEqual([
      "whats-new-in-x-y",
      "größe--maß",
      "same",
      "same-1",
    ]);
    expect(renderMarkdown("## A `b`")).toContain(
      '<h2 id="a-b"><a href="#a-b">A <code>b</code></a></h2>',
    );
  });

  it("leave the links in a heading alone", () => {
    expect(renderMarkdown("## See [a](a.html)")).toContain(
      '<h2 id="see-a">See <a href="a.html">a</a></h2>',
    );
  });

  it("are the names of fields below the name of their heading", () => {
    const fields =
      "- **`id`** string\n\n  Words.\n\n  - **`a.b`** object\n- **bold** words\n- `code`";
    expect(idsOf(`## Pet\n\n${fields}\n\n## Toy\n\n${fields}`)).toEqual([
      ...["pet", "pet-id", "pet-ab"],
      ...["toy", "toy-id", "toy-ab"],
    ]);
  });
});

it("links lead to the page beside its Markdown, and those to other sites stay", () => {
  const html = renderMarkdown("[a](b.md#c) [a](../d.md) [a](https://e.example/f.md) [a](g.mdx)");
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    ...["b.html#c", "../d.html", "https://e.example/f.md", "g.mdx"],
  ]);
});

it("what looks like HTML or a template is shown as it was written", () => {
  const html = renderMarkdown("# <b> {{a}}\n\n{% b %} <script>\n\n```html\n{{c}}<br>\n```");
  expect(html).toContain("&lt;b&gt; {{a}}");
  expect(html).toContain("{% b %} &lt;script&gt;");
  expect(html).toContain("{{c}}&lt;br&gt;");
});

it("each cell of a table has the head of its column, and the table can be scrolled with keys", () => {
  const html = renderMarkdown("| `a` | b |\n| --- | --- |\n| 1 | 2 |\n");
  expect(html).toContain('<td data-label="a">1</td>');
  expect(html).toContain('<td data-label="b">2</td>');
  expect(html).toContain('<div class="site-table" tabindex="0">');
});

it("a column without a head has none, as an empty one says nothing", () => {
  const html = renderMarkdown("| | b |\n| --- | --- |\n| 1 | 2 |\n");
  expect(html).toContain("<tr>\n<td></td>\n<th>b</th>\n</tr>");
  expect(html).toContain('<td data-label="">1</td>');
});

describe("the changes", () => {
  const changelog = `# Changelog

A line that breaks something begins with **Breaking**.

- **Breaking** \`sort\` is gone.
- **Breaking:** so is <b>after</b>.
- **Check** what you do with \`gender\`.
- New: **Breaking** news.

**Breaking** for everybody.
`;
  const html = renderMarkdown(changelog, { marksChanges: true });

  it("mark the lines that begin with the word, and no other", () => {
    expect(
      html.match(/<strong class="site-mark site-mark-breaking">Breaking:?<\/strong>/g),
    ).toHaveLength(3);
    expect(html).toContain("<li>New: <strong>Breaking</strong> news.</li>");
    expect(html).toContain("begins with <strong>Breaking</strong>.");
    expect(html).toContain('<strong class="site-mark site-mark-check">Check</strong> what');
  });

  it("are marked on no other page", () => {
    expect(renderMarkdown(changelog)).not.toContain("site-mark");
  });
});
