import { describe, expect, test, vi } from "vitest";
import { type Comparison, compare, type Difference } from "../../../scripts/page/compare.js";
import { openDocument } from "../../../scripts/page/document.js";
import { kinds } from "../../../scripts/page/places.js";
import { readPage } from "../../../scripts/page/read-page.js";
import { compareWords, hashes } from "../../../scripts/page/saved-page.js";
import { type Change, changed } from "./changed-facts.js";
import { renderPage } from "./render-page.js";
import { rowsOf } from "./rows.js";
import { documentText, pageInOtherWords } from "./this-page.js";

// A difference of types is compiled: a second or so each.
vi.setConfig({ testTimeout: 120_000 });

type Edit = (text: string) => string;

const same: Edit = (text) => text;

/** Compares the page after some changes with the document after an edit. */
function comparisonOf(changes: readonly Change[], edit: Edit = same): Comparison | undefined {
  const { reading, problems } = readPage(
    renderPage(pageInOtherWords(changed(...changes)), { rendition: "tabs" }),
  );
  expect(problems).toBeUndefined();
  return reading && compare(reading, openDocument(edit(documentText)));
}

async function differences(changes: readonly Change[], edit?: Edit): Promise<string[]> {
  const found = (await comparisonOf(changes, edit)?.severity()) ?? [];
  return found.map((one) => `${one.level}: ${textOf(one)}`);
}

function textOf({ document, kind, page, subject }: Difference): string {
  return `${kind} of ${subject}: ${page} / ${document}`;
}

/**
 * Changes of the page, and the difference that each makes: its place among the facts; the new value, `-` for what is gone;
 * what is reported. `+` adds to a list. The level is left out where the compiler decides it: `verdicts.test.ts` compares
 * such levels with those of `npm run changes`.
 */
