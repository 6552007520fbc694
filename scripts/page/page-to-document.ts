import { definedIn, type Json, type JsonMap } from "../lib/json.js";
import { entriesOf, type OpenDocument, ownOf } from "./document.js";
import {
  type Facts,
  type FieldFacts,
  keys,
  type OperationFacts,
  type ParameterFacts,
  type ResponseFacts,
} from "./facts.js";
import { primitives } from "./read-row.js";

const json = "application/json";

/** Where the page's words for a thing go: nowhere, or into a description. */
type Describe = (key: string) => JsonMap;

/**
 * Makes an OpenAPI document of what a page states, with the names that `ours` has for the operations that both have.
 *
 * @param describe - the description of each thing, by its key
 */
export function pageToDocument(
  facts: Facts,
  ours: OpenDocument,
  describe: Describe = () => ({}),
): JsonMap {
  const ids = createOperationIds([...ours.operations.values()].map(({ id }) => id));
  const pagingOf = createPaging(ours);
  const tag = facts.heading || ownOf(firstOf(ours.view.tree.tags), "name");
  const paths: JsonMap = {};
  for (const operation of facts.operations) {
    const [method = "", path = ""] = operation.request.split(" ");
    const id = ours.operations.get(operation.request)?.id ?? ids(operation);
    const item = ownOf(paths, path) as JsonMap | undefined;
    paths[path] = { ...item, [method]: operationOf(operation, id) };
  }
  return {
    openapi: "3.1.0",
    info: { title: facts.heading, ...(facts.beta ? { version: "beta" } : {}) },
    tags: [{ name: facts.heading }],
    paths,
    components: { schemas: namedNodes(facts.models, ({ fields, name }) => modelOf(name, fields)) },
  };

  function operationOf(fact: OperationFacts, operationId: string): JsonMap {
    const { request } = fact;
    const paging = pagingOf(fact);
    return definedIn({
      operationId,
      summary: summaryOf(fact.title),
      ...describe(keys.operation(request)),
      tags: typeof tag === "string" ? [tag] : undefined,
      "x-paging": paging,
      parameters:
        fact.parameters.length === 0
          ? undefined
          : fact.parameters.map((one) => parameterOf(request, one)),
      requestBody: fact.requestBody && { required: true, ...contentOf(fact.requestBody) },
      responses: Object.fromEntries(
        fact.responses.map((one) => [one.status, responseOf(request, one, paging?.header)]),
      ),
    });
  }

  function parameterOf(request: string, fact: ParameterFacts): JsonMap {
    return definedIn({
      name: fact.name,
      in: fact.in,
      required: fact.in === "path" ? true : undefined,
      ...describe(keys.parameter(request, fact.name)),
      schema: schemaOf(fact),
    });
  }

  function responseOf(request: string, fact: ResponseFacts, header: Json | undefined): JsonMap {
    const isPage = fact.status === "200" && typeof header === "string";
    return definedIn({
      "x-error-code": fact.code,
      ...describe(keys.response(request, fact.status)),
      headers: isPage ? { [header]: headerOf(ours, header) } : undefined,
      ...contentOf(fact),
    });
  }

  function modelOf(model: string, fields: readonly FieldFacts[]): JsonMap {
    const required = fields.filter(({ optional }) => !optional).map(({ name }) => name);
    return definedIn({
      type: "object",
      ...describe(keys.model(model)),
      required: required.length === 0 ? undefined : required,
      properties: namedNodes(fields, (fact) => ({
        ...schemaOf(fact),
        ...describe(keys.field(model, fact.name)),
      })),
    });
  }
}

function namedNodes<Fact extends { readonly name: string }>(
  facts: readonly Fact[],
  nodeOf: (fact: Fact) => JsonMap,
): JsonMap {
  return Object.fromEntries(facts.map((fact) => [fact.name, nodeOf(fact)]));
}

function schemaOf({ type, values }: { type: string; values?: readonly string[] }): JsonMap {
  if (type.endsWith("[]")) {
    const items = { type: type.slice(0, -2), ...(values && { values }) };
    return { type: "array", items: schemaOf(items) };
  }
  if (!primitives.includes(type)) return { $ref: `#/components/schemas/${type}` };
  return definedIn({ type, enum: values && [...values] });
}

