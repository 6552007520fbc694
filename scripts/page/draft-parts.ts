import {
  type BodyFacts,
  type FieldFacts,
  keys,
  type ModelFacts,
  type OperationFacts,
  type ParameterFacts,
  type Reading,
  type ResponseFacts,
} from "./facts.js";
import { createOperationIds, summaryOf } from "./operation-id.js";
import type { DocumentReading } from "./read-document.js";
import { primitives } from "./read-row.js";
import { type Tree, worded } from "./yaml-block.js";

const json = "application/json";

/** Turns the facts of a page into parts of the document, whose descriptions are still to be written. */
export type DraftParts = ReturnType<typeof createDraftParts>;

export function createDraftParts({ facts, words }: Reading, document: DocumentReading) {
  const said = (key: string) => worded(words.get(key)?.text);
  const operationId = createOperationIds(document.operationIds.values());
  const tag = facts.heading || document.root.at("tags", "0", "name").value;
  const paging = createPaging(document);

  const parameter = (request: string, fact: ParameterFacts): Tree => ({
    name: fact.name,
    in: fact.in,
    ...(fact.in === "path" ? { required: true } : {}),
    description: ours(request, fact) ?? said(keys.parameter(request, fact.name)),
    schema: schema(fact),
  });

  /** The document's words for the parameter of another operation, if the page has the same words for both. */
  const ours = (request: string, { name, in: place }: ParameterFacts): string | undefined => {
    const textOf = (other: string) => words.get(keys.parameter(other, name))?.text;
    const text = textOf(request);
    if (text === undefined) return undefined;
    return facts.operations
      .filter(({ parameters }) => parameters.some((one) => one.name === name && one.in === place))
      .filter((other) => other.request !== request && textOf(other.request) === text)
      .map((other) => document.words.get(keys.parameter(other.request, name))?.text)
      .find((description) => description);
  };

  const requestBody = (body: BodyFacts): Tree => ({
    required: true,
    ...content(body),
  });

  const response = (operation: OperationFacts, fact: ResponseFacts): Tree => ({
    ...(fact.code === undefined ? {} : { "x-error-code": fact.code }),
    description: said(keys.response(operation.request, fact.status)),
    ...(fact.status === "200" ? headers(operation) : {}),
    ...content(fact),
  });

  const headers = (operation: OperationFacts): Tree => {
    const header = paging(operation)?.header;
    return header === undefined ? {} : { headers: { [header]: pagingHeader(document, header) } };
  };

  const xPaging = (operation: OperationFacts): Tree => {
    const paged = paging(operation);
    return paged === undefined ? {} : { "x-paging": paged };
  };

  const field = (model: string, fact: FieldFacts): Tree => ({
    ...schema(fact),
    description: said(keys.field(model, fact.name)),
  });

  return {
    paging,
    parameter,
    requestBody,
    response,
    operation: (fact: OperationFacts): Tree => ({
      operationId: operationId(fact),
      summary: summaryOf(fact.title),
      description: said(keys.operation(fact.request)),
      ...(typeof tag === "string" ? { tags: [tag] } : {}),
      ...xPaging(fact),
      ...(fact.parameters.length === 0
        ? {}
        : { parameters: fact.parameters.map((one) => parameter(fact.request, one)) }),
      ...(fact.requestBody === undefined ? {} : { requestBody: requestBody(fact.requestBody) }),
      responses: Object.fromEntries(fact.responses.map((one) => [one.status, response(fact, one)])),
    }),
    field,
    model: (fact: ModelFacts): Tree => ({
      type: "object",
      description: said(keys.model(fact.name)),
      ...required(fact),
      properties: Object.fromEntries(fact.fields.map((one) => [one.name, field(fact.name, one)])),
    }),
  };
}

function schema({ type, values }: { type: string; values?: readonly string[] }): Tree {
  if (type.endsWith("[]")) {
    const items = schema({ type: type.slice(0, -2), ...(values ? { values } : {}) });
    return { type: "array", items };
  }
  if (primitives.includes(type)) return { type, ...(values ? { enum: [...values] } : {}) };
  return { $ref: `#/components/schemas/${type}` };
}

function example(fact: { readonly example?: unknown }): Tree {
  return "example" in fact ? { example: fact.example } : {};
}

function content(fact: { readonly type?: string; readonly example?: unknown }): Tree {
  const media = { ...(fact.type ? { schema: schema({ type: fact.type }) } : {}), ...example(fact) };
  return Object.keys(media).length === 0 ? {} : { content: { [json]: media } };
}

function required({ fields }: ModelFacts): Tree {
  const names = fields.filter(({ optional }) => !optional).map(({ name }) => name);
  return names.length === 0 ? {} : { required: names };
}

/** What is written as `x-paging`. */
interface Paging {
  readonly header: string;
  readonly pageSize?: number;
  readonly "x-source"?: string;
}

/**
 * An operation is paged if the page says so, or if it is a list with the parameter that every list of the document has. What
 * the page does not state of it is not made up: the header is that of the other lists, and the size is left out.
 */
function createPaging({
  facts,
}: DocumentReading): (operation: OperationFacts) => Paging | undefined {
  const lists = facts.operations.filter(({ pagingHeader: header }) => header !== undefined);
  const [first, ...others] = lists.map(({ parameters }) =>
    parameters.filter((one) => one.in === "query").map(({ name }) => name),
  );
  const cursors = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
  return ({ request, pageSize, pagingHeader: stated, parameters, responses }) => {
    const isArray = responses.some(({ status, type }) => status === "200" && type?.endsWith("[]"));
    const cursor = cursors.find((name) => parameters.some((one) => one.name === name));
    const isList = request.startsWith("get ") && isArray && cursor !== undefined;
    const header = stated ?? (isList ? lists[0]?.pagingHeader : undefined);
    if (header === undefined) return undefined;
    return {
      header,
      ...(pageSize === undefined ? {} : { pageSize }),
      ...(stated === undefined
        ? {
            "x-source": `Not on the page. The list has the parameter ${cursor}, as other lists have.`,
          }
        : {}),
    };
  };
}

/** The words that the document has for the header of another operation fit this one too. */
function pagingHeader(document: DocumentReading, name: string): Tree {
  const responses = document.facts.operations.map(({ request }) => {
    const [method = "", path = ""] = request.split(" ");
    return document.root.at("paths", path, method, "responses", "200", "headers", name);
  });
  const { description, "x-source": source } = (responses.find(({ value }) => value !== undefined)
    ?.value ?? {}) as Tree;
  return {
    description: description ?? "",
    "x-source": source ?? "",
    required: false,
    schema: { type: "string" },
  };
}
