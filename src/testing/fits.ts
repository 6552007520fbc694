import { formats } from "./formats.js";
import { type AnySchema, chosen, isMultiple, isSame, type Shape, shapeOf } from "./schema.js";

/** What a bound measures, when a value satisfies it, and its words in messages. */
type Bound = readonly [
  measure: (value: unknown) => number | undefined,
  holds: (size: number, bound: number) => boolean,
  words: (bound: number) => string,
];

const ofNumber = (value: unknown) => (typeof value === "number" ? value : undefined);
const ofText = (value: unknown) => (typeof value === "string" ? [...value].length : undefined);
const ofList = (value: unknown) => (Array.isArray(value) ? value.length : undefined);
const least = (size: number, bound: number) => size >= bound;
const most = (size: number, bound: number) => size <= bound;

const bounds: Readonly<Record<string, Bound>> = {
  minimum: [ofNumber, least, (bound) => `be ${bound} or more`],
  maximum: [ofNumber, most, (bound) => `be ${bound} or less`],
  exclusiveMinimum: [ofNumber, (size, bound) => size > bound, (bound) => `be above ${bound}`],
  exclusiveMaximum: [ofNumber, (size, bound) => size < bound, (bound) => `be below ${bound}`],
  multipleOf: [ofNumber, isMultiple, (bound) => `be a multiple of ${bound}`],
  minLength: [ofText, least, (bound) => `have ${bound} characters or more`],
  maxLength: [ofText, most, (bound) => `have ${bound} characters or fewer`],
  minItems: [ofList, least, (bound) => `have ${bound} items or more`],
  maxItems: [ofList, most, (bound) => `have ${bound} items or fewer`],
};

/**
 * Returns what is wrong with a value, such as `email must be a string`; `undefined` if it fits. The message never contains
 * the value. Unknown keywords allow everything.
 *
 * @param place - the value's place, such as `address.lines[0]`
 */
export function misfit(schema: AnySchema, value: unknown, place: string): string | undefined {
  return misfitOf(shapeOf(schema), value, place);
}

/** The same for a shape. */
export function misfitOf(shape: Shape, value: unknown, place: string): string | undefined {
  const { unions: [union] = [], ...beside } = shape;
  if (union) {
    // The schema beside the alternatives and the alternative are parts of a whole: neither refuses the other's fields.
    const fits = (one: AnySchema) => misfitOf(chosen(shape, one), value, place) === undefined;
    if (union.some(fits)) return undefined;
    return (
      misfitOf(beside, value, place) ?? `${place} fits none of the ${union.length} alternatives`
    );
  }
  const { types } = shape;
  if (types?.length === 0) return `${place} is not allowed`;
  if (types?.some((type) => isOfType(type, value)) === false) {
    return `${place} must be of type ${types.join(" or ")}`;
  }
  const values = "const" in shape ? [shape.const] : shape.enum;
  if (values && !values.some((one) => isSame(one, value))) {
    return `${place} must be one of ${JSON.stringify(values).slice(1, -1)}`;
  }
  for (const keyword in shape) {
    const [measure, holds, words] = bounds[keyword] ?? [];
    const size = measure?.(value);
    if (size === undefined) continue;
    const bound = Number(shape[keyword as keyof Shape]);
    if (holds?.(size, bound) === false) return `${place} must ${words?.(bound)}`;
  }
  if (typeof value === "string") {
    const { format = "", pattern } = shape;
    if (pattern && !new RegExp(pattern, "u").test(value)) return `${place} must match ${pattern}`;
    const known = Object.hasOwn(formats, format) ? formats[format] : undefined;
    return known?.pattern.test(value) === false ? `${place} must be a ${format}` : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { additionalProperties = true, items = true, properties = {}, required = [] } = shape;
  const at = (name: string) => (place ? `${place}.${name}` : name);
  // Read-only fields are not sent.
  const missing = required.find(
    (name) => !Object.hasOwn(value, name) && !shapeOf(properties[name] ?? true).readOnly,
  );
  if (missing !== undefined) return `${at(missing)} is missing`;
  for (const [name, one] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const problem = Array.isArray(value)
      ? misfit(items, one, `${place}[${name}]`)
      : misfit(property ?? additionalProperties, one, at(name));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isOfType(type: string, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "number") return Number.isFinite(value);
  if (type === "object") return Object(value) === value && !Array.isArray(value);
  return typeof value === type;
}
