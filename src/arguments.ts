import { isCursor } from "./cursor.js";
import type { Operation } from "./operation.js";
import { isCallOption } from "./options.js";
import { adviceOnNull } from "./parse-options.js";

/** The arguments of a call, sorted into path, query and body. */
export interface SortedArguments {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
}

/**
 * Checks the arguments of a call and sorts them into path, query and body.
 *
 * A path value that changes the path would ask for something else than was meant (`""` and `".."` turn
 * "get a customer" into "list them"), so it is refused. Messages name the argument, never its value.
 *
 * @throws {TypeError} naming the argument.
 */
export function parseArguments(id: string, operation: Operation, given: unknown): SortedArguments {
  const { body, pathParameters, queryParameters } = operation;
  const required = [...pathParameters, ...(operation.required ?? [])];
  const values: Record<string, unknown> = Object(given);
  // Without a prototype: openapi-fetch would send what a script has added to `Object.prototype`.
  const sorted = {
    path: Object.create(null),
    query: Object.create(null),
    body: body && values.body,
  };
  const placeOf = (name: string): Record<string, unknown> | undefined => {
    if (pathParameters.includes(name)) return sorted.path;
    if (queryParameters.includes(name)) return sorted.query;
    return body && name === "body" ? sorted : undefined;
  };
  const names = [...pathParameters, ...queryParameters, ...(body ? ["body"] : [])];
  for (const name of new Set([...names, ...Object.keys(values)])) {
    const value = isGiven(values, name) ? values[name] : undefined;
    const place = placeOf(name);
    if (!place) {
      const advice = isCallOption(name, operation)
        ? "it is an option: pass it in a second object"
        : `it has ${names.join(", ")}`;
      throw new TypeError(`${id} has no argument "${name}"; ${advice}.`);
    }
    if (value === undefined) {
      if (!required.includes(name)) continue;
      throw new TypeError(`${id}: "${name}" is missing.`);
    }
    const parts = place === sorted.query ? [value].flat() : [value];
    if (place !== sorted && !(parts.length > 0 && parts.every(isPlain))) {
      const advice = adviceOnNull(value);
      throw new TypeError(`${id}: "${name}" must be a string, number or boolean${advice}.`);
    }
    if (parts.some(isCursor)) {
      throw new TypeError(`${id}: "${name}" holds a page.next; pass that as the option "from".`);
    }
    if (place === sorted.path && /^\.{0,2}$/.test(String(value))) {
      throw new TypeError(`${id}: "${name}" must not be "", "." or "..".`);
    }
    place[name] = value;
  }
  return sorted;
}

/** Whether an object or its class has a field, a getter included: what every object inherits is no argument. */
function isGiven(values: object, name: string): boolean {
  if (Object.hasOwn(values, name)) return true;
  const prototype = Object.getPrototypeOf(values);
  // The last prototype is that of every object.
  const isLast = prototype === null || Object.getPrototypeOf(prototype) === null;
  return !isLast && isGiven(prototype, name);
}

/** Has one form in a URL. openapi-fetch drops dates and null without a word, and half a character throws there. */
function isPlain(value: unknown): boolean {
  try {
    encodeURIComponent(String(value));
  } catch {
    return false;
  }
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
