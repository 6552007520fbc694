import { isCursor } from "./cursor.js";
import { jsonTypeOf } from "./json-type.js";
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
 * A path value that changes the path would request something else (`""` and `".."` turn "get a customer" into "list
 * customers"), so it is refused. Messages name the argument, never its value.
 *
 * @throws {TypeError} naming the argument.
 */
export function parseArguments(id: string, operation: Operation, given: unknown): SortedArguments {
  const { body, pathParameters, queryParameters } = operation;
  const required = [...pathParameters, ...(operation.required ?? [])];
  const values: Record<string, unknown> = Object(jsonTypeOf(given) === "object" ? given : {});
  // Without a prototype: openapi-fetch would send what a script has added to `Object.prototype`.
  const sorted = {
    path: Object.create(null),
    query: Object.create(null),
    body: body && values.body,
  };
  const places = new Map<string, Record<string, unknown>>();
  for (const name of pathParameters) places.set(name, sorted.path);
  for (const name of queryParameters) places.set(name, sorted.query);
  if (body) places.set("body", sorted);
  // A misspelled name is reported before the argument that is therefore missing.
  for (const name of new Set([...Object.keys(values), ...places.keys()])) {
    const value = isGiven(values, name) ? values[name] : undefined;
    const place = places.get(name);
    if (!place) {
      const advice = isCallOption(name, operation)
        ? "it is an option: pass it in a second object"
        : `it has ${[...places.keys()].join(", ")}`;
      throw new TypeError(`${id} has no argument "${name}"; ${advice}.`);
    }
    const isRequired = required.includes(name);
    if (value === undefined) {
      if (!isRequired) continue;
      throw new TypeError(`${id}: "${name}" is missing.`);
    }
    const parts = place === sorted.query ? [value].flat() : [value];
    if (place !== sorted && !(parts.length > 0 && parts.every(isPlain))) {
      const advice = isRequired ? "" : adviceOnNull(value);
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

/** Whether an object or its class has a field, including getters. What every object inherits does not count. */
function isGiven(values: object, name: string): boolean {
  if (Object.hasOwn(values, name)) return true;
  const prototype = Object.getPrototypeOf(values);
  // The last prototype is that of every object.
  const isLast = prototype === null || Object.getPrototypeOf(prototype) === null;
  return !isLast && isGiven(prototype, name);
}

/** Has exactly one form in a URL. openapi-fetch drops dates and null silently, and throws for half a surrogate pair. */
function isPlain(value: unknown): boolean {
  try {
    encodeURIComponent(String(value));
  } catch {
    return false;
  }
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
