import { describe, expect, it } from "vitest";
import { modelsOf, operationsOf } from "../../../scripts/docs/document.js";
import { renderMarkdown } from "../../../scripts/docs/markdown.js";
import { operationsTable, referencePages } from "../../../scripts/docs/reference.js";
import type { Sample } from "../../../scripts/docs/samples.js";
import { petShop } from "./api.js";
import { shop } from "./shop.js";

const samples: Sample[] = [
  { operationId: "getPet", language: "ts", place: "getPet.ts", source: "pet();\n" },
  { operationId: "getPet", language: "sh", place: "getPet.sh", source: "curl pet\n" },
  { operationId: "listPets", language: "ts", place: "listPets.ts", source: "pets();\n" },
];
const pages = new Map(
  [petShop(), shop].flatMap((document) =>
    referencePages(document, samples).map((page) => [page.path, page.markdown] as const),
  ),
);
const pet = referencePages(petShop(), samples);

function markdownOf(path: string, document = petShop()): string {
  return referencePages(document, samples).find((page) => page.path === path)?.markdown ?? "";
}

describe("the reference of the API", () => {
  it("has an overview, a page for each operation and one for the models", () => {
    expect(pet.map(({ path, title, part }) => [path, title, part])).toEqual([
      ["api/index", "API reference", "API"],
      ["api/get-pet", "Get a pet", "API"],
      ["api/list-pets", "List pets", "API"],
      ["api/models", "Models", "API"],
    ]);
  });

  it("names in its overview the operations, the server and the groups of operations, with where they are from", () => {
    const overview = markdownOf("api/index");
    expect(overview).toContain("[Get a pet](get-pet.md)");
    expect(overview).toContain("**Pets**: All of them.");
    expect(overview).toContain("`https://pets.example`\n\n*Source:* <https://pets.example/guide>");
  });

  it("names every way to authenticate, with all its facts", () => {
    const document = petShop();
    const flow = { "x-source": "A | guide.", tokenUrl: "https://pets.example/token", scopes: {} };
    Object.assign(document.components ?? {}, {
      securitySchemes: {
        oauth2: { type: "oauth2", description: "Words.", flows: { clientCredentials: flow } },
      },
    });
    expect(markdownOf("api/index", document)).toContain(`### oauth2

Words.

- type: \`oauth2\`
- flows.clientCredentials: *Source:* A | guide.
- flows.clientCredentials.tokenUrl: \`https://pets.example/token\`
`);
  });

  it("shows of an operation the request, the samples, TypeScript first, and the responses with their examples", () => {
    const text = markdownOf("api/get-pet");
    expect(text).toMatch(/^# Get a pet\n\n`GET \/pets\/\{id\}`\n/);
    expect(text).toContain(
      "## Samples\n\n### TypeScript\n\n```ts\npet();\n```\n\n### curl in a shell\n\n```sh\ncurl pet\n```\n",
    );
    expect(text).toContain("## Parameters\n\n- **`id`** string, in path\n");
    expect(text).toContain("### 200\n\n[`Pet`](models.md#pet), as `application/json`\n");
    expect(text).toContain('"home": {\n    "city": "Perth"\n  }');
    expect(text).not.toContain("pets();");
  });

  it("says that an operation is a list, which header leads on, and where words are from", () => {
    const text = markdownOf("api/list-pets");
    expect(text).toContain("A list, 2 items to a page: the header `X-Next-Page` leads to the next");
    expect(text).toContain("- **`after`** string, in query\n\n  *Source:* A later | version.\n");
    expect(text).toContain(
      "- **`X-Next-Page`** anything, header\n\n  *Source:* <https://pets.example/guide>\n",
    );
    expect(text).toContain("array of [`Pet`](models.md#pet), as `application/json`");
  });

  it("shows every parameter, header, status and body of a document that has more than ours", () => {
    for (const operation of operationsOf(shop)) {
      const text = [...pages.values()].find((page) =>
        page.includes(`In the client: [\`${operation.operationId}\`]`),
      );
      expect(text, operation.operationId).toBeDefined();
      for (const { status } of operation.responses) {
        expect(text).toContain(`### ${status}\n`);
      }
    }
    expect(pages.get("api/replace-order")).toContain(
      "## Body\n\n[`NewOrder`](models.md#neworder), as `application/json`\n",
    );
    expect(pages.get("api/replace-order")).toContain(
      "- **`orderNumber`** integer, in path, required",
    );
    expect(pages.get("api/create-order")).toContain("## Body\n\nRequired.\n");
    expect(pages.get("api/search")).toContain(
      "- **`x-kind`** `new & old` or `b`, in query, required",
    );
    expect(pages.get("api/list-classes")).toContain("- **`default`** boolean or null, required");
  });

  it("shows every field of every model, what it is put together of, and its limits", () => {
    const text = pages.get("api/models") ?? "";
    for (const [name, { properties = {} }] of modelsOf(shop)) {
      expect(text).toContain(`## ${name}\n`);
      for (const field of Object.keys(properties)) expect(text).toContain(`- **\`${field}\`** `);
    }
    expect(text).toContain("- **`count`** integer, required, minimum: `2`\n");
    expect(text).toContain("- **`id`** string (`uuid`), required, read-only\n");
    expect(text).toContain("- **`buyer`** [`Person`](models.md#person) or null, required\n");
    expect(text).toContain("- **`lines`** array of string (`email`), required\n");
    expect(text).toContain("- **`note`** string or null, default: `-`\n");
    expect(text).toContain("## NewOrder\n\nAll of [`Base`](models.md#base), with:\n");
  });

  it("shows the fields of objects inside objects, however deep, and of other fields", () => {
    const document = petShop();
    const colour = { type: "string", "x-source": "A\nguess.", minLength: 1 };
    Object.assign(document.components?.schemas?.Toy?.properties ?? {}, {
      parts: {
        type: "array",
        items: { type: "object", properties: { colour }, additionalProperties: { type: "number" } },
      },
      sizes: { type: "array", items: { type: "number", minimum: 2 } },
      closed: { type: "object", deprecated: true, additionalProperties: false },
    });
    const text = markdownOf("api/models", document);
    expect(text).toContain(
      "- **`parts`** array of object\n\n  - **`colour`** string, minLength: `1`\n\n    *Source:* A guess.\n\n  - **`*`** number, any other field\n",
    );
    expect(text).toContain("- **`sizes`** array of number, each minimum: `2`\n");
    expect(text).toContain("- **`closed`** object, deprecated, no other fields\n");
  });

  it("shows templates, marks and tags in the document's words as they are", () => {
    const document = petShop();
    const { get } = Object(document.paths?.["/pets/{id}"]);
    const words = "Use {{name}} or {% if x %}.\n\n# A <b> heading";
    Object.assign(get, {
      summary: "Get {{a}} {% b %} *c* <d> `e` [f] #1",
      description: words,
    });
    const [first, second] = referencePages(document, samples);
    const html = renderMarkdown(second?.markdown ?? "");
    expect(second?.title).toBe("Get {{a}} {% b %} *c* <d> `e` [f] #1");
    expect(html).toMatch(
      /<h1[^>]*><a[^>]*>Get \{\{a\}\} \{% b %\} \*c\* &lt;d&gt; `e` \[f\] #1<\/a>/,
    );
    expect(html).toContain("<p>Use {{name}} or {% if x %}.</p>");
    expect(html).toContain("A &lt;b&gt; heading</a>");
    expect(renderMarkdown(first?.markdown ?? "")).toContain(
      ">Get {{a}} {% b %} *c* &lt;d&gt; `e` [f] #1</a></td>",
    );
  });
});

it("the table of operations has what the client returns for each", () => {
  expect(operationsTable(petShop(), "api/").split("\n").slice(2)).toEqual([
    "| [Get a pet](api/get-pet.md) | `getPet` | a promise of the result |",
    "| [List pets](api/list-pets.md) | `listPets` | a list, read page by page |",
  ]);
});

it("an anchor stays as it is when operations, fields, parameters and models are added before it", () => {
  const anchorsOf = (document: ReturnType<typeof petShop>) =>
    referencePages(document, samples).flatMap(({ path, markdown }) =>
      [...renderMarkdown(markdown).matchAll(/ id="([^"]*)"/g)].map(([, id]) => `${path}#${id}`),
    );
  const before = anchorsOf(petShop());
  expect(before).toEqual(
    expect.arrayContaining([
      ...["api/get-pet#responses", "api/list-pets#parameters-after", "api/models#pet-home"],
    ]),
  );
  expect(new Set(before).size).toBe(before.length);

  const grown = petShop();
  const { schemas = {} } = grown.components ?? {};
  const field = { type: "string", description: "# Pet\n\nWords." };
  schemas.Pet = { ...schemas.Pet, properties: { aNew: field, ...schemas.Pet?.properties } };
  Object.assign(grown.components ?? {}, { schemas: { ANew: { type: "object" }, ...schemas } });
  grown.paths = {
    "/new": { get: { operationId: "aNew", summary: "New", responses: { "200": {} } } },
    ...grown.paths,
  };
  expect(anchorsOf(grown)).toEqual(expect.arrayContaining(before));
});
