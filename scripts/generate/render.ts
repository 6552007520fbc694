import type { OpenAPI3 } from "openapi-typescript";
import type ts from "typescript";
import { refuse } from "../lib/cli-error.js";
import { keyOf } from "../lib/identifiers.js";
import { openApiTypeScript } from "../lib/typescript.js";
import { type Answers, documentedAnswers } from "./answers.js";
import { type CommandData, commandData } from "./command-data.js";
import { splitDirections } from "./directions.js";
import type { Document, Schema } from "./document.js";
import { mockData } from "./mock-data.js";
import { nameModels } from "./named-models.js";
import { checkModelNames } from "./names.js";
import { normalize } from "./normalize.js";
import { operationTable } from "./operation-table.js";
import { typesInput } from "./types-input.js";
import { compileValidators } from "./validators.js";

const { astToString, default: toTypes, stringToAST } = openApiTypeScript;

/** The name of each generated file, and the text that belongs in it. */
export type GeneratedFiles = Record<string, string>;

const notice = "Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.";

/**
 * Renders all of `generated/` from a bundled document. Pure: writes nothing.
 *
 * @param onNotice - called with what the document says and the client leaves out
 * @throws {CliError} for a document that cannot become a client.
 */
export async function render(
  document: Document,
  onNotice: (notice: string) => void = () => {},
): Promise<GeneratedFiles> {
  const directed = splitDirections(normalize(document));
  const answers = documentedAnswers(directed);
  for (const leftOut of answers.notices) onNotice(leftOut);
  const inComments = withoutTags(directed);
  const types = await typesOf(typesInput(inComments));
  const models = Object.keys(directed.components?.schemas ?? {});
  checkModelNames(models, types);
  const mock = mockData(directed);
  return {
    ...renderTypes(types, models),
    "operations.ts": renderOperations(inComments),
    "answers.ts": renderAnswers(answers),
    "validators.ts": renderValidators(answers),
    "mock.ts": renderMock(mock),
    "commands.ts": renderCommands(commandData(directed, mock)),
    "openapi.json": `${JSON.stringify({ "x-generated": notice, ...document }, null, 2)}\n`,
  };
}

/** Escapes `@` where it begins a word of the document: in a doc comment that word would be a tag. */
function withoutTags(document: Document): Document {
  const isWords = (key: string) => /^(title|summary|description)$/.test(key);
  return JSON.parse(JSON.stringify(document), (key, value) =>
    isWords(key) && typeof value === "string" ? value.replaceAll(/(?<!\w)@(?=\w)/g, "\\@") : value,
  );
}

/**
 * The types, as openapi-typescript makes them. Handing over the parsed document keeps it from looking for `redocly.yaml`
 * in the working directory, whose strict lint rules it would trip over.
 */
function typesOf(document: Document): Promise<ts.Node[]> {
  return toTypes(document as unknown as OpenAPI3, {
    // A default in the document says what the server does without the value, not that it is there.
    defaultNonNullable: false,
    // An object of which nothing is said is any object, not an empty one.
    emptyObjectsUnknown: true,
    transform: (schema) => emptyObject(schema as Schema),
    silent: true,
  });
}

/** The models, which users of the package see, and beside them the types of paths and operations. */
function renderTypes(types: readonly ts.Node[], names: readonly string[]): GeneratedFiles {
  const { models, others } = nameModels(types);
  const source = (nodes: readonly ts.Node[]) => plainWords(astToString([...nodes]));
  const list = names.map((name) => `  ${name},\n`).join("");
  const imports = names.length > 0 ? `import type {\n${list}} from "./models.js";\n\n` : "";
  // An empty file would be no module.
  const declared = models.map((model) => source([model])).join("\n") || "export {};\n";
  return {
    "schema.ts": `// ${notice}\n\n${imports}${source(others)}`,
    "models.ts": `// ${notice}\n\n${declared}`,
  };
}

/** An object that has no field and can have none, which \`emptyObjectsUnknown\` would make any object. */
function emptyObject({ additionalProperties, allOf, oneOf, properties, type }: Schema) {
  const isEmpty = type === "object" && additionalProperties === false;
  const declares = Object.keys(properties ?? {}).length > 0 || allOf || oneOf;
  return isEmpty && !declares ? recordOfNever.type : undefined;
}

const recordOfNever = stringToAST(
  "type Empty = Record<string, never>",
)[0] as ts.TypeAliasDeclaration;

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

