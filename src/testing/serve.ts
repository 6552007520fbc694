import { operations } from "../../generated/operations.js";
import type { Operation } from "../operation.js";
import type { Served } from "./apply-fault.js";
import { queryProblem, readBody, type SentBody } from "./check-request.js";
import {
  collections,
  fieldsOf,
  itemSchemaOf,
  type MockOperation,
  mockOperations,
} from "./document.js";
import { fakeData, type Given } from "./fake-data.js";
import { misfit } from "./fits.js";
import { timeOf } from "./formats.js";
import { type Listed, openPage, sorted } from "./list-page.js";
import type { ResolvedMockOptions } from "./mock-options.js";
import { failure, json, type MockResponse } from "./mock-response.js";
import { seedOf } from "./random.js";
import type { Route } from "./route.js";
import { type AnySchema, shapeOf } from "./schema.js";
import { shown } from "./shown.js";
import { isId, oldestMs, type Row, type Store, stampChange, stampNew } from "./store.js";

/** The state on which responses depend. */
export interface World {
  readonly options: ResolvedMockOptions;
  readonly store: Store;
  /** When the mock was created. Items without owners are older. */
  readonly startMs: number;
  /** Returns the ID of an occurrence of an error. */
  instance(): string;
  /** Returns whether a request is within the option `rateLimit`. */
  isWithinLimit(): boolean;
}

/** Returns the response to a request without faults. Its changes are applied by `commit`. */
export function serve(route: Route, body: SentBody, world: World): Served {
  const operation = mockOperations[route.id];
  if (operation === undefined) throw new Error(`generated/mock.ts has no ${route.id}.`);
  const { collection: name, parents = [], tenant } = operation;
  const { options, store } = world;
  const refused = (status: number, code: string, message: string): Served => ({
    answer: refusal(operation, { status, code, message }, world),
  });
  const query = queryProblem(route, operation);
  if (query) return refused(400, "bad_request", `${query}.`);
  const sent = readBody(operation, body);
  if (sent.isOfOtherType) return refused(415, "unsupported_media_type", "A JSON body is needed.");
  if (sent.problem) return refused(400, "bad_request", `${sent.problem}.`);
  if (name === undefined) {
    const seed = seedOf(`${options.seed} ${route.id} ${route.url.pathname}`);
    return {
      answer: ok(operation, fake(operation.result, { seed, index: 1, startMs: world.startMs })),
    };
  }

  const notFound = () => refused(404, "not_found", "Nothing has this ID.");
  const owners = parents.map((parameter) => route.values[parameter] ?? "");
  // Another tenant has no items.
  const isElsewhere = tenant !== undefined && route.values[tenant] !== options.organizationId;
  const isUnknown = isElsewhere || !store.hasOwners(name, owners);
  if (operation.does === "list") {
    // If the document declares no 404, the list of an unknown owner is empty.
    if (isUnknown && operation.errors && "404" in operation.errors) return notFound();
    const rows = isUnknown ? [] : store.rows(name, owners);
    return servePage(route, { operation, rows }, world);
  }
  if (isUnknown) return notFound();
  const answered = (row: Row, commit?: () => void): Served => ({
    answer: success(operation, row, world),
    ...(commit && { commit }),
  });
  if (operation.does === "add") {
    const nowMs = options.now();
    const dates = stampNew(name, sent.value, nowMs);
    const absent = absentFields(operation.body);
    const given = { ...dates, ...absent, ...fieldsThatFit(name, sent.value, world) };
    const { id: field = "" } = collections[name] ?? {};
    const { [field]: id, ...others } = given;
    // A duplicate ID is replaced by one of the mock's, since examples of a document often share an ID.
    const isFree = isId(id) && store.find(name, owners, String(id)) === undefined;
    const row = store.make(name, owners, { nowMs, given: isFree ? given : others });
    return answered(row, () => store.put(name, row));
  }
  const row = store.find(name, owners, route.values[operation.id ?? ""] ?? "");
  if (row === undefined) return notFound();
  if (operation.does === "get") return answered(row);
  if (operation.does === "remove") return answered(row, () => store.remove(name, row));
  const changes = {
    ...stampChange(name, { ...Object(row.item), ...Object(sent.value) }, options.now()),
    ...(operation.does === "replace" && absentFields(operation.body)),
    ...fieldsThatFit(name, sent.value, world),
  };
  const changed = store.changed(name, row, sendable(name, row, changes));
  return answered(changed, () => store.put(name, changed));
}

/** Returns the fields that a body can have, all `undefined`. */
function absentFields(schema: AnySchema = true): Given {
  return Object.fromEntries(Object.keys(fieldsOf(schema)).map((field) => [field, undefined]));
}

/**
 * The fields of a body that an item can have too, as it shows them: a document may give them other types there. `null`
 * removes a field that cannot be `null`.
 */
