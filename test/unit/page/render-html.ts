import {
  type FieldFacts,
  keys,
  type OperationFacts,
  type ParameterFacts,
} from "../../../scripts/page/facts.js";
import type { Page } from "./render-page.js";

/** A way to write the page in HTML. */
export interface HtmlStyle {
  readonly table: "thead" | "th" | "td" | "layout" | "definitions" | "definitions-apart";
  /** What is around the page. */
  readonly frame: "bare" | "menus" | "roles" | "markdown-theme";
  readonly sections: "flat" | "nested" | "details" | "accordion";
  /** Whether names are code, and types links. */
  readonly isMarkedUp: boolean;
  readonly optional: "type" | "type-badge" | "description";
  readonly values: "inline" | "break" | "list" | "paragraphs";
  readonly example: "plain" | "spans" | "lines" | "breaks" | "tabs";
  readonly request: "text" | "badge" | "badge-block" | "pre";
  readonly responses: "paragraphs" | "list" | "definitions" | "headings";
  readonly entities: "few" | "numeric" | "named";
  readonly anchors: "none" | "mark" | "link";
}

type Write = (text: string) => string;

/** Writes a page as HTML. It has the same facts and words as the text that `renderPage` writes. */
export function renderHtml(page: Page, style: HtmlStyle): string {
  const { facts, introduction, said } = page;
  const encode = escapeFor(style);
  const heading = headingFor(style, encode);
  const paragraph = (text: string | undefined) =>
    text === undefined ? "" : `<p>\n  ${encode(text)}\n</p>`;
  const models = facts.models.map(({ name, fields }) =>
    part(style, heading(3, name), [
      paragraph(said.get(keys.model(name))),
      fieldTable(
        fields.map((field) => ({ field, text: said.get(keys.field(name, field.name)) ?? "" })),
        style,
        encode,
      ),
    ]),
  );
  const content = [
    facts.beta ? "<div class='note'><strong>BETA</strong>: These may change.</div>" : "",
    heading(1, facts.heading),
    ...introduction.map(paragraph),
    ...facts.operations.map((one) => operation(one, page, style, encode, heading, paragraph)),
    part(style, heading(2, "Models"), models),
  ].join("\n");
  return frame(content, style);
}

function operation(
  { request, title, parameters, requestBody, responses }: OperationFacts,
  { said }: Page,
  style: HtmlStyle,
  encode: Write,
  heading: (level: number, text: string) => string,
  paragraph: (text: string | undefined) => string,
): string {
  const rows = parameters.map((parameter) => ({
    parameter,
    text: said.get(keys.parameter(request, parameter.name)) ?? "",
  }));
  const type = (text = "") => typeIn(text, style, encode);
  const answers = responses.map((response) => {
    const { status, code } = response;
    const reason = said.get(keys.response(request, status)) ?? "";
    const before = [status, code, reason].filter(Boolean).join(": ");
    return [`${encode(before)} response.${type(response.type)}`, example(response, style, encode)];
  });
  return part(style, heading(2, title), [
    paragraph(said.get(keys.operation(request))),
    requestIn(request, style, encode),
    ...(rows.length > 0
      ? [part(style, heading(4, "Parameters"), [parameterTable(rows, style, encode)])]
      : []),
    ...(requestBody
      ? [
          part(style, heading(4, "Request Body"), [
            `<p>${type(requestBody.type)}</p>${example(requestBody, style, encode)}`,
          ]),
        ]
      : []),
    part(style, heading(4, "Responses"), [responseList(answers, style)]),
  ]);
}

function part({ sections }: HtmlStyle, title: string, content: readonly string[]): string {
  const inner = content.join("\n");
  if (sections === "nested") return `<ul><li><section>${title}\n${inner}</section></li></ul>`;
  if (sections === "details") {
    return `<details><summary>${title}</summary><div>${inner}</div></details>`;
  }
  if (sections === "accordion") {
    const button = title.replace(
      /^(<h\d[^>]*>)(.*)(<\/h\d>)$/s,
      "$1<button aria-expanded='false'>$2</button>$3",
    );
    return `<div>${button}<div hidden aria-hidden="true">${inner}</div></div>`;
  }
  return `${title}\n${inner}`;
}

