import {
  type Document,
  httpMethods,
  type MediaType,
  type Operation,
  type Parameter,
  type PathItem,
  type Reference,
  type RequestBody,
  type Response,
  type Schema,
} from "./document.js";

/** Where a schema is: in what is sent, in what is received, or in `components`. */
export type Place = "parameter" | "request" | "response" | "model";

/** Returns a document with each of its outermost schemas replaced. The document given stays as it is. */
export function mapSchemas(
  document: Document,
  change: (schema: Schema | boolean, place: Place, name?: string) => Schema | boolean,
): Document {
  const changed = (schema: Schema | Reference | undefined, place: Place) =>
    schema === undefined ? {} : { schema: change(schema as Schema, place) as Schema };

  const content = (place: Place) => (media: MediaType) => ({
    ...media,
    ...changed(media.schema, place),
  });
  const parameter = (one: Parameter | Reference) =>
    "$ref" in one ? one : { ...one, ...changed(one.schema, "parameter") };
  const body = (one: RequestBody | Reference) =>
    "$ref" in one ? one : { ...one, content: mapValues(one.content, content("request")) };
  const header = (one: unknown) => {
    const given = one as Parameter | Reference;
    return "$ref" in given ? given : { ...given, ...changed(given.schema, "response") };
  };
  const response = (one: Response | Reference) =>
    "$ref" in one
      ? one
      : {
          ...one,
          ...(one.content && { content: mapValues(one.content, content("response")) }),
          ...(one.headers && { headers: mapValues(one.headers, header) }),
        };
  const operation = (one: Operation): Operation => ({
    ...one,
    ...(one.parameters && { parameters: one.parameters.map(parameter) }),
    ...(one.requestBody && { requestBody: body(one.requestBody) }),
    ...(one.responses && { responses: mapValues(one.responses, response) }),
  });
  const item = (one: PathItem | Reference): PathItem | Reference => {
    if ("$ref" in one) return one;
    const verbs = httpMethods.flatMap((verb) => {
      const given = one[verb];
      return given ? [[verb, operation(given)]] : [];
    });
    const parameters = one.parameters && { parameters: one.parameters.map(parameter) };
    return { ...one, ...parameters, ...Object.fromEntries(verbs) };
  };

  const { components = {}, paths = {} } = document;
  const { headers, parameters, requestBodies, responses, schemas } = components;
  const models = Object.entries(schemas ?? {}).map(([name, one]) => [
    name,
    change(one, "model", name),
  ]);
  return {
    ...document,
    paths: mapValues(paths, item),
    components: {
      ...components,
      ...(schemas && { schemas: Object.fromEntries(models) }),
      ...(headers && { headers: mapValues(headers, header) }),
      ...(parameters && { parameters: mapValues(parameters, parameter) }),
      ...(requestBodies && { requestBodies: mapValues(requestBodies, body) }),
      ...(responses && { responses: mapValues(responses, response) }),
    },
  };
}

/** Returns a schema with those that it directly consists of replaced. */
export function mapChildren(
  schema: Schema,
  change: (child: Schema | boolean) => Schema | boolean,
): Schema {
  const { additionalProperties, allOf, anyOf, items, oneOf, properties } = schema;
  return {
    ...schema,
    ...(properties && { properties: mapValues(properties, change) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: change(additionalProperties),
    }),
    ...(items !== undefined && { items: change(items) }),
    ...(allOf && { allOf: allOf.map(change) }),
    ...(anyOf && { anyOf: anyOf.map(change) }),
    ...(oneOf && { oneOf: oneOf.map(change) }),
  };
}

/** The schemas that a schema directly consists of. */
export function childrenOf(schema: Schema): (Schema | boolean)[] {
  const children: (Schema | boolean)[] = [];
  mapChildren(schema, (child) => {
    children.push(child);
    return child;
  });
  return children;
}

function mapValues<Value, Result>(
  values: Readonly<Record<string, Value>> = {},
  change: (value: Value) => Result,
): Record<string, Result> {
  // Not by assignment, which takes a key `__proto__` for something else.
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
