import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { facts } from "./document/facts.js";
import { type Part, readDocument } from "./document/read-document.js";
import { readPage } from "./document/read-page.js";

const root = new URL("../../", import.meta.url);
const document: Part = parse(readFileSync(new URL("openapi/openapi.yaml", root), "utf8"));
const read = readDocument(document);
const requests = Object.keys(facts.operations);

describe("the document has all that is on the page, and nothing else of it", () => {
  test("its operations, by method and path", () => {
    expect(Object.keys(read.operations).sort()).toEqual([...requests].sort());
  });

  describe.for(requests)("%s", (request) => {
    const expected = facts.operations[request];
    const found = read.operations[request];

    test("its title", () => expect(found?.title).toBe(expected?.title));
    test("its page size", () => expect(found?.paging).toEqual(expected?.paging));
    test("its parameters, with type, place and values, in the page's order", () => {
      expect(found?.parameters).toEqual(expected?.parameters);
    });
    test("its responses, by status, with the model and whether it is an array", () => {
      expect(found?.responses).toEqual(expected?.responses);
    });
    test("its example", () => expect(found?.example).toEqual(expected?.example));
    test("nothing else", () => expect(found).toEqual(expected));
  });

  test("its models", () => {
    expect(Object.keys(read.models)).toEqual(Object.keys(facts.models));
  });

  test.for(Object.keys(facts.models))("the fields of %s, with type and optional mark", (name) => {
    const fields = Object.entries(read.models[name] ?? {});
    expect(fields).toEqual(Object.entries(facts.models[name] ?? {}));
  });

  test("no component besides the models and how to authenticate", () => {
    expect(Object.keys(document.components).sort()).toEqual(["schemas", "securitySchemes"]);
  });

  test("no other part", () => {
    const parts = ["openapi", "info", "servers", "security", "tags", "paths", "components"];
    expect(Object.keys(document).sort()).toEqual(parts.sort());
  });
});

describe("what nobody has documented is not made up", () => {
  const responses = operations(document).flatMap((operation) =>
    Object.entries<Part>(operation.responses),
  );

  test("no status of a wrong token or of too many requests", () => {
    expect([...new Set(responses.map(([status]) => status))].sort()).toEqual(["200", "404"]);
  });

  test("no body of an error", () => {
    const failures = responses.filter(([status]) => status !== "200");
    expect(failures.map(([, { content }]) => content)).toEqual([undefined]);
    expect(Object.keys(document.components.schemas).join()).not.toMatch(/error|problem/i);
  });

  test("no closed set of genders", () => {
    const { description, ...gender } = document.components.schemas.Customer.properties.gender;
    expect(gender).toEqual({ type: "string" });
  });

  test("no scopes", () => {
    const { flows } = document.components.securitySchemes.oauth2;
    expect(Object.values<Part>(flows).map(({ scopes }) => scopes)).toEqual([{}, {}]);
    expect(document.security).toEqual([{ oauth2: [] }]);
    expect(operations(document).filter((operation) => "security" in operation)).toEqual([]);
  });
});

describe("what is not on the page", () => {
  const beyond = Object.fromEntries(beyondThePage(document));

  test("is the version, the server, how to authenticate, the paging header and formats", () => {
    expect(mapped(beyond, ({ "x-source": _, description, title, ...fact }) => fact)).toEqual({
      info: { version: "beta" },
      "server 1": { url: "https://api.loke.global" },
      "security scheme oauth2": { type: "oauth2", flows: expect.anything() },
      "flow clientCredentials": { tokenUrl: "https://auth.loke.global/token", scopes: {} },
      "flow authorizationCode": {
        authorizationUrl: "https://auth.loke.global/authorize",
        tokenUrl: "https://auth.loke.global/token",
        scopes: {},
      },
      "header X-Next-Page of listCustomers": { required: false, schema: { type: "string" } },
      "header X-Next-Page of listMemberships": { required: false, schema: { type: "string" } },
      "format of Customer.createdAt": { type: "string", format: "date-time" },
      "format of Customer.updatedAt": { type: "string", format: "date-time" },
      "format of Customer.email": { type: "string", format: "email" },
      "format of CustomerStatistics.lastPointsEarnedAt": { type: "string", format: "date-time" },
      "format of CustomerStatistics.lastPointsRedeemedAt": { type: "string", format: "date-time" },
      "format of CustomerStatistics.lastSpentAt": { type: "string", format: "date-time" },
      "format of CustomerTiny.email": { type: "string", format: "email" },
    });
  });

  test.for(Object.entries(beyond))("%s says where it comes from", ([, thing]) => {
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

  test("does not include the format that the page states in words", () => {
    const { description, ...dob } = document.components.schemas.Customer.properties.dob;
    expect(dob).toEqual({ type: "string", format: "date" });
    expect(description).toContain("YYYY-MM-DD");
  });
});

describe("the captured page", () => {
  // It is no part of this repository; where it lies beside it, the tests read it too.
  const path = fileURLToPath(new URL("../shared/source/customers.txt", root));
  const text = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const page = text === undefined ? undefined : readPage(text);
  if (!page) console.info("Skipped: the captured page does not lie beside this repository.");

  test.runIf(page)("has the facts that the tests above compare with, and no other", () => {
    expect(page?.facts).toEqual(facts);
  });

  /** Labels rather than sentences, for which there is hardly another way to say it. */
  test.runIf(page)("has no sentence that the document repeats", () => {
    const sentences = new Set(page?.sentences.map(plain).filter(isSentence));
    expect(sentences.size).toBeGreaterThan(20);
    const ours = words(document).map(plain);
    const repeated = [...sentences].filter((one) => ours.some((text) => text.includes(one)));
    expect(repeated).toEqual([]);
  });
});

function operations({ paths }: Part): Part[] {
  return Object.values<Part>(paths).flatMap((item) => Object.values<Part>(item));
}

/** Each thing of the document that the page does not state, under a name. */
function* beyondThePage(document: Part): Generator<[string, Part]> {
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
      const isBeyond = "format" in properties[field] && `${name}.${field}` !== "Customer.dob";
      if (isBeyond) yield [`format of ${name}.${field}`, properties[field]];
    }
  }
}

function mapped<Result>(
  things: Record<string, Part>,
  change: (thing: Part) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, change(thing)]));
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
