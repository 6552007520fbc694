import type { Edit } from "../changes/compare.js";
import { isMap, type Json, type JsonMap } from "../lib/json.js";
import { pointerTo } from "../lib/pointer.js";
import { ownOf, requestOf } from "./document.js";
import { keys } from "./facts.js";
import { typeOf } from "./follow-page.js";

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

/** What an edit of the document is in the terms of a page. */
export interface Place {
  readonly kind: Kind;
  /** The key of the thing on the page. */
  readonly key: string;
  /** Returns the fact as one text; undefined for a side that does not have it. */
  readonly textIn: (side: Side) => string | undefined;
}

/** The tree of a view, and what the edits of a place have of it. */
export interface Side {
  readonly tree: JsonMap;
  readonly edits: readonly { readonly path: readonly string[]; readonly value: Json | undefined }[];
}

type TextOf = (node: Json) => string | undefined;

/** Returns the place of an edit. `trees` are those of both sides: a thing can be in one of them only. */
export function placeOf({ new: now, old, path }: Edit, trees: readonly JsonMap[]): Place {
  const [root = "", id = "", part, name = "", ...rest] = path;
  if (root === "info") {
    return { kind: "beta", key: keys.page, textIn: ({ tree }) => isBeta(at(tree, path)) };
  }
  if (root === "tags") return heading;
  if (root === "components") return placeInModel(path.slice(2), trees);

  const operation = trees.map((tree) => at(tree, [root, id])).find(isMap);
  const request = requestOf(operation ?? {});
  const place = (kind: Kind, key: string, textIn: TextOf, ...below: string[]): Place => ({
    kind,
    key,
    textIn({ tree }) {
      const node = at(tree, [root, id, ...below]);
      return node === undefined ? undefined : textIn(node);
    },
  });
  const pagingHeader = () =>
    place("paging-header", keys.paging(request), textOf, "x-paging", "header");
  if (part === undefined) return place("operation", request, () => request);
  if (part === "summary") return place("title", request, textOf, part);
  if (part === "x-paging") {
    const { header, pageSize } = Object((now ?? old)?.value);
    const isSize = name === "pageSize" || (header === undefined && pageSize !== undefined);
    if (!isSize) return pagingHeader();
    return place("page-size", keys.paging(request), textOf, part, "pageSize");
  }
  if (part === "parameters") {
    const parameter = (kind: Kind, textIn: TextOf) =>
      place(kind, keys.parameter(request, name), textIn, part, name);
    if (rest.length === 0) return parameter("parameter", parameterText);
    if (rest[0] !== "schema")
      return parameter("parameter-place", (one) => textOf(ownOf(one, "in")));
    return rest.includes("enum")
      ? parameter("parameter-values", (one) => valuesOf(ownOf(one, "schema")))
      : parameter("parameter-type", (one) => typeOf(ownOf(one, "schema")));
  }
  if (part === "requestBody") {
    const key = keys.requestBody(request);
    if (isExample([name, ...rest])) return { kind: "example", key, textIn: exampleText };
    return place("request-body", key, bodyType, part);
  }
  const key = keys.response(request, name);
  if (rest.length === 0)
    return place("response", key, (one) => responseText(name, one), part, name);
  if (rest[0] === "x-error-code") return place("response-code", key, textOf, part, name, rest[0]);
  if (rest[0] === "headers") return pagingHeader();
  if (isExample(rest)) return { kind: "example", key, textIn: exampleText };
  return place("response-model", key, bodyType, part, name);
}

const heading: Place = {
  kind: "heading",
  key: keys.page,
  textIn({ edits }) {
    const value = edits.find((edit) => edit.value !== undefined)?.value;
    return textOf(ownOf(Array.isArray(value) ? value[0] : value, "name"));
  },
};

function isBeta(version: Json | undefined): string | undefined {
  return version === "beta" ? version : undefined;
}

function placeInModel(
  [model = "", part, name = "", ...rest]: readonly string[],
  trees: readonly JsonMap[],
): Place {
  const own = ["components", "schemas", model];
  if (part === undefined) {
    const textIn = ({ tree }: Side) => {
      const node = at(tree, own);
      if (node === undefined) return undefined;
      return `fields ${Object.keys(Object(ownOf(node, "properties"))).join(", ")}`;
    };
    return { kind: "model", key: keys.model(model), textIn };
  }
  // An entry of `required` is named by its value as JSON.
  const field = part === "required" ? String(JSON.parse(name)) : name;
  const place = (
    kind: Kind,
    textIn: (schema: Json, mark: string) => string | undefined,
  ): Place => ({
    kind,
    key: keys.field(model, field),
    textIn({ tree }) {
      const schema = at(tree, [...own, "properties", field]);
      const required = at(tree, [...own, "required"]);
      const isRequired = Array.isArray(required) && required.includes(field);
      return schema === undefined
        ? undefined
        : textIn(schema, isRequired ? "required" : "optional");
    },
  });
  if (trees.some((tree) => at(tree, [...own, "properties", field]) === undefined)) {
    return place("field", (schema, mark) =>
      [typeOf(schema), mark, valuesOf(schema)].filter(Boolean).join(", "),
    );
  }
  if (part === "required") return place("field-optional", (_, mark) => mark);
  return rest.includes("enum")
    ? place("field-values", valuesOf)
    : place("field-type", (schema) => typeOf(schema));
}

/** Whether a path from a body or a response leads into its example. */
function isExample([content, , key]: readonly string[]): boolean {
  return content === "content" && key === "example";
}

/** The places in which two examples differ, as JSON pointers with what is there; of many, the first three. */
function exampleText({ edits }: Side): string {
  const shown = edits.slice(0, 3).map(({ path, value }) => {
    // The first one: an example can have a field of that name.
    const below = path.slice(path.indexOf("example", 4) + 1);
    return `${below.reduce(pointerTo, "#")}: ${brief(value)}`;
  });
  const more = edits.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function brief(value: Json | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

function parameterText(node: Json): string {
  const schema = ownOf(node, "schema");
  const type = `${typeOf(schema)} in ${ownOf(node, "in")}`;
  return [type, valuesOf(schema)].filter(Boolean).join(", ");
}

function responseText(status: string, node: Json): string {
  return [status, ownOf(node, "x-error-code"), bodyType(node)].filter(Boolean).join(" ");
}

function bodyType(node: Json | undefined): string | undefined {
  const schema = at(node, ["content", "application/json", "schema"]);
  return schema === undefined ? undefined : typeOf(schema);
}

/** The values of a schema, or of the items of an array, as one text. */
function valuesOf(schema: Json | undefined): string | undefined {
  const items = ownOf(schema, "items");
  if (items !== undefined) return valuesOf(items);
  const values = ownOf(schema, "enum");
  return Array.isArray(values) ? values.map((one) => JSON.stringify(one)).join(", ") : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function at(node: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce(ownOf, node);
}
