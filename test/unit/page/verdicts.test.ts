/** A maintainer sees the same verdict from `npm run page`, and from `npm run changes` once the document follows the page. */
import { describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { type Level, levels } from "../../../scripts/changes/change.js";
import { compare as compareValues } from "../../../scripts/changes/compare.js";
import { compileChanges } from "../../../scripts/changes/compile-changes.js";
import { viewOf } from "../../../scripts/changes/view.js";
import { compare } from "../../../scripts/page/compare.js";
import { openDocument } from "../../../scripts/page/document.js";
import { type Change, changed } from "./changed-facts.js";
import { documentText } from "./this-page.js";

vi.setConfig({ testTimeout: 60_000 });

// biome-ignore lint/suspicious/noExplicitAny: each edit knows its way in the document
type Part = any;

const customers = "/organizations/{organizationId}/customers";
const list = ({ paths }: Part) => paths[customers].get;
const get = ({ paths }: Part) => paths[`${customers}/{customerId}`].get;
const model = ({ components }: Part, name = "Customer") => components.schemas[name];
const field = (document: Part, name: string, of?: string) => model(document, of).properties[name];
const drop = (things: Part[], at: number) => void things.splice(at, 1);
const string = { type: "string" };
const fields = "models/Customer/fields";
const parameters = "list/parameters";
const id = { name: "id", type: "string", optional: true };
const tier = { name: "tier", type: "string" };

/** What the beta may do next: to the page, and what a maintainer then makes of the document. */
const edits: readonly (readonly [title: string, page: Change, edit: (document: Part) => void])[] = [
  ["an operation is gone", ["list"], ({ paths }) => delete paths[customers].get],
  [
    "an operation is new",
    [
      "operations/+",
      {
        request: "delete /customers",
        title: "Delete all",
        parameters: [],
        responses: [{ status: "204" }],
      },
    ],
    ({ paths }) => {
      const operation = { operationId: "deleteAll", summary: "Delete all", tags: ["Customers"] };
      paths["/customers"] = { delete: { ...operation, responses: { 204: {} } } };
    },
  ],
  ["a parameter is gone", [`${parameters}/email`], (one) => drop(list(one).parameters, 3)],
  [
    "a parameter is new",
    [`${parameters}/+`, { name: "tag", type: "string", in: "query" }],
    (one) => list(one).parameters.push({ name: "tag", in: "query", schema: string }),
  ],
  [
    "a parameter has another type",
    [`${parameters}/email/type`, "integer"],
    (one) => (list(one).parameters[3].schema.type = "integer"),
  ],
  [
    "a value can be sent no more",
    [`${parameters}/sort/values`, ["created"]],
    (one) => list(one).parameters[2].schema.enum.pop(),
  ],
  [
    "a value more can be sent",
    [`${parameters}/sort/values/+`, "name"],
    (one) => list(one).parameters[2].schema.enum.push("name"),
  ],
  [
    "any value can be sent",
    [`${parameters}/sort/values`],
    (one) => delete list(one).parameters[2].schema.enum,
  ],
  [
    "only some values can be sent",
    [`${parameters}/email/values`, ["a"]],
    (one) => (list(one).parameters[3].schema.enum = ["a"]),
  ],
  [
    "the values have another order",
    [`${parameters}/sort/values`, "reversed"],
    (one) => list(one).parameters[2].schema.enum.reverse(),
  ],
  [
    "the page size is another",
    ["list/pageSize", 500],
    (one) => (list(one)["x-paging"].pageSize = 500),
  ],
  ["a list has no pages any more", ["list/pagingHeader"], (one) => delete list(one)["x-paging"]],
  [
    "an error has a code",
    ["get/responses/404/code", "not_found"],
    (one) => (get(one).responses["404"]["x-error-code"] = "not_found"),
  ],
  [
    "an error is no longer stated",
    ["get/responses/404"],
    (one) => delete get(one).responses["404"],
  ],
  [
    "an error is new",
    ["list/responses/+", { status: "404" }],
    (one) => (list(one).responses["404"] = {}),
  ],
  [
    "a result is another model",
    ["get/responses/200/type", "CustomerTiny"],
    (one) => {
      const { schema } = get(one).responses["200"].content["application/json"];
      schema.$ref = "#/components/schemas/CustomerTiny";
    },
  ],
  ["a field is gone", [`${fields}/dob`], (one) => delete model(one).properties.dob],
  [
    "a field is new",
    [`${fields}/+`, { ...tier, optional: true }],
    (one) => (model(one).properties.tier = string),
  ],
  [
    "a field that is always there is new",
    [`${fields}/+`, { ...tier, optional: false }],
    (one) => {
      model(one).properties.tier = string;
      model(one).required.push("tier");
    },
  ],
  [
    "a field can be absent",
    [`${fields}/lastName/optional`, true],
    (one) => drop(model(one).required, 2),
  ],
  [
    "a field is always there",
    [`${fields}/email/optional`, false],
    (one) => model(one).required.push("email"),
  ],
  [
    "a field has another type",
    [`${fields}/gender/type`, "integer"],
    (one) => (field(one, "gender").type = "integer"),
  ],
  [
    "a whole number can be a fraction",
    ["models/CustomerStatistics/fields/totalSpend/type", "number"],
    (one) => (field(one, "totalSpend", "CustomerStatistics").type = "number"),
  ],
  [
    "a field has values",
    [`${fields}/gender/values`, ["MALE"]],
    (one) => (field(one, "gender").enum = ["MALE"]),
  ],
  [
    "a model is new",
    ["models/+", { name: "Tag", fields: [id] }],
    ({ components }) => (components.schemas.Tag = { type: "object", properties: { id: string } }),
  ],
  [
    "a model that nothing uses is gone",
    ["models/CustomerTiny"],
    ({ components }) => delete components.schemas.CustomerTiny,
  ],
];

describe("what the page's next version does to users is the same to page and to changes, when", () => {
  const ours = openDocument(documentText);
  const seen = new Set<Level>();

  test.for(edits)("%s", async ([, change, edit]) => {
    const next = parse(documentText);
    edit(next);
    const comparison = compare({ facts: changed(change) }, ours);
    const [followed, written] = [viewOf(comparison.followed), viewOf(next)];
    expect(compareValues(followed.tree, written.tree, {})).toEqual([]);
    const changes = await compileChanges(
      { name: "the old document", value: parse(documentText) },
      { name: "the new document", value: next },
    );
    const level = worst(await comparison.severity());
    expect(level).toBeDefined();
    expect(worst(changes)).toBe(level);
    if (level) seen.add(level);
  });

  test("they are of every level", () => expect([...seen].sort()).toEqual([...levels].sort()));
});

function worst(rated: readonly { readonly level: Level }[]): Level | undefined {
  return levels.find((level) => rated.some((one) => one.level === level));
}
