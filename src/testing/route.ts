import { operations } from "../../generated/operations.js";
import type { Operation, OperationId } from "../operation.js";

/** A request for an operation of the document. */
export interface Route {
  readonly id: OperationId;
  readonly list: Operation["list"];
  /** What stands in the path. */
  readonly values: Readonly<Record<string, string>>;
  readonly url: URL;
}

/** The methods that the document has for a path, where the one of the request is none of them. */
export interface NoRoute {
  /** Empty where the document has no such path. */
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
 * The operation that a request is for. A path of the document counts behind any other: a `baseUrl` can have one of its own.
 */
export function routeOf(method: string, url: URL): Route | NoRoute {
  const found = templates.flatMap((template) => {
    const match = template.pattern.exec(url.pathname);
    if (match === null) return [];
    const [, before = "", ...texts] = match;
    return [{ ...template, before, texts }];
  });
  // Of templates that fit, the one that explains most of the path.
  const least = Math.min(...found.map(({ before }) => before.length));
  const fitting = found
    .filter(({ before }) => before.length === least)
    .sort((one, other) => one.names.length - other.names.length);
  const route = fitting.find((one) => one.method === method);
  if (!route) return { methods: [...new Set(fitting.map((one) => one.method))] };
  const values = route.texts.map((text, index) => [route.names[index], decode(text) ?? text]);
  return { id: route.id, list: route.list, values: Object.fromEntries(values), url };
}

/** Takes a path apart, such as `/organizations/1/customers` by `/organizations/{organizationId}/customers`. */
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
