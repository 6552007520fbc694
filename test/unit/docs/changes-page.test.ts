import { describe, expect, it } from "vitest";
import { changesPage } from "../../../scripts/docs/changes-page.js";

const changelog = `# Changelog

A line that breaks something begins with **Breaking**.

## 0.2.0 - 2026-02-03

- **Breaking** \`sort\` is gone.
- **Breaking:** so is <b>after</b>.
- **Check** what you do with \`gender\`.
- New: **Breaking** news.

**Breaking** for everybody.
`;
const html = changesPage(changelog, { header: "<p>Beta</p>", style: "p { color: red }" });

describe("the page of changes", () => {
  it("marks the lines that begin with the word, and no other", () => {
    expect(
      html.match(/<strong class="site-mark site-mark-breaking">Breaking:?<\/strong>/g),
    ).toHaveLength(3);
    expect(html).toContain("<li>New: <strong>Breaking</strong> news.</li>");
    expect(html).toContain("begins with <strong>Breaking</strong>.");
    expect(html).toContain('<strong class="site-mark site-mark-check">Check</strong> what');
  });

  it("begins with the header, and has an address for each version", () => {
    expect(html).toMatch(/<body>\s*<p>Beta<\/p>\s*<main/);
    expect(html).toContain('<h2 id="0-2-0-2026-02-03">');
  });

  it("shows what looks like HTML as it was written", () => {
    expect(html).toContain("so is &lt;b&gt;after&lt;/b&gt;.");
  });

  it("has a policy, its own style, and no script", () => {
    expect(html).toContain("script-src 'none'");
    expect(html).toContain("<style>\np { color: red }</style>");
    expect(html).not.toContain("<script");
  });
});
