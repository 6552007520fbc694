import { describe, expect, test } from "vitest";
import type { Level } from "../../../scripts/changes/change.js";
import { compare } from "../../../scripts/page/compare.js";
import { compareWords, hashes } from "../../../scripts/page/compare-words.js";
import { type Kind, kinds } from "../../../scripts/page/difference.js";
import { readDocument } from "../../../scripts/page/read-document.js";
import { readPage } from "../../../scripts/page/read-page.js";
import { renderPage } from "./render-page.js";
import { documentText, facts, pageInOtherWords } from "./this-page.js";

/** A copy of facts that can be written to. */
// biome-ignore lint/suspicious/noExplicitAny: each change knows what it changes
type Draft = any;

/** Compares the page after a change with the document after one, and gives each difference in one line. */
function differences(changePage: (page: Draft) => void, change = (text: string) => text): string[] {
  const changed: Draft = structuredClone(facts);
  changePage(changed);
  const { reading, problems } = readPage(
    renderPage(pageInOtherWords(changed), { rendition: "tabs" }),
  );
  expect(problems).toBeUndefined();
  if (!reading) return [];
  return compare(reading, readDocument(change(documentText))).map(
    ({ kind, subject, page, document, level }) =>
      `${level}: ${kind} of ${subject}: ${page} / ${document}`,
  );
}

const [getCustomer, listCustomers] = ["0", "1"].map(Number);

type Row = [
  level: Level,
  kind: Kind,
  subject: string,
  sides: string,
  change: (page: Draft) => void,
];

const list = (page: Draft) => page.operations[listCustomers as number];
const get = (page: Draft) => page.operations[getCustomer as number];
const named = (things: Draft, name: string) => things.find((thing: Draft) => thing.name === name);
const parameter = (page: Draft, name: string) => named(list(page).parameters, name);
const model = (page: Draft, name: string) => named(page.models, name);
const field = (page: Draft, name: string) => named(model(page, "Customer").fields, name);
const drop = (things: Draft[], name: string) => {
  things.splice(things.indexOf(named(things, name)), 1);
};
/** Sends a model in a request body, on both sides. */
const body =
  '      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: "#/components/schemas/';

