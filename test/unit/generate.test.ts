import { readdirSync, readFileSync } from "node:fs";
import { transform } from "esbuild";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import type { Document, Operation, PathItem } from "../../scripts/generate/document.js";
import { operationTable, type TableEntry } from "../../scripts/generate/operation-table.js";
import { render } from "../../scripts/generate/render.js";

/** What of a document differs from the plainest one; `operation` is its GET. */
interface Differences {
  operation?: object;
  item?: object;
  path?: string;
  components?: object;
  [part: string]: unknown;
}

const ok = {
  description: "Done.",
  content: { "application/json": { schema: { type: "object" } } },
};
const paged = {
  description: "A page.",
  headers: { "X-Next-Page": { schema: { type: "string" } } },
  content: { "application/json": { schema: { type: "array" } } },
};
const paging = { header: "X-Next-Page", pageSize: 25 };

function documentWith({ operation, item, path = "/things", ...parts }: Differences): Document {
  const get = { operationId: "getThing", responses: { 200: ok }, ...operation };
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    servers: [{ url: "https://api.example.com" }],
    paths: { [path]: item ?? { get } },
    ...parts,
  } as Document;
}

const text = { schema: { type: "string" } };
const query = (name: string, more: object = {}) => ({ name, in: "query", ...text, ...more });
const inPath = (name: string, more: object = {}) => ({
  name,
  in: "path",
  required: true,
  ...text,
  ...more,
});
const response = (schema: object) => ({
  description: "",
  content: { "application/json": { schema } },
});
const body = (schema: object, more: object = {}) => ({
  content: { "application/json": { schema } },
  ...more,
});
const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

