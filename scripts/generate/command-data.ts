import { commandNames } from "./command-names.js";
import {
  type Document,
  jsonMedia,
  type Operation,
  type Parameter,
  resolve,
  type Schema,
} from "./document.js";
import { typesOf, valuesOf } from "./json-types.js";
import type { mockData } from "./mock-data.js";
import { operationTable } from "./operation-table.js";
import { fieldOf, type Part, type Placed, partsOf } from "./schema-parts.js";

/** What the command line knows of an operation, besides its row in the table. `src/cli/commands.ts` says what each part means. */
export interface CommandData {
  readonly name: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tenant?: string;
  readonly parameters: readonly object[];
  readonly body?: { readonly required?: true; readonly description?: string };
  readonly columns: readonly CommandColumn[];
}

interface CommandColumn {
  readonly path: readonly string[];
  readonly isRequired?: true;
}

/** Reads from a bundled document what a command needs beyond the call itself: words, values and columns. */
export function commandData(
  document: Document,
  { operations: mock }: ReturnType<typeof mockData>,
): Record<string, CommandData> {
  const rows = operationTable(document);
  const names = commandNames(rows.map(({ operationId }) => operationId));
  const commands = rows.map(({ entry, operationId, placed }) => {
    const { returns } = entry;
    const { operation } = placed;
    const { tenant } = mock[operationId] ?? {};
    const parameters = placed.parameters.filter((one) => /^(path|query)$/.test(one.in));
    const flags = commandNames(parameters.map((one) => one.name));
    const command: CommandData = {
      name: names.get(operationId) ?? operationId,
      ...words("summary", operation.summary),
      ...words("description", operation.description),
      ...(tenant !== undefined && { tenant }),
      parameters: parameters.map((one) => parameter(document, one, flags)),
      ...bodyOf(document, operation),
      columns: columnsOfSuccess(
        document,
        operation,
        returns.length === 1 && returns[0] === "array",
      ),
    };
    return [operationId, command];
  });
  return Object.fromEntries(commands);
}

function words<Key extends string>(key: Key, text: unknown): { [Name in Key]?: string } {
  if (typeof text !== "string" || text.trim() === "") return {};
  return { [key]: text.trim().replaceAll(/\s+/g, " ") } as { [Name in Key]: string };
}

function parameter(document: Document, one: Parameter, flags: ReadonlyMap<string, string>): object {
  const placed = { schema: (one.schema ?? true) as Schema | boolean, pointer: "" };
  const parts = partsOf(document, placed);
  const isArray = typesOf(document, parts).includes("array");
  const item = parts.find(({ schema }) => schema.items !== undefined)?.schema.items;
  const single = isArray ? partsOf(document, { schema: item ?? true, pointer: "" }) : parts;
  const values = single.map(({ schema }) => valuesOf(schema)).find(Boolean);
  const { description } = one as { description?: string };
  return {
    name: one.name,
    flag: flags.get(one.name),
    ...words("description", description),
    ...(one.required && { required: true }),
    types: typesOf(document, single).filter((type) =>
      /^(string|number|integer|boolean)$/.test(type),
    ),
    ...(isArray && { isArray }),
    ...(values && { values }),
  };
}

function bodyOf(document: Document, operation: Operation): Pick<CommandData, "body"> {
  if (!operation.requestBody) return {};
  const body = resolve(document, operation.requestBody);
  const { description } = body as { description?: string };
  return {
    body: { ...(body.required && { required: true }), ...words("description", description) },
  };
}

/** The columns of all successes together, in the order of the document. */
function columnsOfSuccess(document: Document, operation: Operation, hasRows: boolean) {
  const bodies = Object.entries(operation.responses ?? {})
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([status, response]): Placed[] => {
      const schema = jsonMedia(resolve(document, response).content)?.schema;
      return schema === undefined
        ? []
        : [{ schema: schema as Schema, pointer: `/responses/${status}` }];
    });
  const shown = hasRows ? bodies.flatMap((body) => itemsOf(document, body)) : bodies;
  const columns = new Map<string, CommandColumn>();
  for (const { path, isRequired } of columnsOf(document, shown, [])) {
    const isTop = isRequired && path.length === 1;
    columns.set(JSON.stringify(path), { path, ...(isTop && { isRequired }) });
  }
  return [...columns.values()];
}

function itemsOf(document: Document, list: Placed): Placed[] {
  return partsOf(document, list).flatMap(({ schema: { items }, pointer }) =>
    items === undefined ? [] : [{ schema: items, pointer: `${pointer}/items` }],
  );
}

/**
 * The fields of an object, those of inner objects after one another. An array, a map and an object of unknown fields are one
 * column, and so is an object inside one of its own kind: it could go on for ever.
 */
function columnsOf(
  document: Document,
  shown: readonly Placed[],
  path: readonly string[],
  within: readonly string[] = [],
): CommandColumn[] {
  const alternatives = shown.flatMap((one) => alternativesOf(document, one));
  const parts = alternatives.flat();
  const names = [...new Set(parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {})))];
  const isPlain = alternatives.every((one) =>
    typesOf(document, one).every((type) => type === "object" || type === "null"),
  );
  const isRepeated = parts.some(({ pointer }) => within.includes(pointer));
  if (names.length === 0 || !isPlain || isRepeated) return [{ path }];
  const inner = [...within, ...parts.map(({ pointer }) => pointer)];
  return names.flatMap((name) => {
    const fields = parts.flatMap((part) => fieldOf(part, name) ?? []);
    const isRequired = alternatives.every((one) =>
      one.some(({ schema }) => schema.required?.includes(name)),
    );
    return columnsOf(document, fields, [...path, name], inner).map((column) => ({
      ...column,
      ...(isRequired && { isRequired: true as const }),
    }));
  });
}

/** The kinds of value that a schema allows: one, but for a union, whose members are each on their own. */
function alternativesOf(document: Document, placed: Placed): Part[][] {
  return expand(document, partsOf(document, placed));
}

function expand(document: Document, parts: readonly Part[]): Part[][] {
  const union = parts.find(({ schema }) => schema.oneOf ?? schema.anyOf);
  if (!union) return [[...parts]];
  const { anyOf, oneOf, ...beside } = union.schema;
  const own = Object.keys(beside).length > 0 ? [{ ...union, schema: beside }] : [];
  const others = expand(document, [...parts.filter((part) => part !== union), ...own]);
  const key = oneOf ? "oneOf" : "anyOf";
  const members = (oneOf ?? anyOf ?? []).flatMap((schema, index) =>
    alternativesOf(document, { schema, pointer: `${union.pointer}/${key}/${index}` }),
  );
  return members.flatMap((member) => others.map((other) => [...other, ...member]));
}
