import { misfit, misfitOf } from "./fits.js";
import { formats } from "./formats.js";
import { seededRandom, seedOf } from "./random.js";
import { recipes, type Spot } from "./recipes.js";
import { type AnySchema, chosen, isPossible, type Shape, shapeOf } from "./schema.js";

/** The item for which fake data is generated. */
export interface Subject {
  /** What its values depend on besides the schema. */
  readonly seed: number;
  /** Which item of its collection this is, from 1. */
  readonly index: number;
  /** When it was created. */
  readonly createdMs: number;
  /** The current time: every date is before it. */
  readonly nowMs: number;
  /** Whether it has all optional fields, except those that are given as `undefined`. */
  readonly isWhole: boolean;
}

/** Fields that are given. One that is `undefined` is left out if it is optional. */
export type Given = Readonly<Record<string, unknown>>;

/** The share of items that have an optional field. */
const share = 0.85;

/** Beyond this depth, recursive models get no optional field. */
const deepest = 4;

/**
 * Returns a value that fits a schema: by a recipe for the name of its field, otherwise by type, format, enum, bounds and
 * the document's example. Each field has its own random numbers, so that a new field changes no other.
 */
export function fakeData(schema: AnySchema, subject: Subject, given?: Given): unknown {
  const place = { subject, name: "", seed: subject.seed, depth: 0, example: undefined };
  return make(shapeOf(schema), place, given);
}

/** The place of a value in the item. */
interface Place {
  readonly subject: Subject;
  readonly name: string;
  readonly seed: number;
  readonly depth: number;
  /** The value of the document's example. */
  readonly example: unknown;
  /** The fields of the object that contains it. */
  readonly fields?: Pick<Spot, "get" | "given">;
}

function make(shape: Shape, place: Place, given?: Given): unknown {
  const { createdMs, index, nowMs } = place.subject;
  const { fields, name, seed } = place;
  const example = shape.example ?? place.example;
  const nothing = () => undefined;
  const random = seededRandom(seed);
  const own = { name, index, createdMs, nowMs, random };
  const spot: Spot = { ...own, get: nothing, given: nothing, ...fields };

  const recipe = Object.hasOwn(recipes, name) ? recipes[name]?.(spot) : undefined;
  if (recipe !== undefined && misfitOf(shape, recipe, "") === undefined) return recipe;

  if ("const" in shape) return shape.const;
  const values = shape.enum?.filter((value) => misfitOf(shape, value, "") === undefined);
  if (values) return values[Math.floor(random() * values.length)];
  const [union] = shape.unions ?? [];
  if (union) {
    const fitting = given && union.find((one) => misfit(one, given, "") === undefined);
    const possible = union.filter((one) => isPossible(chosen(shape, one)));
    const one = fitting ?? possible[Math.floor(random() * possible.length)] ?? true;
    return make(chosen(shape, one), { ...place, example }, given);
  }
  const type = typeOf(shape, example, random);
  if (type === "object") return makeObject(shape, { ...place, example }, given);
  if (type === "array") return makeArray(shape, { ...place, example }, random);
  if (type === "string") return makeString(shape, example, spot);
  if (type === "integer" || type === "number") return makeNumber(shape, { type, example, random });
  return type === "null" ? null : random() < 0.6;
}

/** `null` now and then, where the type has it. */
function typeOf(shape: Shape, example: unknown, random: () => number): string {
  const { types = [] } = shape;
  if (types.includes("null") && random() > share) return "null";
  const type = types.find((one) => one !== "null") ?? types[0];
  if (type !== undefined) return type;
  if (shape.properties) return "object";
  if (shape.items !== undefined || Array.isArray(example)) return "array";
  return example === undefined || example === null ? "string" : typeof example;
}