const rows = rowsOf(`
beta | false | docs: beta of page: null / beta
heading | "Guests" | docs: heading of page: Guests / Customers
get/title | "Read one" | docs: title of getCustomer: Read one / Get a customer
get | - | operation of getCustomer: null / get /organizations/{organizationId}/customers/{customerId}
operations/+ | {"request":"put /organizations","title":"Replace all","parameters":[],"responses":[{"status":"204"}]} | operation of Replace all: put /organizations / null
list/pageSize | 500 | risky: page-size of listCustomers.pageSize: 500 / 1000
list/pageSize | - | risky: page-size of listCustomers.pageSize: null / 1000
get/pageSize | 7 | breaking: page-size of getCustomer.pageSize: 7 / null
list/pagingHeader | "X-More" | risky: paging-header of listCustomers.pagingHeader: X-More / X-Next-Page
list/pagingHeader | - | breaking: paging-header of listCustomers.pagingHeader: null / X-Next-Page
get/pagingHeader | "X-Next-Page" | breaking: paging-header of getCustomer.pagingHeader: X-Next-Page / null
list/parameters/+ | {"name":"name","type":"string","in":"query","values":["a"]} | parameter of listCustomers.name: string in query, "a" / null
list/parameters/+ | {"name":"name","type":"string","in":"path"} | breaking: parameter of listCustomers.name: string in path / null
list/parameters/email | - | parameter of listCustomers.email: null / string in query
list/parameters/email/type | "boolean" | parameter-type of listCustomers.email: boolean / string
list/parameters/email/type | "string[]" | parameter-type of listCustomers.email: string[] / string
list/parameters/email/in | "path" | breaking: parameter-place of listCustomers.email: path / query
list/parameters/sort/values | ["created"] | parameter-values of listCustomers.sort: "created" / "created", "updated"
list/parameters/sort/values | ["created","name"] | parameter-values of listCustomers.sort: "created", "name" / "created", "updated"
list/parameters/sort/values | ["created","updated","name"] | parameter-values of listCustomers.sort: "created", "updated", "name" / "created", "updated"
list/parameters/sort/values | - | parameter-values of listCustomers.sort: null / "created", "updated"
list/parameters/sort/values | ["updated","created"] | docs: parameter-values of listCustomers.sort: "updated", "created" / "created", "updated"
list/parameters/email/values | ["a"] | parameter-values of listCustomers.email: "a" / null
get/parameters | "reversed" | docs: order of getCustomer: customerId, organizationId / organizationId, customerId
get/requestBody | {"type":"CustomerTiny"} | breaking: request-body of getCustomer.requestBody: CustomerTiny / null
get/responses/200 | - | breaking: response of getCustomer.200: null / 200 Customer
get/responses/+ | {"status":"204"} | breaking: response of getCustomer.204: 204 / null
get/responses/404 | - | docs: response of getCustomer.404: null / 404
list/responses/+ | {"status":"404","code":"not_found"} | docs: response of listCustomers.404: 404 not_found / null
get/responses/404/code | "not_found" | docs: response-code of getCustomer.404: not_found / null
get/responses/404/type | "CustomerTiny" | risky: response-model of getCustomer.404: CustomerTiny / null
get/responses/200/type | "CustomerTiny" | breaking: response-model of getCustomer.200: CustomerTiny / Customer
list/responses/200/type | "Customer" | breaking: response-model of listCustomers.200: Customer / Customer[]
get/responses/200/type | - | breaking: response-model of getCustomer.200: null / Customer
get/responses/200/example/gender | "X" | docs: example of getCustomer.200: #/gender: "X" / #/gender: "MALE"
get/responses/200/example/statistics/more | 1 | docs: example of getCustomer.200: #/statistics/more: 1 / #/statistics/more: nothing
get/responses/200/example | {} | docs: example of getCustomer.200: #/createdAt: nothing, #/dob: nothing, #/email: nothing, and 8 more / #/createdAt: "2021-10-20T14:51:16Z", #/dob: "2021-10-20", #/email: "john@example.com", and 8 more
get/responses/200/example | - | docs: example of getCustomer.200: #: nothing / #: {"createdAt":"2021-10-20T14:51:16Z","…
models/+ | {"name":"Guest","fields":[{"name":"id","type":"string","optional":false}]} | model of Guest: fields id / null
models/CustomerTiny | - | model of CustomerTiny: null / fields id, email, firstName, lastName, phoneNumber
models | "reversed" | docs: order of page: CustomerListTiny, CustomerTiny, CustomerStatistics, Customer / Customer, CustomerStatistics, CustomerTiny, CustomerListTiny
models/CustomerListTiny/fields/+ | {"name":"size","type":"integer","optional":false} | field of CustomerListTiny.size: integer, required / null
models/Customer/fields/gender | - | field of Customer.gender: null / string, optional
models/Customer/fields/gender/type | "integer" | field-type of Customer.gender: integer / string
models/Customer/fields/statistics/type | "CustomerStatistics[]" | breaking: field-type of Customer.statistics: CustomerStatistics[] / CustomerStatistics
models/CustomerStatistics/fields/totalSpend/type | "number" | field-type of CustomerStatistics.totalSpend: number / integer
models/Customer/fields/lastName/optional | true | field-optional of Customer.lastName: optional / required
models/Customer/fields/gender/optional | false | field-optional of Customer.gender: required / optional
models/Customer/fields/gender/values | ["MALE"] | field-values of Customer.gender: "MALE" / null
models/CustomerListTiny/fields | "reversed" | docs: order of CustomerListTiny: name, id / id, name
models/CustomerTiny/fields/firstName/optional | true | field-optional of CustomerTiny.firstName: optional / required
`);

describe("a page that has changed", () => {
  test("differs in nothing before it has", async () => {
    expect(await differences([])).toEqual([]);
  });

  test.for(rows)("%s becomes %s: %s", async ([place = "", value = "", expected = ""]) => {
    const change: Change = [place, value === "-" ? undefined : JSON.parse(value)];
    const isRated = /^(docs|compatible|risky|breaking): /.test(expected);
    const found = isRated
      ? await differences([change])
      : comparisonOf([change])?.differences.map(textOf);
    expect(found).toEqual([expected]);
  });

  test.for([
    ['["b", "a"]', "[a, b]", '["b","a"]', '["a","b"]'],
    ["[]", "{}", "[]", "{}"],
    ["null", "a", "null", '"a"'],
    ['{ "a": 1, "b": 2 }', "{ b: 2, a: 1 }"],
  ])("and has %s in an example where the document has %s", async ([page, document, ...sides]) => {
    const edit: Edit = (text) => text.replace(/( +)gender: MALE\n/, `$&$1more: ${document}\n`);
    const change: Change = ["get/responses/200/example/more", JSON.parse(page ?? "")];
    const [stated, ours] = sides.map((side) => `#/more: ${side}`);
    const expected = `docs: example of getCustomer.200: ${stated} / ${ours}`;
    expect(await differences([change], edit)).toEqual(sides.length > 0 ? [expected] : []);
  });

  test("is tried with each kind of difference in a fact", () => {
    const others = Object.keys(kinds).filter(
      (kind) => !rows.some(([, , expected]) => expected?.includes(`${kind} of `)),
    );
    expect(others).toEqual(["words", "beyond"]);
  });
});

