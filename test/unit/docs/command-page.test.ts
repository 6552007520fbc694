import { describe, expect, it } from "vitest";
import { commandPage } from "../../../scripts/docs/command-page.js";

const helps = [
  { argv: ["--help"], text: "Commands:\n  list-things  Lists <all> things" },
  { argv: ["list-things", "--help"], text: "Usage: …\n\n  --sort a|b  How to sort" },
];
const html = commandPage(helps, { header: "<p>Beta</p>", style: "p { color: red }" });

describe("the page of the command line", () => {
  it("shows what the command prints, as it is, below how it is called", () => {
    expect(html).toContain(
      "$ loke-customers list-things --help\nUsage: …\n\n  --sort a|b  How to sort\n</code>",
    );
    expect(html).toContain("Lists &lt;all&gt; things");
  });

  it("begins with the header, and has an address for each command", () => {
    expect(html).toMatch(/<body>\s*<p>Beta<\/p>\s*<main/);
    expect(html.match(/<h2 id="[^"]+">/g)).toEqual(['<h2 id="help">', '<h2 id="list-things">']);
  });

  it("has a policy and no script", () => {
    expect(html).toContain("script-src 'none'");
    expect(html).not.toContain("<script");
  });
});
