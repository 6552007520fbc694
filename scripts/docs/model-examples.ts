import { type MediaType, resolve, type Schema } from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";
import { type Document, modelsOf, operationsOf } from "./document.js";
import { statedExample } from "./examples.js";

/** Returns an example for each model that has one somewhere in the document: in a response, in a body, or inside another model's. */
export function modelExamples(document: Document): Map<string, unknown> {
  const examples = new Map<string, unknown>();
  const schemas = new Map(modelsOf(document));
  const add = (schema: MediaType["schema"] | boolean, example: unknown): void => {
    const { $ref, items }: Schema = Object(schema);
    if (items && Array.isArray(example)) {
      add(items, example[0]);
      return;
    }
    const name = modelName($ref);
    if (name === undefined || examples.has(name) || typeof example !== "object" || !example) return;
    examples.set(name, example);
    const fields: Record<string, unknown> = { ...example };
    for (const [field, property] of Object.entries(schemas.get(name)?.properties ?? {})) {
      add(property, fields[field]);
    }
  };
  const operations = operationsOf(document);
  const bodies = [
    ...operations.flatMap(({ responses = {} }) => Object.values(responses)),
    ...operations.flatMap(({ requestBody }) => requestBody ?? []),
  ];
  for (const body of bodies) {
    const media = Object.values(
      resolve<{ content?: Record<string, MediaType> }>(document, body).content ?? {},
    );
    for (const each of media) add(each.schema, statedExample(document, each));
  }
  return examples;
}
