import type { Document } from "../../scripts/generate/document.js";
import type { Chance } from "./chance.js";
import { fits } from "./fits.js";
import { type AnySchema, formatTexts, patterns } from "./make-schemas.js";
import { type Part, partsOf, unionAmong } from "./schema-parts.js";

interface ValueDraw {
  readonly document: Document;
  readonly chance: Chance;
}

const deepest = 6;
const strict = { isClosed: "always", limits: "all" } as const;

/** A value that matches a schema, as this test reads it; `undefined` where none was found. */
export function makeValue(document: Document, chance: Chance, schema: AnySchema): unknown {
  for (let tries = 0; tries < 12; tries++) {
    const value = make({ document, chance }, [schema], 0);
    if (value !== undefined && fits({ document, ...strict }, [schema], value)) return value;
  }
  return undefined;
}

function make(draw: ValueDraw, schemas: readonly AnySchema[], depth: number): unknown {
  const { chance, document } = draw;
  const parts = partsOf(document, schemas);
  if (parts === undefined || depth > 12) return undefined;
  const union = unionAmong(parts);
  if (union) return make(draw, [...union.beside, chance.pick(union.alternatives)], depth);
  const listed = parts.flatMap((part) => ("const" in part ? [part.const] : (part.enum ?? [])));
  if (listed.length > 0) return chance.pick(listed);
  switch (typeFor(draw, parts, depth)) {
    case "null":
      return null;
    case "boolean":
      return chance.is(0.5);
    case "integer":
      return makeNumber(chance, parts, 1);
    case "number":
      return makeNumber(chance, parts, 0.5);
    case "array":
      return makeArray(draw, parts, depth);
    case "object":
      return makeObject(draw, parts, depth);
    default:
      return makeText(chance, parts);
  }
}

/** One of the types that all of the parts allow. What is known of no type has fields, or is a text. */
function typeFor({ chance }: ValueDraw, parts: readonly Part[], depth: number): string {
  const lists = parts.flatMap(({ type }) => (type === undefined ? [] : [[type].flat()]));
  const [first, ...others] = lists;
  if (first === undefined) {
    if (parts.some(({ properties }) => properties)) return "object";
    return chance.pick(["string", "boolean", "null", "integer"]);
  }
  const isAmong = (type: string, list: string[]) =>
    list.includes(type) || (type === "integer" && list.includes("number"));
  const common = first.filter((type) => others.every((list) => isAmong(type, list)));
  if (depth > deepest && common.includes("null")) return "null";
  return common.length > 0 ? chance.pick(common) : "none";
}

function makeNumber(chance: Chance, parts: readonly Part[], finest: number): number {
  const limit = (keyword: string) =>
    parts.flatMap((part) => (typeof part[keyword] === "number" ? [part[keyword]] : []));
  const step = Math.max(finest, ...limit("multipleOf"));
  const least = Math.max(
    ...limit("minimum"),
    ...limit("exclusiveMinimum").map((one) => one + finest),
  );
  const most = Math.min(...limit("maximum"), ...limit("exclusiveMaximum").map((one) => one - 0.5));
  const from = Number.isFinite(least) ? least : Math.min(-10, most - 10);
  const to = Number.isFinite(most) ? most : from + 30;
  const first = Math.ceil(from / step) * step;
  return first + chance.int(0, Math.max(0, Math.floor((to - first) / step))) * step;
}

function makeText(chance: Chance, parts: readonly Part[]): string {
  const pattern = parts.find((part) => part.pattern)?.pattern;
  const format = parts.find((part) => part.format)?.format;
  const samples = patterns[`${pattern}`] ?? formatTexts[`${format}`];
  if (samples) return chance.pick(samples);
  const least = Math.max(0, ...parts.map(({ minLength = 0 }) => Number(minLength)));
  return chance.pick(["word", "other", 'a "b"', "ü", "5", "true"]).padEnd(least, "x");
}

function makeArray(draw: ValueDraw, parts: readonly Part[], depth: number): unknown[] | undefined {
  const items = parts.flatMap((part) => (part.items === undefined ? [] : [part.items]));
  const least = Math.max(0, ...parts.map(({ minItems = 0 }) => Number(minItems)));
  const length = Math.max(least, depth > deepest ? 0 : draw.chance.int(0, 2));
  const made = Array.from({ length }, () => make(draw, items, depth + 1));
  return made.includes(undefined) ? undefined : made;
}

function makeObject(draw: ValueDraw, parts: readonly Part[], depth: number): object | undefined {
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const names = new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)));
  const entries: [string, unknown][] = [];
  for (const name of names) {
    const isWanted = required.has(name) || (depth <= deepest && draw.chance.is(0.6));
    if (!isWanted) continue;
    const schemas = parts.flatMap(({ properties = {} }) =>
      Object.hasOwn(properties, name) ? [properties[name] as AnySchema] : [],
    );
    const value = make(draw, schemas, depth + 1);
    if (value !== undefined) entries.push([name, value]);
    else if (required.has(name)) return undefined;
  }
  const additional = parts.flatMap(({ additionalProperties }): AnySchema[] =>
    additionalProperties === undefined ? [] : [additionalProperties],
  );
  if (additional.length > 0 && draw.chance.is(0.5)) {
    const value = make(draw, additional, depth + 1);
    if (value !== undefined) entries.push(["anyKey", value]);
  }
  return Object.fromEntries(entries);
}