function contentOf({ example, type }: { type?: string; example?: unknown }): JsonMap {
  const schema = type ? schemaOf({ type }) : undefined;
  const media = definedIn({ schema, example: example as Json | undefined });
  return Object.keys(media).length === 0 ? {} : { content: { [json]: media } };
}

/**
 * An operation is paged if the page says so, or if it is a list with the parameter that every list of the document has. What
 * the page does not state of it is not made up: the header is that of the other lists, and the size is left out.
 */
function createPaging({ operations }: OpenDocument) {
  const headerOf = (node: JsonMap) => ownOf(node["x-paging"], "header");
  const nodes = [...operations.values()].map(({ node }) => node);
  const lists = nodes.filter((node) => typeof headerOf(node) === "string");
  const [first, ...others] = lists.map(({ parameters }) =>
    entriesOf(parameters).flatMap(([name, one]) => (one.in === "query" ? [name] : [])),
  );
  const cursors = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
  return (fact: OperationFacts): JsonMap | undefined => {
    const { pageSize, pagingHeader: stated, parameters } = fact;
    const cursor = cursors.find((name) => parameters.some((one) => one.name === name));
    // One that the document has is paged or not by what the document says.
    const isNew = !operations.has(fact.request);
    const known = isNew && isArray(fact) && cursor !== undefined && lists[0] && headerOf(lists[0]);
    const header = stated ?? (typeof known === "string" ? known : undefined);
    if (header === undefined && pageSize === undefined) return undefined;
    // Set if the page does not speak of paging.
    const source =
      stated === undefined && header !== undefined
        ? `Not on the page. The list has the parameter ${cursor}, as other lists have.`
        : undefined;
    return definedIn({ header, pageSize, "x-source": source });
  };
}

/** Whether an operation gives an array, and so can be a list. */
export function isArray({ request, responses }: OperationFacts): boolean {
  return (
    request.startsWith("get ") &&
    responses.some(({ status, type }) => status === "200" && type?.endsWith("[]"))
  );
}

/** The words that the document has for the header of another operation fit this one too. */
function headerOf({ operations }: OpenDocument, name: string): JsonMap {
  const known = [...operations.values()]
    .map(({ node }) => ownOf(ownOf(ownOf(node.responses, "200"), "headers"), name))
    .find((one) => one !== undefined);
  return {
    description: ownOf(known, "description") ?? "",
    "x-source": ownOf(known, "x-source") ?? "",
    required: false,
    schema: { type: "string" },
  };
}

function firstOf(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value[0] : undefined;
}

/** The words of a title that are no part of a method's name. */
const articles = new Set(["a", "an", "the"]);

/** `Get a Customer` as `Get a customer`, which is how the document writes titles. */
export function summaryOf(title: string): string {
  const [first = "", ...rest] = title.split(" ");
  const isOrdinary = (word: string) => /^[A-Z][a-z]+$/.test(word);
  return [first, ...rest.map((word) => (isOrdinary(word) ? word.toLowerCase() : word))].join(" ");
}

/** Proposes method names: `Get a Customer` becomes `getCustomer`. One that is taken gets a number. */
function createOperationIds(taken: Iterable<string>): (operation: OperationFacts) => string {
  const used = new Set([...taken, "then", "constructor", "toString", "toJSON", "valueOf"]);
  return ({ title, request }) => {
    const [method = ""] = request.split(" ");
    const name = camelCase(title) || camelCase(request.replaceAll(/[{}]/g, " "));
    const wanted = /^[a-z]/.test(name) ? name : method + name;
    let id = wanted;
    for (let count = 2; used.has(id); count++) id = `${wanted}${count}`;
    used.add(id);
    return id;
  };
}

function camelCase(text: string): string {
  const words = text.match(/[A-Za-z0-9]+/g) ?? [];
  return words
    .filter((word) => !articles.has(word.toLowerCase()))
    .map((word) => word[0]?.toUpperCase() + word.slice(1).toLowerCase())
    .join("")
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}
