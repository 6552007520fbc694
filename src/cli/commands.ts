import { type CommandColumn, type CommandParameter, commands } from "../../generated/commands.js";
import { operations } from "../../generated/operations.js";
import { type Flag, flags } from "./flags.js";

/** What the command line needs of a row of `generated/operations.ts`. */
interface OperationRow {
  readonly method: string;
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly returns: readonly string[];
  readonly list?: object;
}

/** A parameter as an option: `organizationId` is `--organization-id`. */
export interface Argument extends CommandParameter {
  readonly flag: string;
  /** The environment variable that stands for it. */
  readonly variable?: string;
}

/** An operation of the document as a command: `listCustomers` is `list-customers`. */
export interface Command {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly body?: { readonly required?: true; readonly description?: string };
  readonly isList: boolean;
  /** Whether the result is rows: a list, or an array that is not paged. */
  readonly hasRows: boolean;
  readonly columns: readonly CommandColumn[];
  /** The options of the command line that it takes. */
  readonly flags: readonly Flag[];
}

export function allCommands(): Command[] {
  const table: Readonly<Record<string, OperationRow>> = operations;
  const names = distinct(Object.keys(table));
  return Object.entries(table).map(([id, { list, method, path, returns }]) => {
    const {
      body,
      columns = [],
      description,
      parameters = [],
      summary,
      tenant,
    } = commands[id] ?? {};
    const own = flags.filter(
      ({ only }) => !only || (only === "lists" ? list !== undefined : body !== undefined),
    );
    const taken = [...own.map(({ name }) => name), "version"];
    const flagOf = distinct(
      parameters.map(({ name }) => name),
      taken,
    );
    return {
      id,
      name: names.get(id) ?? id,
      method,
      path,
      summary: summary ?? "",
      description: description ?? "",
      arguments: parameters.map((one) => ({
        ...one,
        flag: flagOf.get(one.name) ?? one.name,
        ...(one.name === tenant && { variable: `LOKE_${screaming(one.name)}` }),
      })),
      ...(body && { body }),
      isList: list !== undefined,
      hasRows: list !== undefined || (returns.length === 1 && returns[0] === "array"),
      columns,
      flags: own,
    };
  });
}

/** Names in kebab-case. Where two are the same then, the later one stays as it is; one that is taken gets a prefix. */
function distinct(names: readonly string[], taken: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of names) {
    const short = kebab(name);
    const free = taken.includes(short) ? `param-${short}` : short;
    found.set(name, [...found.values()].includes(free) ? name : free);
  }
  return found;
}

/** `getHTTPStatus` is `get-http-status`. */
function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .toLowerCase();
}

function screaming(name: string): string {
  return kebab(name).toUpperCase().replaceAll("-", "_");
}
