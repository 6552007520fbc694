import { isDeepStrictEqual } from "node:util";
import { refuse } from "../lib/cli-error.js";
import type { Document, Schema } from "./document.js";
import { mapChildren, mapSchemas } from "./map-schemas.js";
import { modelName } from "./schema-parts.js";

/** The keyword of the fields that are not there in a direction. */
const absent = { sent: "readOnly", received: "writeOnly" } as const;

type Direction = keyof typeof absent;

/**
 * Returns a document without the fields that are `readOnly` in what is sent, and without those that are `writeOnly` in
 * what is received. A model that is both sent and received, and differs, becomes two: `Customer` and `CustomerInput`.
 *
 * @throws {CliError} if the document has a model of the second name already.
 */
export function splitDirections(document: Document): Document {
  const models = document.components?.schemas ?? {};
  const used = {
    sent: modelsIn(document, "request"),
    received: modelsIn(document, "response"),
  };
  /** What is sent of a model, where that is another type. */
  const inputs = new Map<string, string>();

  function version(schema: Schema | boolean, direction: Direction): Schema | boolean {
    if (typeof schema === "boolean") return schema;
    const gone = new Set(
      fieldsOf(models, schema)
        .filter(([, one]) => isAbsent(models, one, direction))
        .map(([name]) => name),
    );
    const copy = mapChildren(schema, (child) => version(child, direction));
    const input = direction === "sent" ? inputs.get(modelName(copy.$ref) ?? "") : undefined;
    if (input !== undefined) copy.$ref = `#/components/schemas/${input}`;
    if (gone.size === 0) return copy;
    const kept = Object.entries(copy.properties ?? {}).filter(([name]) => !gone.has(name));
    if (copy.properties) copy.properties = Object.fromEntries(kept);
    if (copy.required) copy.required = copy.required.filter((name) => !gone.has(name));
    return copy;
  }

  const differing = new Set(
    Object.entries(models)
      .filter(([, one]) => !isDeepStrictEqual(version(one, "sent"), version(one, "received")))
      .map(([name]) => name),
  );
  const split = Object.entries(models)
    .filter(([name]) => used.sent.has(name) && used.received.has(name))
    .filter(([name, model]) =>
      [name, ...withReferred(models, [model])].some((one) => differing.has(one)),
    );
  for (const [name] of split) inputs.set(name, `${name}Input`);
  for (const [name, input] of inputs) {
    if (!Object.hasOwn(models, input)) continue;
    refuse(
      `/components/schemas/${input}`,
      `The model "${name}" has fields that are read only or write only, so what is sent of it becomes the type ` +
        `"${input}", which is the name of another model. Rename that one.`,
    );
  }

  const directed = mapSchemas(document, (schema, place, name = "") => {
    const isSent =
      place === "request" || (place === "model" && !used.received.has(name) && used.sent.has(name));
    return place === "parameter" ? schema : version(schema, isSent ? "sent" : "received");
  });
  const schemas = Object.entries(directed.components?.schemas ?? {}).flatMap(([name, schema]) => {
    const input = inputs.get(name);
    const sent = input === undefined ? [] : [[input, version(models[name] ?? true, "sent")]];
    return [[name, schema], ...sent];
  });
  return {
    ...directed,
    components: { ...directed.components, schemas: Object.fromEntries(schemas) },
  };
}

type Models = Readonly<Record<string, Schema>>;

function isAbsent(models: Models, schema: Schema | boolean, direction: Direction): boolean {
  if (typeof schema === "boolean") return false;
  const referred = models[modelName(schema.$ref) ?? ""];
  return schema[absent[direction]] === true || referred?.[absent[direction]] === true;
}

/** The fields of a schema and of all that it consists of. */
function fieldsOf(
  models: Models,
  schema: Schema | boolean,
  within: readonly unknown[] = [],
): [string, Schema | boolean][] {
  if (typeof schema === "boolean" || within.includes(schema)) return [];
  const parts = [models[modelName(schema.$ref) ?? ""] ?? true, ...(schema.allOf ?? [])];
  return [
    ...Object.entries(schema.properties ?? {}),
    ...parts.flatMap((part) => fieldsOf(models, part, [...within, schema])),
  ];
}

/** The models that are referred to in what is sent, or in what is received. */
function modelsIn(document: Document, wanted: "request" | "response"): Set<string> {
  const schemas: unknown[] = [];
  mapSchemas(document, (schema, place) => {
    if (place === wanted) schemas.push(schema);
    return schema;
  });
  return withReferred(document.components?.schemas ?? {}, schemas);
}

/** The names of the models that schemas refer to, also by way of others. */
function withReferred(models: Models, schemas: readonly unknown[]): Set<string> {
  const names = new Set<string>();
  const look = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const name = modelName((node as Schema).$ref);
    if (name !== undefined && !names.has(name)) {
      names.add(name);
      look(models[name]);
    }
    for (const child of Object.values(node)) look(child);
  };
  for (const schema of schemas) look(schema);
  return names;
}
