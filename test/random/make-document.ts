import type {
  Document,
  Operation,
  Parameter,
  PathItem,
  Response,
  Schema,
} from "../../scripts/generate/document.js";
import { createDraw, type Draw, type Feature } from "./features.js";
import {
  type AnySchema,
  anySchema,
  makeModels,
  objectSchema,
  plainSchema,
  type SchemaDraw,
} from "./make-schemas.js";

/** What names of a document begin with, so that many can be merged into one. */
export interface Names {
  readonly model: string;
  readonly operation: string;
  readonly path: string;
}

export interface DocumentOptions {
  readonly seed: number;
  readonly enabled: ReadonlySet<Feature>;
}

/** How many documents with seeds that follow one another have names of their own. */
export const batchSize = 100;

const json = "application/json";
const collidingModels =
  "Page List Record Promise Array Foo200 Request Response Object Error LokeClient".split(" ");
const collidingOperations = "then constructor delete toString call default class".split(" ");

export function makeDocument({ seed, enabled }: DocumentOptions): Document {
  const draw = createDraw(seed, enabled);
  // One of each batch has plain names, which can collide with others.
  const index = seed % batchSize;
  const isBare = index === 0;
  const names = isBare
    ? { model: "", operation: "", path: "" }
    : { model: `D${index}`, operation: `d${index}`, path: `d${index}-` };
  const plain = ["Pet", "Order", "Shop", "Item"].slice(0, draw.int(1, 4));
  const odd = isBare && draw.has("colliding-models", 0.7) ? draw.some(collidingModels, 0.3) : [];
  const modelNames = [...odd, ...plain].map((name) => `${names.model}${name}`);
  const schemas = makeModels(draw, modelNames) ?? {};
  const models = Object.keys(schemas);
  const work = { ...draw, models, allModels: models };
  const paths: Record<string, PathItem> = {};
  const resources = ["pets", "orders"].slice(0, draw.int(1, 2));
  for (const name of resources) addResource(work, { names, name, paths, schemas });
  if (draw.has("loose-operations", 0.5)) addLoose(work, names, paths);
  if (isBare && draw.has("colliding-operations", 0.5)) addColliding(work, paths);
  return {
    openapi: "3.1.0",
    info: { title: "A random document", version: "1" },
    servers: [{ url: draw.pick(["https://api.example.com", "https://api.example.com/v1"]) }],
    paths,
    components: { schemas },
  } as Document;
}

interface Resource {
  readonly names: Names;
  readonly name: string;
  readonly paths: Record<string, PathItem>;
  readonly schemas: Record<string, Schema>;
}

/** A list, and what can be done to its items. */
function addResource(draw: SchemaDraw, { names, name, paths, schemas }: Resource): void {
  const word = name.charAt(0).toUpperCase() + name.slice(1, -1);
  const model = `${names.model}${word}Entry`;
  const isInteger = draw.has("path-integer", 0.2);
  const id = { type: isInteger ? "integer" : "string" };
  schemas[model] = draw.has("item-without-id", 0.15)
    ? objectSchema(draw, 0)
    : objectSchema(draw, 0, { id });
  const item = { $ref: `#/components/schemas/${model}` };
  const tenant = draw.has("tenant", 0.3) ? `/${names.path}orgs/{orgId}` : "";
  const list = `${tenant}/${names.path}${name}`;
  const one = `${list}/{${name.slice(0, -1)}Id}`;
  const inPath = [
    ...(tenant ? [pathParameter("orgId", { type: "string" })] : []),
    pathParameter(`${name.slice(0, -1)}Id`, id),
  ];
  const shared = inPath.slice(0, -1);
  const operationId = (verb: string, plural = "") =>
    `${names.operation}${names.operation ? verb : verb.charAt(0).toLowerCase() + verb.slice(1)}${word}${plural}`;
  const body = () => bodyOf(draw, item);
  const items = () => (draw.has("inline-answers", 0.1) ? objectSchema(draw, 1, { id }) : item);
  const add = (path: string, verb: keyof PathItem, operation: Operation) => {
    paths[path] = { ...paths[path], [verb]: { summary: "Does it", ...operation } };
  };
  if (draw.has("list", 0.8)) {
    add(
      list,
      "get",
      listOperation(draw, {
        operationId: operationId("List", "s"),
        parameters: shared,
        items: items(),
      }),
    );
    if (draw.has("sublist", 0.2)) {
      add(
        `${one}/${names.path}${name}-notes`,
        "get",
        listOperation(draw, {
          operationId: operationId("List", "Notes"),
          parameters: inPath,
          items: items(),
        }),
      );
    }
  }
  if (draw.has("post", 0.5)) {
    add(list, "post", {
      operationId: operationId("Create"),
      parameters: shared,
      requestBody: body(),
      responses: answers(draw, item, "201"),
    });
  }
  if (draw.is(0.7)) {
    add(one, "get", {
      operationId: operationId("Get"),
      parameters: [...inPath, ...query(draw)],
      responses: answers(draw, item),
    });
  }
  if (draw.has("put", 0.4)) {
    add(one, "put", {
      operationId: operationId("Replace"),
      parameters: inPath,
      requestBody: body(),
      responses: answers(draw, item),
    });
  }
  if (draw.has("patch", 0.4)) {
    add(one, "patch", {
      operationId: operationId("Change"),
      parameters: inPath,
      requestBody: body(),
      responses: answers(draw, item),
    });
  }
  if (draw.has("delete", 0.4)) {
    add(one, "delete", {
      operationId: operationId("Remove"),
      parameters: inPath,
      responses: { ...errors(draw), 204: { description: "Gone." } },
    });
  }
  if (paths[list] === undefined && paths[one] === undefined) {
    add(one, "get", {
      operationId: operationId("Get"),
      parameters: inPath,
      responses: answers(draw, item),
    });
  }
  if (draw.has("servers", 0.1)) {
    const path = paths[one] ?? paths[list];
    if (path) Object.assign(path, { servers: [{ url: "https://other.example.com" }] });
  }
}