describe("a row of the operation table", () => {
  function row(differences: Differences): TableEntry | undefined {
    return operationTable(documentWith(differences))[0]?.entry;
  }

  test("holds the method, the path as a template, and the names of arguments by their place", () => {
    const parameters = [inPath("id"), query("sort"), inPath("part"), query("after")];
    expect(row({ path: "/things/{id}/parts/{part}", operation: { parameters } })).toEqual({
      method: "GET",
      path: "/things/{id}/parts/{part}",
      pathParameters: ["id", "part"],
      queryParameters: ["sort", "after"],
      returns: ["object"],
    });
  });

  test("names the arguments that must be given, besides those in the path", () => {
    const parameters = [inPath("id"), query("since", { required: true }), query("until")];
    expect(row({ operation: { parameters } })?.required).toEqual(["since"]);
  });

  test("has the parameters of its path too", () => {
    const item = {
      parameters: [inPath("id"), query("locale")],
      get: { operationId: "getThing", parameters: [query("sort")], responses: { 200: ok } },
    };
    expect(row({ item })).toMatchObject({
      pathParameters: ["id"],
      queryParameters: ["locale", "sort"],
    });
  });

  test("has the operation's parameter where the path has one of the same name and place", () => {
    const item = {
      parameters: [query("locale", { required: true }), query("sort")],
      get: {
        operationId: "getThing",
        parameters: [query("sort", { required: true }), query("locale", { required: false })],
        responses: { 200: ok },
      },
    };
    const { queryParameters, required } = row({ item }) ?? {};
    expect({ queryParameters, required }).toEqual({
      queryParameters: ["locale", "sort"],
      required: ["sort"],
    });
  });

  test("has what is behind a $ref: path, parameter, request body and response", () => {
    const item = {
      parameters: [reference("parameters", "Id")],
      put: {
        operationId: "putThing",
        parameters: [reference("parameters", "SinceAlias")],
        requestBody: reference("requestBodies", "Thing"),
        responses: { 200: reference("responses", "Things") },
      },
    };
    const components = {
      pathItems: { Thing: item },
      parameters: {
        Id: inPath("id"),
        SinceAlias: reference("parameters", "Since"),
        Since: query("since", { required: true }),
      },
      requestBodies: { Thing: body({ type: "object" }, { required: true }) },
      responses: { Things: response(reference("schemas", "Things")) },
      schemas: { Things: { type: "array" } },
    };
    const path = "/things/{id}";
    expect(row({ path, item: reference("pathItems", "Thing"), components })).toEqual({
      method: "PUT",
      path,
      pathParameters: ["id"],
      queryParameters: ["since"],
      required: ["since", "body"],
      body: true,
      returns: ["array"],
    });
  });

  test("has what is behind a $ref whose name is escaped", () => {
    const components = { parameters: { "a/b~c": query("since") } };
    const parameters = [{ $ref: "#/components/parameters/a~1b~0c" }];
    expect(row({ operation: { parameters }, components })?.queryParameters).toEqual(["since"]);
  });

  test("says that there is a body, and whether it must be given", () => {
    const post = (requestBody?: object) =>
      row({ item: { post: { operationId: "addThing", requestBody, responses: { 201: ok } } } });
    const schema = { type: "object" };
    expect(post(body(schema, { required: true }))).toMatchObject({
      body: true,
      required: ["body"],
    });
    expect(post(body(schema))?.body).toBe(true);
    expect(post(body(schema))).not.toHaveProperty("required");
    expect(post()).not.toHaveProperty("body");
  });

  test("keeps a query parameter that is named body, where there is no request body", () => {
    expect(row({ operation: { parameters: [query("body")] } })).toMatchObject({
      queryParameters: ["body"],
    });
  });

  const returns: [title: string, responses: object, types: string[]][] = [
    ["an object", { 200: response({ type: "object" }) }, ["object"]],
    ["an integer, as the number it is in JSON", { 200: response({ type: "integer" }) }, ["number"]],
    ["an object or null", { 200: response({ type: ["object", "null"] }) }, ["object", "null"]],
    ["a number once", { 200: response({ type: ["integer", "number"] }) }, ["number"]],
    [
      "anything, where no type is stated",
      { 200: response({ description: "Whatever there is." }) },
      ["anything"],
    ],
    [
      "what each member of a union is",
      { 200: response({ anyOf: [{ type: "object" }, { type: "null" }] }) },
      ["object", "null"],
    ],
    [
      "anything, where no schema is",
      { 200: { description: "", content: { "application/json": {} } } },
      ["anything"],
    ],
    ["nothing of a 204", { 204: { description: "" } }, ["nothing"]],
    ["nothing of an empty content", { 200: { description: "", content: {} } }, ["nothing"]],
    ["each success", { 200: ok, 202: { description: "" } }, ["object", "nothing"]],
    ["every success at once", { "2XX": response({ type: "string" }) }, ["string"]],
    [
      "no failure",
      { 200: ok, 404: response({ type: "array" }), default: response({ type: "string" }) },
      ["object"],
    ],
  ];
  test.for(returns)("says what a success returns: %s", ([, responses, types]) => {
    expect(row({ operation: { responses } })?.returns).toEqual(types);
  });

  test("has the paging header and page size of a list", () => {
    const operation = { "x-paging": paging, responses: { 200: paged } };
    expect(row({ operation })).toMatchObject({ returns: ["array"], list: paging });
  });

  test("has the paging header alone of a list whose page size is not known", () => {
    const { header } = paging;
    const unsized = { header, "x-source": "Said." };
    const operation = { "x-paging": unsized, responses: { 200: paged } };
    expect(row({ operation })?.list).toEqual({ header });
    expect(row({})).not.toHaveProperty("list");
  });

  test("is there for each method of each path, in the order of the paths", () => {
    const operation = (operationId: string): Operation => ({
      operationId,
      responses: { 200: ok },
    });
    const paths: Record<string, PathItem> = {
      "/b": { get: operation("listB"), post: operation("addB"), delete: operation("deleteB") },
      "/a": { put: operation("putA"), patch: operation("patchA"), options: operation("askA") },
    };
    expect(
      operationTable({ paths })
        .map(({ operationId, entry }) => `${operationId}: ${entry.method} ${entry.path}`)
        .sort(),
    ).toEqual([
      "addB: POST /b",
      "askA: OPTIONS /a",
      "deleteB: DELETE /b",
      "listB: GET /b",
      "patchA: PATCH /a",
      "putA: PUT /a",
    ]);
    expect(operationTable({ paths })[0]?.entry.path).toBe("/b");
    expect(operationTable({})).toEqual([]);
  });
});

