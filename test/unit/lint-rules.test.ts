import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Document, parse, parseDocument } from "yaml";
import { redocly } from "../../scripts/lint/redocly.js";
import { fixtureDocument } from "../fixture/document.js";

type Path = readonly (string | number)[];
type Change = (document: Document) => unknown;

/** What `redocly lint --format json` prints of a file; of a problem, what the tests look at. */
interface Report {
  problems: { ruleId: string; message: string; location: [{ pointer: string }] }[];
}

/** The document with one change, and what Redocly says of it. */
interface Draft {
  change: Change;
  report?: Report;
}

const root = new URL("../../", import.meta.url);

const get: Path = ["paths", "/organizations/{organizationId}/customers/{customerId}", "get"];
const list: Path = ["paths", "/organizations/{organizationId}/customers", "get"];
const getOk = [...get, "responses", "200"];
const listOk = [...list, "responses", "200"];
const getBody = [...getOk, "content", "application/json"];
const listBody = [...listOk, "content", "application/json"];
const nextPage = [...listOk, "headers", "X-Next-Page"];
const oauth2 = ["components", "securitySchemes", "oauth2"];
const schemas = ["components", "schemas"];
const customer = [...schemas, "Customer", "properties"];
const parameters = [...list, "parameters"];
const email = parameters.concat(3);
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const array = { type: "array", items: reference("Customer") };

// Redocly starts once, for the drafts of all tests.
const drafts: Draft[] = [];
const untouched = draft(() => {});

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "loke-lint-"));
  try {
    const text = await readFile(fixtureDocument, "utf8");
    const paths = await Promise.all(
      drafts.map(async ({ change }, index) => {
        const path = join(folder, `${index}.yaml`);
        const changed = parseDocument(text);
        change(changed);
        await writeFile(path, changed.toString());
        return path;
      }),
    );
    const format = ["--format", "json", "--max-problems", "100000"];
    const { stdout, stderr } = await redocly("lint", ...paths, ...format);
    // Redocly prints a JSON object for each file, one after the other.
    const reports: Report[] = JSON.parse(`[${stdout.replace(/^\}\{$/gm, "},{")}]`);
    expect(reports, stderr).toHaveLength(drafts.length);
    for (const [index, report] of reports.entries()) (drafts[index] as Draft).report = report;
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);

test("each rule that redocly.yaml names is shown to fire", async () => {
  const { rules } = parse(await readFile(new URL("redocly.yaml", root), "utf8"));
  const fired = new Set(drafts.flatMap(added).map((problem) => problem.split(" ")[0]));
  expect(Object.keys(rules).filter((rule) => !fired.has(rule))).toEqual([]);
});

describeRule("rule/property-description", ({ accepts, reports }) => {
  const description = [...customer, "email", "description"];
  reports("a property without a description", without(description), [...customer, "email"]);
  reports("an empty description", having(description, ""), description);
  reports("a blank description", having(description, " \n "), description);

  const statistics = [...customer, "statistics"];
  reports("a `$ref` alone", without([...statistics, "description"]), statistics);
  reports("a schema that is `true`", having([...customer, "any"], true), [...customer, "any"]);

  const inner = { type: "object", properties: { city: { type: "string" } } };
  reports(
    "a property of a property",
    having([...customer, "home"], { description: "Home.", ...inner }),
    [...customer, "home", "properties", "city"],
  );
  reports(
    "a property of a property's items",
    having([...customer, "homes"], { description: "Homes.", type: "array", items: inner }),
    [...customer, "homes", "items", "properties", "city"],
  );
  reports("a property in an `allOf`", having([...schemas, "CustomerListTiny", "allOf"], [inner]), [
    ...schemas,
    "CustomerListTiny",
    "allOf",
    0,
    "properties",
    "city",
  ]);
  reports(
    "a property of a schema that is written in a response",
    having(getBody, { schema: inner }),
    [...getBody, "schema", "properties", "city"],
  );

  const described = {
    type: "object",
    properties: { city: { type: "string", description: "City." } },
  };
  accepts(
    "descriptions at every depth",
    having([...customer, "home"], { description: "Home.", ...described }),
  );
});

