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

/** The operation that a request is for; `undefined` if the document has none there. */
export function routeOf(method: string, url: URL): Route | undefined {
  for (const [id, operation] of Object.entries<Operation>(operations)) {
    if (operation.method !== method) continue;
    const values = match(operation.path, url.pathname);
    if (values) return { id: id as OperationId, list: operation.list, values, url };
  }
  return undefined;
}

/** Takes a path apart, such as `/organizations/1/customers` by `/organizations/{organizationId}/customers`. */
function match(template: string, path: string): Record<string, string> | undefined {
  const pattern = template
    .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  const groups = new RegExp(`^${pattern}$`).exec(path)?.groups;
  if (!groups) return undefined;
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decode(text)]));
}

/** A percent sign that begins nothing stays as it is: nobody has such an ID. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