function headingFor({ anchors }: HtmlStyle, encode: Write) {
  return (level: number, text: string) => {
    const inner = {
      none: encode(text),
      mark: `${encode(text)}<a class="anchor" href="#x" title="Permalink">#</a><a href="#x"><span class="sr-only">Link to this heading</span></a>`,
      link: `<a href="#x">${encode(text)}</a>`,
    }[anchors];
    return `<h${level} id="x">${inner}</h${level}>`;
  };
}

function requestIn(request: string, { request: form }: HtmlStyle, encode: Write): string {
  const [method = "", path = ""] = request.split(" ");
  const parts = path.replaceAll(/[{}]/g, (bracket) => encode(bracket)).replaceAll("/", "/<wbr>");
  if (form === "badge")
    return `<div><span>${method.toUpperCase()}</span><code>${parts}</code></div>`;
  if (form === "badge-block") return `<div><div>${method}</div> <div>${parts}</div></div>`;
  return form === "pre" ? `<pre><code>${request}\n</code></pre>` : `<p>${method} ${parts}</p>`;
}

function responseList(answers: readonly (readonly string[])[], { responses }: HtmlStyle): string {
  const of = (start: string, middle: string, end: string) =>
    answers.map(([line, json]) => start + line + middle + json + end).join("\n");
  if (responses === "list") return `<ul>${of("<li>", "", "</li>")}</ul>`;
  if (responses === "definitions") return `<dl>${of("<dt>", "</dt><dd>", "</dd>")}</dl>`;
  return responses === "headings" ? of("<h5>", "</h5>", "") : of("<p>", "</p>", "");
}

