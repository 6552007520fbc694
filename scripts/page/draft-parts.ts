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

export function createDraftParts({ words }: Reading, document: DocumentReading) {
  const said = (key: string) => worded(words.get(key)?.text);
  const operationId = createOperationIds(document.operationIds.values());
  const tag = document.root.at("tags", "0", "name").value;

  const parameter = (request: string, fact: ParameterFacts): Tree => ({
    name: fact.name,
    in: fact.in,
    ...(fact.in === "path" ? { required: true } : {}),
    description: said(keys.parameter(request, fact.name)),
    schema: schema(fact),
  });

  const requestBody = (body: BodyFacts): Tree => ({
    required: true,
    ...content(body),
  });

  const response = (operation: OperationFacts, fact: ResponseFacts): Tree => ({
    ...(fact.code === undefined ? {} : { "x-error-code": fact.code }),
    description: said(keys.response(operation.request, fact.status)),
    ...(paging(operation) && fact.status === "200"
      ? { headers: { [`${operation.pagingHeader}`]: pagingHeader(document, operation) } }
      : {}),
    ...content(fact),
  });

  const field = (model: string, fact: FieldFacts): Tree => ({
    ...schema(fact),
    description: said(keys.field(model, fact.name)),
  });

  return {
    parameter,
    requestBody,
    response,
    operation: (fact: OperationFacts): Tree => ({
      operationId: operationId(fact),
      summary: summaryOf(fact.title),
      description: said(keys.operation(fact.request)),
      ...(typeof tag === "string" ? { tags: [tag] } : {}),
      ...paging(fact),
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

/** An operation whose page states no size has no `x-paging`: none is made up. */
function paging({ pageSize, pagingHeader: header }: OperationFacts): Tree | undefined {
  if (pageSize === undefined || header === undefined) return undefined;
  return { "x-paging": { header, pageSize } };
}

/** The words that the document has for the header of another operation fit this one too. */
function pagingHeader(document: DocumentReading, { pagingHeader: name }: OperationFacts): Tree {
  const responses = document.facts.operations.map(({ request }) => {
    const [method = "", path = ""] = request.split(" ");
    return document.root.at("paths", path, method, "responses", "200", "headers", `${name}`);
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
