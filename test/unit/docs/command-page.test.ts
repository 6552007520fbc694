import { expect, it } from "vitest";
import { commandText } from "../../../scripts/docs/command-page.js";
import { renderMarkdown } from "../../../scripts/docs/markdown.js";

const helps = [
  { argv: ["--help"], text: "Commands:\n  list-things  Lists <all> things" },
  { argv: ["list-things", "--help"], text: "Usage: …\n\n  --sort a|b  How to sort\n```" },
];

it("the page of the command line shows what the command prints, as it is, below how it is called", () => {
  const html = renderMarkdown(commandText(helps));
  expect(html).toContain(
    "$ loke-customers list-things --help\nUsage: …\n\n  --sort a|b  How to sort\n```\n</code>",
  );
  expect(html).toContain("Lists &lt;all&gt; things");
  expect(html.match(/<h2 id="[^"]+">/g)).toEqual([
    '<h2 id="all-commands">',
    '<h2 id="list-things">',
  ]);
});
