/** A maintainer sees the same verdict from `npm run page`, and from `npm run changes` once the document follows the page. */
import { describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { type Level, levels } from "../../../scripts/changes/change.js";
import { compare as compareValues } from "../../../scripts/changes/compare.js";
import { compileChanges } from "../../../scripts/changes/compile-changes.js";
import { viewOf } from "../../../scripts/changes/view.js";
import { compare } from "../../../scripts/page/compare.js";
import { openDocument } from "../../../scripts/page/document.js";
import { changed, changedDocument, changesOf } from "./changed-facts.js";
import { rowsOf } from "./rows.js";
import { documentText } from "./this-page.js";

vi.setConfig({ testTimeout: 60_000 });

/** What the beta may do next: to the page, and what a maintainer then makes of the document. */
const edits = rowsOf(`
an operation is gone | list - | list -
an operation is new | operations/+ {"request":"delete /customers","title":"Delete all","parameters":[],"responses":[{"status":"204"}]} | paths/~1customers {"delete":{"operationId":"deleteAll","summary":"Delete all","tags":["Customers"],"responses":{"204":{}}}}
a parameter is gone | list/parameters/email - | list/parameters/email -
a parameter is new | list/parameters/+ {"name":"tag","type":"string","in":"query"} | list/parameters/+ {"name":"tag","in":"query","schema":{"type":"string"}}
a parameter has another type | list/parameters/email/type "integer" | list/parameters/email/schema/type "integer"
a value can be sent no more | list/parameters/sort/values ["created"] | list/parameters/sort/schema/enum ["created"]
a value more can be sent | list/parameters/sort/values/+ "name" | list/parameters/sort/schema/enum/+ "name"
any value can be sent | list/parameters/sort/values - | list/parameters/sort/schema/enum -
only some values can be sent | list/parameters/email/values ["a"] | list/parameters/email/schema/enum ["a"]
the values have another order | list/parameters/sort/values "reversed" | list/parameters/sort/schema/enum "reversed"
the page size is another | list/pageSize 500 | list/x-paging/pageSize 500
a list has no pages any more | list/pagingHeader - | list/x-paging -
an error has a code | get/responses/404/code "not_found" | get/responses/404/x-error-code "not_found"
an error is no longer stated | get/responses/404 - | get/responses/404 -
an error is new | list/responses/+ {"status":"404"} | list/responses/404 {}
a result is another model | get/responses/200/type "CustomerTiny" | get/responses/200/content/application~1json/schema/$ref "#/components/schemas/CustomerTiny"
a field is gone | models/Customer/fields/dob - | components/schemas/Customer/properties/dob -
a field is new | models/Customer/fields/+ {"name":"tier","type":"string","optional":true} | components/schemas/Customer/properties/tier {"type":"string"}
a field that is always there is new | models/Customer/fields/+ {"name":"tier","type":"string","optional":false} | components/schemas/Customer/properties/tier {"type":"string"} ; components/schemas/Customer/required/+ "tier"
a field can be absent | models/Customer/fields/lastName/optional true | components/schemas/Customer/required/2 -
a field is always there | models/Customer/fields/email/optional false | components/schemas/Customer/required/+ "email"
a field has another type | models/Customer/fields/gender/type "integer" | components/schemas/Customer/properties/gender/type "integer"
a whole number can be a fraction | models/CustomerStatistics/fields/totalSpend/type "number" | components/schemas/CustomerStatistics/properties/totalSpend/type "number"
a field has values | models/Customer/fields/gender/values ["MALE"] | components/schemas/Customer/properties/gender/enum ["MALE"]
a model is new | models/+ {"name":"Tag","fields":[{"name":"id","type":"string","optional":true}]} | components/schemas/Tag {"type":"object","properties":{"id":{"type":"string"}}}
a model that nothing uses is gone | models/CustomerTiny - | components/schemas/CustomerTiny -
`);

describe("what the page's next version does to users is the same to page and to changes, when", () => {
  const ours = openDocument(documentText);
  const seen = new Set<Level>();

  test.for(edits)("%s", async ([, page = "", document = ""]) => {
    const next = changedDocument(...changesOf(document));
    const comparison = compare({ facts: changed(...changesOf(page)) }, ours);
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