describe("the doc comment of an operation", () => {
  function doc(operation: object, components = {}): string | undefined {
    return operationTable(documentWith({ operation, components }))[0]?.doc;
  }

  test("is its summary, description, request and documented errors, and whether it is deprecated", () => {
    const operation = {
      summary: "Get a thing",
      description: "Gets a thing.\n\nOr another.\n",
      deprecated: true,
      responses: {
        200: ok,
        404: { description: "No such thing.\n" },
        409: reference("responses", "Busy"),
        default: { description: "Else." },
      },
    };
    const components = { responses: { Busy: { description: "Busy." } } };
    expect(doc(operation, components)).toBe(
      [
        "Get a thing",
        "",
        "Gets a thing.",
        "",
        "Or another.",
        "",
        "`GET /things`",
        "",
        "Documented errors:",
        "- 404: No such thing.",
        "- 409: Busy.",
        "- default: Else.",
        "",
        "@deprecated The document marks this operation as deprecated.",
      ].join("\n"),
    );
  });

  test("leaves out what the document leaves out", () => {
    expect(doc({ description: " \n" })).toBe("`GET /things`");
  });
});

/** Schemas of which a value has no form in a query, and the types that are named. */
const unsendable: [title: string, schema: object, types: string][] = [
  ["an object", { type: "object" }, "object"],
  ["an object behind a $ref", reference("schemas", "Filter"), "object"],
  ["a union with an object", { oneOf: [text.schema, { type: "object" }] }, "string or object"],
  ["an object of parts", { allOf: [reference("schemas", "Filter")] }, "object"],
  ["an array of objects", { type: "array", items: { type: "object" } }, "array"],
  ["an array of arrays", { type: "array", items: reference("schemas", "Ids") }, "array"],
  ["an array of anything", { type: "array" }, "array"],
  ["null", { type: ["string", "null"] }, "string or null"],
  ["a listed null", { enum: ["a", null] }, "string or null"],
  ["anything", {}, "null or boolean or object or array or number or string"],
];

