import { operations } from "../../generated/operations.js";
import type { Operation, OperationId } from "../operation.js";

/** A request for an operation of the document. */
export interface Route {
  readonly id: OperationId;
  readonly list: Operation["list"];
  /** The values of the path parameters. */
  readonly values: Readonly<Record<string, string>>;
  readonly url: URL;
}

/** The methods of the document for a path that does not have the method of the request. */
export interface NoRoute {
  /** Empty if the document has no such path. */
  readonly methods: readonly string[];
}

/** The paths of the document. */
export const paths: readonly string[] = [
  ...new Set(Object.values<Operation>(operations).map(({ path }) => path)),
];

const templates = Object.entries<Operation>(operations).map(([id, { list, method, path }]) => ({
  id: id as OperationId,
  list,
  method,
  ...patternOf(path),
}));

/**
 * Returns the operation of a request. Any path may precede that of the document, since `baseUrl` can have one.
 */
export function routeOf(method: string, url: URL): Route | NoRoute {
  const found = templates.flatMap((template) => {
    const match = template.pattern.exec(url.pathname);
    if (match === null) return [];
    const [, before = "", ...texts] = match;
    return [{ ...template, before, texts }];
  });
  // Of the templates that match, the one that matches most of the path.
  const least = Math.min(...found.map(({ before }) => before.length));
  const fitting = found
    .filter(({ before }) => before.length === least)
    .sort((one, other) => one.names.length - other.names.length);
  const route = fitting.find((one) => one.method === method);
  if (!route) return { methods: [...new Set(fitting.map((one) => one.method))] };
  const values = route.texts.map((text, index) => [route.names[index], decode(text) ?? text]);
  return { id: route.id, list: route.list, values: Object.fromEntries(values), url };
}

/** Parses a path, such as `/organizations/1/customers` by `/organizations/{organizationId}/customers`. */
function patternOf(path: string): { names: string[]; pattern: RegExp } {
  const names: string[] = [];
  const pattern = path.replace(/\{([^}]+)\}|[.*+?^$()|[\]\\]/g, (found, name?: string) => {
    if (name === undefined) return `\\${found}`;
    names.push(name);
    return "([^/]+)";
  });
  return { names, pattern: new RegExp(`^(.*)${pattern}$`) };
}

/** Whether each percent sign of a path begins an escape. */
export function isEscaped(path: string): boolean {
  return decode(path) !== undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
