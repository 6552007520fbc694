import { parseSource } from "./document-source.js";
import {
  type BodyFacts,
  type FieldFacts,
  keys,
  type ModelFacts,
  type OperationFacts,
  type ParameterFacts,
  type Reading,
  type ResponseFacts,
  type Words,
} from "./facts.js";
import { createClaims, type Part } from "./part.js";

export interface DocumentReading extends Reading {
  /** By request, the name of the operation in the client. */
  readonly operationIds: ReadonlyMap<string, string>;
  /** The requests whose `x-paging` has an `x-source`: their page need not speak of paging. */
  readonly sourcedPaging: ReadonlySet<string>;
  /** By request, the tags of the operation: the headings of the pages that it is on. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** What the document says that is no fact of a page. */
  readonly beyond: readonly Part[];
  readonly root: Part;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch"];
const json = "application/json";

/** Reads the facts off the document, and sets aside whatever else it says. */
export function readDocument(text: string): DocumentReading {
  const { root, unclaimed } = createClaims(parseSource(text));
  const reader = createReader();
  const tags = root
    .at("tags")
    .entries()
    .map(([, part]) => part.at("name"));
  const [tag = root.at("tags")] = tags;
  reader.note(keys.page, tag, root.at("info", "description"));
  const version = root.at("info", "version");
  reader.note(`${keys.page} beta`, version);
  const beta = version.value === "beta";
  if (beta) version.claim();
  const facts = {
    beta,
    heading: tags.length === 1 && typeof tag.value === "string" ? tag.value : "",
    operations: readOperations(root, reader),
    models: root
      .at("components", "schemas")
      .entries()
      .map(([name, part]) => readModel(name, part, reader)),
  };
  const { lines, words, operationIds, sourcedPaging, tags: tagsOf } = reader;
  // A tag is the heading of a page. One that no operation has is of none.
  const used = new Set([...tagsOf.values()].flat());
  for (const one of tags) if (tags.length === 1 || used.has(`${one.value}`)) one.claim();
  return {
    facts,
    lines,
    words,
    operationIds,
    sourcedPaging,
    tags: tagsOf,
    beyond: unclaimed(),
    root,
  };
}

interface Reader {
  readonly lines: Map<string, number>;
  readonly words: Map<string, Words>;
  readonly operationIds: Map<string, string>;
  readonly sourcedPaging: Set<string>;
  readonly tags: Map<string, readonly string[]>;
  /** Notes where a thing is and, where `description` is there, what is said of it. */
  note(key: string, part: Part, description?: Part): void;
}

function createReader(): Reader {
  const lines = new Map<string, number>();
  const words = new Map<string, Words>();
  return {
    lines,
    words,
    operationIds: new Map(),
    sourcedPaging: new Set(),
    tags: new Map(),
    note(key, part, description) {
      lines.set(key, part.line);
      const { value, line } = description ?? {};
      if (typeof value === "string")
        words.set(key, { text: value.trim(), line: line ?? part.line });
    },
  };
}

function readOperations(root: Part, reader: Reader): OperationFacts[] {
  return root
    .at("paths")
    .entries()
    .flatMap(([path, part]) => {
      const item = part.resolved();
      return item
        .entries()
        .filter(([method]) => methods.includes(method))
        .map(([method, operation]) => readOperation(`${method} ${path}`, operation, item, reader));
    });
}

function readOperation(request: string, part: Part, item: Part, reader: Reader): OperationFacts {
  const key = keys.operation(request);
  reader.note(key, part, part.at("description"));
  reader.note(`${key} title`, part.at("summary"));
  reader.note(keys.paging(request), part.at("x-paging"));
  const { value: operationId } = part.at("operationId");
  if (typeof operationId === "string") reader.operationIds.set(request, operationId);

  const tags = part.at("tags").entries();
  reader.tags.set(
    request,
    tags.map(([, { value }]) => `${value}`),
  );
  if (part.at("x-paging", "x-source").value !== undefined) reader.sourcedPaging.add(request);
  const pageSize = part.at("x-paging", "pageSize");
  const isSize = typeof pageSize.value === "number";
  if (isSize) pageSize.claim();
  const pagingHeader = part.at("x-paging", "header").text();
  const requestBody = readBody(request, part.at("requestBody"), reader);
  return {
    request,
    title: part.at("summary").text() ?? "",
    ...(isSize ? { pageSize: pageSize.value as number } : {}),
    ...(pagingHeader === undefined ? {} : { pagingHeader }),
    parameters: readParameters(request, [item.at("parameters"), part.at("parameters")], reader),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: part
      .at("responses")
      .entries()
      .map(([status, response]) => readResponse(request, status, response.resolved(), reader)),
  };
}

/** An operation's parameter takes the place of its path's of the same name; what is replaced goes unclaimed. */
function readParameters(request: string, lists: readonly Part[], reader: Reader): ParameterFacts[] {
  const parts = lists.flatMap((list) => list.entries()).map(([, part]) => part.resolved());
  const byName = new Map(parts.map((part) => [part.at("name").value, part]));
  return [...byName.values()].map((part) => {
    const name = part.at("name").text() ?? "";
    const place = part.at("in").text() ?? "";
    const required = part.at("required");
    // The page marks no parameter as required; those in a path always are.
    if (required.value === (place === "path")) required.claim();
    const key = keys.parameter(request, name);
    reader.note(key, part, part.at("description"));
    reader.note(`${key} place`, part.at("in"));
    return { name, in: place, ...readType(part.at("schema"), key, reader) };
  });
}

function readBody(request: string, part: Part, reader: Reader): BodyFacts | undefined {
  if (part.value === undefined) return undefined;
  const key = keys.requestBody(request);
  const body = part.resolved();
  reader.note(key, part, body.at("description"));
  // A page that shows a body shows one that is sent.
  if (body.at("required").value === true) body.at("required").claim();
  const content = body.at("content", json);
  return {
    type: readType(content.at("schema"), key, reader).type,
    ...readExample(content, key, reader),
  };
}

function readResponse(request: string, status: string, part: Part, reader: Reader): ResponseFacts {
  const key = keys.response(request, status);
  reader.note(key, part, part.at("description"));
  const code = part.at("x-error-code");
  if (code.value !== undefined) reader.note(`${key} code`, code);
  const content = part.at("content", json);
  const schema = content.at("schema");
  const name = code.text();
  return {
    status,
    ...(name === undefined ? {} : { code: name }),
    ...(schema.value === undefined ? {} : { type: readType(schema, key, reader).type }),
    ...readExample(content, key, reader),
  };
}

function readExample(content: Part, key: string, reader: Reader): { example?: unknown } {
  const example = content.at("example");
  if (example.value === undefined) return {};
  example.claim();
  reader.note(`${key} example`, example);
  return { example: example.value };
}

function readModel(name: string, part: Part, reader: Reader): ModelFacts {
  reader.note(keys.model(name), part, part.at("description"));
  if (part.at("type").value === "object") part.at("type").claim();
  const required = part.at("required");
  const properties = part.at("properties").entries();
  const names = properties.map(([field]) => field);
  const entries = required.entries();
  for (const [, entry] of entries) if (names.includes(`${entry.value}`)) entry.claim();
  const isRequired = (field: string) => entries.some(([, { value }]) => value === field);
  return {
    name,
    fields: properties.map(([field, property]): FieldFacts => {
      const key = keys.field(name, field);
      reader.note(key, property, property.at("description"));
      if (required.value !== undefined) reader.note(`${key} optional`, required);
      return { name: field, optional: !isRequired(field), ...readType(property, key, reader) };
    }),
  };
}

type TypeFacts = Pick<ParameterFacts, "type" | "values">;

/** The type of a schema, as the page writes types. What it says beyond that stays unclaimed. */
function readType(schema: Part, key: string, reader: Reader): TypeFacts {
  const reference = schema.at("$ref");
  const type = schema.at("type");
  reader.note(`${key} type`, reference.value === undefined ? type : reference);
  const model = reference.text();
  if (model !== undefined) return { type: model.replace("#/components/schemas/", "") };
  if (type.value === "array") {
    type.claim();
    const items = readType(schema.at("items"), key, reader);
    return { ...items, type: `${items.type}[]` };
  }
  return { type: typeNames(type) ?? "(no type)", ...readValues(schema.at("enum"), key, reader) };
}

function typeNames(type: Part): string | undefined {
  const names = [type, ...type.entries().map(([, part]) => part)].map((part) => part.text());
  return names.filter((name) => name !== undefined).join(" or ") || undefined;
}

function readValues(part: Part, key: string, reader: Reader): { values?: string[] } {
  const values = part.entries().map(([, value]) => value.text());
  if (values.length === 0) return {};
  reader.note(`${key} values`, part);
  return { values: values.filter((value) => value !== undefined) };
}
