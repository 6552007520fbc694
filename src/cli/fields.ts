import { CliError } from "./cli-error.js";
import type { Command, CommandColumn } from "./commands.js";
import { didYouMean, isShowable } from "./nearest.js";

/** A column: a field of a row, by its path. */
export interface Column extends CommandColumn {
  readonly name: string;
}

/** The selected fields of each row. */
export interface Selection {
  /** For csv and table: the columns. */
  readonly columns: readonly Column[];
  /** Whether all fields are selected. */
  readonly isWhole: boolean;
  /** For JSON: returns the row itself, or an object with the selected fields. */
  readonly pick: (row: unknown) => unknown;
}

/**
 * Returns the fields that `--fields` selects; without it, every field of the document.
 *
 * @throws {CliError} for a field that the document does not have.
 */
export function selectFields(command: Command, names: readonly string[] | undefined): Selection {
  const all = command.columns.map((column) => ({
    ...column,
    name: column.path.join(".") || "value",
  }));
  if (!names) return { columns: all, isWhole: true, pick: (row) => row };
  const paths = names.map((name) => pathOf(command, all, name));
  const columns = paths.flatMap((path) =>
    all.filter((column) => path.every((key, index) => column.path[index] === key)),
  );
  return { columns: [...new Set(columns)], isWhole: false, pick: picker(paths) };
}

function pathOf(command: Command, columns: readonly Column[], name: string): readonly string[] {
  const known = new Map<string, readonly string[]>();
  for (const { path } of columns) {
    for (let depth = 1; depth <= path.length; depth += 1) {
      const part = path.slice(0, depth);
      known.set(part.join("."), part);
    }
  }
  const path = known.get(name);
  if (path) return path;
  if (known.size === 0)
    throw new CliError(`${command.name} has no fields that the document names.`);
  if (name === "")
    throw new CliError(`--fields has an empty name. See loke-customers ${command.name} --help.`);
  const shown = isShowable(name) ? `field ${name}` : "such field";
  const meant = didYouMean(name, [...known.keys()]);
  throw new CliError(
    `${command.name} has no ${shown}.${meant || ` See loke-customers ${command.name} --help.`}`,
  );
}

type Tree = Map<string, Tree | undefined>;

/** Returns a function that keeps the fields at these paths, in their order. */
function picker(paths: readonly (readonly string[])[]): (row: unknown) => unknown {
  const root: Tree = new Map();
  for (const path of paths) {
    let tree = root;
    for (const [index, key] of path.entries()) {
      const isLast = index === path.length - 1;
      const known = tree.get(key);
      // The name of an object selects all of its fields.
      if (tree.has(key) && known === undefined) break;
      if (isLast) tree.set(key, undefined);
      const inner = known ?? new Map();
      if (!isLast) tree.set(key, inner);
      tree = inner;
    }
  }
  const pick = (value: unknown, tree: Tree): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const fields = value as Record<string, unknown>;
    const picked: [string, unknown][] = [];
    for (const [key, inner] of tree) {
      if (Object.hasOwn(fields, key))
        picked.push([key, inner ? pick(fields[key], inner) : fields[key]]);
    }
    return Object.fromEntries(picked);
  };
  return (row) => pick(row, root);
}

/** Returns the value at a path, `undefined` if there is none. */
export function valueAt(row: unknown, path: readonly string[]): unknown {
  let value = row;
  for (const key of path) {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject || !Object.hasOwn(value as object, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
