import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { pointerTo } from "../lib/pointer.js";
import { entriesOf, ownOf, requestOf } from "./document.js";
import { keys } from "./facts.js";

/** What a page and the document can differ in, and the words for it. */
export const kinds = {
  beta: "whether the API is beta",
  heading: "heading",
  operation: "operation",
  title: "title",
  "page-size": "page size",
  "paging-header": "paging header",
  parameter: "parameter",
  "parameter-type": "type",
  "parameter-place": "place",
  "parameter-values": "values",
  "request-body": "request body",
  response: "response",
  "response-model": "model",
  "response-code": "error code (x-error-code)",
  model: "model",
  field: "field",
  "field-type": "type",
  "field-optional": "optional mark",
  "field-values": "values",
  order: "order",
  example: "example",
  words: "words",
  beyond: "beyond the page, and not explained",
} as const;

export type Kind = keyof typeof kinds;

/** Something that a page can state, and where the view of a document has it. */
export interface Place {
  readonly kind: Kind;
  /** The key of the thing on the page. */
  readonly key: string;
  /** Set for a thing that a page has or has not. All else is said of one, and compared if both sides have the thing. */
  readonly isThing: boolean;
  readonly value: Json | undefined;
  /** The thing in the view. An item of an array goes by its name, as in an edit. */
  readonly at: string;
  /** The parts of the view that say it: each with all that is below it. */
  readonly parts: readonly string[];
  /** The schema of a type. One of another type has nothing of it but its words. */
  readonly schema?: string | undefined;
}

/**
 * Yields all that a page can state of a document: a thing before what is said of it and what is in it. What no place
 * has a part in is beyond the page.
 */
export function* placesIn({ components, info, operations, tags }: JsonMap): Generator<Place> {
  const page = placesOf(keys.page, "/info");
  if (ownOf(info, "version") === "beta") yield page.fact("beta", "beta", "/version");
  for (const name of headingsIn(tags, operations)) {
    const at = pointerTo("/tags", name);
    yield placesOf(keys.page, at).fact("heading", name, "/name");
  }
  for (const [id, node] of entriesOf(operations)) {
    yield* placesInOperation(node, pointerTo("/operations", id));
  }
  const schemas = ownOf(components, "schemas");
  yield placesOf(keys.page, "/components/schemas").fact("order", namesIn(schemas));
  for (const [name, node] of entriesOf(schemas)) {
    yield* placesInModel(name, node, pointerTo("/components/schemas", name));
  }
}

/** With one tag, it is the heading of the page. Of several, those that no operation has are of no page. */
function headingsIn(tags: Json | undefined, operations: Json | undefined): string[] {
  const used = entriesOf(operations).flatMap(([, node]) => node.tags ?? []);
  const list = Array.isArray(tags) ? tags : [];
  return list
    .map((tag) => ownOf(tag, "name"))
    .filter((name): name is string => typeof name === "string" && name !== "")
    .filter((name) => list.length === 1 || used.includes(name));
}

function* placesInOperation(node: JsonMap, at: string): Generator<Place> {
  const request = requestOf(node);
  const operation = placesOf(keys.operation(request), at);
  yield operation.thing("operation", request);
  if (node.summary !== undefined) yield operation.fact("title", node.summary, "/summary");
  yield* placesInPaging(node["x-paging"], keys.paging(request), `${at}/x-paging`);
  yield { ...operation.fact("order", namesIn(node.parameters)), at: `${at}/parameters` };
  for (const [name, one] of entriesOf(node.parameters)) {
    const parameter = placesOf(keys.parameter(request, name), pointerTo(`${at}/parameters`, name));
    const { in: place, required, schema } = one;
    const text = [`${typeOf(schema)} in ${place}`, valuesOf(schema)].filter(Boolean).join(", ");
    yield parameter.thing("parameter", text, "/name");
    // The page marks no parameter as required; those in a path always are.
    const isAsPlaced = required === (place === "path");
    yield parameter.fact("parameter-place", place, "/in", ...(isAsPlaced ? ["/required"] : []));
    yield parameter.type("parameter-type", schema, "/schema");
    yield* parameter.values("parameter-values", schema, "/schema");
  }
  const { requestBody } = node;
  if (isMap(requestBody)) {
    const body = placesOf(keys.requestBody(request), `${at}/requestBody`);
    // A page that shows a body shows one that is sent.
    const isSent = requestBody.required === true;
    yield body.thing("request-body", bodyType(requestBody), ...(isSent ? ["/required"] : []));
    yield* placesInContent(requestBody, body, "request-body");
  }
  for (const [status, one] of entriesOf(node.responses)) {
    const key = keys.response(request, status);
    const response = placesOf(key, pointerTo(`${at}/responses`, status));
    const { "x-error-code": code } = one;
    yield response.thing("response", [status, code, bodyType(one)].filter(Boolean).join(" "));
    if (code !== undefined) yield response.fact("response-code", code, "/x-error-code");
    yield* placesInContent(one, response, "response-model");
  }
}