function renderOperations(document: Document): string {
  const server = document.servers?.[0]?.url ?? "";
  if (!URL.canParse(server) || !/^https?:[^{}?#]+$/.test(server)) {
    refuse(
      "/servers",
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

/** The answers that the document declares, with the types of what is compiled from it. */
function renderAnswers({ operations, validators }: Answers): string {
  const rows = Object.entries(operations).map(([operationId, { pointer, answers }]) => {
    const answerRows = Object.entries(answers).map(([status, { validate, ...answer }]) => {
      const fields = Object.entries(answer).map(([key, value]) => `${key}: ${inline(value)}`);
      if (validate !== undefined) fields.push(`validate: ${validate}`);
      return `      ${JSON.stringify(status)}: { ${fields.join(", ")} },\n`;
    });
    const body = `    pointer: ${JSON.stringify(pointer)},\n    answers: {\n${answerRows.join("")}    },\n`;
    return `  ${operationId}: {\n${body}  },\n`;
  });
  const names = Object.keys(validators).map((name) => `  ${name},\n`);
  return [
    `// ${notice}\n\n`,
    names.length > 0 ? `import {\n${names.join("")}} from "./validators.js";\n\n` : "",
    answerTypes,
    "/** What the document says of the answers of each operation, by `operationId`. */\n",
    `export const answers: Readonly<Record<string, DocumentedAnswers>> = {\n${rows.join("")}};\n`,
  ].join("");
}

const answerTypes = `/** One thing that is wrong with an answer, as ajv tells it. */
export interface ValidationError {
  /** The place in the answer: fields as a JSON pointer, \`[]\` for every index, \`*\` for every key of a map. */
  readonly instancePath: string;
  readonly keyword: string;
  /** The schema with that keyword. */
  readonly parentSchema: ErrorSchema;
  readonly params?: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
  };
  /** The value at that place. */
  readonly data: unknown;
}

export interface ErrorSchema {
  /** Its place in the document, as a JSON pointer. */
  readonly $comment: string;
  /** What it takes, where it has no \`type\` that says so. */
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ErrorSchema>>;
  readonly [keyword: string]: unknown;
}

/** Whether data is what the document says. If it is not, \`errors\` says why, until it is called again. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

export interface DocumentedAnswer {
  /** Without parameters, in lower case. None, where the answer has no body. */
  readonly mediaTypes: readonly string[];
  /** What findings call the data. */
  readonly name?: string;
  /** Set if the data is a list: \`validate\` is for each item. */
  readonly isList?: true;
  readonly validate?: Validator;
}

export interface DocumentedAnswers {
  /** Where the answers are listed, as a JSON pointer into the document. */
  readonly pointer: string;
  /** By status, \`2XX\` or \`default\`. */
  readonly answers: Readonly<Record<string, DocumentedAnswer>>;
}

`;

/** What the mock knows. Only the names of the collections are of use to a compiler. */
function renderMock({ collections, operations, schemas }: ReturnType<typeof mockData>): string {
  const constant = (name: string, type: string, value: object, ending = "") =>
    `export const ${name}${type} = ${literal(value)}${ending};\n`;
  const rows = ": Readonly<Record<string, object | boolean>>";
  return [
    `// ${notice}\n`,
    "/** The lists of the document, by the name that the mock gives them. */",
    constant("collections", "", collections, " as const"),
    "/** What each operation does to them, by `operationId`. */",
    constant("operations", rows, operations),
    "/** The models. */",
    constant("schemas", rows, schemas),
  ].join("\n");
}

/** What the command line knows. The only code that has the document's words in it. */
function renderCommands(data: Record<string, CommandData>): string {
  const rows = Object.entries(data).map(([id, one]) => `  ${id}: ${spread(one, "  ")},\n`);
  return [
    `// ${notice}\n`,
    "/** What the command line knows of each operation, by `operationId`. */",
    `export const commands: Readonly<Record<string, object>> = {\n${rows.join("")}};\n`,
  ].join("\n");
}

/** The functions. TypeScript does not check what ajv writes; their types are in `answers.ts`. */
function renderValidators({ schemas, validators }: Answers): string {
  const code = compileValidators(schemas, validators)
    .replace('"use strict";\n', "")
    .replaceAll(/^(export const \w+)(?= = )/gm, "$1: Validator");
  return `// ${notice}\n// @ts-nocheck\n\nimport type { Validator } from "./answers.js";\n\n${code.trim()}\n`;
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

/** A value as TypeScript source: one key a line, arrays and inner objects on one. */
function literal(entry: object): string {
  const lines = Object.entries(entry).map(([key, value]) => `  ${keyOf(key)}: ${inline(value)},\n`);
  return `{\n${lines.join("")}}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, inner]) => `${keyOf(key)}: ${inline(inner)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** A value as TypeScript source: on one line if it is short, else one key or item a line. */
function spread(value: unknown, margin: string): string {
  const short = inline(value);
  if (short.length + margin.length <= 100 || value === null || typeof value !== "object")
    return short;
  const inner = `${margin}  `;
  const lines = Array.isArray(value)
    ? value.map((one) => spread(one, inner))
    : Object.entries(value).map(([key, one]) => `${keyOf(key)}: ${spread(one, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${lines.map((line) => `${inner}${line},\n`).join("")}${margin}${close}`;
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