const rows: Row[] = [
  [
    "docs",
    "beta",
    "page",
    "null / beta",
    (page) => {
      page.beta = false;
    },
  ],
  [
    "docs",
    "heading",
    "page",
    "Guests / Customers",
    (page) => {
      page.heading = "Guests";
    },
  ],
  [
    "docs",
    "title",
    "getCustomer",
    "Read one / Get a customer",
    (page) => {
      get(page).title = "Read one";
    },
  ],
  [
    "breaking",
    "operation",
    "getCustomer",
    "null / get /organizations/{organizationId}/customers/{customerId}",
    (page) => {
      page.operations.splice(0, 1);
    },
  ],
  [
    "compatible",
    "operation",
    "Replace all",
    "put /organizations / null",
    (page) => {
      page.operations.push({
        request: "put /organizations",
        title: "Replace all",
        parameters: [],
        responses: [{ status: "204" }],
      });
    },
  ],
  [
    "risky",
    "page-size",
    "listCustomers.pageSize",
    "500 / 1000",
    (page) => {
      list(page).pageSize = 500;
    },
  ],
  [
    "risky",
    "page-size",
    "listCustomers.pageSize",
    "null / 1000",
    (page) => {
      list(page).pageSize = undefined;
    },
  ],
  [
    "breaking",
    "page-size",
    "getCustomer.pageSize",
    "7 / null",
    (page) => {
      get(page).pageSize = 7;
    },
  ],
  [
    "risky",
    "paging-header",
    "listCustomers.pagingHeader",
    "X-More / X-Next-Page",
    (page) => {
      list(page).pagingHeader = "X-More";
    },
  ],
  [
    "breaking",
    "paging-header",
    "listCustomers.pagingHeader",
    "null / X-Next-Page",
    (page) => {
      list(page).pagingHeader = undefined;
    },
  ],
  [
    "breaking",
    "paging-header",
    "getCustomer.pagingHeader",
    "X-Next-Page / null",
    (page) => {
      get(page).pagingHeader = "X-Next-Page";
    },
  ],
  [
    "compatible",
    "parameter",
    "listCustomers.name",
    'string in query, "a" / null',
    (page) => {
      list(page).parameters.push({ name: "name", type: "string", in: "query", values: ["a"] });
    },
  ],
  [
    "breaking",
    "parameter",
    "listCustomers.name",
    "string in path / null",
    (page) => {
      list(page).parameters.push({ name: "name", type: "string", in: "path" });
    },
  ],
  [
    "breaking",
    "parameter",
    "listCustomers.email",
    "null / string in query",
    (page) => {
      drop(list(page).parameters, "email");
    },
  ],
  [
    "breaking",
    "parameter-type",
    "listCustomers.email",
    "boolean / string",
    (page) => {
      parameter(page, "email").type = "boolean";
    },
  ],
  [
    "breaking",
    "parameter-type",
    "listCustomers.email",
    "string[] / string",
    (page) => {
      parameter(page, "email").type = "string[]";
    },
  ],
  [
    "breaking",
    "parameter-place",
    "listCustomers.email",
    "path / query",
    (page) => {
      parameter(page, "email").in = "path";
    },
  ],
  [
    "breaking",
    "parameter-values",
    "listCustomers.sort",
    '"created" / "created", "updated"',
    (page) => {
      parameter(page, "sort").values = ["created"];
    },
  ],
  [
    "breaking",
    "parameter-values",
    "listCustomers.sort",
    '"created", "name" / "created", "updated"',
    (page) => {
      parameter(page, "sort").values = ["created", "name"];
    },
  ],
  [
    "compatible",
    "parameter-values",
    "listCustomers.sort",
    '"created", "updated", "name" / "created", "updated"',
    (page) => {
      parameter(page, "sort").values = ["created", "updated", "name"];
    },
  ],
  [
    "compatible",
    "parameter-values",
    "listCustomers.sort",
    'null / "created", "updated"',
    (page) => {
      delete parameter(page, "sort").values;
    },
  ],
  [
    "docs",
    "parameter-values",
    "listCustomers.sort",
    '"updated", "created" / "created", "updated"',
    (page) => {
      parameter(page, "sort").values = ["updated", "created"];
    },
  ],
  [
    "breaking",
    "parameter-values",
    "listCustomers.email",
    '"a" / null',
    (page) => {
      parameter(page, "email").values = ["a"];
    },
  ],
  [
    "docs",
    "order",
    "getCustomer",
    "customerId, organizationId / organizationId, customerId",
    (page) => {
      get(page).parameters.reverse();
    },
  ],
  [
    "breaking",
    "request-body",
    "getCustomer.requestBody",
    "CustomerTiny / null",
    (page) => {
      get(page).requestBody = { type: "CustomerTiny" };
    },
  ],
  [
    "breaking",
    "response",
    "getCustomer.200",
    "null / 200 Customer",
    (page) => {
      get(page).responses.splice(0, 1);
    },
  ],
  [
    "breaking",
    "response",
    "getCustomer.204",
    "204 / null",
    (page) => {
      get(page).responses.push({ status: "204" });
    },
  ],
  [
    "docs",
    "response",
    "getCustomer.404",
    "null / 404",
    (page) => {
      get(page).responses.splice(1, 1);
    },
  ],
  [
    "docs",
    "response",
    "listCustomers.404",
    "404 not_found / null",
    (page) => {
      list(page).responses.push({ status: "404", code: "not_found" });
    },
  ],
  [
    "docs",
    "response-code",
    "getCustomer.404",
    "not_found / null",
    (page) => {
      get(page).responses[1].code = "not_found";
    },
  ],
  [
    "docs",
    "response-model",
    "getCustomer.404",
    "CustomerTiny / null",
    (page) => {
      get(page).responses[1].type = "CustomerTiny";
    },
  ],
  [
    "breaking",
    "response-model",
    "getCustomer.200",
    "CustomerTiny / Customer",
    (page) => {
      get(page).responses[0].type = "CustomerTiny";
    },
  ],
  [
    "breaking",
    "response-model",
    "listCustomers.200",
    "Customer / Customer[]",
    (page) => {
      list(page).responses[0].type = "Customer";
    },
  ],
  [
    "breaking",
    "response-model",
    "getCustomer.200",
    "null / Customer",
    (page) => {
      delete get(page).responses[0].type;
    },
  ],
  [
    "docs",
    "example",
    "getCustomer.200",
    '#/gender: "X" / #/gender: "MALE"',
    (page) => {
      get(page).responses[0].example.gender = "X";
    },
  ],
  [
    "docs",
    "example",
    "getCustomer.200",
    "#/statistics/more: 1 / #/statistics/more: nothing",
    (page) => {
      get(page).responses[0].example.statistics.more = 1;
    },
  ],
  [
    "compatible",
    "model",
    "Guest",
    "fields id / null",
    (page) => {
      page.models.push({
        name: "Guest",
        fields: [{ name: "id", type: "string", optional: false }],
      });
    },
  ],
  [
    "breaking",
    "model",
    "CustomerTiny",
    "null / fields id, email, firstName, lastName, phoneNumber",
    (page) => {
      drop(page.models, "CustomerTiny");
    },
  ],
  [
    "docs",
    "order",
    "page",
    "CustomerListTiny, CustomerTiny, CustomerStatistics, Customer / Customer, CustomerStatistics, CustomerTiny, CustomerListTiny",
    (page) => {
      page.models.reverse();
    },
  ],
  [
    "compatible",
    "field",
    "CustomerListTiny.size",
    "integer, required / null",
    (page) => {
      model(page, "CustomerListTiny").fields.push({
        name: "size",
        type: "integer",
        optional: false,
      });
    },
  ],
  [
    "breaking",
    "field",
    "Customer.gender",
    "null / string, optional",
    (page) => {
      drop(model(page, "Customer").fields, "gender");
    },
  ],
  [
    "breaking",
    "field-type",
    "Customer.gender",
    "integer / string",
    (page) => {
      field(page, "gender").type = "integer";
    },
  ],
  [
    "breaking",
    "field-type",
    "Customer.statistics",
    "CustomerStatistics[] / CustomerStatistics",
    (page) => {
      field(page, "statistics").type = "CustomerStatistics[]";
    },
  ],
  [
    "risky",
    "field-type",
    "CustomerStatistics.totalSpend",
    "number / integer",
    (page) => {
      named(model(page, "CustomerStatistics").fields, "totalSpend").type = "number";
    },
  ],
  [
    "breaking",
    "field-optional",
    "Customer.lastName",
    "optional / required",
    (page) => {
      field(page, "lastName").optional = true;
    },
  ],
  [
    "compatible",
    "field-optional",
    "Customer.gender",
    "required / optional",
    (page) => {
      field(page, "gender").optional = false;
    },
  ],
  [
    "breaking",
    "field-values",
    "Customer.gender",
    '"MALE" / null',
    (page) => {
      field(page, "gender").values = ["MALE"];
    },
  ],
  [
    "docs",
    "order",
    "CustomerListTiny",
    "name, id / id, name",
    (page) => {
      model(page, "CustomerListTiny").fields.reverse();
    },
  ],
  [
    "breaking",
    "field-optional",
    "CustomerTiny.firstName",
    "optional / required",
    (page) => {
      named(model(page, "CustomerTiny").fields, "firstName").optional = true;
    },
  ],
];

