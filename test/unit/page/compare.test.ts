import { describe, expect, test, vi } from "vitest";
import { type Comparison, compare, type Difference } from "../../../scripts/page/compare.js";
import { openDocument } from "../../../scripts/page/document.js";
import { kinds } from "../../../scripts/page/places.js";
import { readPage } from "../../../scripts/page/read-page.js";
import { compareWords, hashes } from "../../../scripts/page/saved-page.js";
import { type Change, changed, changedDocument, changesOf } from "./changed-facts.js";
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
  const customers = "/paths/~1organizations~1{organizationId}~1customers";
  const said = rowsOf(`
a number that the page calls an integer | components/schemas/CustomerStatistics/properties/totalSpend/type "number" | risky: field-type of CustomerStatistics.totalSpend: integer / number
no page size | list/x-paging/pageSize - | risky: page-size of listCustomers.pageSize: 1000 / null
a format | components/schemas/Customer/properties/phoneNumber/format "phone" | risky: beyond of #/components/schemas/Customer/properties/phoneNumber/format: null / "phone"
another format, beside its source | components/schemas/Customer/properties/email/format "idn-email"
a format beside a blank source | components/schemas/Customer/properties/createdAt/x-source " " | risky: beyond of #/components/schemas/Customer/properties/createdAt/format: null / "date-time" | risky: beyond of #/components/schemas/Customer/properties/createdAt/x-source: null / " "
a default beside its source | list/parameters/sort/schema/default "created" ; list/parameters/sort/schema/x-source "Said."
a default below the source of a parameter's words | list/parameters/after/schema/default "first" | risky: beyond of LIST/parameters/1/schema/default: null / "first"
a pattern beside the source of a format | components/schemas/Customer/properties/email/pattern "@" | risky: beyond of #/components/schemas/Customer/properties/email/pattern: null / "@"
a format and a pattern, and a source that names neither | components/schemas/Customer/properties/email/pattern "@" ; components/schemas/Customer/properties/email/x-source "Said." | risky: beyond of #/components/schemas/Customer/properties/email/format: null / "email" | risky: beyond of #/components/schemas/Customer/properties/email/pattern: null / "@"
a format and a pattern, and a source that names both | components/schemas/Customer/properties/email/pattern "@" ; components/schemas/Customer/properties/email/x-source "Format, format and pattern are read."
another server, with its source | servers/+ {"url":"https://b.test","description":"B.","x-source":"Said."}
another server, without a source | servers/+ {"url":"https://b.test","description":"B."} | risky: beyond of #/servers/1/url: null / "https://b.test"
authentication without a source | components/securitySchemes/oauth2/x-source - | risky: beyond of #/components/securitySchemes/oauth2/type: null / "oauth2"
a scope | security/0/oauth2/+ "read" | risky: beyond of #/security/0/oauth2/0: null / "read"
a version | info/version "1.0.0" | docs: beta of page: beta / null
a tag that no operation has | tags/+ {"name":"Lists"} | risky: beyond of #/tags/1/name: null / "Lists"
that a parameter is required | list/parameters/email/required true | risky: beyond of LIST/parameters/3/required: null / true
an empty description | get/responses/200/description " " | risky: beyond of GET/responses/200/description: null / " "
a component | components/headers {} | risky: beyond of #/components/headers: null / {}
a field that may be null | components/schemas/Customer/properties/gender/type ["string","null"] | compatible: field-type of Customer.gender: string / string or null
a field without a type | components/schemas/Customer/properties/gender/type - ; components/schemas/Customer/properties/gender/nothing "string" | breaking: field-type of Customer.gender: string / (no type) | risky: beyond of #/components/schemas/Customer/properties/gender/nothing: null / "string"
values of a field | components/schemas/Customer/properties/gender/enum ["MALE"] | breaking: field-values of Customer.gender: null / "MALE"
that a field which is not there is required | components/schemas/CustomerListTiny/required/+ "size" | risky: beyond of #/components/schemas/CustomerListTiny/required/2: null / "size"
an error code | get/responses/404/x-error-code "gone" | docs: response-code of getCustomer.404: null / gone
values of a result | get/responses/200/content/application~1json/schema/enum ["a"] | risky: beyond of GET/responses/200/content/application~1json/schema/enum/0: null / "a"
a model that is no object | components/schemas/CustomerTiny/type "string" | risky: beyond of #/components/schemas/CustomerTiny/type: null / "string"
a key with a tilde and a slash | components/x-a~0b~1c 1 | risky: beyond of #/components/x-a~0b~1c: null / 1
an operationId where none is reviewed | get/responses/200/links {"a":{"operationId":"getCustomer"}} | risky: beyond of GET/responses/200/links/a/operationId: null / "getCustomer"
`);
  test.for(said)("%s", async ([, changes = "", ...expected]) => {
    const edited = JSON.stringify(changedDocument(...changesOf(changes)));
    const found = (await differences([], () => edited)).map((one) =>
      one.replace(`#${customers}~1{customerId}/get`, "GET").replace(`#${customers}/get`, "LIST"),
    );
    expect(found).toEqual(expected);
  });

  test("a parameter twice", async () => {
    const twice = edit("- name: sort", "- name: sort\n          in: query\n        - name: sort");
    expect(await differences([], twice)).toEqual([
      `risky: beyond of #${customers}/get/parameters/2/name: null / "sort"`,
      `risky: beyond of #${customers}/get/parameters/2/in: null / "query"`,
    ]);
  });

  test("a body that may be left out", async () => {
    expect(await differences([], sends("Customer", false))).toEqual([
      "breaking: request-body of getCustomer.requestBody: null / Customer",
      `risky: beyond of #${customers}~1{customerId}/get/requestBody/required: null / false`,
    ]);
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

test("a paging header that the document does not have has the line of what it says of paging", () => {
  const text = documentText.replace(
    "        header: X-Next-Page\n        pageSize: 1000\n",
    "        pageSize: 1000\n",
  );
  const at = text.split("\n").indexOf("        pageSize: 1000");
  expect(compare({ facts: changed() }, openDocument(text)).differences).toMatchObject([
    { kind: "paging-header", page: "X-Next-Page", document: null, documentLine: at },
  ]);
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