function example(
  fact: { readonly example?: unknown },
  { example: form }: HtmlStyle,
  encode: Write,
): string {
  if (fact.example === undefined) return "";
  const indent = form === "tabs" ? "\t" : 2;
  const lines = JSON.stringify(fact.example, null, indent)
    .split("\n")
    .map((line) => {
      if (form === "plain" || form === "tabs") return encode(line);
      const spans = line.split(/("[^"]*"|\d+)/).filter(Boolean);
      return spans.map((one) => `<span class="token">${encode(one)}</span>`).join("");
    });
  const text = {
    plain: lines.join("\n"),
    tabs: lines.join("\r\n"),
    spans: `\n${lines.map((line, at) => `<span aria-hidden="true">${at + 1}</span>${line}`).join("\n")}`,
    lines: lines.map((line) => `<div class="line">${line}</div>`).join(""),
    breaks: lines.join("<br>"),
  }[form];
  return `<div><button class="copy">Copy</button><pre><code>${text}</code></pre></div>`;
}

interface Cells {
  readonly name: string;
  readonly type: string;
  readonly place?: string;
  readonly description: string;
}

function parameterTable(
  rows: readonly { parameter: ParameterFacts; text: string }[],
  style: HtmlStyle,
  encode: Write,
): string {
  const cells = rows.map(({ parameter, text }) => ({
    name: nameIn(parameter.name, style, encode),
    type: typeIn(parameter.type, style, encode),
    place: parameter.in,
    description: describe(text, parameter.values, style, encode),
  }));
  return table(["Name", "Type", "In", "Description"], cells, style);
}

function fieldTable(
  rows: readonly { field: FieldFacts; text: string }[],
  style: HtmlStyle,
  encode: Write,
): string {
  const cells = rows.map(({ field, text }) => {
    const type = typeIn(field.type, style, encode);
    const description = describe(text, field.values, style, encode);
    const mark = field.optional ? "(optional)" : "";
    // A term's words are told apart by themselves, so the mark can stand behind its type.
    if (style.optional === "type-badge") {
      return {
        name: nameIn(field.name, style, encode),
        type: mark ? `${type}<em>${mark}</em>` : type,
        description,
      };
    }
    return style.optional === "type"
      ? {
          name: nameIn(field.name, style, encode),
          type: [type, mark].filter(Boolean).join(" "),
          description,
        }
      : {
          name: nameIn(field.name, style, encode),
          type,
          description: mark ? `<i>${mark}</i>${description}` : description,
        };
  });
  return table(["Name", "Type", "Description"], cells, style);
}

function table(columns: readonly string[], rows: readonly Cells[], { table: form }: HtmlStyle) {
  const all = rows.map(({ name, type, place, description }) => [
    name,
    type,
    ...(place === undefined ? [] : [place]),
    description,
  ]);
  const row = (cells: readonly string[], tag: string) =>
    `<tr>\n${cells.map((cell) => `  <${tag}>${cell}</${tag}>`).join("\n")}\n</tr>`;
  const body = all.map((cells) => row(cells, "td")).join("\n");
  if (form === "definitions") {
    return `<dl>${all
      .map(
        (cells) =>
          `<dt>${cells
            .slice(0, -1)
            .map((cell) => `<span>${cell}</span>`)
            .join("")}</dt><dd>${cells.at(-1)}</dd>`,
      )
      .join("")}</dl>`;
  }
  if (form === "definitions-apart") {
    return `<dl>${all.map(([name, ...others]) => `<div><dt>${name}</dt>${others.map((one) => `<dd>${one}</dd>`).join("\n")}</div>`).join("\n")}</dl>`;
  }
  if (form === "layout") {
    const inner = `<table><thead>${row(columns, "th")}</thead><tbody>${body}</tbody></table>`;
    return `<table role="presentation"><tr><td>${inner}</td></tr></table>`;
  }
  if (form === "thead") {
    return `<table><thead>${row(columns, "th")}</thead><tbody>${body}</tbody></table>`;
  }
  // Without `thead`, and with end tags that HTML can do without.
  const whole = `<table>${row(columns, form)}${body}</table>`;
  return form === "td" ? whole.replaceAll(/<\/t[dr]>/g, "") : whole;
}

function nameIn(name: string, { isMarkedUp }: HtmlStyle, encode: Write): string {
  return isMarkedUp ? `<code>${encode(name)}</code>` : encode(name);
}

function typeIn(type: string, { isMarkedUp }: HtmlStyle, encode: Write): string {
  const [, element = "", brackets = ""] = /^(.*?)((?:\[\])*)$/.exec(type) ?? [];
  return isMarkedUp && element !== ""
    ? `<a href="#${element}">${encode(element)}</a>${brackets}`
    : encode(type);
}

function describe(
  text: string,
  values: readonly string[] | undefined,
  { values: form, isMarkedUp }: HtmlStyle,
  encode: Write,
): string {
  const words = encode(text);
  if (values === undefined) return isMarkedUp ? words.replace(/(\w+)$/, "<b>$1</b>") : words;
  const quoted = values.map((value) => encode(`"${value}"`));
  const marked = isMarkedUp ? quoted.map((one) => `<code>${one}</code>`) : quoted;
  if (form === "list")
    return `${words}<ul>${marked.map((one) => `<li>${one}</li>`).join("\n")}</ul>`;
  if (form === "paragraphs") return `<p>${words}</p><p>${marked.join(",</p><p>")}</p>`;
  return words + (form === "break" ? "<br/>" : " ") + marked.join(", ");
}

function escapeFor({ entities }: HtmlStyle): Write {
  return (text) =>
    text.replaceAll(/[^a-z\d]/gi, (character) => {
      const named = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }[character];
      if (named) return named;
      if (entities === "named") {
        return (
          {
            '"': "&quot;",
            "|": "&vert;",
            "{": "&lbrace;",
            "[": "&lsqb;",
            ö: "&ouml;",
            ß: "&szlig;",
            "—": "&mdash;",
          }[character] ?? character
        );
      }
      return entities === "numeric" && character !== " " && character !== "\n" && character !== "\t"
        ? `&#x${character.codePointAt(0)?.toString(16)};`
        : character;
    });
}

const links = (names: readonly string[]) =>
  `<ul>${names.map((name) => `<li><a href="#x">${name}</a></li>`).join("")}</ul>`;

function frame(content: string, { frame: form }: HtmlStyle): string {
  const head =
    "<!doctype html>\n<html><head><title>Customers</title><style>p { color: red }</style></head>";
  const contents = links(["Parameters", "get /top", "Models"]);
  if (form === "bare") return `${head}<body>${content}</body></html>`;
  if (form === "menus") {
    return `${head}<body><header><a href="/">Docs</a></header><nav><ul><li>Models</li></ul></nav>
<main>${content}<form>Helpful? <button>Yes</button></form><footer>Last updated today</footer></main>
<aside><h5>In this article</h5>${contents}</aside><footer>© Vendor</footer><script>run("get /a")</script></body></html>`;
  }
  if (form === "roles") {
    return `${head}<body><div role="banner">Docs</div><div role="navigation">${contents}</div>
<div role="main">${content}</div><div role="contentinfo">© Vendor</div><noscript>Scripts are off.</noscript></body></html>`;
  }
  return `${head}<body><div><nav>Guides</nav><article>${content}<svg><text>icon</text></svg></article>${contents}</div></body></html>`;
}
