import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { beyondThePage } from "../../scripts/page/beyond-the-page.js";
import { compare } from "../../scripts/page/compare.js";
import { openDocument } from "../../scripts/page/document.js";
import { readPage } from "../../scripts/page/read-page.js";
import { compareWords, toSavedPage } from "../../scripts/page/saved-page.js";
import { captured } from "../unit/page/this-page.js";
import { documentText, facts, savedPage, savedPages } from "./real-page.js";

/** A part of an OpenAPI document, of which nothing is taken for granted. */
// biome-ignore lint/suspicious/noExplicitAny: as JSON.parse types it; what is not as expected shows in a comparison
type Part = Record<string, any>;

const document: Part = parse(documentText);
const read = openDocument(documentText);

describe("the document and openapi/page.json", () => {
  test("have the same facts, and the document says no more than was reviewed", () => {
    expect(compare({ facts }, read).differences).toEqual([]);
  });

  test("are so for each page that was saved, and each operation is of one", () => {
    const saved = savedPages.map((page) => compare({ facts: page }, read).differences);
    expect(saved).toEqual(savedPages.map(() => []));
    const requests = savedPages.flatMap((page) => page.operations.map(({ request }) => request));
    expect(requests.sort()).toEqual([...read.operations.keys()].sort());
  });

  test("have a reason for each thing beyond the page", () => {
    for (const { because } of beyondThePage) expect(because).toMatch(/\S{3}.*\.$/);
    expect(new Set(beyondThePage.map(({ at }) => at)).size).toBe(beyondThePage.length);
  });
});

describe("the examples", () => {
  const ajv = new Ajv2020({ allErrors: true, validateFormats: false, strict: false });
  ajv.addSchema({ $id: "document", ...closed(document) });

  const bodies = operations(document).flatMap(({ operationId, responses }) =>
    Object.entries<Part>(responses).flatMap(([status, { content }]) =>
      content ? [[`${operationId} ${status}`, content["application/json"]] as const] : [],
    ),
  );

  test("are those of the three operations", () => {
    expect(bodies.map(([name]) => name)).toEqual([
      "getCustomer 200",
      "listCustomers 200",
      "listMemberships 200",
    ]);
  });

  test.for(bodies)("%s has the fields of its model, and no other", ([, { schema, example }]) => {
    const validate = ajv.compile(refersTo("document", schema));
    expect([validate(example), validate.errors]).toEqual([true, null]);
    const [first = example] = [example].flat();
    expect(
      validate([example].flat() === example ? [{ ...first, more: 1 }] : { ...first, more: 1 }),
    ).toBe(false);
  });
});

describe("what nobody has documented is not made up", () => {
  // A status, a body or values that the page does not have are differences above.
  test("no scopes", () => {
    const { flows } = document.components.securitySchemes.oauth2;
    expect(Object.values<Part>(flows).map(({ scopes }) => scopes)).toEqual([{}, {}]);
    expect(document.security).toEqual([{ oauth2: [] }]);
    expect(operations(document).filter((operation) => "security" in operation)).toEqual([]);
  });

  test("no component besides the models and how to authenticate, and no other part", () => {
    expect(Object.keys(document.components).sort()).toEqual(["schemas", "securitySchemes"]);
    const parts = ["openapi", "info", "servers", "security", "tags", "paths", "components"];
    expect(Object.keys(document).sort()).toEqual(parts.sort());
  });
});