function* placesInPaging(paging: Json | undefined, key: string, at: string): Generator<Place> {
  const { fact, thing } = placesOf(key, at);
  const [header, pageSize] = [ownOf(paging, "header"), ownOf(paging, "pageSize")];
  // A page size alone makes no list.
  if (header !== undefined) {
    yield thing("paging-header", header);
    yield fact("paging-header", header, "/header");
  }
  if (typeof pageSize === "number") yield fact("page-size", pageSize, "/pageSize");
}

const media = "/content/application~1json";

/** Of other media types a page says nothing. */
function* placesInContent(node: JsonMap, of: Places, kind: Kind): Generator<Place> {
  const { example, schema } = mediaOf(node);
  if (schema !== undefined) yield of.type(kind, schema, `${media}/schema`);
  if (example !== undefined) yield of.fact("example", example, `${media}/example`);
}

function* placesInModel(name: string, node: JsonMap, at: string): Generator<Place> {
  const { properties, required, type } = node;
  const model = placesOf(keys.model(name), at);
  const fields = namesIn(properties);
  yield model.thing(
    "model",
    `fields ${fields.join(", ")}`,
    ...(type === "object" ? ["/type"] : []),
  );
  yield { ...model.fact("order", fields), at: `${at}/properties` };
  for (const [field, schema] of entriesOf(properties)) {
    const one = placesOf(keys.field(name, field), pointerTo(`${at}/properties`, field));
    const isRequired = Array.isArray(required) && required.includes(field);
    const mark = isRequired ? "required" : "optional";
    const marks = isRequired ? [pointerTo(`${at}/required`, JSON.stringify(field))] : [];
    const text = [typeOf(schema), mark, valuesOf(schema)].filter(Boolean).join(", ");
    yield { ...one.thing("field", text), parts: marks };
    yield { ...one.fact("field-optional", mark), parts: marks };
    yield one.type("field-type", schema, "");
    yield* one.values("field-values", schema, "");
  }
}

type Places = ReturnType<typeof placesOf>;

/** Makes the places of one thing. Their parts are given from the thing on. */
function placesOf(key: string, at: string) {
  const place =
    (isThing: boolean) =>
    (kind: Kind, value: Json | undefined, ...parts: string[]) => ({
      kind,
      key,
      isThing,
      value,
      at,
      parts: parts.map((part) => at + part),
    });
  const fact = place(false);
  return {
    thing: place(true),
    fact,
    type: (kind: Kind, schema: Json | undefined, from: string): Place => ({
      ...fact(kind, typeOf(schema), ...partsOf(schema, from, "$ref", "type")),
      schema: at + from,
    }),
    *values(kind: Kind, schema: Json | undefined, from: string): Generator<Place> {
      const values = valuesOf(schema);
      if (values !== undefined) yield fact(kind, values, ...partsOf(schema, from, "enum"));
    },
  };
}

/** Where a schema, or that of its items, has some keys. */
function partsOf(schema: Json | undefined, at: string, ...names: string[]): string[] {
  const items = ownOf(schema, "items");
  return [
    ...names.filter((name) => ownOf(schema, name) !== undefined).map((name) => `${at}/${name}`),
    ...(items === undefined ? [] : partsOf(items, `${at}/items`, ...names)),
  ];
}

function namesIn(map: Json | undefined): string[] {
  return entriesOf(map).map(([name]) => name);
}

function mediaOf(node: JsonMap): JsonMap {
  const found = ownOf(node.content, "application/json");
  return isMap(found) ? found : {};
}

function bodyType(node: JsonMap): string | undefined {
  const { schema } = mediaOf(node);
  return schema === undefined ? undefined : typeOf(schema);
}

/** The type of a schema, as a page writes types. */
function typeOf(schema: Json | undefined): string {
  const { $ref, items, type } = isMap(schema) ? schema : {};
  if (typeof $ref === "string") return $ref.replace("#/components/schemas/", "");
  if (type === "array") return `${typeOf(items)}[]`;
  const names = [type ?? []].flat().filter((name) => typeof name === "string");
  return names.join(" or ") || "(no type)";
}

/** The values of a schema, or of the items of an array, as one text. */
function valuesOf(schema: Json | undefined): string | undefined {
  const items = ownOf(schema, "items");
  if (items !== undefined) return valuesOf(items);
  const values = ownOf(schema, "enum");
  return Array.isArray(values) ? values.map((one) => JSON.stringify(one)).join(", ") : undefined;
}