describe("a page that has changed", () => {
  test("differs in nothing before it has", () => {
    expect(differences(() => {})).toEqual([]);
  });

  test.for(rows)("%s: %s of %s: %s", ([level, kind, subject, sides, change]) => {
    expect(differences(change)).toEqual([`${level}: ${kind} of ${subject}: ${sides}`]);
  });

  test("is tried with each kind of difference in a fact", () => {
    const others = Object.keys(kinds).filter((kind) => !rows.some((row) => row[1] === kind));
    expect(others).toEqual(["words", "beyond"]);
  });
});

describe("a document that says something else", () => {
  const edit = (from: string | RegExp, to: string) => (text: string) => {
    expect(text).toMatch(from);
    return text.replace(from, to);
  };
  const cases: [name: string, change: (text: string) => string, expected: string[]][] = [
    [
      "a number that the page calls an integer",
      edit("totalSpend:\n          type: integer", "totalSpend:\n          type: number"),
      ["compatible: field-type of CustomerStatistics.totalSpend: integer / number"],
    ],
    [
      "no page size",
      edit("        pageSize: 10\n", ""),
      ["risky: page-size of listMemberships.pageSize: 10 / null"],
    ],
    [
      "a format",
      edit(
        "phoneNumber:\n          type: string",
        "phoneNumber:\n          type: string\n          format: phone",
      ),
      [
        'risky: beyond of #/components/schemas/Customer/properties/phoneNumber/format: null / "phone"',
      ],
    ],
    ["another format, beside its source", edit("format: email", "format: idn-email"), []],
    [
      "a format beside a blank source",
      edit("x-source: The format is read off the example.", 'x-source: " "'),
      [
        'risky: beyond of #/components/schemas/Customer/properties/createdAt/format: null / "date-time"',
        'risky: beyond of #/components/schemas/Customer/properties/createdAt/x-source: null / " "',
      ],
    ],
    [
      "a default beside its source",
      edit(
        "enum: [created, updated]",
        "enum: [created, updated]\n            default: created\n            x-source: Said.",
      ),
      [],
    ],
    [
      "a default below the source of a parameter's words",
      edit(/(- name: after[\s\S]*?schema:\n)/, "$1            default: first\n"),
      [
        'risky: beyond of #/paths/~1organizations~1{organizationId}~1customers/get/parameters/1/schema/default: null / "first"',
      ],
    ],
    [
      "a pattern beside the source of a format",
      edit("format: email", 'format: email\n          pattern: "@"'),
      ['risky: beyond of #/components/schemas/Customer/properties/email/pattern: null / "@"'],
    ],
    [
      "a format and a pattern, and a source that names neither",
      edit(
        "format: email\n          x-source: The format is read off the example.",
        'format: email\n          pattern: "@"\n          x-source: Said.',
      ),
      [
        'risky: beyond of #/components/schemas/Customer/properties/email/format: null / "email"',
        'risky: beyond of #/components/schemas/Customer/properties/email/pattern: null / "@"',
      ],
    ],
    [
      "a format and a pattern, and a source that names both",
      edit(
        "format: email\n          x-source: The format is",
        'format: email\n          pattern: "@"\n          x-source: Format, format and pattern are',
      ),
      [],
    ],
    [
      "another server, with its source",
      edit(
        "\nsecurity:",
        "  - { url: https://b.test, description: B., x-source: Said. }\n\nsecurity:",
      ),
      [],
    ],
    [
      "another server, without a source",
      edit("\nsecurity:", "  - { url: https://b.test, description: B. }\n\nsecurity:"),
      ['risky: beyond of #/servers/1/url: null / "https://b.test"'],
    ],
    [
      "authentication without a source",
      edit(/x-source: https:\S*authentication\n/, ""),
      ['risky: beyond of #/components/securitySchemes/oauth2/type: null / "oauth2"'],
    ],
    [
      "a scope",
      edit("- oauth2: []", "- oauth2: [read]"),
      ['risky: beyond of #/security/0/oauth2/0: null / "read"'],
    ],
    ["a version", edit("version: beta", "version: 1.0.0"), ["docs: beta of page: beta / null"]],
    [
      "a tag that no operation has",
      edit("\npaths:", "  - name: Lists\n\npaths:"),
      ['risky: beyond of #/tags/1/name: null / "Lists"'],
    ],
    [
      "that a parameter is required",
      edit(
        "name: email\n          in: query",
        "name: email\n          in: query\n          required: true",
      ),
      [
        "risky: beyond of #/paths/~1organizations~1{organizationId}~1customers/get/parameters/3/required: null / true",
      ],
    ],
    [
      "an empty description",
      edit("description: The customer.", 'description: " "'),
      [
        'risky: beyond of #/paths/~1organizations~1{organizationId}~1customers~1{customerId}/get/responses/200/description: null / " "',
      ],
    ],
    [
      "a component",
      edit("  schemas:\n", "  headers: {}\n  schemas:\n"),
      ["risky: beyond of #/components/headers: null / {}"],
    ],
    [
      "a field that may be null",
      edit("gender:\n          type: string", 'gender:\n          type: [string, "null"]'),
      ["breaking: field-type of Customer.gender: string / string or null"],
    ],
    [
      "a field without a type",
      edit("gender:\n          type: string", "gender:\n          nothing: string"),
      [
        "breaking: field-type of Customer.gender: string / (no type)",
        'risky: beyond of #/components/schemas/Customer/properties/gender/nothing: null / "string"',
      ],
    ],
    [
      "values of a field",
      edit(
        "gender:\n          type: string",
        "gender:\n          type: string\n          enum: [MALE]",
      ),
      ['breaking: field-values of Customer.gender: null / "MALE"'],
    ],
    [
      "that a field which is not there is required",
      edit("required: [id, name]", "required: [id, name, size]"),
      ['risky: beyond of #/components/schemas/CustomerListTiny/required/2: null / "size"'],
    ],
    [
      "another media type",
      edit("application/json:", "text/json:"),
      [
        "breaking: response-model of getCustomer.200: Customer / null",
        expect.stringContaining("example"),
        ...Array(18).fill(expect.stringContaining("text~1json")),
      ],
    ],
    [
      "an error code",
      edit("No body is documented.", "No body is documented.\n          x-error-code: gone"),
      ["docs: response-code of getCustomer.404: null / gone"],
    ],
    [
      "a parameter twice",
      edit("- name: sort", "- name: sort\n          in: query\n        - name: sort"),
      [
        'risky: beyond of #/paths/~1organizations~1{organizationId}~1customers/get/parameters/2/name: null / "sort"',
        'risky: beyond of #/paths/~1organizations~1{organizationId}~1customers/get/parameters/2/in: null / "query"',
      ],
    ],
    [
      "a model that is no object",
      edit("CustomerTiny:\n      type: object", "CustomerTiny:\n      type: string"),
      ['risky: beyond of #/components/schemas/CustomerTiny/type: null / "string"'],
    ],
    [
      "a key with a tilde and a slash",
      edit("  schemas:\n", "  x-a~b/c: 1\n  schemas:\n"),
      ["risky: beyond of #/components/x-a~0b~1c: null / 1"],
    ],
    [
      "a body that may be left out",
      (text) =>
        text.replace(
          "      responses:\n",
          `${body.replace("true", "false")}Customer"\n      responses:\n`,
        ),
      [
        "breaking: request-body of getCustomer.requestBody: null / Customer",
        expect.stringContaining("requestBody/required: null / false"),
      ],
    ],
    [
      "an operationId where none is reviewed",
      edit(
        "description: The customer.",
        "description: The customer.\n          links: { a: { operationId: getCustomer } }",
      ),
      [
        'risky: beyond of #/paths/~1organizations~1{organizationId}~1customers~1{customerId}/get/responses/200/links/a/operationId: null / "getCustomer"',
      ],
    ],
  ];
  test.for(cases)("%s", ([, change, expected]) => {
    expect(differences(() => {}, change)).toEqual(expected);
  });

  test("that a list is paged, with a source, where the page does not speak of paging", () => {
    const silent = (page: Draft) => {
      list(page).pageSize = undefined;
      list(page).pagingHeader = undefined;
    };
    const unsized = edit("        pageSize: 1000\n", "");
    const sourced = edit("        pageSize: 1000\n", "        x-source: Said.\n");
    expect(differences(silent, unsized)).toEqual([
      "breaking: paging-header of listCustomers.pagingHeader: null / X-Next-Page",
    ]);
    expect(differences(silent, sourced)).toEqual([]);
    // Once it speaks of paging, what it says counts.
    expect(differences(() => {}, sourced)).toEqual([
      "risky: page-size of listCustomers.pageSize: 1000 / null",
    ]);
  });

  test("a number that is sent and becomes an integer", () => {
    const toNumber = (text: string) =>
      text.replace(/(- name: email[\s\S]*?type: )string/, "$1number");
    const found = differences((page) => {
      parameter(page, "email").type = "integer";
    }, toNumber);
    expect(found).toEqual(["risky: parameter-type of listCustomers.email: integer / number"]);
  });

  test("is read through its references", () => {
    const moved = (text: string) =>
      text
        .replace(
          / {8}- name: email\n[\s\S]*?(?= {8}- name: phone)/,
          '        - $ref: "#/components/parameters/e~0mail"\n',
        )
        .replace(
          "  schemas:\n",
          "  parameters:\n    e~mail:\n      name: email\n      in: query\n      description: Email.\n      schema: { type: string }\n  schemas:\n",
        );
    expect(differences(() => {}, moved)).toEqual([]);
  });

  test("is read with the parameters of its paths", () => {
    const moved = (text: string) => {
      const own = / {8}- name: organizationId\n[\s\S]*?type: string\n/;
      const parameter = (own.exec(text)?.[0] ?? "").replaceAll(/^ {2}/gm, "");
      const path = "/customers/{customerId}:\n";
      return text.replace(own, "").replace(path, `${path}    parameters:\n${parameter}`);
    };
    expect(differences(() => {}, moved)).toEqual([]);
  });

  test("is read with the parameters of its paths, which an operation's own replace", () => {
    const shared = (text: string) =>
      text.replace(
        "/customers/{customerId}:\n    get:\n",
        "/customers/{customerId}:\n    parameters:\n      - { name: organizationId, in: path, description: Replaced., schema: { type: integer } }\n    get:\n",
      );
    const found = differences(() => {}, shared);
    expect(found).toHaveLength(3);
    for (const one of found) expect(one).toContain("{customerId}/parameters/0/");
  });
});

