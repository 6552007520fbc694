import { commands } from "../../generated/commands.js";
import { operations } from "../../generated/operations.js";
import { type Flag, flags } from "./flags.js";

/** The part of a row of `generated/operations.ts` that the command line uses. */
interface OperationRow {
  readonly method: string;
  readonly path: string;
  readonly returns: readonly string[];
  readonly list?: object;
}

/** A row of `generated/commands.ts`. */
interface CommandRow {
  /** The `operationId` in kebab-case. */
  readonly name: string;
  readonly summary?: string;
  readonly description?: string;
  /** The parameter that is the same in all calls of a user, such as the organization. */
  readonly tenant?: string;
  readonly parameters: readonly CommandParameter[];
  /** Set if the operation takes a JSON body. */
  readonly body?: { readonly required?: true; readonly description?: string };
  readonly columns: readonly CommandColumn[];
}

interface CommandParameter {
  readonly name: string;
  /** The name in kebab-case. */
  readonly flag: string;
  readonly description?: string;
  readonly required?: true;
  /** The JSON types of its value, or of each value if it is an array. */
  readonly types: readonly string[];
  readonly isArray?: true;
  /** The allowed values, if the document lists them. */
  readonly values?: readonly unknown[];
}

/** A field of the result of an operation, or of each item of a list. */
export interface CommandColumn {
  /** Empty if the value is not an object with declared fields. */
  readonly path: readonly string[];
  readonly isRequired?: true;
}

/** A parameter as an option: `organizationId` is `--organization-id`. */
export interface Argument extends CommandParameter {
  /** The environment variable that sets it. Only the tenant has one. */
  readonly variable?: string;
}

/** An operation of the document as a command: `listCustomers` is `list-customers`. */
export interface Command extends Omit<CommandRow, "parameters"> {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly arguments: readonly Argument[];
  readonly isList: boolean;
  /** Whether the result is rows: a list, or an array that is not paged. */
  readonly hasRows: boolean;
  /** The options of the command line that it accepts. */
  readonly flags: readonly Flag[];
}

export function allCommands(): Command[] {
  const table: Readonly<Record<string, OperationRow>> = operations;
  return Object.entries(table).map(([id, { list, method, path, returns }]) => {
    const { parameters, ...row } = commands[id] as CommandRow;
    const has = {
      lists: list !== undefined,
      bodies: row.body !== undefined,
      items: parameters.some((one) => isItem(one, row.tenant)),
    };
    const own = flags.filter(({ only }) => !only || has[only]);
    const taken = [...own.map(({ name }) => name), "version"];
    return {
      ...row,
      id,
      method,
      path,
      arguments: parameters.map((one) => ({
        ...one,
        flag: taken.includes(one.flag) ? `param-${one.flag}` : one.flag,
        ...(one.name === row.tenant && { variable: variableOf(one.flag) }),
      })),
      isList: list !== undefined,
      hasRows: list !== undefined || (returns.length === 1 && returns[0] === "array"),
      flags: own,
    };
  });
}

/** Whether a parameter identifies one of many items, such as a customer. */
export function isItem({ isArray, name, required }: CommandParameter, tenant?: string): boolean {
  return required === true && !isArray && name !== tenant;
}

/** `organization-id` is `LOKE_ORGANIZATION_ID`. */
function variableOf(flag: string): string {
  return `LOKE_${flag.toUpperCase().replaceAll("-", "_")}`;
}
