/** `npm run page` rates a difference by a table, `npm run changes` by the compiler. They must agree. */
import { describe, expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";
import { type Level, levels } from "../../scripts/changes/change.js";
import { buildModel } from "../../scripts/changes/client-model.js";
import { changesBetween } from "../../scripts/changes/report.js";
import { compareFacts } from "../../scripts/page/compare.js";
import { readDocument } from "../../scripts/page/read-document.js";
import { readPage } from "../../scripts/page/read-page.js";
import { cachedCheck } from "./changes/shop.js";
import { renderPage } from "./page/render-page.js";
import { documentText, pageInOtherWords } from "./page/this-page.js";

vi.setConfig({ testTimeout: 60_000 });

// biome-ignore lint/suspicious/noExplicitAny: each edit knows its way in the document
type Part = any;

const customers = "/organizations/{organizationId}/customers";
const list = ({ paths }: Part) => paths[customers].get;
const get = ({ paths }: Part) => paths[`${customers}/{customerId}`].get;
const model = ({ components }: Part, name = "Customer") => components.schemas[name];
const drop = (things: Part[], at: number) => void things.splice(at, 1);
const string = { type: "string" };

/** What the beta may do next. */
const edits: readonly (readonly [title: string, edit: (document: Part) => void])[] = [
  ["an operation is gone", ({ paths }) => delete paths[customers]],
  [
    "an operation is new",
    ({ paths }) => {
      const { parameters, ...rest } = paths[customers].get;
      paths["/customers"] = { get: { ...rest, operationId: "listAll", parameters: [] } };
    },
  ],
  ["a parameter is gone", (document) => drop(list(document).parameters, 3)],
  [
    "a parameter is new",
    (document) => list(document).parameters.push({ name: "tag", in: "query", schema: string }),
  ],
  [
    "a parameter has another type",
    (document) => (list(document).parameters[3].schema.type = "integer"),
  ],
  ["a value can be sent no more", (document) => list(document).parameters[2].schema.enum.pop()],
  ["a value more can be sent", (document) => list(document).parameters[2].schema.enum.push("name")],
  ["any value can be sent", (document) => delete list(document).parameters[2].schema.enum],
  [
    "only some values can be sent",
    (document) => (list(document).parameters[3].schema.enum = ["a"]),
  ],
  [
    "the values have another order",
    (document) => list(document).parameters[2].schema.enum.reverse(),
  ],
  ["the page size is another", (document) => (list(document)["x-paging"].pageSize = 500)],
  [
    "a list has no pages any more",
    (document) => {
      delete list(document)["x-paging"];
      delete list(document).responses["200"].headers;
    },
  ],
  [
    "an error has a code",
    (document) => (get(document).responses["404"]["x-error-code"] = "not_found"),
  ],
  ["an error is no longer stated", (document) => delete get(document).responses["404"]],
  ["an error is new", (document) => (list(document).responses["404"] = { description: "None." })],
  [
    "a result is another model",
    (document) => {
      const { content } = get(document).responses["200"];
      content["application/json"] = { schema: { $ref: "#/components/schemas/CustomerTiny" } };
    },
  ],
  ["a field is gone", (document) => delete model(document).properties.dob],
  ["a field is new", (document) => (model(document).properties.tier = string)],
  [
    "a field that is always there is new",
    (document) => {
      model(document).properties.tier = string;
      model(document).required.push("tier");
    },
  ],
  ["a field can be absent", (document) => drop(model(document).required, 2)],
  ["a field is always there", (document) => model(document).required.push("email")],
  ["a field has another type", (document) => (model(document).properties.gender.type = "integer")],
  [
    "a whole number can be a fraction",
    (document) => (model(document, "CustomerStatistics").properties.totalSpend.type = "number"),
  ],
  ["a field has values", (document) => (model(document).properties.gender.enum = ["MALE"])],
  [
    "a model is new",
    ({ components }) => (components.schemas.Tag = { type: "object", properties: { id: string } }),
  ],
  ["a model that nothing uses is gone", ({ components }) => delete components.schemas.CustomerTiny],
];

describe("what the page's next version does to users is rated alike, by table and by compiler, when", async () => {
  const { check } = cachedCheck();
  const old = await buildModel(parse(documentText), "the old document");
  const document = readDocument(documentText);
  const rated = new Set<Level>();

  test.for(edits)("%s", async ([, edit]) => {
    const next = parse(documentText);
    edit(next);
    const byCompiler = changesBetween(old, await buildModel(next, "the new document"), check);
    const { facts } = readDocument(stringify(next));
    const { reading, problems } = readPage(
      renderPage(pageInOtherWords(facts), { rendition: "tabs" }),
    );
    expect(problems).toBeUndefined();
    const byTable = reading ? compareFacts(reading, document) : [];
    const level = worst(byTable);
    expect(level).toBeDefined();
    expect(worst(byCompiler)).toBe(level);
    if (level) rated.add(level);
  });

  test("they are of every level", () => expect([...rated].sort()).toEqual([...levels].sort()));
});

function worst(rated: readonly { readonly level: Level }[]): Level | undefined {
  return levels.find((level) => rated.some((one) => one.level === level));
}
