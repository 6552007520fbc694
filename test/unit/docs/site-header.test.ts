import { expect, it } from "vitest";
import { siteHeader } from "../../../scripts/docs/site-header.js";

it("the header begins with the notice of beta, marks where one is, and leads to the other pages", () => {
  const header = siteHeader("**Beta.** It <may> change.", "changes.html", "../");
  expect(header).toContain(
    '<p class="site-beta"><strong>Beta.</strong> It &lt;may&gt; change.</p>',
  );
  expect(header.indexOf("Beta.")).toBeLessThan(header.indexOf("<a "));
  expect(header).toContain(
    '<a href="../index.html">API reference</a> <a href="../client/index.html">Client reference</a> ' +
      '<a href="../command.html">Command line</a> ' +
      '<a href="../changes.html" aria-current="page">Changes</a>',
  );
});
