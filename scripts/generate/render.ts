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
    // An object of which nothing is said is any object, not an empty one.
    emptyObjectsUnknown: true,
    silent: true,
  });
  return `// ${notice}\n\n${plainWords(astToString(ast))}`;
}

/** ` * Format: date\n * @deprecated\n * @description When it was made.\n *     A day.\n` */
const described =
  /((?:^ *\* (?:Format: .*|@deprecated)\n)*)^( *\* )@description (.*(?:\n *\*(?: {5}.*)?(?=\n))*)\n/m;

/**
 * Puts descriptions where editors show them first. openapi-typescript writes them as a `@description` tag, which
 * hovering shows as small print, below the format. Only comments are touched.
 */
function plainWords(source: string): string {
  return source.replaceAll(/^ *\/\*\*[\s\S]*?\*\/$/gm, (comment) =>
    comment
      .replace("/** @description ", "/** ")
      .replace(described, (_, tags: string, margin: string, words: string) => {
        const plain = `${margin}${words.replaceAll(/^( *\*) {4}/gm, "$1")}\n`;
        return tags ? `${plain}${margin.trimEnd()}\n${tags}` : plain;
      }),
  );
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
  const server = document.servers?.[0]?.url ?? "";
  if (!URL.canParse(server) || !/^https?:[^{}?#]+$/.test(server)) {
    throw new DocumentError(
      "The document must name a server first, the client's default: by a full URL, without variables.",
    );
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
  const inline = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const fields = Object.entries(value).map(([key, inner]) => `${key}: ${inline(inner)}`);
    return `{ ${fields.join(", ")} }`;
  };
  const lines = Object.entries(entry).map(([key, value]) => `  ${key}: ${inline(value)},\n`);
  return `{\n${lines.join("")}}`;
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
