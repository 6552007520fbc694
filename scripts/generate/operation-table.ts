import { refuse } from "../lib/cli-error.js";
import { pointerTo } from "../lib/pointer.js";
import {
  type Document,
  isSuccess,
  jsonMedia,
  type Operation,
  operationsOf,
  type PlacedOperation,
  type PlacedResponse,
  resolve,
  type Schema,
} from "./document.js";
import { anything, asNumber, typesOf } from "./json-types.js";
import { childrenOf } from "./map-schemas.js";
import { argumentsOf } from "./parameters.js";
import { modelName, partsOf } from "./schema-parts.js";

/** One operation as the client sees it at run time. */
export interface TableEntry {
  method: string;
  path: string;
  pathParameters: string[];
  queryParameters: string[];
  /** The arguments that must be given besides those in the path. */
  required?: string[];
  /** Declared if the operation takes a JSON body, which is then the argument `body`. */
  body?: true;
  /** The JSON types that a successful response can have; "nothing" is a response without content. */
  returns: string[];
  /** Without a size if the document knows none. */
  list?: { header: string; pageSize?: number };
}

/** A row of the table, and the operation that it is of. */
export interface NamedEntry {
  readonly operationId: string;
  readonly entry: TableEntry;
  readonly doc: string;
  readonly placed: PlacedOperation;
}

const json = "application/json";

/**
 * Reads every operation of a bundled document into a row of the table. Order is the document's.
 *
 * @param onNotice - called with what the client leaves out
 */
export function operationTable(
  document: Document,
  onNotice: (notice: string) => void = () => {},
): NamedEntry[] {
  for (const [path, value] of Object.entries(document.paths ?? {})) {
    if (!("trace" in resolve(document, value))) continue;
    refuse(pointerTo("/paths", path), `TRACE ${path} cannot be called: fetch refuses the method.`);
  }
  const seen = new Map<string, string>();
  return operationsOf(document).map((placed) => {
    const { item, operation, place, pointer } = placed;
    const { operationId } = operation;
    if (!operationId) {
      refuse(pointer, `${place} has no operationId. It becomes the name of the method.`);
    }
    const earlier = seen.get(operationId);
    if (earlier) {
      refuse(pointer, `${earlier} and ${place} share the operationId "${operationId}".`);
    }
    seen.set(operationId, place);
    if (item.servers ?? operation.servers) {
      refuse(
        pointer,
        `${place} has servers of its own. A client has one \`baseUrl\`, and an access token that is meant for it ` +
          "must not go elsewhere: leave `servers` out here, and put what is served elsewhere into a document, and a client, of its own.",
      );
    }
    const entry = tableEntry(document, placed, onNotice);
    return { operationId, entry, doc: docComment(placed), placed };
  });
}

function tableEntry(
  document: Document,
  placed: PlacedOperation,
  onNotice: (notice: string) => void,
): TableEntry {
  const { body, method, operation, path, place, pointer, responses } = placed;
  const parameters = argumentsOf(document, placed, onNotice);
  const named = (where: string) =>
    parameters.filter((parameter) => parameter.in === where).map(({ name }) => name);
  const required = parameters
    .filter((parameter) => parameter.required && parameter.in !== "path")
    .map(({ name }) => name);

  if (body && /^(get|head)$/.test(method)) {
    refuse(pointer, `${place} has a request body; fetch sends none with this method.`);
  }
  if (body && !jsonMedia(body.content)) {
    refuse(
      `${pointer}/requestBody`,
      `The request body of ${place} is not ${json}; the client sends no other.`,
    );
  }
  if (body && parameters.some(({ name }) => name === "body")) {
    refuse(
      pointer,
      `${place} has a parameter named "body" beside a request body; arguments are one flat object.`,
    );
  }
  if (body?.required) required.push("body");
  checkFieldsSent(document, jsonMedia(body?.content)?.schema as Schema | undefined, placed);

  const returns = successTypes(document, placed);
  const paging = operation["x-paging"];
  const success = responses.find(({ status }) => status === "200");
  const declaresPaging = paging !== undefined && paging.header in (success?.headers ?? {});
  const isList =
    method === "get" && declaresPaging && returns.length === 1 && returns[0] === "array";
  if (paging && !isList) {
    refuse(
      pointer,
      `${place} has x-paging, so it must be a GET whose 200 declares the header ` +
        `"${paging.header}" and an array body, and no other success.`,
    );
  }
  return {
    method: method.toUpperCase(),
    path,
    pathParameters: named("path"),
    queryParameters: named("query"),
    ...(required.length > 0 ? { required } : {}),
    ...(body ? { body: true as const } : {}),
    returns,
    ...(paging ? { list: listEntry(paging) } : {}),
  };
}

function listEntry({
  header,
  pageSize,
}: NonNullable<Operation["x-paging"]>): NonNullable<TableEntry["list"]> {
  return { header, ...(pageSize === undefined ? {} : { pageSize }) };
}

/** Refuses optional fields that each object inherits: no object literal without them would compile. */
function checkFieldsSent(
  document: Document,
  schema: Schema | boolean | undefined,
  placed: PlacedOperation,
  within: readonly unknown[] = [],
): void {
  if (typeof schema !== "object" || within.includes(schema)) return;
  const { properties = {}, required = [] } = schema;
  for (const name of Object.keys(properties)) {
    if (required.includes(name) || !(name in Object.prototype)) continue;
    refuse(
      placed.pointer,
      `The request body of ${placed.place} has the optional field "${name}". Each object inherits something of that ` +
        "name, so a call that leaves it out would not compile: leave it out of the document, or make it required.",
    );
  }
  const model = document.components?.schemas?.[modelName(schema.$ref) ?? ""];
  for (const one of [model, ...childrenOf(schema)]) {
    checkFieldsSent(document, one, placed, [...within, schema]);
  }
}

function successTypes(document: Document, placed: PlacedOperation): string[] {
  const { place, pointer, responses } = placed;
  const successes = responses.filter(isSuccess);
  if (successes.length === 0) {
    refuse(`${pointer}/responses`, `${place} declares no successful response.`);
  }
  const types = successes.flatMap((response) => typesOfSuccess(document, placed, response));
  return [...new Set(types)];
}

function typesOfSuccess(
  document: Document,
  { method, place }: PlacedOperation,
  { content = {}, pointer, status }: PlacedResponse,
): string[] {
  if (Object.keys(content).length === 0) return ["nothing"];
  if (method === "head" || /^20[45]$/.test(status)) {
    refuse(
      pointer,
      `The ${status} of ${place} declares a body, and HTTP has none there: leave out its content.`,
    );
  }
  const media = jsonMedia(content);
  if (!media) {
    refuse(pointer, `The ${status} of ${place} is not ${json}; the client reads no other.`);
  }
  const schema = (media.schema ?? true) as Schema | boolean;
  const types = typesOf(document, partsOf(document, { schema, pointer }));
  return anything.every((type) => types.includes(type)) ? ["anything"] : types.map(asNumber);
}

/** What an editor shows on hovering over the method. */
function docComment({ operation, place, responses }: PlacedOperation): string {
  const failures = responses
    .filter((one) => !isSuccess(one))
    .map(({ description, status }) => `- ${status}: ${description?.trim()}`);
  return [
    operation.summary,
    operation.description,
    `\`${place}\``,
    failures.length > 0 && `Documented errors:\n${failures.join("\n")}`,
    operation.deprecated && "@deprecated The document marks this operation as deprecated.",
  ]
    .filter((part) => typeof part === "string" && part.trim() !== "")
    .map((part) => String(part).trim())
    .join("\n\n");
}
