import { describe, expect, test } from "vitest";
import { isHtml, readHtml } from "../../../scripts/page/html.js";
import { readPage } from "../../../scripts/page/read-page.js";
import { rowsOf } from "./rows.js";

const textOf = (body: string) =>
  readHtml(`<!doctype html><body>${body}</body>`).text.replace(/\n$/, "");

/** What is read, the HTML, and its text. */
const cases = rowsOf(String.raw`
blocks as lines of their own | <h1>A</h1>b <b>c</b><div>d<p>e\n f</p>g</div>h | A\n\nb c\n\nd\n\ne f\n\ng\n\nh
a break as the end of a line | <p>a<br>b | a\nb
entities and white space as a browser shows them | <p>a&nbsp;&amp;\t<i> b</i>&lt;c&gt; &#x1F600; | a & b<c> 😀
no characters that say where a word may break | <p>long&shy;er<wbr> w&#8203;ord | longer word
nothing that is not shown | <script>a</script><style>b</style><template>c</template><noscript>d</noscript><!-- e --><p>f | f
no menu, no header or footer of the site | <header>a</header><nav>b</nav><div role=navigation>c</div><p>d</p><footer>e</footer> | d
main alone, if the requests are in it | <p>a</p><main><h1>b</h1><p>get /c</p></main><p>d</p> | b\n\nget /c
all of the page, if main has none of its requests | <main><p>a</p></main><p>get /c</p> | a\n\nget /c
the header of a section | <main><header><h1>a</h1></header><p>get /b</p></main> | a\n\nget /b
a note beside the text, but no list of contents | <aside>BETA: a</aside><aside>In this article<ul><li><a href='#b'>b</a></ul></aside><p>c | BETA: a\n\nc
no list of links into the page | <ul><li><a href='#a'>a</a><ul><li><a href='#b'>b</a></ul></ul><p>c | c
a list with other links or other words | <ul><li><a href='/a'>a</a></ul><ul><li><a href='#b'>b</a>: c</ul> | a\n\nb: c
collapsed sections | <details><summary>a</summary><p>b</p></details><h3><button aria-expanded=false>c</button></h3><div hidden>d</div> | a\n\nb\n\nc\n\nd
no icon, no button, no form | <p>a<span aria-hidden=true>→</span><button>Copy</button><svg><text>b</text></svg></p><form>Helpful?</form> | a
the form that some servers put around a page | <form><h1>a</h1></form> | a
no mark beside a heading | <h2 id=a>A<a href='#a'>¶</a></h2><h2 id=b>B <a href='#b'>Link to B</a></h2><div id=c><h2>C<a href='#c'>Direct link</a></h2></div> | A\n\nB\n\nC
a heading that is a link, and links in it to other places | <h2 id=a><a href='#a'>A</a></h2><h5>200: OK response.<a href='#b'>B</a>[]</h5> | A\n\n200: OK response.B[]
a request whose method is a badge | <div><b>POST</b><code>/a/{b}</code></div> | POST /a/{b}
a request in two blocks | <div><div>GET</div><div>/a</div></div> | GET /a
no request of a word and a path | <p>See</p><p>/a</p><p>see/a</p> | See\n\n/a\n\nsee/a
a table by its cells | <table><caption>t</caption><tr><th>Name<th>Type<tr><td><p>a</p><td><code>b</code>[]</table> | t\n\nName\tType\na\tb[]
an empty cell | <table><tr><td>a<td><td>b<tr><td><td>c<td></table> | a\t\tb\n\tc\t
values of a cell below its row | <table><tr><td>a<td>Words.<ul><li>"b",<li>"c"</ul></table> | a\tWords.\n"b", "c"
links in a cell, though all lead into the page | <table><tr><td>a<td><ul><li><a href='#b'>b</a></ul></table> | a\tb
a preformatted text by its lines | <pre>\n{\n\t"a": <b>1</b>\n\n}</pre> | {\n  "a": 1\n}
a list of definitions as blocks, outside of tables | <dl><dt>200: OK response.</dt><dd><p>a</dd></dl> | 200: OK response.\n\na
a list of definitions under Parameters as a table | <h4>Parameters</h4><dl><dt>a<b>string</b><i>query</i><dd>b c<dt>d <a href='#p'>Pet</a>[]<dd>path</dl> | Parameters\n\nName\tType\tIn\tDescription\na\tstring\tquery\tb c\nd\tPet[]\tpath\t
`);

test.for(cases)("reads %s", ([, html = "", text]) => {
  expect(textOf(html)).toBe(text);
});

describe("what cannot be read in one way is a problem, and never left out", () => {
  const page = (table: string) =>
    `<h1>Pets</h1><h2>Get a Pet</h2><p>get /pets</p><h3>Responses</h3><p>200: OK response.Pet</p><h2>Models</h2><h3>Pet</h3>${table}`;
  const row = "<tr><td>id<td>string<td>Its ID";
  const header = "<tr><th>Name<th>Type<th>Description";
  const problems = (table: string) =>
    (readPage(textOf(page(table))).problems ?? []).map(({ message }) => message);

  test("a table as it should be has none", () => {
    expect(problems(`<table>${header}${row}</table>`)).toEqual([]);
  });

  test.each([
    [
      "a heading over some rows",
      `<table>${header}${row}<tr><td>More${row}2</table>`,
      /has the type ""/,
    ],
    [
      "a heading across all columns",
      `<table>${header}<tr><td colspan=3>Basics${row}</table>`,
      /has the type ""/,
    ],
    ["columns in another order", `<table><tr><th>Type<th>Name<th>Description${row}</table>`, /./],
    ["no header", `<table>${row}</table>`, /no table under Models/],
    ["a table in a cell", `<table>${header}${row}<table>${header}${row}</table></table>`, /./],
    ["a column more", `<table>${header}<tr><td>id<td>string<td>a<td>b</table>`, /has 4 cells/],
  ])("%s", (_, table, message) => {
    expect(problems(table).join("\n")).toMatch(message);
  });
});

describe("needsBrowser", () => {
  const script = "<script src=/main.js></script>";
  test.each([
    [true, `<div id=root></div>${script}`],
    [
      true,
      `<noscript>You need to enable JavaScript to run this app.</noscript><div id=app>Loading …</div>${script}`,
    ],
    [false, `<p>get /pets</p>${script}`],
    [false, "<p>Maintenance.</p>"],
    [false, `<p>${"Another page. ".repeat(50)}</p>${script}`],
  ])("%s: %s", (expected, html) => {
    expect(readHtml(html).needsBrowser).toBe(expected);
  });
});

test("a page of HTML begins with a tag", () => {
  const html = ["<!DOCTYPE html>", "\n <html>", "<div>", "<!-- a -->", "<?xml?>"];
  expect(html.map((text) => isHtml(text))).toEqual([true, true, true, true, true]);
  expect(["BETA: a", "a <b>", "< b", ""].some((text) => isHtml(text))).toBe(false);
});