describeRule("parameter-description", ({ reports }) => {
  const description = [...email, "description"];
  reports("a parameter without a description", without(description), email);
  reports("an empty description", having(description, ""), description);
});

for (const field of ["operationId", "summary", "description"]) {
  describeRule(`operation-${field}`, ({ reports }) => {
    reports(`an operation without ${field}`, without([...get, field]), [...get, field]);
    reports(`an empty ${field}`, having([...get, field], ""), [...get, field]);
  });
}

describeRule("rule/operation-tag", ({ reports }) => {
  const tags = [...get, "tags"];
  reports("an empty list of tags", having(tags, []), tags);
});

describeRule("operation-tag-defined", ({ reports }) => {
  const tags = [...get, "tags"];
  reports("an operation without tags", without(tags), get);
  reports("a tag that the root does not list", having(tags, ["Customer"]), [...tags, 0]);
});

describeRule("rule/operation-id", ({ accepts, reports }) => {
  const id = [...get, "operationId"];
  const malformed = ["GetCustomer", "get-customer", "get_customer", "2customers"];
  const taken = [...Object.getOwnPropertyNames(Object.prototype), "toJSON", "then"];
  for (const name of [...malformed, ...taken]) reports(`\`${name}\``, having(id, name), id);
  for (const name of ["get", "getOAuth2Client", "thenSome"]) {
    accepts(`\`${name}\``, having(id, name));
  }
});

describeRule("loke/paging", ({ accepts, reports }) => {
  const listPaging = [...list, "x-paging"];
  reports("a list without `x-paging`", without(listPaging), listPaging);
  reports("a list without the header", without([...listOk, "headers"]), nextPage);
  reports(
    "a list with a header of another name",
    (document) => {
      document.setIn([...listOk, "headers", "X-Next"], document.getIn(nextPage));
      document.deleteIn(nextPage);
    },
    nextPage,
  );
  const object = { schema: reference("Customer") };
  const listSchema = [...listBody, "schema"];
  reports("a list whose body is not an array", having(listBody, object), listSchema);
  reports("a list without a body", without([...listOk, "content"]), listSchema);
  reports(
    "`x-paging` without a 200",
    (document) => {
      const none = { description: "None." };
      document.setIn([...list, "responses"], { 204: none, 404: none });
    },
    nextPage,
    listSchema,
  );

  // Nothing says that getCustomer is a list, so whatever does so has the other two reported.
  const paging = [...get, "x-paging"];
  const header = [...getOk, "headers", "X-Next-Page"];
  const schema = [...getBody, "schema"];
  reports(
    "`x-paging` alone",
    having(paging, { header: "X-Next-Page", pageSize: 10 }),
    header,
    schema,
  );
  reports(
    "the header alone",
    (document) => document.setIn(header, document.getIn(nextPage)),
    paging,
    schema,
  );
  const bare = reports("an array alone", having(getBody, { schema: array }), paging, header);
  reports(
    "an array or null",
    having(getBody, { schema: { ...array, type: ["array", "null"] } }),
    paging,
    header,
  );
  reports(
    "an array behind a `$ref`",
    (document) => {
      document.setIn([...schemas, "Customers"], array);
      document.setIn(getBody, { schema: reference("Customers") });
    },
    paging,
    header,
  );
  reports(
    "an array behind two `$ref`s",
    (document) => {
      document.setIn([...schemas, "Customers"], array);
      document.setIn([...schemas, "People"], reference("Customers"));
      document.setIn(getBody, { schema: reference("People") });
    },
    paging,
    header,
  );
  reports(
    "an array in a response behind a `$ref`",
    (document) => {
      const content = { "application/json": { schema: array } };
      document.setIn(["components", "responses", "Customers"], { description: "All.", content });
      document.setIn(getOk, { $ref: "#/components/responses/Customers" });
    },
    paging,
    header,
  );

  accepts("a list of an array behind a `$ref`", (document) => {
    document.setIn([...schemas, "Customers"], array);
    document.setIn([...listBody, "schema"], reference("Customers"));
  });
  accepts("a POST of an array", (document) => {
    document.setIn(getBody, { schema: array });
    document.setIn([...get.slice(0, -1), "post"], document.getIn(get));
    document.deleteIn(get);
  });

  test("says what to add, and where", () => {
    expect(bare.report?.problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("add `x-paging: { header: X-Next-Page, pageSize: N }` to the"),
        expect.stringContaining("declare `X-Next-Page` under `headers` of its 200"),
      ]),
    );
  });
});