describe("a document that says something else", () => {
  const edit =
    (from: string | RegExp, to: string): Edit =>
    (text) => {
      expect(text).toMatch(from);
      return text.replace(from, to);
    };
  const schemas = "#/components/schemas";
  const paths = "#/paths/~1organizations~1{organizationId}~1customers";
  const email = "format: email\n          x-source: The format is read off the example.";
  const withPattern = (source: string) =>
    edit(email, `format: email\n          pattern: "@"\n          x-source: ${source}`);
  const type = (field: string, schema: string) =>
    edit(`${field}:\n          type: string\n`, `${field}:\n          ${schema}\n`);
  const beyond = (pointer: string, value: string) => `risky: beyond of ${pointer}: null / ${value}`;

  const cases: [name: string, edit: Edit, ...expected: string[]][] = [
    [
      "a number that the page calls an integer",
      edit("totalSpend:\n          type: integer", "totalSpend:\n          type: number"),
      "risky: field-type of CustomerStatistics.totalSpend: integer / number",
    ],
    [
      "no page size",
      edit("        pageSize: 10\n", ""),
      "risky: page-size of listMemberships.pageSize: 10 / null",
    ],
    [
      "a format",
      type("phoneNumber", "type: string\n          format: phone"),
      beyond(`${schemas}/Customer/properties/phoneNumber/format`, '"phone"'),
    ],
    ["another format, beside its source", edit("format: email", "format: idn-email")],
    [
      "a format beside a blank source",
      edit("x-source: The format is read off the example.", 'x-source: " "'),
      beyond(`${schemas}/Customer/properties/createdAt/format`, '"date-time"'),
      beyond(`${schemas}/Customer/properties/createdAt/x-source`, '" "'),
    ],
    [
      "a default beside its source",
      edit(
        "enum: [created, updated]",
        "enum: [created, updated]\n            default: created\n            x-source: Said.",
      ),
    ],
    [
      "a default below the source of a parameter's words",
      edit(/(- name: after[\s\S]*?schema:\n)/, "$1            default: first\n"),
      beyond(`${paths}/get/parameters/1/schema/default`, '"first"'),
    ],
    [
      "a pattern beside the source of a format",
      edit("format: email", 'format: email\n          pattern: "@"'),
      beyond(`${schemas}/Customer/properties/email/pattern`, '"@"'),
    ],
    [
      "a format and a pattern, and a source that names neither",
      withPattern("Said."),
      beyond(`${schemas}/Customer/properties/email/format`, '"email"'),
      beyond(`${schemas}/Customer/properties/email/pattern`, '"@"'),
    ],
    [
      "a format and a pattern, and a source that names both",
      withPattern("Format, format and pattern are read."),
    ],
    [
      "another server, with its source",
      edit(
        "\nsecurity:",
        "  - { url: https://b.test, description: B., x-source: Said. }\n\nsecurity:",
      ),
    ],
    [
      "another server, without a source",
      edit("\nsecurity:", "  - { url: https://b.test, description: B. }\n\nsecurity:"),
      beyond("#/servers/1/url", '"https://b.test"'),
    ],
    [
      "authentication without a source",
      edit(/x-source: https:\S*authentication\n/, ""),
      beyond("#/components/securitySchemes/oauth2/type", '"oauth2"'),
    ],
    [
      "a scope",
      edit("- oauth2: []", "- oauth2: [read]"),
      beyond("#/security/0/oauth2/0", '"read"'),
    ],
    ["a version", edit("version: beta", "version: 1.0.0"), "docs: beta of page: beta / null"],
    [
      "a tag that no operation has",
      edit("\npaths:", "  - name: Lists\n\npaths:"),
      beyond("#/tags/1/name", '"Lists"'),
    ],
    [
      "that a parameter is required",
      edit(
        "name: email\n          in: query",
        "name: email\n          in: query\n          required: true",
      ),
      beyond(`${paths}/get/parameters/3/required`, "true"),
    ],
    [
      "an empty description",
      edit("description: The customer.", 'description: " "'),
      beyond(`${paths}~1{customerId}/get/responses/200/description`, '" "'),
    ],
    [
      "a component",
      edit("  schemas:\n", "  headers: {}\n  schemas:\n"),
      beyond("#/components/headers", "{}"),
    ],
    [
      "a field that may be null",
      type("gender", 'type: [string, "null"]'),
      "compatible: field-type of Customer.gender: string / string or null",
    ],
    [
      "a field without a type",
      type("gender", "nothing: string"),
      "breaking: field-type of Customer.gender: string / (no type)",
      beyond(`${schemas}/Customer/properties/gender/nothing`, '"string"'),
    ],
    [
      "values of a field",
      type("gender", "type: string\n          enum: [MALE]"),
      'breaking: field-values of Customer.gender: null / "MALE"',
    ],
    [
      "that a field which is not there is required",
      edit("required: [id, name]", "required: [id, name, size]"),
      beyond(`${schemas}/CustomerListTiny/required/2`, '"size"'),
    ],
    [
      "an error code",
      edit("No body is documented.", "No body is documented.\n          x-error-code: gone"),
      "docs: response-code of getCustomer.404: null / gone",
    ],
    [
      "a parameter twice",
      edit("- name: sort", "- name: sort\n          in: query\n        - name: sort"),
      beyond(`${paths}/get/parameters/2/name`, '"sort"'),
      beyond(`${paths}/get/parameters/2/in`, '"query"'),
    ],
    [
      "a model that is no object",
      edit("CustomerTiny:\n      type: object", "CustomerTiny:\n      type: string"),
      beyond(`${schemas}/CustomerTiny/type`, '"string"'),
    ],
    [
      "a key with a tilde and a slash",
      edit("  schemas:\n", "  x-a~b/c: 1\n  schemas:\n"),
      beyond("#/components/x-a~0b~1c", "1"),
    ],
    [
      "a body that may be left out",
      sends("Customer", false),
      "breaking: request-body of getCustomer.requestBody: null / Customer",
      beyond(`${paths}~1{customerId}/get/requestBody/required`, "false"),
    ],
    [
      "an operationId where none is reviewed",
      edit(
        "description: The customer.",
        "description: The customer.\n          links: { a: { operationId: getCustomer } }",
      ),
      beyond(`${paths}~1{customerId}/get/responses/200/links/a/operationId`, '"getCustomer"'),
    ],
  ];
  test.for(cases)("%s", async ([, change, ...expected]) => {
    expect(await differences([], change)).toEqual(expected);
  });

  test("another media type", async () => {
    const [model, ...others] = await differences([], edit("application/json:", "text/json:"));
    expect(model).toBe("breaking: response-model of getCustomer.200: Customer / null");
    expect(others).toEqual(Array(18).fill(expect.stringMatching(/^risky: beyond .*text~1json/)));
  });

  test("that a list is paged, with a source, where the page does not speak of paging", async () => {
    const silent: Change[] = [["list/pageSize"], ["list/pagingHeader"]];
    const unsized = edit("        pageSize: 1000\n", "");
    const sourced = edit("        pageSize: 1000\n", "        x-source: Said.\n");
    expect(await differences(silent, unsized)).toEqual([
      "breaking: paging-header of listCustomers.pagingHeader: null / X-Next-Page",
    ]);
    expect(await differences(silent, sourced)).toEqual([]);
    // Once it speaks of paging, what it says counts.
    expect(await differences([], sourced)).toEqual([
      "risky: page-size of listCustomers.pageSize: 1000 / null",
    ]);
  });

  test("a number that is sent and becomes an integer", async () => {
    const toNumber = edit(/(- name: email[\s\S]*?type: )string/, "$1number");
    expect(await differences([["list/parameters/email/type", "integer"]], toNumber)).toEqual([
      "risky: parameter-type of listCustomers.email: integer / number",
    ]);
  });

  test("is read through its references", async () => {
    const moved: Edit = (text) =>
      edit(
        "  schemas:\n",
        "  parameters:\n    e~mail:\n      name: email\n      in: query\n      description: Email.\n      schema: { type: string }\n  schemas:\n",
      )(
        edit(
          / {8}- name: email\n[\s\S]*?(?= {8}- name: phone)/,
          '        - $ref: "#/components/parameters/e~0mail"\n',
        )(text),
      );
    expect(await differences([], moved)).toEqual([]);
  });

  test("is read with the parameters of its paths, which an operation's own replace", async () => {
    const own = / {8}- name: organizationId\n[\s\S]*?type: string\n/;
    const path = "/customers/{customerId}:\n";
    const moved: Edit = (text) => {
      const parameter = (own.exec(text)?.[0] ?? "").replaceAll(/^ {2}/gm, "");
      return text.replace(own, "").replace(path, `${path}    parameters:\n${parameter}`);
    };
    expect(await differences([], moved)).toEqual([]);
    const shared =
      "{ name: organizationId, in: path, description: Replaced., schema: { type: integer } }";
    const found = await differences(
      [],
      edit(`${path}    get:\n`, `${path}    parameters:\n      - ${shared}\n    get:\n`),
    );
    expect(found).toHaveLength(3);
    for (const one of found) expect(one).toContain("{customerId}/parameters/0/");
  });
});