function makeObject(shape: Shape, place: Place, fields: Given = {}): object {
  const { subject } = place;
  const { additionalProperties, properties = {}, required = [] } = shape;
  // Without a prototype: a field can be named `constructor`.
  const given: Given = Object.assign(Object.create(null), fields);
  const example: Given = Object.assign(Object.create(null), Object(place.example));
  const made = new Map<string, unknown>();
  const lookUp: Spot["given"] = (name) => given[name] ?? place.fields?.given(name);
  const get: Spot["get"] = (name) => {
    if (given[name] !== undefined) return given[name];
    if (!Object.hasOwn(properties, name)) return place.fields?.get(name);
    // Registered before it is generated: recipes can refer to each other.
    if (!made.has(name)) made.set(name, undefined).set(name, makeField(name));
    return made.get(name);
  };
  const makeField = (name: string) =>
    make(schemaOf(name), {
      subject,
      name,
      seed: seedOf(name, place.seed),
      depth: place.depth + 1,
      example: example[name],
      fields: { get, given: lookUp },
    });
  const schemaOf = (name: string) => shapeOf(properties[name] ?? true);
  const isThere = (name: string) => {
    if (required.includes(name) || given[name] !== undefined) return true;
    if (!isPossible(schemaOf(name))) return false;
    // Names that every object inherits are always set: some validators mistake the inherited value for a field.
    if (name in Object.prototype) return true;
    if (name in given || place.depth > deepest) return false;
    return subject.isWhole || seededRandom(seedOf(`${name}?`, place.seed))() < share;
  };
  const names = Object.keys(properties).filter(isThere);
  if (names.length === 0 && typeof additionalProperties === "object" && place.depth < deepest) {
    const inner = { subject, name: "", seed: seedOf("*", place.seed), depth: place.depth + 1 };
    return { key: make(shapeOf(additionalProperties), { ...inner, example: undefined }) };
  }
  return Object.fromEntries(names.map((name) => [name, get(name)]));
}

function makeArray(
  { items = true, maxItems = 3, minItems = 0, uniqueItems }: Shape,
  place: Place,
  random: () => number,
): unknown[] {
  const most = place.depth > deepest ? minItems : Math.max(minItems, Math.min(maxItems, 3));
  const length = minItems + Math.floor(random() * (most - minItems + 1));
  const item = (index: number) =>
    make(shapeOf(items), {
      ...place,
      seed: seedOf(index, place.seed),
      depth: place.depth + 1,
      example: Array.isArray(place.example)
        ? place.example[index % place.example.length]
        : undefined,
    });
  if (!uniqueItems) return Array.from({ length }, (_, index) => item(index));
  const distinct = new Map<string, unknown>();
  // A schema may allow only a few values.
  for (let index = 0; distinct.size < length && index < length + 100; index++) {
    const value = item(index);
    distinct.set(JSON.stringify(value), value);
  }
  return [...distinct.values()];
}

function makeNumber(
  shape: Shape,
  { example, random, type }: { type: string; example: unknown; random: () => number },
): number {
  const step = shape.multipleOf ?? (type === "integer" ? 1 : 0.01);
  const { exclusiveMaximum, exclusiveMinimum, maximum, minimum } = shape;
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + step);
  const most = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - step);
  const size = typeof example === "number" && example > 0 ? 2 * example : 1000;
  const from = least ?? (most === undefined ? 0 : Math.min(0, most - size));
  const to = most ?? Math.max(from + size, from);
  const first = Math.ceil(from / step) * step;
  const steps = Math.max(0, Math.floor((to - first) / step));
  const value = first + Math.floor(random() * (steps + 1)) * step;
  return Number(value.toFixed(type === "integer" ? 0 : 2));
}

/** By its format, otherwise like the example, otherwise by the name of the field. */
function makeString(shape: Shape, example: unknown, spot: Spot): string {
  const { format = "", maxLength = Number.POSITIVE_INFINITY, minLength = 0 } = shape;
  const words = spot.name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() || "text";
  const texts = [
    Object.hasOwn(formats, format) ? formats[format]?.make(spot) : undefined,
    `${typeof example === "string" ? example : words} ${spot.index}`,
    example,
    `${words} ${spot.index}`.slice(0, maxLength).padEnd(minLength, "x"),
    String(spot.index).padStart(minLength, "0"),
  ];
  const { pattern = "" } = shape;
  const fitting = texts.find((text) => typeof text === "string" && !misfitOf(shape, text, ""));
  return String(fitting ?? fromPattern(pattern) ?? "");
}

/** Returns a text for a simple pattern, such as `^[A-Z]{3}-\d+$`. */
function fromPattern(pattern: string): string | undefined {
  const parts = /^\^?((?:\\[dws.-]|\[[^\]^\\]+\]|[\w -])(?:\{\d+(?:,\d*)?\}|[+*?])?)+\$?$/.test(
    pattern,
  );
  if (!parts) return undefined;
  return pattern
    .replace(/^\^|\$$/g, "")
    .replaceAll(/(\\.|\[[^\]]+\]|.)(?:\{(\d+)[^}]*\}|[+*?])?/g, (_, part: string, count = "1") => {
      const first = part.startsWith("[") ? part.charAt(1) : part;
      const text = { "\\d": "1", "\\w": "a", "\\s": " " }[first] ?? first.replace("\\", "");
      return text.repeat(Number(count));
    });
}