function fieldsThatFit(name: string, body: unknown, { options, startMs }: World): Given {
  const fields = fieldsOf(itemSchemaOf(name));
  const entries = Object.entries(Object(body)).flatMap(([field, value]) => {
    const schema = (Object.hasOwn(fields, field) ? fields[field] : undefined) ?? true;
    const fitting = shown(schema, value, (inner, own) =>
      fake(inner, { seed: seedOf(`${options.seed} ${field} ${own}`), index: 1, startMs }),
    );
    return fitting !== undefined || value === null ? [[field, fitting]] : [];
  });
  return Object.fromEntries(entries);
}

/** Returns changes without the ID. */
function sendable(name: string, { item }: Row, changes: Given): Given {
  const { id } = collections[name] ?? {};
  const isChange = id !== undefined && Object.hasOwn(changes, id);
  return isChange ? { ...changes, [id]: Object(item)[id] } : changes;
}

/** Returns an error as the document declares it, otherwise as the vendor's library writes one. */
export function refusal(
  { errors = {}, errorTypes = {} }: Pick<MockOperation, "errors" | "errorTypes">,
  { status, code, message }: { status: number; code: string; message: string },
  world: Pick<World, "instance" | "startMs">,
): MockResponse {
  const usual = failure({ status, code, message, instance: world.instance() });
  const schema = errors[status];
  if (schema === undefined) return usual;
  if (schema === null) return { status, headers: {} };
  const given: Given = JSON.parse(usual.text ?? "");
  const fields = Object.entries(fieldsOf(schema)).filter(
    ([field, one]) => Object.hasOwn(given, field) && !misfit(one, given[field], ""),
  );
  const fitting = Object.fromEntries(fields.map(([field]) => [field, given[field]]));
  const type = errorTypes[status];
  const headers = type === undefined ? {} : { "content-type": type };
  const subject = { seed: status, index: 1, startMs: world.startMs };
  return json(status, fake(schema, subject, fitting), headers);
}

function ok({ result, status }: MockOperation, value: unknown): MockResponse {
  return result === undefined ? { status, headers: {} } : json(status, value);
}

/** Returns the success of an operation on an item: the item, with the fields of this operation's schema. */
function success(operation: MockOperation, row: Row, { options, startMs }: World): MockResponse {
  const { collection = "", result } = operation;
  const schema = itemSchemaOf(collection);
  if (result === undefined || shapeOf(result) === shapeOf(schema)) return ok(operation, row.item);
  const seed = seedOf(`${options.seed} ${collection} ${row.arrival}`);
  const fields = fieldsOf(result);
  const known = Object.entries({ ...absentFields(schema), ...row.more, ...Object(row.item) });
  // A field of the same name can have another schema in another operation.
  const given = Object.fromEntries(
    known.map(([field, value]) => {
      const own = Object.hasOwn(fields, field) ? fields[field] : undefined;
      const make = (inner: AnySchema) => fake(inner, { seed, index: row.arrival, startMs });
      return [field, own === undefined ? value : shown(own, value, make)];
    }),
  );
  return ok(operation, fake(result, { seed, index: row.arrival, startMs }, given));
}

function fake(
  schema: AnySchema = true,
  { startMs, ...subject }: { seed: number; index: number; startMs: number },
  given?: Given,
): unknown {
  const dates = { createdMs: startMs - oldestMs, nowMs: startMs };
  return fakeData(schema, { ...subject, ...dates, isWhole: false }, given);
}

function servePage(
  { id, url }: Route,
  { operation, rows }: { operation: MockOperation; rows: readonly Row[] },
  { instance, options }: World,
): Served {
  const { collection = "", query = {}, sort = {} } = operation;
  const { list } = (operations as Readonly<Record<string, Operation>>)[id] ?? {};
  if (!list) throw new Error(`${id} is no list.`);
  const schema = itemSchemaOf(collection);
  const filters = Object.keys(query).filter(
    (name) => Object.hasOwn(fieldsOf(schema), name) && url.searchParams.has(name),
  );
  const found = rows.filter(({ item }) =>
    filters.every((name) => {
      const values = [Object(item)[name]].flat().map(String);
      return url.searchParams.getAll(name).some((text) => values.includes(text));
    }),
  );
  // The document does not state the direction. Newest first differs from the unsorted list, so that a test detects a program
  // that loses the parameter.
  const field = sort[url.searchParams.get("sort") ?? ""];
  const listed = field === undefined ? found : sorted(found.map((row) => withKey(row, field)));
  const pageSize = options.pageSize(id) ?? list.pageSize ?? 100;
  const page = openPage({ rows: listed, pageSize, header: list.header, url });
  if (page) return { answer: page.serve(), page };
  // Not documented. If the list began again, reading it with a broken cursor would never end.
  const after = url.searchParams.get("after");
  const message = `after=${after} is no cursor of this list; follow ${list.header} instead.`;
  return { answer: failure({ status: 400, code: "bad_request", message, instance: instance() }) };
}

function withKey({ item, arrival }: Row, field: string): Listed {
  const value: unknown = Object(item)[field];
  const key = timeOf(value) ?? value;
  return {
    item,
    arrival,
    at: typeof key === "number" || typeof key === "string" ? key : undefined,
  };
}
