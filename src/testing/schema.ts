import { schemas } from "../../generated/mock.js";

/** A JSON Schema of the document, without descriptions. References are names of models. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, AnySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: AnySchema;
  readonly items?: AnySchema;
  readonly allOf?: readonly AnySchema[];
  readonly anyOf?: readonly AnySchema[];
  readonly oneOf?: readonly AnySchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly readOnly?: boolean;
  readonly example?: unknown;
}

export type AnySchema = Schema | boolean;

/** A schema merged with its references and parts. It refuses what any part refuses. */
export interface Shape extends Omit<Schema, "$ref" | "allOf" | "anyOf" | "oneOf" | "type"> {
  /** Absent if a value can be of any type. */
  readonly types?: readonly string[];
  /** A value fits one of each list of alternatives. */
  readonly unions?: readonly (readonly AnySchema[])[];
}

const models = schemas as Readonly<Record<string, AnySchema>>;
const nothing: Shape = { types: [] };
const shapes = new WeakMap<Schema, Shape>();

export function shapeOf(schema: AnySchema): Shape {
  if (typeof schema === "boolean") return schema ? {} : nothing;
  const known = shapes.get(schema);
  if (known) return known;
  const { $ref, allOf = [], anyOf, oneOf, type, ...rest } = schema;
  const model = $ref === undefined ? undefined : models[$ref];
  const parts = [...(model === undefined ? [] : [model]), ...allOf].map(shapeOf);
  const unions = [anyOf, oneOf].filter((one) => one !== undefined);
  const own: Shape = {
    ...rest,
    ...(type !== undefined && { types: [type].flat() }),
    ...(unions.length > 0 && { unions }),
  };
  // A single reference has the same shape as its model.
  if (Object.keys(own).length > 0 || parts.length === 0) parts.push(own);
  const shape = parts.reduce(both);
  shapes.set(schema, shape);
  return shape;
}

/** Returns a shape with one alternative in place of its first union. */
export function chosen({ unions = [], types, ...rest }: Shape, alternative: AnySchema): Shape {
  const [, ...others] = unions;
  const beside = { ...rest, ...(types && { types }), ...(others.length > 0 && { unions: others }) };
  return both(beside, shapeOf(alternative));
}

const possible = new WeakMap<Shape, boolean>();

/** Whether a shape has any value. An alternative can contradict the schema beside it. */
export function isPossible(shape: Shape): boolean {
  const known = possible.get(shape) ?? hasValues(shape, []);
  possible.set(shape, known);
  return known;
}

function hasValues(shape: Shape, within: readonly Shape[]): boolean {
  if (shape.types?.length === 0 || shape.enum?.length === 0) return false;
  // A recursive model is checked once.
  if (within.includes(shape) || within.length > 8) return true;
  const inside = [...within, shape];
  const { properties = {}, required = [], unions: [union] = [] } = shape;
  // A value that need not be an object can be something else.
  const isObject = shape.types?.every((type) => type === "object") ?? false;
  const isWhole = required.every((name) =>
    hasValues(shapeOf(Object.hasOwn(properties, name) ? (properties[name] ?? true) : true), inside),
  );
  if (isObject && !isWhole) return false;
  return union?.some((one) => hasValues(chosen(shape, one), inside)) ?? true;
}

type Merge = (one: never, other: never) => unknown;

/** How to merge keywords that both parts have. For others, the last value applies. */
const merges: { readonly [Keyword in keyof Shape]?: Merge } = {
  types: commonTypes,
  enum: (one: readonly unknown[], other: readonly unknown[]) =>
    one.filter((value) => other.some((same) => isSame(value, same))),
  required: (one: readonly string[], other: readonly string[]) => [...one, ...other],
  unions: (one: readonly unknown[], other: readonly unknown[]) => [...one, ...other],
  items: (one: AnySchema, other: AnySchema) => ({ allOf: [one, other] }),
  additionalProperties: (one: AnySchema, other: AnySchema) => ({ allOf: [one, other] }),
  pattern: (one: string, other: string) =>
    one === other ? one : `^(?=[^]*?(?:${one}))(?=[^]*?(?:${other}))`,
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
  multipleOf: commonMultiple,
  uniqueItems: (one: boolean, other: boolean) => one || other,
};

function both(first: Shape, second: Shape): Shape {
  const [one, other] = [withEnum(first), withEnum(second)];
  const merged: Record<string, unknown> = { ...one, ...other };
  for (const [keyword, merge] of Object.entries(merges) as [keyof Shape, Merge][]) {
    if (one[keyword] === undefined || other[keyword] === undefined) continue;
    merged[keyword] = merge(one[keyword] as never, other[keyword] as never);
  }
  const names = [one, other].flatMap(({ properties = {} }) => Object.keys(properties));
  const fields = [...new Set(names)].map((name) => {
    const declared = [one, other].flatMap((shape): AnySchema[] =>
      [fieldOf(shape, name) ?? []].flat(),
    );
    return [name, declared.length === 1 ? declared[0] : { allOf: declared }];
  });
  if (fields.length > 0) merged.properties = Object.fromEntries(fields);
  return merged;
}

/** Returns the schema of a field. A part without additional fields does not refuse the fields of other parts. */
function fieldOf(
  { additionalProperties, properties = {} }: Shape,
  name: string,
): AnySchema | undefined {
  if (Object.hasOwn(properties, name)) return properties[name];
  return additionalProperties === false ? undefined : additionalProperties;
}

function withEnum(shape: Shape): Shape {
  if (!("const" in shape)) return shape;
  const { const: value, ...rest } = shape;
  return { ...rest, enum: [value] };
}

function commonTypes(one: readonly string[], other: readonly string[]): string[] {
  const has = (types: readonly string[], type: string) =>
    types.includes(type) || (type === "integer" && types.includes("number"));
  return [...new Set([...one, ...other])].filter((type) => has(one, type) && has(other, type));
}

function commonMultiple(one: number, other: number): number {
  const [least, most] = [Math.min(one, other), Math.max(one, other)];
  let multiple = most;
  while (!isMultiple(multiple, least)) multiple += most;
  return multiple;
}

/** Tolerant, since the division of fractions is not exact. */
export function isMultiple(value: number, step: number): boolean {
  return Number.isInteger(Number((value / step).toFixed(9)));
}

/** Whether two values are the same JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
