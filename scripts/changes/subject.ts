import type { Json, JsonMap } from "../lib/json.js";
import type { ClientModel, TypedPart } from "./client-model.js";
import type { View } from "./view.js";

/**
 * A subject is the part of the client that a change is about: `Customer.tags[].name`, `listCustomers`,
 * `listCustomers({ sort })`, `getCustomer()` for the result of a call. Rules and compiler checks both name subjects; by them
 * a compiler error is joined to the change that causes it.
 */

/** A value passed to an operation. */
export function argument(operation: string, name: string): string {
  return `${operation}({ ${name} })`;
}

/** What a call of an operation gives. */
export function result(operation: string): string {
  return `${operation}()`;
}

/** A field of a subject. */
export function field(subject: string, name: string): string {
  return inside(subject, /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);
}

/** The items of a subject that is an array. */
export function item(subject: string): string {
  return inside(subject, "[]");
}

/** The values of a subject that is a map. */
export function mapValue(subject: string): string {
  return inside(subject, "[key]");
}

/** The model or operation that a subject belongs to. */
export function ownerOf(subject: string): string {
  return /^[\w$]+/.exec(subject)?.[0] ?? subject;
}

/** What a subject is a part of, from near to far: of `Order.lines[]` these are `Order.lines` and `Order`. */
export function wholesOf(subject: string): string[] {
  const whole = subject
    .replace(/(\.[\w$]+|\[[^\]]*\])( \}\))?$/, "$2")
    .replace(/^([\w$]+\(\)) .*$/, "$1");
  const outer = whole === subject ? ownerOf(subject) : whole;
  return outer === subject ? [] : [outer, ...wholesOf(outer)];
}

/** Finds a part, also one of a model that is in the place of a subject. */
export function partAt(
  { parts }: Pick<ClientModel, "parts">,
  subject: string,
): TypedPart | undefined {
  const own = parts.get(subject);
  if (own) return own;
  for (const whole of wholesOf(subject)) {
    const models = parts.get(whole)?.members.flatMap((one) => one.models) ?? [];
    const rest = subject.slice(whole.replace(/ \}\)$/, "").length).replace(/ \}\)$/, "");
    for (const model of models) {
      const found = partAt({ parts }, model + rest);
      if (found) return found;
    }
  }
  return undefined;
}

const argumentEnd = / \}\)$/;

function inside(subject: string, part: string): string {
  return argumentEnd.test(subject) ? subject.replace(argumentEnd, `${part} })`) : subject + part;
}

/** Which way the data of a subject goes. */
export interface Direction {
  readonly isSent: boolean;
  readonly isRead: boolean;
}

/** Who uses what. */
export interface Usage {
  /** The operations that a subject is part of, or whose arguments or results hold it. */
  usedBy(subject: string): string[];
  /** Which way data of a model goes. */
  directionOf(model: string): Direction;
  /** Whether a name is that of no operation and no model. */
  isUnknown(name: string): boolean;
}

const reference = "#/components/schemas/";

/** Reads the uses of models from several documents: one that either of them has counts. */
export function usageIn(...views: readonly View[]): Usage {
  const sent = new Map<string, Set<string>>();
  const read = new Map<string, Set<string>>();
  const onPath = new Map<string, Set<string>>();
  const operations = new Set<string>();
  const models = new Set<string>();
  const add = (uses: Map<string, Set<string>>, thing: string, id: string) =>
    uses.set(thing, (uses.get(thing) ?? new Set()).add(id));
  for (const { tree } of views) {
    const { schemas } = tree.components;
    for (const name of Object.keys(schemas)) models.add(name);
    for (const [id, { parameters, path, requestBody, responses }] of Object.entries(
      tree.operations,
    )) {
      operations.add(id);
      add(onPath, String(path), id);
      for (const one of [parameters, requestBody]) {
        for (const model of modelsFrom(one, schemas)) add(sent, model, id);
      }
      for (const model of modelsFrom(responses, schemas)) add(read, model, id);
    }
  }
  const everyone = [...operations];
  const among = (users: Set<string>) => everyone.filter((id) => users.has(id));
  return {
    usedBy(subject) {
      if (/^(server|security)/.test(subject)) return everyone;
      const owner = ownerOf(subject);
      if (operations.has(owner)) return [owner];
      const here = onPath.get(subject);
      if (here) return among(here);
      return among(new Set([...(sent.get(owner) ?? []), ...(read.get(owner) ?? [])]));
    },
    directionOf: (model) => ({
      isSent: sent.has(model),
      // A model that no operation uses is exported all the same, to be read.
      isRead: read.has(model) || !sent.has(model),
    }),
    isUnknown: (name) => !operations.has(name) && !models.has(name),
  };
}

/** The models that a part of a document leads to, also through other models. */
function modelsFrom(value: Json | undefined, schemas: JsonMap): Set<string> {
  const models = new Set(modelsIn(value));
  // A set also yields what is added to it meanwhile: models can hold each other.
  for (const model of models) for (const one of modelsIn(schemas[model])) models.add(one);
  return models;
}

/** The models that a part of a document refers to. */
function modelsIn(value: Json | undefined): string[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === "$ref" && typeof part === "string") {
      return part.startsWith(reference) ? [part.slice(reference.length).replace(/\/.*/, "")] : [];
    }
    return modelsIn(part);
  });
}
