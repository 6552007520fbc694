import { operations, server } from "../../generated/operations.js";
import type { Operation, OperationId } from "../operation.js";

/** A request for an operation of the document. */
export interface Route {
  readonly id: OperationId;
  readonly list: Operation["list"];
  /** What stands in the path. */
  readonly values: Readonly<Record<string, string>>;
  readonly url: URL;
}

/** The path of the live API, to which those of the document are added. */
const base = new URL(server).pathname.replace(/\/$/, "");

/** The operation that a request is for; `undefined` if the document has none there. */
export function routeOf(method: string, url: URL): Route | undefined {
  const path = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : url.pathname;
  for (const [id, operation] of Object.entries<Operation>(operations)) {
    if (operation.method !== method) continue;
    const values = match(operation.path, path);
    if (values) return { id: id as OperationId, list: operation.list, values, url };
  }
  return undefined;
}

/** Takes a path apart, such as `/organizations/1/customers` by `/organizations/{organizationId}/customers`. */
function match(template: string, path: string): Record<string, string> | undefined {
  const names: string[] = [];
  const pattern = template.replace(/\{([^}]+)\}|[.*+?^$()|[\]\\]/g, (found, name?: string) => {
    if (name === undefined) return `\\${found}`;
    names.push(name);
    return "([^/]+)";
  });
  const texts = new RegExp(`^${pattern}$`).exec(path)?.slice(1);
  return texts && Object.fromEntries(texts.map((text, index) => [names[index], decode(text)]));
}

/** A percent sign that begins nothing stays as it is: nobody has such an ID. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