describe("a document that cannot become a client is refused, with what to change where", () => {
  const post = (operation: object) => ({
    item: { post: { operationId: "addThing", responses: { 200: ok }, ...operation } },
  });
  const withParameter = (parameter: object) => ({ operation: { parameters: [parameter] } });
  const listed = (operation: object) => ({
    operation: { "x-paging": paging, responses: { 200: paged }, ...operation },
  });
  const unusual = (place: string) =>
    `The parameter "q" of GET ${place} is serialised in a way that the client does not know`;

  const refusals: [title: string, differences: Differences, message: string][] = [
    [
      "an operation without an operationId",
      { operation: { operationId: undefined } },
      "GET /things has no operationId",
    ],
    [
      "two operations with the same operationId",
      { item: { get: { operationId: "a", responses: { 200: ok } }, put: { operationId: "a" } } },
      'GET /things and PUT /things share the operationId "a"',
    ],
    [
      "two arguments with the same name",
      { operation: { parameters: [inPath("id"), query("id")] } },
      'GET /things has two parameters named "id", in path and in query',
    ],
    [
      "a header parameter that must be given",
      withParameter({ name: "X-Trace", in: "header", required: true }),
      'GET /things requires the header parameter "X-Trace"',
    ],
    [
      "a cookie parameter",
      withParameter({ name: "session", in: "cookie" }),
      'GET /things has the cookie parameter "session"',
    ],
    ["a style", withParameter(query("q", { style: "pipeDelimited" })), unusual("/things")],
    ["a style in a path", withParameter(inPath("q", { style: "label" })), unusual("/things")],
    ["a list in one value", withParameter(query("q", { explode: false })), unusual("/things")],
    ["a list in a path", withParameter(inPath("q", { explode: true })), unusual("/things")],
    ["reserved characters", withParameter(query("q", { allowReserved: true })), unusual("/things")],
    ["a parameter of JSON", withParameter(query("q", { content: {} })), unusual("/things")],
    ...unsendable.map(([title, schema, types]): [string, Differences, string] => [
      `${title} in a query, which the client would not take`,
      {
        ...withParameter(query("q", { schema })),
        components: { schemas: { Filter: { type: "object" }, Ids: { type: "array", items: {} } } },
      },
      `The parameter "q" of GET /things can be ${types};`,
    ]),
    [
      "an array in a path, which the client would not take",
      {
        ...withParameter(inPath("q", { schema: reference("schemas", "Ids") })),
        components: { schemas: { Ids: { type: "array", items: { type: "string" } } } },
      },
      'The parameter "q" of GET /things can be array;',
    ],
    ...["a&b=c", "a=b", "a#b", "100%", "a b", "a+b", "a\n", ""].map(
      (name): [string, Differences, string] => [
        `the name ${JSON.stringify(name)} in a query, which means something else there`,
        withParameter(query(name)),
        `The name of the query parameter "${name}" of GET /things would be read as something else`,
      ],
    ),
    ...[".id", ";id", "id*"].map((name): [string, Differences, string] => [
      `the name ${name} in a path, where openapi-fetch reads a style off it`,
      withParameter(inPath(name)),
      `The name of the path parameter "${name}" of GET /things would be read as something else`,
    ]),
    [
      "servers of an operation: a token would go to another server than the client's",
      { operation: { servers: [{ url: "https://files.example.com" }] } },
      "GET /things has servers of its own",
    ],
    [
      "servers of a path",
      { item: { get: { operationId: "getThing", responses: { 200: ok } }, servers: [] } },
      "GET /things has servers of its own",
    ],
    [
      "a method that fetch refuses",
      { item: { trace: { operationId: "traceThing", responses: { 200: ok } } } },
      "TRACE /things cannot be called",
    ],
    [
      "a body where HTTP has none",
      { operation: { responses: { 204: ok } } },
      "The 204 of GET /things declares a body",
    ],
    [
      "the answer of a HEAD with a body",
      { item: { head: { operationId: "headThing", responses: { 200: ok } } } },
      "The 200 of HEAD /things declares a body",
    ],
    [
      "an optional field of a body that each object inherits",
      post({
        requestBody: body({
          type: "array",
          items: { type: "object", properties: { toString: { type: "string" } } },
        }),
      }),
      'The request body of POST /things has the optional field "toString"',
    ],
    [
      "a request body that is no JSON",
      post({ requestBody: { content: { "text/csv": {} } } }),
      "The request body of POST /things is not application/json",
    ],
    [
      "a request body of a GET, which fetch does not send",
      { operation: { requestBody: body({ type: "object" }) } },
      "GET /things has a request body",
    ],
    [
      "a parameter named body beside a request body",
      post({ parameters: [query("body")], requestBody: body({ type: "object" }) }),
      'POST /things has a parameter named "body" beside a request body',
    ],
    [
      "a response that is no JSON",
      { operation: { responses: { 200: { description: "", content: { "text/html": {} } } } } },
      "The 200 of GET /things is not application/json",
    ],
    [
      "an operation without a success",
      { operation: { responses: { 404: { description: "" } } } },
      "GET /things declares no successful response",
    ],
    [
      "a list without the header",
      listed({ responses: { 200: response({ type: "array" }) } }),
      'a GET whose 200 declares the header "X-Next-Page" and an array body',
    ],
    [
      "a list with another header",
      listed({ "x-paging": { ...paging, header: "X-Next" } }),
      'a GET whose 200 declares the header "X-Next" and an array body',
    ],
    [
      "a list of no array",
      listed({ responses: { 200: { ...paged, ...response({ type: "object" }) } } }),
      "GET /things has x-paging",
    ],
    [
      "a list that can be null",
      listed({ responses: { 200: { ...paged, ...response({ type: ["array", "null"] }) } } }),
      "GET /things has x-paging",
    ],
    [
      "a list that can be nothing",
      listed({ responses: { 200: paged, 204: { description: "" } } }),
      "GET /things has x-paging",
    ],
    [
      "a list that is no GET, as its next page is one",
      post({ "x-paging": paging, responses: { 200: paged } }),
      "POST /things has x-paging, so it must be a GET",
    ],
    ["no server", { servers: [] }, "must name a server"],
    ["a server without a host", { servers: [{ url: "/v1" }] }, "by a full URL"],
    ["a server of another kind", { servers: [{ url: "ftp://example.com" }] }, "by a full URL"],
    [
      "a server with a variable",
      { servers: [{ url: "https://{region}.example.com" }] },
      "without variables",
    ],
    [
      "a model whose name is no type's",
      { components: { schemas: { Thing: {}, thing_list: {} } } },
      'The model "thing_list" becomes a type; name it in PascalCase',
    ],
    [
      "a model whose name would be code",
      { components: { schemas: { 'A } from "evil"; export type { B': {} } } },
      "name it in PascalCase",
    ],
    [
      "a $ref to nothing",
      { operation: { responses: { 200: reference("responses", "Gone") } } },
      "#/components/responses/Gone names nothing in the document",
    ],
  ];

  test.for(refusals)("%s", async ([, differences, message]) => {
    // The table first: openapi-typescript has words of its own for some of these.
    const document = documentWith(differences);
    const attempt = async () => [operationTable(document), await render(document)];
    await expect(attempt()).rejects.toThrow(message);
  });
});

