import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keys } from "../../../scripts/page/facts.js";
import { readHtml } from "../../../scripts/page/html.js";
import { readPage } from "../../../scripts/page/read-page.js";
import { pages } from "./invent-page.js";
import { type HtmlStyle, renderHtml } from "./render-html.js";
import { type Page, renderPage } from "./render-page.js";
import { pageInOtherWords } from "./this-page.js";

const choices: { readonly [Name in keyof HtmlStyle]: readonly HtmlStyle[Name][] } = {
  table: ["thead", "th", "td", "layout", "definitions", "definitions-apart"],
  frame: ["bare", "menus", "roles", "markdown-theme"],
  sections: ["flat", "nested", "details", "accordion"],
  isMarkedUp: [false, true],
  optional: ["type", "type-badge", "description"],
  values: ["inline", "break", "list", "paragraphs"],
  example: ["plain", "spans", "lines", "breaks", "tabs"],
  request: ["text", "badge", "badge-block", "pre"],
  responses: ["paragraphs", "list", "definitions", "headings"],
  entities: ["few", "numeric", "named"],
  anchors: ["none", "mark", "link"],
};

const names = Object.keys(choices) as (keyof HtmlStyle)[];

/** The first of each choice. */
const plain = Object.fromEntries(
  names.map((name) => [name, choices[name][0]]),
) as unknown as HtmlStyle;

const styles = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.constantFrom(...choices[name])])),
) as unknown as fc.Arbitrary<HtmlStyle>;

function expectReading({ facts, introduction, said }: Page, html: string): void {
  const { text, needsBrowser } = readHtml(html);
  expect(needsBrowser).toBe(false);
  const { reading, problems } = readPage(text);
  expect(problems, text).toBeUndefined();
  expect(reading?.facts, text).toEqual(facts);
  const page = [...(facts.beta ? ["BETA: These may change."] : []), ...introduction].join(" ");
  const words = [...(reading?.words ?? [])].map(([key, { text }]) => [key, text]);
  expect(Object.fromEntries(words), text).toEqual({
    ...Object.fromEntries(said),
    ...(page === "" ? {} : { [keys.page]: page }),
  });
}

describe("a page of HTML has the facts and the words of the page of text", () => {
  const page = pageInOtherWords();
  const cases = names.flatMap((name) => choices[name].map((choice) => [name, choice] as const));

  test.for(cases)("%s: %s", ([name, choice]) => {
    const text = renderPage(page, { rendition: "tabs" });
    expect(readPage(text).reading?.facts).toEqual(page.facts);
    expectReading(page, renderHtml(page, { ...plain, [name]: choice }));
  });

  test("on invented pages, in every combination", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(pages, styles, (invented, style) => {
        expectReading(invented, renderHtml(invented, style));
      }),
      { numRuns: 300 },
    );
    console.info("HTML: 300 pages were read as they were written.");
  });
});
