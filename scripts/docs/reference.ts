import {
  type MediaType,
  type Parameter,
  type PlacedResponse,
  type Reference,
  resolve,
  type Schema,
} from "../generate/document.js";
import { type Document, modelsOf, type Operation, operationsOf } from "./document.js";
import { modelExamples, statedExample } from "./examples.js";
import { escapeMarkdown, headOf, slug } from "./markdown.js";
import type { Page } from "./page.js";
import type { Sample } from "./samples.js";
import { fields, item, sourceOf, typeOf } from "./schema-text.js";

/** What the block of a sample is called. */
const languages = { ts: "TypeScript", sh: "curl in a shell" } as const;

/** Writes the reference of the API: an overview, a page for each operation, and one for the models. */
export function referencePages(document: Document, samples: readonly Sample[]): Page[] {
  const texts = [
    { name: "index", markdown: overviewText(document) },
    ...operationsOf(document).map((operation) => ({
      name: operation.name,
      markdown: operationText(document, operation, samples),
    })),
    { name: "models", markdown: modelsText(document) },
  ];
  return texts.map(({ name, markdown }) => ({
    path: `api/${name}`,
    ...headOf(markdown),
    markdown,
    part: "API",
  }));
}

/** Lists the operations and what the client returns for each: a table in Markdown. */
export function operationsTable(document: Document, folder: string): string {
  const rows = operationsOf(document).map(({ entry, name, operationId, summary = operationId }) => {
    const returns = entry.list ? "a list, read page by page" : "a promise of the result";
    return `| [${escapeMarkdown(summary)}](${folder}${name}.md) | \`${operationId}\` | ${returns} |`;
  });
  return ["| operation | method of the client | returns |", "| --- | --- | --- |", ...rows].join(
    "\n",
  );
}

function overviewText(document: Document): string {
  const { components, servers = [], tags = [], info } = document;
  const schemes = Object.entries(components?.securitySchemes ?? {});
  return paragraphs(
    "# API reference",
    `The operations and models of the ${escapeMarkdown(info.title)}, as far as the vendor documents them.`,
    "The document itself: [openapi.json](../openapi.json), [openapi.yaml](../openapi.yaml).",
    "## Operations",
    ...tags.map(({ name, description }) =>
      description ? `**${escapeMarkdown(name)}**: ${description}` : undefined,
    ),
    operationsTable(document, ""),
    "## Server",
    ...servers.flatMap((server) => [`\`${server.url}\``, server.description, sourceOf(server)]),
    "## Authentication",
    ...schemes.flatMap(([name, scheme]) => [
      `### ${escapeMarkdown(name)}`,
      scheme.description,
      sourceOf(scheme),
      factsOf(scheme),
    ]),
  );
}

/** Every text that a part of the document has besides its description, at whatever depth: `flows.clientCredentials.tokenUrl`. */
function factsOf(part: object, path = ""): string {
  return Object.entries(part)
    .filter(([key]) => path !== "" || !/^(description|x-source)$/.test(key))
    .map(([key, value]) => {
      const name = path + key;
      if (typeof value === "object" && value !== null) return factsOf(value, `${name}.`);
      return key === "x-source"
        ? `- ${path.slice(0, -1)}: ${sourceOf(part)}`
        : `- ${name}: \`${value}\``;
    })
    .filter(Boolean)
    .join("\n");
}

function operationText(
  document: Document,
  operation: Operation,
  samples: readonly Sample[],
): string {
  const { body, entry, name, operationId, parameters, summary = operationId } = operation;
  const { list, method, path } = entry;
  const size = list?.pageSize ? `, ${list.pageSize.toLocaleString("en")} items to a page` : "";
  const member = `../client/interfaces/loke-customers.LokeClient.html#${operationId.toLowerCase()}`;
  return paragraphs(
    `# ${escapeMarkdown(summary)}`,
    operation.description,
    operation.deprecated && "**Deprecated.**",
    `\`${method} ${path}\``,
    list && `A list${size}: the header \`${list.header}\` leads to the next page.`,
    sourceOf(operation["x-paging"]),
    `In the client: [\`${operationId}\`](${member}). On the command line: [\`${name}\`](../command.md#${slug(name)}).`,
    "## Samples",
    ...samples
      .filter((sample) => sample.operationId === operationId)
      .flatMap(({ language, source }) => [`### ${languages[language]}`, fence(language, source)]),
    parameters.length > 0 && "## Parameters",
    ...parameters.map((parameter) =>
      item(parameter.name, schemaOf(parameter), {
        facts: [`in ${parameter.in}`, ...(parameter.required ? ["required"] : [])],
        description: parameter.description,
        source: parameter,
      }),
    ),
    ...(body
      ? [
          "## Body",
          body.description,
          body.required && "Required.",
          ...contentText(document, body.content),
        ]
      : []),
    "## Responses",
    ...operation.responses.flatMap((response) => responseText(document, response)),
  );
}

function responseText(
  document: Document,
  { content, description, headers = {}, status }: PlacedResponse,
): (string | undefined)[] {
  return [
    `### ${status}`,
    description,
    ...Object.entries(headers).map(([name, header]) => {
      const resolved = resolve<Header>(document, header as Header | Reference);
      return item(name, resolved.schema ?? true, {
        facts: ["header", ...(resolved.required ? ["required"] : [])],
        description: resolved.description,
        source: resolved,
      });
    }),
    ...contentText(document, content),
  ];
}

function contentText(document: Document, content: Record<string, MediaType> = {}): string[] {
  return Object.entries(content).flatMap(([type, media]) => {
    const schema = media.schema ?? true;
    return [
      `${typeOf(schema)}, as \`${type}\``,
      fields(schema),
      ...exampleText(statedExample(document, media)),
    ];
  });
}

function modelsText(document: Document): string {
  const examples = modelExamples(document);
  return paragraphs(
    "# Models",
    "The objects that operations take and return.",
    ...modelsOf(document).flatMap(([name, schema]) => [
      `## ${escapeMarkdown(name)}`,
      String(schema.description ?? ""),
      sourceOf(schema),
      composed(schema),
      fields(schema),
      ...exampleText(schema.example ?? examples.get(name)),
    ]),
  );
}

/** Names what a model is, unless it is an object of its own fields only. */
function composed({ allOf, properties, ...own }: Schema): string | undefined {
  if (allOf)
    return `All of ${allOf.map((part) => typeOf(part)).join(" and ")}${properties ? ", with:" : ""}`;
  return properties && !own.oneOf && !own.anyOf && !own.$ref ? undefined : typeOf(own);
}

type Header = Pick<Parameter, "description" | "schema" | "required">;

function schemaOf({ schema, content }: Parameter): Schema | Reference | true {
  return schema ?? Object.values((content ?? {}) as Record<string, MediaType>)[0]?.schema ?? true;
}

function exampleText(example: unknown): string[] {
  if (example === undefined) return [];
  return ["Example:", fence("json", JSON.stringify(example, null, 2))];
}

function fence(language: string, code: string): string {
  const marks = code.includes("```") ? "````" : "```";
  return `${marks}${language}\n${code.trimEnd()}\n${marks}`;
}

function paragraphs(...parts: readonly (string | false | undefined)[]): string {
  return `${parts
    .flatMap((part) => (part ? part.trim() : []))
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}