describeRule("rule/paging-extension", ({ accepts, reports }) => {
  const paging = [...list, "x-paging"];
  reports("what is not an object", having(paging, true), paging);
  reports("a missing header", without([...paging, "header"]), paging);
  reports("an empty header", having([...paging, "header"], ""), [...paging, "header"]);
  reports("another header", having([...paging, "header"], "X-Next"), [...paging, "header"]);
  accepts("a page size that is left out", without([...paging, "pageSize"]));
  accepts("a source", having([...paging, "x-source"], "Said."));
  reports("an empty source", having([...paging, "x-source"], ""), [...paging, "x-source"]);
  for (const size of [0, -10, 2.5, "1000", null]) {
    const pageSize = [...paging, "pageSize"];
    reports(`a page size of ${JSON.stringify(size)}`, having(pageSize, size), pageSize);
  }
  reports("an unknown field", having([...paging, "size"], 10), [...paging, "size"]);
});

describeRule("rule/paging-header", ({ accepts, reports }) => {
  reports(
    "a header behind a `$ref`",
    (document) => {
      document.setIn(["components", "headers", "Next"], document.getIn(nextPage));
      document.setIn(nextPage, { $ref: "#/components/headers/Next" });
    },
    nextPage,
  );
  const required = [...nextPage, "required"];
  reports("`required: true`", having(required, true), required);
  accepts("a header that does not say whether it is required", without(required));

  const schema = [...nextPage, "schema"];
  reports("another type", having([...schema, "type"], "integer"), [...schema, "type"]);
  reports("a schema without a type", having(schema, { minLength: 1 }), schema);
  reports(
    "a schema behind a `$ref`",
    (document) => {
      document.setIn([...schemas, "Link"], { type: "string" });
      document.setIn(schema, reference("Link"));
    },
    schema,
  );
  const source = [...nextPage, "x-source"];
  reports("a missing source", without(source), nextPage);
  reports("an empty source", having(source, ""), source);
});

describeRule("rule/server-source", ({ reports }) => {
  const source = ["servers", 0, "x-source"];
  reports("a server without a source", without(source), source);
  reports("an empty source", having(source, ""), source);
  reports(
    "an operation's own server",
    having([...get, "servers"], [{ url: "https://api.loke.test" }]),
    [...get, ...source],
  );
});

describeRule("rule/security-scheme-source", ({ reports }) => {
  const source = [...oauth2, "x-source"];
  reports("a security scheme without a source", without(source), source);
  reports("an empty source", having(source, ""), source);
});

describeRule("rule/format-source", ({ accepts, reports }) => {
  const source = [...customer, "createdAt", "x-source"];
  reports("a property's format without a source", without(source), source);
  reports("an empty source", having(source, ""), source);

  const date = { type: "string", format: "date" };
  const dates = { description: "Dates.", type: "array", items: date };
  const day = { description: "A day.", ...date };
  reports("items", having([...customer, "dates"], dates), [
    ...customer,
    "dates",
    "items",
    "x-source",
  ]);
  reports(
    "a property of a property",
    having([...customer, "days"], { description: "Days.", type: "object", properties: { day } }),
    [...customer, "days", "properties", "day", "x-source"],
  );
  reports("a parameter", having([...email, "schema"], date), [...email, "schema", "x-source"]);
  accepts(
    "a format with its source",
    having([...email, "schema"], { ...date, "x-source": "Said." }),
  );
});

