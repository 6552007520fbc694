import { type MediaType, resolve, type Schema } from "../generate/document.js";
import { operationTable } from "../generate/operation-table.js";
import { modelName } from "../generate/schema-parts.js";
import { type Document, modelsOf, type Operation, operationsOf } from "./document.js";
import { statedExample } from "./examples.js";
import type { GuideSection } from "./guide.js";
import { operationRoute } from "./routes.js";
import type { Sample } from "./samples.js";
import { statedElsewhere } from "./stated-elsewhere.js";

/** How the renderer calls a language, and what stands on its tab. */
const languages = {
  ts: { lang: "typescript", label: "TypeScript" },
  // Called just "curl", the renderer would show it first.
  sh: { lang: "bash", label: "curl in a shell" },
} as const;

/**
 * The document as the page renders it: the same operations and models, with the guide, the samples and an entry for
 * each model. The input, which is what readers download, is left as it is.
 */
export function publishedDocument(
  document: Document,
  guide: readonly GuideSection[],
  samples: readonly Sample[],
): Document {
  const published = structuredClone(document);
  published.info.description = [
    descriptionOf(document).rest,
    ...guide.map(({ markdown }) =>
      markdown.trim().replace("<!-- operations -->", () => operationsIn(document)),
    ),
    statedElsewhere(document),
  ].join("\n\n");

  for (const operation of operationsOf(published)) {
    // The renderer folds up what has a tag, and shows what has none at once.
    delete operation.tags;
    Object.assign(operation, { "x-codeSamples": samplesOf(operation, samples) });
  }
  const examples = examplesOf(document);
  const models = modelsOf(published);
  for (const [name, schema] of models) {
    const example = examples.get(name);
    if (example !== undefined) schema.example ??= example;
  }
  // A tag for each model: the renderer shows no model that no operation refers to, but whatever its words refer to.
  published.tags = models.map(([name]) => ({
    name,
    description: `{% schemaDefinition schemaRef="#/components/schemas/${name}" /%}`,
  }));
  const tagGroups = [
    { name: "Operations", tags: [""] },
    { name: "Models", tags: models.map(([name]) => name) },
  ];
  return Object.assign(published, { "x-tagGroups": tagGroups });
}

/**
 * The first paragraph of the document's description, and the others.
 *
 * @throws Error if the first is not the notice that the API is beta, which each page begins with.
 */
export function descriptionOf(document: Document): { betaNotice: string; rest: string } {
  const [betaNotice = "", ...rest] = (document.info.description ?? "").trim().split(/\n{2,}/);
  if (!/^\*\*Beta\b/.test(betaNotice)) {
    throw new Error("The document's info.description must begin with its **Beta** notice.");
  }
  return { betaNotice, rest: rest.join("\n\n") };
}

/** The operations and what the client gives for each: a table in Markdown. */
function operationsIn(document: Document): string {
  const entries = new Map(operationTable(document).map((row) => [row.operationId, row.entry]));
  const rows = operationsOf(document).map((operation) => {
    const { operationId, summary = operationId } = operation;
    const isList = entries.get(operationId)?.list !== undefined;
    const gives = isList ? "a list, read page by page" : "a promise of the result";
    const link = `[${summary.replaceAll("|", "\\|")}](${operationRoute(operation)})`;
    return `| ${link} | \`${operationId}\` | ${gives} |`;
  });
  return ["| operation | method | gives |", "| --- | --- | --- |", ...rows].join("\n");
}

function samplesOf({ operationId }: Operation, samples: readonly Sample[]): object[] {
  return samples
    .filter((sample) => sample.operationId === operationId)
    .map(({ language, source }) => ({ ...languages[language], source: source.trimEnd() }));
}

/** An example for each model that has one somewhere in the document: in a response, in a body, or inside another model's. */
function examplesOf(document: Document): Map<string, unknown> {
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
