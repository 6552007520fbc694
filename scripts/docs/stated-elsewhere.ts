import { type Document, modelsOf, operationsOf } from "./document.js";

/**
 * What the vendor's page does not state and the document has all the same, with where it is from: a table in Markdown
 * made of every `x-source`, so that the page cannot forget one.
 */
export function statedElsewhere(document: Document): string {
  const places = new Map<string, string[]>();
  for (const { place, source } of sources(document)) {
    places.set(source, [...(places.get(source) ?? []), place]);
  }
  const rows = [...places].map(([source, where]) => `| ${where.join(", ")} | ${cell(source)} |`);
  return ["| what | where it is from |", "| --- | --- |", ...rows].join("\n");
}

interface Source {
  place: string;
  source: string;
}

function sources(document: Document): Source[] {
  return [
    ...below(document.info, "the title and version"),
    ...(document.servers ?? []).flatMap((server) => below(server, `the server \`${server.url}\``)),
    ...below(document.components?.securitySchemes, "authentication"),
    ...operationsOf(document).flatMap((operation) => [
      ...below(operation["x-paging"], `the paging of \`${operation.operationId}\``),
      ...operation.parameters.flatMap((parameter) =>
        below(parameter, `\`${parameter.name}\` of \`${operation.operationId}\``),
      ),
      ...operation.responses.flatMap(({ headers = {} }) =>
        Object.entries(headers).flatMap(([name, header]) =>
          below(header, `\`${name}\` of \`${operation.operationId}\``),
        ),
      ),
    ]),
    ...modelsOf(document).flatMap(([model, { properties = {} }]) =>
      Object.entries(properties).flatMap(([name, property]) =>
        below(property, `\`${model}.${name}\``),
      ),
    ),
  ];
}

/** Every `x-source` of a part of the document, each only once. */
function below(part: unknown, place: string): Source[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === "x-source" && typeof value === "string"
      ? [{ place, source: value.trim() }]
      : below(value, place),
  );
}

/** Text for a cell of a table: on one line, an address as a link. */
function cell(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll("|", "\\|")
    .replaceAll(
      /https:\/\/[^\s)]+/g,
      (address) => `[${address.replace(/^https:\/\//, "")}](${address})`,
    );
}