/** Sends a model in the body of the first operation. */
function sends(model: string, isRequired = true): Edit {
  const body = `      requestBody:
        required: ${isRequired}
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/${model}"
`;
  return (text) => text.replace("      responses:\n", `${body}      responses:\n`);
}

describe("a model that is sent", () => {
  const sent = (model: string, ...changes: Change[]) =>
    differences([["get/requestBody", { type: model }], ...changes], sends(model));
  const size = { name: "size", type: "string", optional: false };

  test("is on both sides", async () => {
    expect(await sent("CustomerTiny")).toEqual([]);
    expect(await differences([], sends("CustomerTiny"))).toEqual([
      "breaking: request-body of getCustomer.requestBody: null / CustomerTiny",
    ]);
  });

  // What is sent and what is received have rules of their own, which `test/unit/changes` states.
  const cases: [name: string, model: string, change: Change, level: string][] = [
    [
      "needs a field no more",
      "CustomerTiny",
      ["models/CustomerTiny/fields/id/optional", true],
      "compatible: field-optional",
    ],
    [
      "takes a field that is required, in a field of another",
      "Customer",
      ["models/CustomerStatistics/fields/+", size],
      "breaking: field of CustomerStatistics.size",
    ],
    [
      "and received, can lack a field, in a field of another",
      "Customer",
      ["models/CustomerStatistics/fields/totalSpend/optional", true],
      "breaking: field-optional",
    ],
  ];
  test.for(cases)("%s", async ([, model, change, expected]) => {
    const [found, ...others] = await sent(model, change);
    expect(found).toMatch(new RegExp(`^${expected}`));
    expect(others).toEqual([]);
  });

  test("has an example", async () => {
    expect(await sent("CustomerTiny", ["get/requestBody/example", { id: "1" }])).toEqual([
      'docs: example of getCustomer.requestBody: #: {"id":"1"} / #: nothing',
    ]);
  });
});