interface ListParts {
  readonly operationId: string;
  readonly parameters: Parameter[];
  readonly items: Schema;
}

function listOperation(draw: SchemaDraw, { operationId, parameters, items }: ListParts): Operation {
  const header = "X-Next-Page";
  const headers = { [header]: { required: false, schema: { type: "string" } } };
  const after = { name: "after", in: "query", schema: { type: "string" } };
  return {
    operationId,
    "x-paging": { header, ...(draw.is(0.7) && { pageSize: 10 }) },
    parameters: [...parameters, after, ...query(draw)],
    responses: {
      200: { description: "A page.", headers, content: contentOf(draw, { type: "array", items }) },
      ...errors(draw),
    },
  };
}

/** An operation that is about no list. */
function addLoose(draw: SchemaDraw, names: Names, paths: Record<string, PathItem>): void {
  const hasParameter = draw.has("path-enum", 0.3);
  const path = `/${names.path}summary${hasParameter ? "/{kind}" : ""}`;
  const kind = pathParameter("kind", { type: "string", enum: ["daily", "weekly"] });
  const parameters = [...(hasParameter ? [kind] : []), ...query(draw)];
  const answer = () =>
    draw.has("inline-answers", 0.6) ? anySchema(draw) : modelOr(draw, anySchema(draw));
  const nameOf = (verb: string) =>
    names.operation ? `${names.operation}${verb}Summary` : `${verb.toLowerCase()}Summary`;
  paths[path] = {
    get: { operationId: nameOf("Read"), parameters, responses: answers(draw, answer()) },
  };
  if (draw.has("post", 0.4)) {
    paths[path].post = {
      operationId: nameOf("Make"),
      parameters,
      requestBody: bodyOf(draw, answer()),
      responses: answers(draw, answer(), "202"),
    };
  }
}

function addColliding(draw: SchemaDraw, paths: Record<string, PathItem>): void {
  for (const operationId of draw.some(collidingOperations, 0.3)) {
    paths[`/odd/${operationId}`] = {
      get: { operationId, responses: answers(draw, modelOr(draw, true)) },
    };
  }
}

function modelOr(draw: SchemaDraw, schema: AnySchema): AnySchema {
  return draw.models.length > 0
    ? { $ref: `#/components/schemas/${draw.pick(draw.models)}` }
    : schema;
}

function pathParameter(name: string, schema: Schema): Parameter {
  return { name, in: "path", required: true, schema };
}

function query(draw: SchemaDraw): Parameter[] {
  const parameters: Parameter[] = [];
  const names = ["sort", "name", "limit", "flag"];
  const add = (schema: AnySchema) => {
    const name = draw.has("odd-query-names", 0.15)
      ? draw.pick(["filter[name]", "a&b", "a b", "x=y", "q.r", "ü", "#"])
      : names[parameters.length];
    if (parameters.some((one) => one.name === name)) return;
    parameters.push({
      name: `${name}`,
      in: "query",
      ...(draw.is(0.3) && { required: true }),
      schema: schema as Schema,
    });
  };
  if (draw.has("query", 0.3)) add(plainSchema(draw));
  if (draw.has("query-array", 0.12)) add({ type: "array", items: plainSchema(draw) });
  if (draw.has("query-enum", 0.12)) add({ type: "string", enum: ["created", "updated"] });
  if (draw.has("query-nullable", 0.04)) add({ type: ["string", "null"] });
  if (draw.has("query-object", 0.02))
    add({ type: "object", properties: { a: { type: "string" } } });
  if (draw.has("parameter-reference", 0.04)) add(modelOr(draw, { type: "string" }));
  if (draw.has("header-parameter", 0.03))
    parameters.push({ name: "X-Trace", in: "header", schema: { type: "string" } });
  return parameters;
}

function bodyOf(draw: SchemaDraw, item: AnySchema) {
  const schema = draw.has("body-own-fields", 0.5) ? objectSchema(draw, 1) : item;
  return {
    ...(!draw.has("optional-body", 0.2) && { required: true }),
    content: contentOf(draw, schema),
  };
}

function answers(draw: SchemaDraw, schema: AnySchema, status = "200"): Record<string, Response> {
  const success = { description: "Done.", content: contentOf(draw, schema) };
  const more = draw.has("several-successes", 0.1) ? { 204: { description: "Nothing." } } : {};
  const other = draw.has("several-successes", 0.05)
    ? { 206: { description: "Part.", content: contentOf(draw, modelOr(draw, true)) } }
    : {};
  return { [status]: success, ...more, ...other, ...errors(draw) };
}

function errors(draw: SchemaDraw): Record<string, Response> {
  const body = () =>
    draw.has("error-bodies", 0.6)
      ? {
          content: contentOf(
            draw,
            objectSchema(draw, 1),
            draw.has("problem-json", 0.3) ? "application/problem+json" : json,
          ),
        }
      : {};
  return {
    ...(draw.is(0.4) && { 401: { description: "No.", ...body() } }),
    ...(draw.is(0.4) && { 404: { description: "None.", ...body() } }),
  };
}

function contentOf(draw: Draw, schema: AnySchema, mediaType = json) {
  const name =
    mediaType === json && draw.has("json-charset", 0.04) ? `${json}; charset=utf-8` : mediaType;
  return { [name]: { schema: schema as Schema } };
}
