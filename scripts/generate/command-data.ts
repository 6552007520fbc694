import { commandNames } from "./command-names.js";
import {
  type Document,
  isSuccess,
  jsonMedia,
  type Parameter,
  type PlacedOperation,
  type Schema,
} from "./document.js";
import { typesOf, valuesOf } from "./json-types.js";
import type { mockData } from "./mock-data.js";
import { operationTable } from "./operation-table.js";
import {
  alternativesOf,
  fieldOf,
  type Part,
  type Placed,
  partsOf,
  schemasUnder,
} from "./schema-parts.js";

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
      ...bodyOf(placed),
      columns: columnsOfSuccess(document, placed, returns.length === 1 && returns[0] === "array"),
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
  const [item] = itemsOf(parts);
  const single = isArray ? (item ? partsOf(document, item) : []) : parts;
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

function bodyOf({ body }: PlacedOperation): Pick<CommandData, "body"> {
  if (!body) return {};
  const { description, required } = body;
  return { body: { ...(required && { required }), ...words("description", description) } };
}

/** The columns of all successes together, in the order of the document. */
function columnsOfSuccess(document: Document, { responses }: PlacedOperation, hasRows: boolean) {
  const bodies = responses.filter(isSuccess).flatMap(({ content, pointer }): Placed[] => {
    const schema = jsonMedia(content)?.schema as Schema | undefined;
    return schema === undefined ? [] : [{ schema, pointer }];
  });
  const shown = hasRows ? itemsOf(bodies.flatMap((body) => partsOf(document, body))) : bodies;
  const columns = new Map<string, CommandColumn>();
  for (const { path, isRequired } of columnsOf(document, shown, [])) {
    const isTop = isRequired && path.length === 1;
    columns.set(JSON.stringify(path), { path, ...(isTop && { isRequired }) });
  }
  return [...columns.values()];
}

function itemsOf(parts: readonly Part[]): Placed[] {
  return parts.flatMap((part) => schemasUnder(part, "items"));
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
  const alternatives = shown.flatMap((one) => expand(document, partsOf(document, one)));
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

/** The kinds of value that match all parts: one, but for a union, whose members are each on their own. */
function expand(document: Document, parts: readonly Part[]): Part[][] {
  const union = parts.find(alternativesOf);
  if (!union) return [[...parts]];
  const { anyOf: _, oneOf: __, ...beside } = union.schema;
  const own = Object.keys(beside).length > 0 ? [{ ...union, schema: beside }] : [];
  const others = expand(document, [...parts.filter((part) => part !== union), ...own]);
  const members = (alternativesOf(union) ?? []).flatMap((one) =>
    expand(document, partsOf(document, one)),
  );
  return members.flatMap((member) => others.map((other) => [...other, ...member]));
}
