import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import apiDocument from "../../generated/openapi.json" with { type: "json" };
import type { OperationId } from "../../src/index.js";

interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

/** What the mock answers where the document has nothing to say: no token, a broken cursor. */
const undocumented = [400, 401];

const error = {
  type: "object",
  required: ["message", "code", "type", "instance"],
  properties: {
    message: { type: "string", minLength: 1 },
    code: { type: "string", pattern: "^[a-z_]+$" },
    type: { type: "string" },
    instance: { type: "string", pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$" },
  },
};

const ajv = new Ajv2020({ strict: true, allErrors: true, formats: documentedFormats() });
for (const keyword of ["x-source", "components"]) ajv.addKeyword(keyword);
ajv.addSchema({ $id: "document", components: closed(apiDocument.components) });

const validators = new Map<object, ValidateFunction>();

const operations = new Map(
  Object.values(apiDocument.paths)
    .flatMap((item) => Object.values(item) as DocumentedOperation[])
    .map((operation) => [operation.operationId, operation]),
);

/** What an answer has that the document does not allow, in words; nothing if it is as documented. */
export async function violations(id: OperationId, response: Response): Promise<string[]> {
  const { headers, status } = response;
  const text = await response.text();
  const documented = operations.get(id)?.responses[status];
  if (!documented) {
    if (!undocumented.includes(status)) return [`status ${status} is not documented`];
    return inJson(headers, text, error);
  }
  const names = [...headers.keys()].filter((name) => name !== "content-type" && name !== "date");
  const known = Object.keys(documented.headers ?? {}).map((name) => name.toLowerCase());
  const found = names
    .filter((name) => !known.includes(name))
    .map((name) => `header ${name} is not documented`);
  if (!documented.content) return text === "" ? found : [...found, `${status} has a body`];
  const { schema = {} } = documented.content["application/json"] ?? {};
  return [...found, ...inJson(headers, text, schema)];
}

function inJson(headers: Headers, text: string, schema: object): string[] {
  const type = headers.get("content-type");
  if (type !== "application/json") return [`content-type is ${type}`];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return ["the body is no JSON"];
  }
  const validate = validators.get(schema) ?? ajv.compile(closed(schema));
  validators.set(schema, validate);
  validate(value);
  return (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
}

/** A schema in which objects have no other fields than the document's, and references that ajv finds. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [
    key,
    key === "$ref" ? `document${value}` : closed(value),
  ]);
  const isObject = "type" in schema && schema.type === "object";
  return Object.fromEntries(isObject ? [...entries, ["additionalProperties", false]] : entries);
}

function documentedFormats() {
  const isDate = (text: string) => {
    const ms = Date.parse(text);
    return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 10));
  };
  return {
    date: (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && isDate(text),
    "date-time": (text: string) =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && isDate(text),
    email: (text: string) => /^[a-z\d.+]+@[a-z\d.]+\.[a-z]+$/i.test(text),
  };
}
