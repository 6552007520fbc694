import { type Comparison, noteOrder, pairs, valuesSides, valuesText } from "./comparison.js";
import { type FieldFacts, keys, type ModelFacts } from "./facts.js";
import { rate, useOf } from "./rate.js";
import { rolesOf } from "./roles.js";

/** Compares the models of the page and the document, field by field. */
export function compareModels(comparison: Comparison): void {
  const { page, document, note } = comparison;
  const roles = [rolesOf(page.facts), rolesOf(document.facts)];
  for (const [ours, theirs] of pairs(page.facts.models, document.facts.models, "name")) {
    const name = (ours ?? theirs)?.name ?? "";
    const thing = { key: keys.model(name), subject: name };
    if (!ours || !theirs) {
      const text = (model: ModelFacts | undefined) =>
        model && `fields ${model.fields.map((field) => field.name).join(", ")}`;
      const sides = { page: text(ours), document: text(theirs) };
      note("model", thing, sides, rate.model({ page: ours, document: theirs }));
      continue;
    }
    const use = useOf(name, ...roles);
    for (const [field, other] of pairs(ours.fields, theirs.fields, "name")) {
      compareField(field, other, { name, use }, comparison);
    }
    noteOrder(ours.fields, theirs.fields, thing, comparison);
  }
  const all = { key: keys.page, subject: "page" };
  noteOrder(page.facts.models, document.facts.models, all, comparison);
}

function compareField(
  page: FieldFacts | undefined,
  document: FieldFacts | undefined,
  { name: model, use }: { name: string; use: ReturnType<typeof useOf> },
  { note }: Comparison,
): void {
  const name = (page ?? document)?.name ?? "";
  const thing = { key: keys.field(model, name), subject: `${model}.${name}` };
  const optional = (field: FieldFacts) => (field.optional ? "optional" : "required");
  if (!page || !document) {
    const text = (fact: FieldFacts | undefined) =>
      fact && [fact.type, optional(fact), valuesText(fact.values)].filter(Boolean).join(", ");
    const sides = { page: text(page), document: text(document) };
    note("field", thing, sides, rate.field({ page, document }, use));
    return;
  }
  const types = { page: page.type, document: document.type };
  note("field-type", thing, types, rate.fieldType(page.type, document.type, use), "type");
  const marks = { page: optional(page), document: optional(document) };
  note("field-optional", thing, marks, rate.fieldOptional(page.optional, use), "optional");
  const values = { page: page.values, document: document.values };
  note("field-values", thing, valuesSides(values), rate.fieldValues(values, use), "values");
}
