import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  isSuccess,
  jsonMedia,
  type MediaType,
  type Parameter,
  type PlacedOperation,
  operationsOf as placedOperationsOf,
} from "../generate/document.js";
import type { TableEntry } from "../generate/operation-table.js";
import { modelName } from "../generate/schema-parts.js";
import { accessTo, camelCase, isIdentifier, keyOf, reserved } from "../lib/identifiers.js";
import { type Document, type Operation, operationsOf } from "./document.js";
import { exampleOf, madeExample, merged, statedExample } from "./examples.js";
import { expectNone } from "./expect-none.js";

/** A program that shows one operation. */
export interface Sample {
  operationId: string;
  language: "ts" | "sh";
  /** What it stands in, for messages. */
  place: string;
  source: string;
}

const folder = "openapi/samples";

/** What the samples of an operation are made from. */
interface Call {
  operationId: string;
  entry: TableEntry;
  args: readonly Argument[];
  body: unknown;
  /** The model of the result, or of an item of the list. */
  model: string | undefined;
  /** Of an item of the list: fields that are always there. */
  fields: readonly string[];
}

/** An argument in the path or the query. One without a value is read from an environment variable. */
interface Argument {
  name: string;
  value: unknown;
  isNumber: boolean;
}

/** Makes two samples of each operation, for the client and for curl, with the values of the document's examples. */
export function makeSamples(document: Document): Sample[] {
  return operationsOf(document).flatMap((operation) => {
    const { operationId } = operation;
    const call = callOf(document, operation);
    const place = (name: string) => `The sample made for ${operationId} (${name})`;
    const inShell = forCurl(call, serverOf(document));
    return [
      { operationId, language: "ts", place: place("TypeScript"), source: inTypeScript(call) },
      { operationId, language: "sh", place: place("curl"), source: inShell },
    ];
  });
}

/**
 * Puts the files of openapi/samples/, if there are any, in place of the samples that are made: `<operationId>.ts` for
 * the client, `<operationId>.sh` for curl.
 *
 * @throws {CliError} naming each file that is a sample of nothing
 */
export async function withOwnSamples(root: string, made: readonly Sample[]): Promise<Sample[]> {
  const files = existsSync(join(root, folder)) ? await readdir(join(root, folder)) : [];
  const fileOf = ({ operationId, language }: Sample) => `${operationId}.${language}`;
  const names = made.map(fileOf);
  expectNone(
    files
      .filter((file) => !names.includes(file))
      .sort()
      .map((file) => `${folder}/${file} is a sample of no operation of the document.`),
  );
  return Promise.all(
    made.map(async (sample) => {
      if (!files.includes(fileOf(sample))) return sample;
      const place = `${folder}/${fileOf(sample)}`;
      return { ...sample, place, source: await readFile(join(root, place), "utf8") };
    }),
  );
}

/** The address of the live API, without a slash at its end. */
export function serverOf(document: Document): string {
  return (document.servers?.[0]?.url ?? "").replace(/\/+$/, "");
}

/** The environment variable that holds an argument: `customerId` → `LOKE_CUSTOMER_ID`. */
export function variableOf(argument: string): string {
  const words = argument.replaceAll(/([a-z\d])([A-Z])/g, "$1 $2").split(/[^A-Za-z\d]+/);
  return ["LOKE", ...words.filter(Boolean)].join("_").toUpperCase();
}

function callOf(document: Document, operation: Operation): Call {
  const { entry, operationId, parameters } = operation;
  const names = [...entry.pathParameters, ...(entry.required ?? [])];
  const { schema: result } = successOf(operation);
  const shown = entry.list ? merged(document, result).items : result;
  const { properties = {}, required = [] } = merged(document, shown);
  const typeOf = (field: string) => String(merged(document, properties[field]).type);
  return {
    operationId,
    entry,
    args: names
      .flatMap((name) => parameters.filter((parameter) => parameter.name === name))
      .map((parameter) => argumentOf(document, entry.path, parameter)),
    body: exampleOf(document, jsonMedia(operation.body?.content) ?? {}),
    model: modelName(Object(shown).$ref),
    fields: required.filter((field) => !/object|array|undefined/.test(typeOf(field))).slice(0, 3),
  };
}

function successOf({ responses }: Pick<PlacedOperation, "responses">): MediaType {
  return jsonMedia(responses.find(isSuccess)?.content) ?? {};
}

function argumentOf(document: Document, path: string, parameter: Parameter): Argument {
  const { name } = parameter;
  const { const: only, enum: values, format, type } = merged(document, parameter.schema);
  const isNumber = type === "integer" || type === "number";
  const id = identifierIn(document, path, name);
  // What a path names must exist, and a text can mean anything.
  const isOpen = parameter.in === "path" ? type !== "boolean" : type === "string" && !format;
  const made = isOpen && !values && only === undefined ? undefined : parameter.schema;
  const value =
    statedExample(document, parameter) ??
    (isNumber && id !== undefined ? Number(id) : id) ??
    (made && madeExample(document, made));
  return { name, value, isNumber };
}