describe("what is not on the page", () => {
  const things = Object.fromEntries(beyond(document));

  test("is the version, the server, how to authenticate, the paging header and formats", () => {
    expect(Object.keys(things)).toEqual([
      "info",
      "server 1",
      "security scheme oauth2",
      "flow clientCredentials",
      "flow authorizationCode",
      "header X-Next-Page of listCustomers",
      "header X-Next-Page of listMemberships",
      "format of Customer.createdAt",
      "format of Customer.updatedAt",
      "format of Customer.dob",
      "format of Customer.email",
      "format of CustomerStatistics.lastPointsEarnedAt",
      "format of CustomerStatistics.lastPointsRedeemedAt",
      "format of CustomerStatistics.lastSpentAt",
      "format of CustomerTiny.email",
    ]);
  });

  test.for(Object.entries(things))("%s says where it comes from", ([, thing]) => {
    expect(thing["x-source"]).toEqual(expect.stringMatching(/\S{3}/));
  });

  test("the meaning of a cursor, and of a field that the page words wrongly, too", () => {
    const cursors = operations(document).flatMap(({ parameters }) =>
      parameters.filter(({ name }: Part) => name === "after"),
    );
    const { totalPointsRedeemed } = document.components.schemas.CustomerStatistics.properties;
    const sources = [...cursors, totalPointsRedeemed].map((thing) => thing["x-source"]);
    expect(sources).toEqual(Array(3).fill(expect.stringMatching(/\S{3}/)));
  });

  test("is told from the format that the page states in words", () => {
    const { description, ...dob } = document.components.schemas.Customer.properties.dob;
    const source = "The page itself states the format, in words.";
    expect(dob).toEqual({ type: "string", format: "date", "x-source": source });
    expect(description).toContain("YYYY-MM-DD");
  });
});

describe.runIf(captured)("the captured page", () => {
  const bytes = captured ?? new Uint8Array();
  const { reading, problems } = readPage(new TextDecoder().decode(bytes));

  test("has the facts, the words and the hash of openapi/page.json", () => {
    expect(problems).toBeUndefined();
    if (!reading) return;
    expect(toSavedPage(reading, bytes, new Date(savedPage.date))).toEqual(savedPage);
    expect(compare(reading, read).differences).toEqual([]);
    expect(compareWords(reading, savedPage.words, read, [])).toEqual([]);
  });

  /** Labels rather than sentences, for which there is hardly another way to say it. */
  test("has no sentence that the document or openapi/page.json repeats", () => {
    const said = [...(reading?.words.values() ?? [])].map(({ text }) => text);
    const sentences = new Set(
      said
        .flatMap((one) => one.split(/[.?!:]\s|\s-\s/))
        .map(plain)
        .filter(isSentence),
    );
    expect(sentences.size).toBeGreaterThan(20);
    const ours = [...words(document), JSON.stringify(savedPage)].map(plain);
    const repeated = [...sentences].filter((one) => ours.some((text) => text.includes(one)));
    expect(repeated).toEqual([]);
  });
});

/** The document with models that take no other field than theirs. */
function closed({ components }: Part): Part {
  const models = Object.entries<Part>(components.schemas).map(([name, model]) => [
    name,
    { ...model, additionalProperties: false },
  ]);
  return { components: { schemas: Object.fromEntries(models) } };
}

function refersTo(document: string, schema: unknown): Part {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${document}#/`));
}

function operations({ paths }: Part): Part[] {
  return Object.values<Part>(paths).flatMap((item) => Object.values<Part>(item));
}

/** Each thing of the document that needs a source, under a name. */
function* beyond(document: Part): Generator<[string, Part]> {
  yield ["info", document.info];
  for (const [index, server] of document.servers.entries()) yield [`server ${index + 1}`, server];
  const { schemas, securitySchemes } = document.components;
  for (const [name, scheme] of Object.entries<Part>(securitySchemes)) {
    yield [`security scheme ${name}`, scheme];
    for (const flow in scheme.flows) yield [`flow ${flow}`, scheme.flows[flow]];
  }
  for (const { operationId, responses } of operations(document)) {
    for (const { headers = {} } of Object.values<Part>(responses)) {
      for (const name in headers) yield [`header ${name} of ${operationId}`, headers[name]];
    }
  }
  for (const [name, { properties }] of Object.entries<Part>(schemas)) {
    for (const field in properties) {
      if ("format" in properties[field]) yield [`format of ${name}.${field}`, properties[field]];
    }
  }
}

/** Every text that the document has for people. */
function words(part: unknown): string[] {
  if (part === null || typeof part !== "object") return [];
  return Object.entries(part).flatMap(([key, value]) =>
    /^(description|summary|title|x-source)$/.test(key) && typeof value === "string"
      ? [value]
      : words(value),
  );
}

/** Without what does not make it another sentence: case, punctuation and space. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Shorter ones are titles and names. */
function isSentence(text: string): boolean {
  return text.split(" ").length > 3;
}