describe("a model that is sent", () => {
  const sends = (model: string) => (text: string) =>
    text.replace("      responses:\n", `${body}${model}"\n      responses:\n`);
  const sent = (model: string, change: (page: Draft) => void) =>
    differences((page) => {
      get(page).requestBody = { type: model };
      change(page);
    }, sends(model));
  const tiny = (page: Draft) => model(page, "CustomerTiny").fields;

  test("is on both sides", () => {
    expect(sent("CustomerTiny", () => {})).toEqual([]);
    expect(differences(() => {}, sends("CustomerTiny"))).toEqual([
      "breaking: request-body of getCustomer.requestBody: null / CustomerTiny",
    ]);
  });

  test("breaks who sends it with a field that is required", () => {
    const size = { name: "size", type: "string", optional: false };
    expect(sent("CustomerTiny", (page) => tiny(page).push(size)).join()).toMatch(
      /^breaking: field /,
    );
    expect(
      sent("CustomerTiny", (page) => tiny(page).push({ ...size, optional: true })).join(),
    ).toMatch(/^compatible/);
    expect(
      sent("CustomerTiny", (page) => {
        named(tiny(page), "email").optional = false;
      }).join(),
    ).toMatch(/^breaking: field-optional/);
    expect(
      sent("CustomerTiny", (page) => {
        named(tiny(page), "id").optional = true;
      }).join(),
    ).toMatch(/^compatible: field-optional/);
  });

  test("breaks who sends it as a field of another", () => {
    const size = { name: "size", type: "string", optional: false };
    const grow = (page: Draft) => {
      model(page, "CustomerStatistics").fields.push(size);
    };
    expect(sent("Customer", grow).join()).toMatch(/^breaking: field of CustomerStatistics.size/);
    expect(differences(grow).join()).toMatch(/^compatible: field of CustomerStatistics.size/);
  });

  test("has an example", () => {
    const found = sent("CustomerTiny", (page) => {
      get(page).requestBody.example = { id: "1" };
    });
    expect(found).toEqual(['docs: example of getCustomer.requestBody: #: {"id":"1"} / #: nothing']);
  });

  test("and received breaks either way, also through a field of another", () => {
    const required = (page: Draft) => {
      named(model(page, "CustomerStatistics").fields, "totalSpend").optional = true;
    };
    expect(sent("Customer", required).join()).toMatch(/^breaking: field-optional/);
    const gender = (page: Draft) => {
      field(page, "gender").optional = false;
    };
    expect(sent("Customer", gender).join()).toMatch(/^breaking: field-optional/);
  });

  test("and received takes neither more values nor fewer", () => {
    const gender = (text: string) =>
      text.replace(
        "gender:\n          type: string\n",
        "gender:\n          type: string\n          enum: [a, b]\n",
      );
    const found = differences(
      (page) => {
        get(page).requestBody = { type: "Customer" };
        field(page, "gender").values = ["a", "b", "c"];
      },
      (text) => gender(sends("Customer")(text)),
    );
    expect(found.join()).toMatch(/^breaking: field-values/);
  });

  test("takes more values, and no fewer", () => {
    const values =
      (...some: string[]) =>
      (page: Draft) => {
        named(tiny(page), "email").values = some;
      };
    const tinyEmail = /(CustomerTiny:[\s\S]*?email:\n {10}type: string\n)/;
    const found = (...some: string[]) =>
      differences(
        (page) => {
          get(page).requestBody = { type: "CustomerTiny" };
          values(...some)(page);
        },
        (text) => sends("CustomerTiny")(text).replace(tinyEmail, "$1          enum: [a, b]\n"),
      ).join();
    expect(found("a", "b")).toBe("");
    expect(found("a", "b", "c")).toMatch(/^compatible: field-values/);
    expect(found("a")).toMatch(/^breaking: field-values/);
    expect(found("b", "a")).toMatch(/^docs: field-values/);
  });
});