describeRule("no-invalid-media-type-examples", ({ reports }) => {
  const example = [...getBody, "example"];
  const id = [...example, "id"];
  reports("a value of another type", having(id, 7), id);
  reports("a value of another format", having([...example, "dob"], "today"), [...example, "dob"]);
  reports("a missing property that is required", without(id), example);
  reports("an additional property", having([...example, "age"], 41), [...example, "age"]);
  const nested = [...example, "statistics", "visits"];
  reports("an additional property of a property", having(nested, 3), nested);
  const row = [...listBody, "example", 2, "age"];
  reports("an additional property in a row", having(row, 41), row);
  const named = [...getBody, "examples", "john", "value"];
  reports(
    "an additional property in a named example",
    (document) => {
      document.setIn(named, document.getIn(example));
      document.deleteIn(example);
      document.setIn([...named, "age"], 41);
    },
    [...named, "age"],
  );
});

describeRule("no-invalid-schema-examples", ({ reports }) => {
  const examples = [...customer, "dob", "examples"];
  reports("a value of another type", having(examples, ["2021-10-20", 7]), [...examples, 1]);
  const list = [...schemas, "CustomerListTiny", "examples"];
  reports("an additional property", having(list, [{ id: "1", name: "Loyal", size: 2 }]), [
    ...list,
    0,
    "size",
  ]);
  reports(
    "an additional property in an `example`",
    having([...schemas, "CustomerListTiny", "example"], { id: "1", name: "Loyal", size: 2 }),
    [...schemas, "CustomerListTiny", "example", "size"],
  );
});

describeRule("no-invalid-parameter-examples", ({ reports }) => {
  const example = [...parameters, 2, "example"];
  reports("a value that is not in the enum", having(example, "deleted"), example);
});

describeRule("rule/request-media-type", ({ accepts, reports }) => {
  const content = [...get, "requestBody", "content"];
  const schema = { type: "string" };
  reports("a media type that is not JSON", having(content, { "text/csv": { schema } }), content);
  accepts(
    "JSON with a parameter",
    having(content, { "application/json; charset=utf-8": { schema } }),
  );
});

describeRule("rule/response-media-type", ({ accepts, reports }) => {
  const content = [...getOk, "content"];
  const renamed =
    (name: string): Change =>
    (document) => {
      document.setIn([...content, name], document.getIn(getBody));
      document.deleteIn(getBody);
    };
  reports("a misspelt media type", renamed("application/jsn"), content);
  accepts("JSON with a parameter", renamed("application/json; charset=utf-8"));
  accepts("a problem", renamed("application/problem+json"));
});

describeRule("spec-strict-refs", ({ reports }) => {
  reports(
    "a `$ref` where OpenAPI 3.1 allows none",
    (document) => {
      document.set("x-customer", document.getIn(getBody));
      document.setIn(getBody, { $ref: "#/x-customer" });
    },
    [...getBody, "$ref"],
  );
});

/** Tests of what a rule reports: the rule, at these places, and no other rule. */
function describeRule(
  rule: string,
  tests: (is: {
    reports(title: string, change: Change, ...places: Path[]): Draft;
    accepts(title: string, change: Change): void;
  }) => void,
): void {
  describe(rule, () => {
    tests({
      reports(title, change, ...places) {
        const changed = draft(change);
        test(`reports ${title}`, () => {
          const expected = places.map((path) => `${rule} at ${pointer(path)}`);
          expect(added(changed).sort()).toEqual(expected.sort());
        });
        return changed;
      },
      accepts(title, change) {
        const changed = draft(change);
        test(`accepts ${title}`, () => expect(added(changed)).toEqual([]));
      },
    });
  });
}

function draft(change: Change): Draft {
  const draft = { change };
  drafts.push(draft);
  return draft;
}

function having(path: Path, value: unknown): Change {
  return (document) => document.setIn(path, value);
}

function without(path: Path): Change {
  return (document) => {
    if (!document.deleteIn(path))
      throw new Error(`The document has no ${path.join(".")} to remove`);
  };
}

function found({ report }: Draft): string[] {
  return (report?.problems ?? []).map(
    (problem) => `${problem.ruleId} at ${problem.location[0].pointer}`,
  );
}

/** What the change of a draft adds to what is known of the document, for which the project makes exceptions. */
function added(changed: Draft): string[] {
  const known = new Set(found(untouched));
  return found(changed).filter((problem) => !known.has(problem));
}

function pointer(path: Path): string {
  const tokens = path.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1"));
  return `#/${tokens.join("/")}`;
}
