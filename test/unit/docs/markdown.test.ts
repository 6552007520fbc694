import { expect, it } from "vitest";
import { headingsIn, linksIn, programsIn } from "../../../scripts/docs/markdown.js";

it("programs are found with the lines that they begin on, of one language only", () => {
  const markdown =
    "# A\n\n```ts\none;\n```\n\n```tsx\nno;\n```\n\n- in a list:\n\n  ```ts\n  two;\n  ```\n\n~~~ts\nthree;\n~~~\n";
  expect(programsIn(markdown, "ts")).toEqual([
    { line: 4, code: "one;\n" },
    { line: 14, code: "two;\n" },
    { line: 18, code: "three;\n" },
  ]);
});

it("links and images are found, in whatever form, and none in code", () => {
  const markdown =
    "[a](a.html) ![b](b.png)\n\n| t |\n| --- |\n| [c][d] |\n\n`[no](no.html)`\n\n```\n[no](no.html)\n```\n\n[d]: d.html#x\n<https://example.com/e>";
  expect(linksIn(markdown)).toEqual(["a.html", "b.png", "d.html#x", "https://example.com/e"]);
});

it("headings are found with their levels", () => {
  expect(headingsIn("# One\n\ntext\n\n## Two `x`\n\n```\n# no\n```\n")).toEqual([
    { level: 1, text: "One" },
    { level: 2, text: "Two `x`" },
  ]);
});
