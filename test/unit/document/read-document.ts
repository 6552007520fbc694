import type { Facts, OperationFacts } from "./facts.js";

/** A part of an OpenAPI document, of which nothing is taken for granted. */
// biome-ignore lint/suspicious/noExplicitAny: as JSON.parse types it; what is not as expected shows in a comparison
export type Part = Record<string, any>;

/**
 * Reads the facts off an OpenAPI document, in the form that the page's are written down in.
 *
 * Descriptions, formats and sources are left out, being ours or from elsewhere. Whatever else a part holds beyond
 * what this knows how to read stays on the result, so that nothing can be in the document unseen.
 */
export function readDocument({ paths, components }: Part): Facts {
  const operations = Object.entries<Part>(paths).flatMap(([path, item]) =>
    Object.entries<Part>(item).map(([verb, operation]) => [
      `${verb} ${path}`,
      readOperation(operation),
    ]),
  );
  return {
    operations: Object.fromEntries(operations),
    models: mapValues(components.schemas, readModel),
  };
}

function readOperation(operation: Part): OperationFacts {
  const { operationId, tags, summary, description, parameters, responses, ...others } = operation;
  const { "x-paging": paging, ...extra } = others;
  const { 200: ok } = responses;
  const { example, examples } = ok.content["application/json"];
  return {
    title: summary.toLowerCase(),
    ...(paging && { paging }),
    parameters: parameters.map(readParameter),
    responses: mapValues(responses, readResponse),
    example: examples ?? example,
    ...extra,
  };
}

function readParameter(parameter: Part): string {
  const { name, in: place, required = false, schema, description, ...others } = parameter;
  const { "x-source": source, ...extra } = others;
  const { enum: values, ...type } = schema;
  // The page marks no parameter as required; those in a path always are.
  const odd = required === (place === "path") ? extra : { required, ...extra };
  return [name, typeName(type), place, ...(values ? [values.join("|")] : []), ...shown(odd)].join(
    " ",
  );
}

function readResponse({ description, headers, content = {}, ...extra }: Part): string {
  const { "application/json": json, ...others } = content;
  const { schema, example, examples, ...more } = json ?? {};
  return [...(schema ? [typeName(schema)] : []), ...shown({ ...others, ...more, ...extra })].join(
    " ",
  );
}

function readModel({ type, description, properties, required = [], ...extra }: Part): Part {
  const fields = mapValues(properties, (property, name) => {
    const { description, format, "x-source": source, ...schema } = property;
    return typeName(schema) + (required.includes(name) ? "" : "?");
  });
  const unknown = required.filter((name: string) => !(name in properties));
  return {
    ...fields,
    ...(type !== "object" && { "(type)": type }),
    ...(unknown.length > 0 && { "(required)": unknown }),
    ...Object.fromEntries(shown(extra).map((rest) => ["(other)", rest])),
  };
}

function typeName({ $ref, type, items, ...extra }: Part): string {
  const name = $ref?.replace("#/components/schemas/", "") ?? type;
  const list = type === "array" ? `${typeName(items)}[]` : name;
  return [list, ...shown(extra)].join(" ");
}

/** What is left over, if anything is. */
function shown(extra: Part): string[] {
  return Object.keys(extra).length > 0 ? [JSON.stringify(extra)] : [];
}

function mapValues<Result>(
  parts: Part,
  read: (part: Part, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, read(part, name)]));
}
