import { type Document, httpMethods, type Operation, type Parameter, resolve } from "./document.js";

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

export interface NamedEntry {
  operationId: string;
  entry: TableEntry;
  doc: string;
}

/** A document that lints, and still cannot become a client. The message says what to change where. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";

  /** JSON pointer (RFC 6901) of the place in the document, where it is known. */
  readonly pointer: string | undefined;

  constructor(message: string, pointer?: string) {
    super(message);
    this.pointer = pointer;
  }
}

const json = "application/json";

/** Reads every operation of a bundled document into a row of the table. Order is the document's. */
export function operationTable(document: Document): NamedEntry[] {
  const seen = new Map<string, string>();
  return Object.entries(document.paths ?? {}).flatMap(([path, value]) => {
    const item = resolve(document, value);
    return httpMethods.flatMap((verb) => {
      const operation = item[verb];
      if (operation === undefined) return [];
      const place = `${verb.toUpperCase()} ${path}`;
      const { operationId } = operation;
      if (!operationId) {
        throw new DocumentError(`${place} has no operationId. It becomes the name of the method.`);
      }
      const earlier = seen.get(operationId);
      if (earlier) {
        throw new DocumentError(`${earlier} and ${place} share the operationId "${operationId}".`);
      }
      seen.set(operationId, place);
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(
        (parameter) => resolve(document, parameter),
      );
      const entry = tableEntry(document, place, { verb, path, operation, parameters });
      return [{ operationId, entry, doc: docComment(document, place, operation) }];
    });
  });
}

interface Source {
  verb: string;
  path: string;
  operation: Operation;
  parameters: Parameter[];
}

function tableEntry(document: Document, place: string, source: Source): TableEntry {
  const { verb, path, operation } = source;
  const parameters = effectiveParameters(document, place, source.parameters);
  const named = (where: string) =>
    parameters.filter((parameter) => parameter.in === where).map(({ name }) => name);
  const required = parameters
    .filter((parameter) => parameter.required && parameter.in !== "path")
    .map(({ name }) => name);

  const body = operation.requestBody && resolve(document, operation.requestBody);
  if (body && /^(get|head)$/.test(verb)) {
    throw new DocumentError(`${place} has a request body; fetch sends none with this method.`);
  }
  if (body && !body.content?.[json]) {
    throw new DocumentError(
      `The request body of ${place} is not ${json}; the client sends no other.`,
    );
  }
  if (body && parameters.some(({ name }) => name === "body")) {
    throw new DocumentError(
      `${place} has a parameter named "body" beside a request body; arguments are one flat object.`,
    );
  }
  if (body?.required) required.push("body");

  const returns = successTypes(document, place, operation);
  const paging = operation["x-paging"];
  const success = operation.responses?.["200"];
  const declaresPaging =
    paging !== undefined &&
    success !== undefined &&
    paging.header in (resolve(document, success).headers ?? {});
  const isList = verb === "get" && declaresPaging && returns.length === 1 && returns[0] === "array";
  if (paging && !isList) {
    throw new DocumentError(
      `${place} has x-paging, so it must be a GET whose 200 declares the header ` +
        `"${paging.header}" and an array body, and no other success.`,
    );
  }
  return {
    method: verb.toUpperCase(),
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

/** A parameter of the operation replaces the path's of the same name and place. */
function effectiveParameters(
  document: Document,
  place: string,
  parameters: Parameter[],
): Parameter[] {
  const byKey = new Map(
    parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
  );
  const byName = new Map<string, Parameter>();
  for (const parameter of byKey.values()) {
    const { name } = parameter;
    const twin = byName.get(name);
    if (twin) {
      throw new DocumentError(
        `${place} has two parameters named "${name}", in ${twin.in} and in ${parameter.in}; ` +
          "arguments are one flat object, so one of them must be left out.",
      );
    }
    byName.set(name, parameter);
    if (!parameter.required && name in Object.prototype) {
      throw new DocumentError(
        `${place} has the optional parameter "${name}". Each object inherits something of that name, so a call ` +
          "that leaves it out would not compile: leave it out of the document, or make it required.",
      );
    }
    if (parameter.in !== "path" && parameter.in !== "query") {
      throw new DocumentError(
        `${place} has the ${parameter.in} parameter "${name}"; the client passes path and query only.`,
      );
    }
    const isPath = parameter.in === "path";
    const style = isPath ? "simple" : "form";
    const types = [parameter.schema && resolve(document, parameter.schema).type].flat();
    const unusual =
      types.includes("object") ||
      (isPath && types.includes("array")) ||
      (parameter.style ?? style) !== style ||
      parameter.explode === isPath ||
      parameter.allowReserved === true ||
      parameter.content !== undefined;
    if (unusual) {
      throw new DocumentError(
        `The parameter "${name}" of ${place} is serialised in a way that the client does not know; ` +
          "leave out style, explode, allowReserved and content, objects, and arrays in a path.",
      );
    }
  }
  return [...byName.values()];
}

function successTypes(document: Document, place: string, operation: Operation): string[] {
  const types = new Set<string>();
  for (const [status, value] of Object.entries(operation.responses ?? {})) {
    if (!/^2(\d\d|XX)$/.test(status)) continue;
    const { content } = resolve(document, value);
    if (content === undefined || Object.keys(content).length === 0) {
      types.add("nothing");
      continue;
    }
    if (!content[json]) {
      throw new DocumentError(
        `The ${status} of ${place} is not ${json}; the client reads no other.`,
      );
    }
    const schema = content[json].schema;
    const type = (schema && resolve(document, schema).type) ?? "anything";
    for (const one of [type].flat()) types.add(one === "integer" ? "number" : one);
  }
  if (types.size === 0) throw new DocumentError(`${place} declares no successful response.`);
  return [...types];
}

/** What an editor shows on hovering over the method. */
function docComment(document: Document, place: string, operation: Operation): string {
  const failures = Object.entries(operation.responses ?? {})
    .filter(([status]) => !status.startsWith("2"))
    .map(([status, value]) => `- ${status}: ${resolve(document, value).description?.trim()}`);
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
