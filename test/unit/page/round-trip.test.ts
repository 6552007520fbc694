import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { compare } from "../../../scripts/page/compare.js";
import { openDocument } from "../../../scripts/page/document.js";
import { draft } from "../../../scripts/page/draft.js";
import { pages, primitives } from "./invent-page.js";

vi.setConfig({ testTimeout: 120_000 });

const nothing = `
info: { version: beta }
tags: [{ name: Pets }]
paths: {}
`;

/** A list that is paged, and one with the same parameter that is not. */
const after = { name: "after", type: "string", in: "query" };
const twoLists = {
  facts: {
    beta: false,
    heading: "Pets",
    operations: [
      {
        request: "get /pets",
        title: "List Pets",
        parameters: [after],
        responses: [{ status: "200", type: "string[]" }],
      },
      {
        request: "get /owners",
        title: "List Owners",
        pageSize: 1,
        pagingHeader: "X-Next-Page",
        parameters: [after],
        responses: [{ status: "200", type: "string[]" }],
      },
    ],
    models: [],
  },
  introduction: [],
  said: new Map<string, string>(),
};

test("a document made of drafts has the facts of the page that they were drafted from", () => {
  fc.assert(
    fc.property(pages, ({ facts, said }) => {
      const words = new Map([...said].map(([key, text]) => [key, { text, line: 1 }]));
      const page = { facts: { ...facts, beta: true }, lines: new Map(), words };
      const [operations = "", ...models] = draft(page, openDocument(nothing)).split(
        /^(?=# in components)/m,
      );
      const text = `${nothing.replace("{}\n", "")}\n${operations}\ncomponents:\n  schemas:\n${models.join("\n")}`;
      const document = openDocument(text);
      const found = compare(page, document).differences.filter(({ kind }) => kind !== "beyond");
      expect(found, text).toEqual([]);
      const types = (text.match(/ type: \w+$/gm) ?? []).map((line) => line.slice(7));
      expect(types.filter((type) => ![...primitives, "array"].includes(type))).toEqual([]);
    }),
    { numRuns: 150, examples: [[twoLists]] },
  );
});