test("an example has the lines on which it begins", () => {
  const changed: Draft = structuredClone(facts);
  get(changed).responses[0].example.gender = "X";
  const text = renderPage(pageInOtherWords(changed), { rendition: "glued" });
  const { reading } = readPage(text);
  const found = reading ? compare(reading, readDocument(documentText)) : [];
  const documentLine = documentText.split("\n").indexOf("              example:") + 1;
  expect(found).toMatchObject([{ line: text.split("\n").indexOf("{") + 1, documentLine }]);
});

describe("words", () => {
  const page = (change = (text: string) => text) => {
    const { reading } = readPage(change(renderPage(pageInOtherWords(), { rendition: "glued" })));
    if (!reading) throw new Error("The page does not read.");
    return reading;
  };
  const document = readDocument(documentText);
  const transcribed = hashes(page().words);
  const subjects = (change: (text: string) => string, saved = transcribed) =>
    compareWords(page(change), saved, document, compare(page(change), document)).map(
      ({ subject, level, page, line, documentLine }) => [subject, level, page, line, documentLine],
    );

  test("are the same in other case and with other space", () => {
    expect(subjects((text) => text)).toEqual([]);
    expect(subjects((text) => text.replace("Chooses email.", "chooses   EMAIL."))).toEqual([]);
  });

  test("that changed are a difference, with the document's line", () => {
    const line = page().lines.get("get /organizations/{organizationId}/customers parameter email");
    const at = documentText.split("\n").findIndex((text) => text.includes("name: email"));
    expect(subjects((text) => text.replace("Chooses email.", "Finds by email."))).toEqual([
      ["listCustomers.email", "docs", "Finds by email.", line, at + 3],
    ]);
  });

  test("that are gone or new are a difference", () => {
    expect(subjects((text) => text.replace("Chooses email.", ""))[0]?.slice(0, 3)).toEqual([
      "listCustomers.email",
      "docs",
      null,
    ]);
    expect(subjects((text) => `${text}\n\nMore.`)[0]?.slice(0, 3)).toEqual([
      "page",
      "docs",
      "More.",
    ]);
    expect(subjects((text) => text, {})).toHaveLength(Object.keys(transcribed).length);
  });

  test("of what is new are part of it", () => {
    const added = (text: string) =>
      text.replace("emailstring(optional)", "e2string(optional) New.\nemailstring(optional)");
    expect(compare(page(added), document).map(({ subject }) => subject)).toEqual(["Customer.e2"]);
    expect(subjects(added)).toEqual([]);
  });
});
