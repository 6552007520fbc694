import type { Document } from "../../scripts/generate/document.js";
import type { Chance } from "./chance.js";
import { directed } from "./directions.js";
import { answerSchemas, bodySchema, type FoundOperation, operationsOf } from "./document-of.js";
import { type Failure, type FailureKind, messageOf } from "./failure.js";
import { fits } from "./fits.js";
import type { LoadedPackage } from "./load-package.js";
import type { AnySchema } from "./make-schemas.js";
import { makeValue } from "./make-values.js";

export interface Subject {
  readonly document: Document;
  readonly index: number;
  readonly chance: Chance;
  readonly loaded: LoadedPackage;
}

/** A call that was made, to be compiled as well. */
export interface MadeCall {
  readonly id: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly isList: boolean;
}

const strict = { isClosed: "always", limits: "all" } as const;

/** Calls each operation against the mock, with arguments made from its parameters. */
export async function runCalls(
  subject: Subject,
): Promise<{ calls: MadeCall[]; failures: Failure[] }> {
  const { document, index, loaded } = subject;
  const calls: MadeCall[] = [];
  const failures: Failure[] = [];
  try {
    loaded.createMockApi();
  } catch (error) {
    failures.push({ kind: "the mock cannot be made", index, where: "", detail: messageOf(error) });
    return { calls, failures };
  }
  for (const found of operationsOf(document)) {
    const fail = (kind: FailureKind, detail: string) =>
      failures.push({ kind, index, where: found.id, detail });
    const api = smallMock(loaded);
    const args = argumentsOf(subject, found, api);
    if (args === undefined) continue;
    const isList = loaded.operations[found.id]?.list !== undefined;
    calls.push({ id: found.id, args, isList });
    await callOnce(subject, found, { api, args, isList, fail });
    await callWithoutToken(subject, found, { args, fail });
  }
  return { calls, failures };
}

/** The schemas of an operation's answers, by status, without what is not received. */
function receivedSchemas(received: Document, id: string): Map<string, AnySchema | undefined> {
  const found = operationsOf(received).find((one) => one.id === id);
  return found ? answerSchemas(found) : new Map();
}

interface Call {
  // biome-ignore lint/suspicious/noExplicitAny: the mock of a random document.
  readonly api: any;
  readonly args: Readonly<Record<string, unknown>>;
  readonly isList: boolean;
  readonly fail: Fail;
}

type Fail = (kind: FailureKind, detail: string) => void;

async function callOnce(
  { document, loaded }: Subject,
  found: FoundOperation,
  { api, args, isList, fail }: Call,
): Promise<void> {
  const drift = loaded.watchDrift({ showValues: true });
  const client = loaded.createClient({ fetch: api, accessToken: "any", drift, retry: false });
  const said = `called with ${JSON.stringify(args)}`;
  try {
    const method = client[found.id];
    const result = isList ? await method(args).page() : await method.withResponse(args);
    const data = isList ? result.items : result.data;
    const lost = lostArgument(found, args, api.requests[0]?.query);
    if (lost !== undefined) fail("a call loses an argument", `${lost} ${said}`);
    for (const one of drift.findings())
      fail("the mock's answer drifts", `${JSON.stringify(one)} ${said}`);
    const received = directed(document, "received");
    const schema = receivedSchemas(received, found.id).get(`${result.response.status}`);
    if (schema !== undefined && !fits({ document: received, ...strict }, [schema], data)) {
      const shown = JSON.stringify(data)?.slice(0, 400);
      fail("the mock's answer does not fit its schema", `${shown} for ${JSON.stringify(schema)}`);
    }
  } catch (error) {
    const { body } = Object(error);
    fail("a call fails", `${messageOf(error)} ${said} ${JSON.stringify(body) ?? ""}`);
  }
}

/** A mock with few items in each list: most of the time of this test would go into making them. */
export function smallMock({ createMockApi, mock }: LoadedPackage, options: object = {}) {
  const lists = Object.entries(mock.collections).filter(([, one]) => !("parent" in one));
  return createMockApi({ ...Object.fromEntries(lists.map(([name]) => [name, 3])), ...options });
}

