import { expect, test } from "vitest";
import type { ErrorSchema, ValidationError } from "../../../generated/answers.js";
import { createMemory } from "../../../src/drift/memory.js";

const schema: ErrorSchema = { $comment: "/components/schemas/A" };

function error(differences: Partial<ValidationError> = {}): ValidationError {
  return { instancePath: "/a", keyword: "type", parentSchema: schema, data: 1, ...differences };
}

/** Asks a memory for errors in turn, and says for each whether it knew it. */
function known(most: number, ...errors: readonly [ValidationError, model: string][]): boolean[] {
  const recall = createMemory<object>(most);
  const given = new Set<object>();
  return errors.map(([one, model]) => {
    const found = recall(one, model, () => ({}));
    const isKnown = given.has(found);
    given.add(found);
    return isKnown;
  });
}

test("an error that was seen before leads to the same", () => {
  expect(known(9, [error(), "A"], [error({ data: 2 }), "A"], [error(), "A"])).toEqual([
    false,
    true,
    true,
  ]);
});

const others: [what: string, differences: Partial<ValidationError>, model: string][] = [
  ["another place in the answer", { instancePath: "/b" }, "A"],
  ["another keyword", { keyword: "enum" }, "A"],
  ["another schema", { parentSchema: { ...schema } }, "A"],
  ["another model around it", {}, "B"],
  ["another missing field", { params: { missingProperty: "b" } }, "A"],
  ["another unknown field", { params: { additionalProperty: "b" } }, "A"],
];
test.for(others)("leads to something else: %s", ([, differences, model]) => {
  const other = error(differences);
  expect(known(9, [error(), "A"], [other, model], [error(), "A"], [other, model])).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test("what is beyond the most is looked for each time", () => {
  const a = error();
  const b = error({ instancePath: "/b" });
  expect(known(1, [a, "A"], [b, "A"], [b, "A"], [a, "A"])).toEqual([false, false, false, true]);
});