describe("the generated files", () => {
  /** Text that would be code if it came out of its comment or its quotes. */
  const hostile = `*/ } as const; globalThis.hacked = true; /* " ', \` \${0} \\" */ \\ ","`;

  /** The same, without what no query parameter can have in its name. */
  const hostileName = hostile.replaceAll(/[=\s]/g, "");

  const hostileDocument = documentWith({
    path: `/things/${hostile}`,
    servers: [{ url: `https://api.example.com/"+(globalThis.hacked=true)+"/*` }],
    operation: {
      summary: hostile,
      description: `${hostile}\n*/\n/`,
      parameters: [query(hostileName, { description: hostile }), query(","), query('x",')],
      responses: {
        200: response(reference("schemas", "Thing")),
        404: { description: hostile },
      },
    },
    components: {
      schemas: {
        Thing: {
          type: "object",
          description: hostile,
          properties: { [hostile]: { type: "string", enum: [hostile], description: hostile } },
        },
      },
    },
  });

  test("leave optional header parameters to the option headers, and say so", async () => {
    const parameters = [
      { name: "X-Trace", in: "header", ...text },
      // OpenAPI ignores parameters of these names.
      { name: "Authorization", in: "header", required: true, ...text },
    ];
    const notices: string[] = [];
    const files = await render(documentWith({ operation: { parameters } }), (one) =>
      notices.push(one),
    );
    expect(notices).toEqual([
      'The header parameter "X-Trace" of GET /things is no argument: it is left to `headers`.',
    ]);
    expect(files["operations.ts"]).toContain("queryParameters: [],");
  });

  test("hold no word of the document that a doc comment takes for a tag", async () => {
    const words = "@deprecated, says {@link us}: ask a@b.example";
    const thing = { type: "object", properties: { id: { type: "string", description: words } } };
    const operation = { description: words, responses: { 200: response(thing) } };
    const files = await render(documentWith({ operation }));
    for (const name of ["schema.ts", "operations.ts"]) {
      expect(files[name]).toContain("\\@deprecated, says {\\@link us}: ask a@b.example");
    }
    expect(JSON.parse(files["openapi.json"] ?? "").paths["/things"].get.description).toBe(words);
  });

  test("hold the document's strings as they are, and none of them as code", async () => {
    const files = await render(hostileDocument);
    const { code } = await transform(files["operations.ts"] ?? "", { loader: "ts" });
    const { operations, server } = await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
    );
    expect(globalThis).not.toHaveProperty("hacked");
    expect(server).toBe(hostileDocument.servers?.[0]?.url);
    const [row] = operationTable(hostileDocument);
    expect(operations).toEqual({ getThing: row?.entry });
    expect(operations.getThing.queryParameters).toEqual([hostileName, ",", 'x",']);
  });

  test("are well-formed, whatever the document's strings hold", async () => {
    const { "openapi.json": json, ...sources } = await render(hostileDocument);
    expect(JSON.parse(json ?? "")).toMatchObject({ ...hostileDocument });
    for (const [fileName, text] of Object.entries(sources)) {
      const { diagnostics } = ts.transpileModule(text, { fileName, reportDiagnostics: true });
      expect(diagnostics, fileName).toEqual([]);
      // Nothing but declarations, so nothing else runs when a file is imported.
      const { statements } = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest);
      expect(statements.filter(ts.isExpressionStatement), fileName).toEqual([]);
    }
  });

  test("say of an object of which the document says nothing that it can hold anything", async () => {
    const document = documentWith({ components: { schemas: { Extra: { type: "object" } } } });
    const { "models.ts": models } = await render(document);
    expect(models).toContain("export type Extra = Record<string, unknown>;");
  });

  test("say of a property with a default that it can be missing", async () => {
    const colour = { type: "string", default: "red" };
    const document = documentWith({
      components: { schemas: { Thing: { type: "object", properties: { colour } } } },
    });
    expect((await render(document))["models.ts"]).toMatch(/\bcolour\?: string;/);
  });

  test("give a description as plain words, before its format and what else there is of it", async () => {
    const when = {
      type: "string",
      format: "date",
      deprecated: true,
      description: "When it was made.\n\n- A day.\n",
      default: "today",
    };
    const kind = { type: "string", enum: ["* @description a"], description: "What it is." };
    const document = documentWith({
      components: { schemas: { Thing: { type: "object", properties: { when, kind } } } },
    });
    const { "models.ts": models = "" } = await render(document);
    expect(models.slice(models.indexOf("export "))).toBe(`export interface Thing {
    /**
     * When it was made.
     *
     * - A day.
     *
     * Format: date
     * @deprecated
     * @default today
     */
    when?: string;
    /**
     * What it is.
     * @enum {string}
     */
    kind?: "* @description a";
}
`);
  });

  test("declare each model under the document's name, in its order, and refer to it by that name", async () => {
    const leaf = {
      type: "object",
      description: "No\nbranch.",
      properties: { size: { type: "integer" } },
    };
    const tree = {
      type: "object",
      description: "A tree.",
      properties: {
        left: reference("schemas", "Branch"),
        all: { type: "array", items: reference("schemas", "Branch") },
        byName: { type: "object", additionalProperties: reference("schemas", "Tree") },
      },
      required: ["left"],
    };
    const schemas = {
      Tree: tree,
      Branch: {
        description: "Either.",
        oneOf: ["Tree", "Leaf"].map((name) => reference("schemas", name)),
      },
      Leaf: leaf,
      APIKey2: { type: "string", format: "byte", deprecated: true },
      Named: {
        allOf: [
          reference("schemas", "Leaf"),
          { type: "object", properties: { name: { type: "string" } } },
        ],
      },
      A: {},
    };
    const operation = { responses: { 200: response(reference("schemas", "Tree")) } };
    const files = await render(documentWith({ operation, components: { schemas } }));
    expect(
      files["models.ts"],
    ).toBe(`// Generated from openapi/openapi.yaml by \`npm run generate\`. Do not edit.

/** A tree. */
export interface Tree {
    left: Branch;
    all?: Branch[];
    byName?: {
        [key: string]: Tree;
    };
}

/** Either. */
export type Branch = Tree | Leaf;

/**
 * No
 * branch.
 */
export interface Leaf {
    size?: number;
}

/**
 * Format: byte
 * @deprecated
 */
export type APIKey2 = string;

export type Named = Leaf & {
    name?: string;
};

export type A = unknown;
`);
    const { "schema.ts": schema } = files;
    expect(schema).toContain(
      'import type {\n  Tree,\n  Branch,\n  Leaf,\n  APIKey2,\n  Named,\n  A,\n} from "./models.js";',
    );
    expect(schema).toContain("        Branch: Branch;\n");
    expect(schema).toContain('"application/json": Tree;');
    expect(Object.values(files).join("")).not.toContain('components["schemas"]');
  });

  test("have a module without models where the document has none", async () => {
    const files = await render(documentWith({}));
    expect(files["models.ts"]).toMatch(/^\/\/ Generated .*\n\nexport \{\};\n$/);
    expect(files["schema.ts"]).not.toContain("import");
  });

  test("are the same each time, and leave the document as it was", async () => {
    const before = structuredClone(hostileDocument);
    const first = await render(hostileDocument);
    expect(await render(structuredClone(hostileDocument))).toEqual(first);
    expect(hostileDocument).toEqual(before);
  });

  test("say at their very beginning that they are generated, and from what", () => {
    const folder = new URL("../../generated/", import.meta.url);
    const names = readdirSync(folder).filter((name) => name !== "README.md");
    expect(names.sort()).toEqual([
      "answers.ts",
      "commands.ts",
      "mock.ts",
      "models.ts",
      "openapi.json",
      "operations.ts",
      "schema.ts",
      "validators.ts",
    ]);
    for (const name of names) {
      const [first, second] = readFileSync(new URL(name, folder), "utf8").split("\n");
      const opening = name.endsWith(".json") ? second : first;
      expect(opening, name).toMatch(
        /^(\/\/ | {2}"x-generated": ")Generated from openapi\/openapi\.yaml by `npm run generate`/,
      );
    }
  });

  test("are explained, each of them, in a file that is written by hand", () => {
    const folder = new URL("../../generated/", import.meta.url);
    const readme = readFileSync(new URL("README.md", folder), "utf8");
    const explained = [...readme.matchAll(/^\| `(.+?)` *\|/gm)].map(([, name]) => name);
    const names = readdirSync(folder).filter((name) => name !== "README.md");
    expect(explained.sort()).toEqual(names.sort());
    expect(readme).toContain("npm run generate");
  });
});