/** What a call fails with, at once or later. */
export async function errorOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A query that was sent has each argument; of a list, the last value. */
function lostArgument(
  { parameters }: FoundOperation,
  args: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, string>> = {},
): string | undefined {
  const names = parameters.filter((one) => one.in === "query").map(({ name }) => name);
  return names.find((name) => name in args && sent[name] !== String([args[name]].flat().at(-1)));
}

/** An error that is documented comes as it is documented. */
async function callWithoutToken(
  { document, loaded }: Subject,
  found: FoundOperation,
  { args, fail }: Pick<Call, "args" | "fail">,
): Promise<void> {
  const received = directed(document, "received");
  const answers = receivedSchemas(received, found.id);
  if (!answers.has("401")) return;
  const drift = loaded.watchDrift();
  const fetch = smallMock(loaded, { token: "good" });
  const client = loaded.createClient({ fetch, accessToken: "bad", drift, retry: false });
  const error = await errorOf(() => {
    const call = client[found.id](args);
    return call.page?.() ?? call;
  });
  const { status, body } = Object(error);
  const schema = answers.get("401");
  for (const one of drift.findings())
    fail("an error's answer is not as documented", JSON.stringify(one));
  if (status !== 401) fail("an error's answer is not as documented", messageOf(error));
  else if (schema !== undefined && !fits({ document: received, ...strict }, [schema], body)) {
    fail(
      "an error's answer is not as documented",
      `${JSON.stringify(body)} for ${JSON.stringify(schema)}`,
    );
  }
}

/** Arguments for a call; `undefined` where no value was found for one that is required. */
export function argumentsOf(
  { chance, document: whole, loaded }: Subject,
  found: FoundOperation,
  // biome-ignore lint/suspicious/noExplicitAny: the mock of a random document.
  api: any,
): Record<string, unknown> | undefined {
  const document = directed(whole, "sent");
  const args: Record<string, unknown> = {};
  const known = knownIds(loaded, found.id, api);
  for (const { name, in: place, required = false, schema = {} } of found.parameters) {
    // A cursor is nothing to make up, and headers are an option of the call.
    if (name === "after" || place === "header" || (!required && chance.is(0.5))) continue;
    const isNumber = Object(schema).type === "integer";
    const id = known[name];
    const value =
      place === "path" && id !== undefined
        ? isNumber
          ? Number(id)
          : id
        : makeValue(document, chance, schema as AnySchema);
    if (value === undefined && required) return undefined;
    // An empty list has no form in a query: the client refuses it, and TypeScript cannot say so.
    if (Array.isArray(value) && value.length === 0) {
      if (required) return undefined;
      continue;
    }
    if (value !== undefined) args[name] = value;
  }
  const sent = operationsOf(document).find(({ id }) => id === found.id) ?? found;
  const schema = bodySchema(sent);
  const { required: isNeeded = false } = Object(found.operation.requestBody);
  if (schema === undefined || (!isNeeded && chance.is(0.5))) return args;
  const body = makeValue(document, chance, schema);
  if (body === undefined) return isNeeded ? undefined : args;
  return { ...args, body };
}

/** The values of path parameters with which the mock has something. */
function knownIds(
  { mock }: LoadedPackage,
  operationId: string,
  // biome-ignore lint/suspicious/noExplicitAny: the mock of a random document.
  api: any,
): Record<string, string> {
  const { collection, id, parents = [], tenant } = Object(mock.operations[operationId]);
  const known: Record<string, string> = tenant ? { [tenant]: api.organizationId } : {};
  const collections: Readonly<Record<string, { parent?: string; id?: string }>> = mock.collections;
  const chain: string[] = [];
  for (let name = collections[collection]?.parent; name; name = collections[name]?.parent)
    chain.unshift(name);
  const owners: string[] = [];
  const idOf = (name: string, item: unknown) =>
    String(Object(item)[collections[name]?.id ?? ""] ?? 1);
  chain.forEach((name, depth) => {
    const item = depth === 0 ? api[name][0] : api.add(name, ...owners);
    owners.push(idOf(name, item));
    const parameter = parents[depth];
    if (parameter) known[parameter] = owners[depth] ?? "";
  });
  if (id !== undefined && collection !== undefined) {
    const item = chain.length === 0 ? api[collection][0] : api.add(collection, ...owners);
    known[id] = idOf(collection, item);
  }
  return known;
}
