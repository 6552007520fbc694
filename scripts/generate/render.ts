import openapiTypeScript, { astToString, type OpenAPI3 } from "openapi-typescript";
import type { Document } from "./document.js";
import { DocumentError, operationTable } from "./operation-table.js";

/** The name of each generated file, and the text that belongs in it. */
export type GeneratedFiles = Record<string, string>;

const notice = "Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.";

/** Renders all of `generated/` from a bundled document. Pure: writes nothing. */
export async function render(document: Document): Promise<GeneratedFiles> {
  return {
    "schema.ts": await renderSchema(document),
    "models.ts": renderModels(document),
    "operations.ts": renderOperations(document),
    "openapi.json": `${JSON.stringify({ "x-generated": notice, ...document }, null, 2)}\n`,
  };
}

/**
 * The types. Handing over the parsed document keeps openapi-typescript from looking for
 * `redocly.yaml` in the working directory, whose strict lint rules it would trip over.
 */
async function renderSchema(document: Document): Promise<string> {
  const ast = await openapiTypeScript(structuredClone(document) as unknown as OpenAPI3, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
    // A default in the document says what the server does without the value, not that it is there.
    defaultNonNullable: false,
    silent: true,
  });
  return `// ${notice}\n\n${astToString(ast)}`;
}

/** The models alone, by name: what a user of the package sees of the schema. */
function renderModels(document: Document): string {
  const names = Object.keys(document.components?.schemas ?? {});
  const odd = names.find((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name));
  if (odd) {
    throw new DocumentError(`The model "${odd}" becomes a type; name it in PascalCase.`);
  }
  const list = names.map((name) => `  ${name},\n`).join("");
  return `// ${notice}\n\nexport type {\n${list}} from "./schema.js";\n`;
}

function renderOperations(document: Document): string {
  const server = document.servers?.[0]?.url;
  if (server === undefined || !URL.canParse(server)) {
    throw new DocumentError("The document names no server with a full URL: the client's default.");
  }
  const rows = operationTable(document).map(
    ({ operationId, doc, entry }) =>
      `${comment(doc, "  ")}\n  ${operationId}: ${indent(literal(entry))},\n`,
  );
  return [
    `// ${notice}\n\n`,
    "/** The live API: the document's first server. */\n",
    `export const server = ${JSON.stringify(server)};\n\n`,
    "/** What the client knows of each operation at run time, as the document declares it. */\n",
    `export const operations = {\n${rows.join("")}} as const;\n`,
  ].join("");
}

/** A doc comment. The document's text cannot end it early. */
function comment(text: string, margin: string): string {
  const lines = text.replaceAll("*/", "*\\/").split("\n");
  return [
    `${margin}/**`,
    ...lines.map((line) => `${margin} * ${line}`.trimEnd()),
    `${margin} */`,
  ].join("\n");
}

/** A value as TypeScript source, its keys bare: one key a line, arrays and inner objects on one. */
function literal(entry: object): string {
  const inline = (value: unknown): string =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? `{ ${Object.entries(value)
          .map(([key, inner]) => `${key}: ${inline(inner)}`)
          .join(", ")} }`
      : JSON.stringify(value).replaceAll('","', '", "');
  const lines = Object.entries(entry).map(([key, value]) => `  ${key}: ${inline(value)},\n`);
  return `{\n${lines.join("")}}`;
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