/** What identifies an item in the document's example of it, or of the list that it is in. */
function identifierIn(document: Document, path: string, name: string): string | undefined {
  const at = path.indexOf(`/{${name}}`);
  if (at === -1) return undefined;
  const list = exampleAt(document, path.slice(0, at));
  const one = exampleAt(document, `${path.slice(0, at)}/{${name}}`);
  const item = one ?? (Array.isArray(list) && list[0]);
  // `orderNumber` is the `number` of an order.
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z\d]/g, "");
  const [field = "id"] = Object.keys(Object(item))
    .filter((each) => plain(name).endsWith(plain(each)))
    .sort((a, b) => b.length - a.length);
  const value: unknown = Object(item)[field];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** The example of what a GET of a path gives. */
function exampleAt(document: Document, path: string): unknown {
  const operation = placedOperationsOf(document).find(
    (one) => one.path === path && one.method === "get",
  );
  return operation && statedExample(document, successOf(operation));
}

function inTypeScript({ operationId, entry, args, body, model, fields }: Call): string {
  const given = args.map((argument) => `  ${keyOf(argument.name)}: ${inCode(argument)},\n`);
  if (entry.body) given.push(`  body: ${literal(body, "  ")},\n`);
  const call = `loke.${operationId}(${given.length > 0 ? `{\n${given.join("")}}` : ""})`;

  const segment = entry.path.split("/").findLast((part) => part && !part.includes("{")) ?? "";
  const one = singular(segment);
  let program = `await ${call};\nconsole.log("Done.");\n`;
  if (entry.list) {
    const list = variable(segment, "list");
    const item = one === segment ? "item" : variable(one, "item");
    const words = item.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const read = fields.map((name) => accessTo(item, name));
    program = `// Every ${words}, however many pages there are.
const ${list} = ${call};
for await (const ${item} of ${list}) {
  console.log(${read.join(", ") || item});
}
`;
  } else if (!isEmpty(entry)) {
    const isArray = entry.returns.includes("array");
    const result = variable(model ?? (isArray ? segment : one), "result");
    program = `const ${result} = await ${call};\nconsole.log(${result});\n`;
  }
  return `import { createClient } from "loke-customers";

const loke = createClient({
  accessToken: process.env.LOKE_ACCESS_TOKEN,
});

${program}`;
}

/** `customers` → `customer` */
function singular(plural: string): string {
  return plural.replace(/ies$/, "y").replace(/(?<=ss|x|ch|sh)es$|(?<![su])s$/, "");
}

function isEmpty({ returns }: TableEntry): boolean {
  return returns.every((type) => type === "nothing");
}

/** A name for a variable that is no word of the language, and that the sample does not use already. */
function variable(text: string, otherwise: string): string {
  const name = camelCase(text.replaceAll(/\W+(\w?)/g, (_, letter: string) => letter.toUpperCase()));
  const isTaken = reserved.has(name) || name === "process" || name === "console";
  return isIdentifier(name) && !isTaken ? name : otherwise;
}

function inCode({ name, value, isNumber }: Argument): string {
  if (value !== undefined) return literal(value, "  ");
  return isNumber
    ? `Number(process.env.${variableOf(name)})`
    : `process.env.${variableOf(name)} ?? ""`;
}

/** JSON as TypeScript, with each field on a line of its own. */
function literal(value: unknown, margin = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  if (isArray && value.every((item) => typeof item !== "object")) {
    return `[${value.map((item) => literal(item)).join(", ")}]`;
  }
  const lines = Object.entries(value).map(
    ([name, part]) =>
      `${margin}  ${isArray ? "" : `${keyOf(name)}: `}${literal(part, `${margin}  `)},\n`,
  );
  const inside = lines.length > 0 ? `\n${lines.join("")}${margin}` : "";
  return isArray ? `[${inside}]` : `{${inside}}`;
}

function forCurl({ entry, args, body }: Call, server: string): string {
  const { list, method, path, pathParameters } = entry;
  const comment = `# One page. The header ${list?.header} has the address
# of the next one; the last page has none.
`;
  const json = JSON.stringify(body, null, 2) ?? "";
  // In a path, `$A_b` would be another variable than `$A`.
  const target = path.replaceAll(/\{([^}]*)\}(?=(\w?))|[\\"$`]/g, (found, name, next) => {
    const argument = args.find((each) => each.name === name);
    return argument ? inUrl(argument, argument.value, next !== "") : `\\${found}`;
  });
  const query = args
    .filter(({ name }) => !pathParameters.includes(name))
    .flatMap((argument) =>
      [argument.value].flat().map((one) => `${encode(argument.name)}=${inUrl(argument, one)}`),
    );
  const options = [
    `curl --fail --silent --show-error${list || isEmpty(entry) ? " --include" : ""}`,
    ...(method === "GET" ? [] : [method === "HEAD" ? "--head" : `--request ${method}`]),
    '--header "Authorization: Bearer $LOKE_ACCESS_TOKEN"',
    ...(entry.body
      ? [
          '--header "Content-Type: application/json"',
          `--data '${json.replaceAll("'", "'\\''").replaceAll("\n", "\n  ")}'`,
        ]
      : []),
    `"${server.replaceAll(/[\\"$`]/g, "\\$&")}${target}${query.length > 0 ? `?${query.join("&")}` : ""}"`,
  ];
  return `${list ? comment : ""}${options.join(" \\\n  ")}\n`;
}

function inUrl({ name }: Argument, value: unknown, isBeforeWord = false): string {
  if (value !== undefined) return encode(String(value));
  return isBeforeWord ? `\${${variableOf(name)}}` : `$${variableOf(name)}`;
}

/** For a URL in double quotes: an interactive shell would replace `!` there. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("!", "%21");
}
