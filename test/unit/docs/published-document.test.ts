import { describe, expect, it } from "vitest";
import { operationsOf } from "../../../scripts/docs/document.js";
import { descriptionOf, publishedDocument } from "../../../scripts/docs/published-document.js";
import type { Sample } from "../../../scripts/docs/samples.js";
import { petShop } from "./api.js";

const guide = [
  { file: "a.md", markdown: "# First\n\nSteps.\n" },
  { file: "b.md", markdown: "# Last\n\nWords.\n" },
];
const samples: Sample[] = [
  { operationId: "getPet", language: "ts", place: "getPet.ts", source: "pet();\n" },
  { operationId: "getPet", language: "sh", place: "getPet.sh", source: "curl pet\n" },
  { operationId: "listPets", language: "ts", place: "listPets.ts", source: "pets();\n" },
];
const published = publishedDocument(petShop(), guide, samples);

describe("the document as it is rendered", () => {
  it("leaves the document itself as it is", () => {
    const document = petShop();
    publishedDocument(document, guide, samples);
    expect(document).toEqual(petShop());
  });

  it("begins with the document's own words, but for the notice of beta; then the guide, in order; then what is stated elsewhere", () => {
    expect(published.info.description).toMatch(
      /^Pets,\nand their owners\.\n\nMore words\.\n\n# First\n\nSteps\.\n\n# Last\n\nWords\.\n\n\| what \|/,
    );
    expect(published.info.description).not.toContain("Beta");
  });

  it("has a table of the operations where the guide has a place for it", () => {
    const section = { file: "a.md", markdown: "# First\n\n<!-- operations -->\n\nSteps.\n" };
    const { info } = publishedDocument(petShop(), [section], []);
    expect(info.description).toContain(`# First

| operation | method | gives |
| --- | --- | --- |
| [Get a pet](#/other/getpet) | \`getPet\` | a promise of the result |
| [List pets](#/other/listpets) | \`listPets\` | a list, read page by page |

Steps.
`);
  });

  it("gives each operation its samples, TypeScript first, and those of no other", () => {
    expect(operationsOf(published).map((operation) => Object(operation)["x-codeSamples"])).toEqual([
      [
        { lang: "typescript", label: "TypeScript", source: "pet();" },
        { lang: "bash", label: "curl in a shell", source: "curl pet" },
      ],
      [{ lang: "typescript", label: "TypeScript", source: "pets();" }],
    ]);
  });

  it("has an entry in the menu for every operation, and for every model, also one that no operation refers to", () => {
    expect(operationsOf(published).map(({ tags }) => tags)).toEqual([undefined, undefined]);
    expect(published.tags).toEqual(
      ["Pet", "Home", "Toy"].map((name) => ({
        name,
        description: `{% schemaDefinition schemaRef="#/components/schemas/${name}" /%}`,
      })),
    );
    expect(Object(published)["x-tagGroups"]).toEqual([
      { name: "Operations", tags: [""] },
      { name: "Models", tags: ["Pet", "Home", "Toy"] },
    ]);
  });

  it("takes the examples of models from the first response that has one, and makes none up", () => {
    const examples = Object.entries(published.components?.schemas ?? {}).map(
      ([name, { example }]) => [name, example],
    );
    expect(examples).toEqual([
      ["Pet", { id: "1", home: { city: "Perth" } }],
      ["Home", { city: "Perth" }],
      ["Toy", undefined],
    ]);
  });

  it("takes the example of a model that only a list gives from the list's first item", () => {
    const document = petShop();
    delete document.paths?.["/pets/{id}"];
    const { schemas = {} } = publishedDocument(document, [], []).components ?? {};
    expect(schemas.Pet?.example).toEqual({ id: "2" });
  });

  it("keeps the example that a model has itself", () => {
    const document = petShop();
    Object.assign(document.components?.schemas?.Pet ?? {}, { example: { id: "own" } });
    const { schemas = {} } = publishedDocument(document, [], []).components ?? {};
    expect(schemas.Pet?.example).toEqual({ id: "own" });
  });
});

it("a document that does not begin with the notice of beta is refused", () => {
  const document = petShop();
  expect(descriptionOf(document).betaNotice).toBe("**Beta.** It may change.");
  document.info.description = "Pets.\n\n**Beta.** It may change.";
  expect(() => descriptionOf(document)).toThrow("must begin with its **Beta** notice");
  delete document.info.description;
  expect(() => descriptionOf(document)).toThrow("must begin with its **Beta** notice");
});