test("an example has the lines on which it begins", () => {
  const facts = changed(["get/responses/200/example/gender", "X"]);
  const text = renderPage(pageInOtherWords(facts), { rendition: "glued" });
  const { reading } = readPage(text);
  const found = reading ? compare(reading, openDocument(documentText)).differences : [];
  const at = documentText.split("\n").findIndex((line) => line.trim() === "gender: MALE");
  expect(found).toMatchObject([{ line: text.split("\n").indexOf("{") + 1, documentLine: at + 1 }]);
});

describe("words", () => {
  const page = (edit = same) => {
    const { reading } = readPage(edit(renderPage(pageInOtherWords(), { rendition: "glued" })));
    if (!reading) throw new Error("The page does not read.");
    return reading;
  };
  const document = openDocument(documentText);
  const transcribed = hashes(page().words);
  const found = (edit: Edit, saved = transcribed) =>
    compareWords(page(edit), saved, document, compare(page(edit), document).differences).map(
      ({ subject, page, line, documentLine }) => [subject, page, line, documentLine],
    );

  test("are the same in other case and with other space", () => {
    expect(found(same)).toEqual([]);
    expect(found((text) => text.replace("Chooses email.", "chooses   EMAIL."))).toEqual([]);
  });

  test("that changed are a difference, with the document's line", () => {
    const line = page().lines.get("get /organizations/{organizationId}/customers parameter email");
    const at = documentText.split("\n").findIndex((text) => text.includes("name: email"));
    expect(found((text) => text.replace("Chooses email.", "Finds by email."))).toEqual([
      ["listCustomers.email", "Finds by email.", line, at + 3],
    ]);
  });

  test("that are gone or new are a difference", () => {
    const gone = found((text) => text.replace("Chooses email.", ""));
    expect(gone[0]?.slice(0, 2)).toEqual(["listCustomers.email", null]);
    expect(found((text) => `${text}\n\nMore.`)[0]?.slice(0, 2)).toEqual(["page", "More."]);
    expect(found(same, {})).toHaveLength(Object.keys(transcribed).length);
  });

  test("of what is new are part of it", () => {
    const added: Edit = (text) =>
      text.replace("emailstring(optional)", "e2string(optional) New.\nemailstring(optional)");
    const { differences } = compare(page(added), document);
    expect(differences.map(({ subject }) => subject)).toEqual(["Customer.e2"]);
    expect(found(added)).toEqual([]);
  });
});
