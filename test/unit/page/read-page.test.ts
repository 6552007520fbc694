import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readPage } from "../../../scripts/page/read-page.js";
import { facts, glued, pipes, tabs } from "./pet-page.js";

const renditions: [string, string][] = [
  ["glued cells", glued],
  ["cells between pipes, blocks run together", pipes],
  ["cells between tabs", tabs],
];

test.for(renditions)("reads %s, whatever ends a line", ([, text]) => {
  for (const newline of ["\n", "\r\n", "\r"]) {
    const { reading, problems } = readPage(text.replaceAll("\n", newline));
    expect(problems).toBeUndefined();
    expect(reading?.facts).toEqual(facts);
  }
});

test.for(renditions)("reads the words of %s", ([, text]) => {
  const words = [...(readPage(text).reading?.words ?? [])].map(([, said]) => said.text);
  expect(words.map((said) => said.replace(/\.$/, ""))).toEqual([
    "BETA: These may change",
    'Gets "one" pet. The pets are paged by 1,000 results, X-Next-Page leads on',
    "Pet ID",
    "How they are sorted",
    "OK",
    "Not Found",
    "A pet",
    "What it is called",
    "Part of it",
    "Who it likes",
    "Number",
  ]);
});
describe("reads a page", () => {
  const factsOf = (text: string) => {
    const { reading, problems } = readPage(text);
    expect(problems).toBeUndefined();
    return reading?.facts;
  };

  test("without a description, a 404, parameters or paging", () => {
    const operation = "Put pets\n\nput /pets\n\nResponses\n\n204: No Content response.\n\nModels\n";
    expect(factsOf(glued.replace("Models\n", operation))?.operations[1]).toEqual({
      request: "put /pets",
      title: "Put pets",
      parameters: [],
      responses: [{ status: "204" }],
    });
  });

  test("with a request body and its example", () => {
    const operation =
      'Add\n\nAdds.\n\npost /pets\n\nRequest Body\n\nPetOwner\n{ "id": 2 }\n\nResponses\n\n201: Created response.PetOwner\n\nModels\n';
    expect(factsOf(glued.replace("Models\n", operation))?.operations[1]).toEqual({
      request: "post /pets",
      title: "Add",
      parameters: [],
      requestBody: { type: "PetOwner", example: { id: 2 } },
      responses: [{ status: "201", type: "PetOwner" }],
    });
    const { lines } = readPage(glued.replace("Models\n", operation)).reading ?? {};
    const body = lines?.get("post /pets request body") ?? 0;
    expect(lines?.get("post /pets request body example")).toBe(body + 1);
  });

  test("whose responses are sentences, without the word response", () => {
    const text = glued
      .replace("404: not_found: Not Found response.", "404: not_found: Pet not found.")
      .replace("200: OK response.Pet[]", "200: OK. Pet[]");
    expect(factsOf(text)).toEqual(facts);
    const words = readPage(text).reading?.words;
    expect(words?.get("get /pets/{petId}/kinds response 404")?.text).toBe("Pet not found.");
  });

  test("with sentences below its heading, and a method in capitals", () => {
    const text = glued.replace("Pets\n", "Pets\n\nWhat pets are.\n").replace("get /", "GET /");
    expect(factsOf(text)).toEqual(facts);
    expect(readPage(text).reading?.words.get("page")?.text).toContain("What pets are.");
  });

  test("that is beta no more", () => {
    expect(factsOf(glued.replace(/^BETA.*\n\n/, ""))).toEqual({ ...facts, beta: false });
  });

  test("with spaces that do not break, as browsers copy them", () => {
    expect(factsOf(glued.replaceAll(" ", "\u00A0"))).toEqual(facts);
  });

  test("with a long sentence below its heading that has no full stop", () => {
    const sentence =
      "What pets are, what they like and what they do not like at all, which is a lot of things";
    expect(factsOf(glued.replace("Pets\n", `Pets\n\n${sentence}\n`))).toEqual(facts);
  });

  test("with a section's name at the end of a table", () => {
    expect(factsOf(pipes.replace("|\nResponses", "|Responses"))).toEqual(facts);
  });

  test("with a sentence below its heading, and an operation without a description", () => {
    const text = glued.replace("Pets\n", "Pets\n\nWhat pets are.\n").replace(/Gets.*\n\n/, "");
    const { title, pageSize } = factsOf(text)?.operations[0] ?? {};
    expect({ title, pageSize }).toEqual({ title: "Get a Pet" });
  });

  test("that has lost a blank line before a section", () => {
    expect(factsOf(glued.replaceAll("\n\nResponses\n\n", "\nResponses\n"))).toEqual(facts);
  });

  test("whose description names another header, or one page size twice, or has a tag in it", () => {
    const other = factsOf(glued.replace(/Gets.*/, "Gets X-Request-Id with </b> in it."));
    expect(other?.operations[0]).not.toHaveProperty("pagingHeader");
    expect(factsOf(glued.replace("X-Next", "paged by 1000 results X-Next"))).toEqual(facts);
  });

  test("whose path ends in the name of a section", () => {
    const text = glued.replace("/kinds", "/Parameters");
    expect(factsOf(text)?.operations[0]?.request).toBe("get /pets/{petId}/Parameters");
  });

  test("whose fields have values", () => {
    const text = glued.replace(
      "substringstring(optional) Part of it\n",
      'substringstring(optional) Part of it\n"a"\n',
    );
    expect(factsOf(text)?.models[0]?.fields[1]?.values).toEqual(["a"]);
  });

  test("and keeps what follows the last model as words", () => {
    const text = `${glued}\nErrors\n\nThey happen.\n\nIn this article\nGet a Pet`;
    expect(readPage(text).reading?.words.get("end of the page")?.text).toBe("Errors They happen.");
  });
});

test("reads the page that openapi/README.md shows", () => {
  const guide = readFileSync(new URL("../../../openapi/README.md", import.meta.url), "utf8");
  const shown = /<!-- page: .*-->\n```text\n([\s\S]*?)^```$/m.exec(guide)?.[1] ?? "";
  expect(readPage(shown).reading?.facts).toMatchObject({
    operations: [
      {
        request: "get /homes/{homeId}/pets",
        pageSize: 50,
        pagingHeader: "X-Next-Page",
        parameters: [{ name: "homeId" }, { name: "sort", values: ["name", "age"] }],
        responses: [
          { status: "200", type: "Pet[]" },
          { status: "404", code: "not_found" },
        ],
      },
    ],
    models: [{ name: "Pet", fields: [{ name: "name" }, { name: "age", optional: true }] }],
  });
});
