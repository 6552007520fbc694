import { expect, it } from "vitest";
import { highlight } from "../../../scripts/docs/highlight.js";

it("code is coloured by classes, without a style that a policy would have to allow", () => {
  const html = highlight('const a = "<b>"; // c\n', "ts");
  expect(html).toContain('<span class="token-keyword">const</span>');
  expect(html).toContain('<span class="token-string-expression">&quot;&lt;b&gt;&quot;</span>');
  expect(html).toContain('<span class="token-comment">// c</span>');
  expect(html).not.toContain("style=");
});

it("a language that is not known stays plain, with its text as it is", () => {
  expect(highlight("a <b>\n\n  c\n", "klingon")).toBe(
    '<pre tabindex="0"><code>a &lt;b&gt;\n\n  c\n</code></pre>',
  );
});
