import type { Chance } from "./chance.js";

/** A value with one thing changed, and what was changed. */
export interface Mutation {
  readonly change: string;
  readonly value: unknown;
}

type Place = readonly (string | number)[];

/** Changes one thing in a value, wherever that is. It knows no schema: the result can still be right. */
export function mutate(chance: Chance, value: unknown): Mutation {
  const places = placesIn(value);
  const objects = places.filter((place) => isObject(at(value, place)));
  const kind = chance.pick(["drop", "null", "type", "text", "add", "fraction"]);
  if (objects.length > 0 && kind === "add") {
    const place = chance.pick(objects);
    const added = { ...Object(at(value, place)), unknownField: chance.pick(["text", 1, null]) };
    return { change: `a field added at ${words(place)}`, value: put(value, place, added) };
  }
  const filled = objects.filter((place) => Object.keys(Object(at(value, place))).length > 0);
  if (filled.length > 0 && kind === "drop") {
    const place = chance.pick(filled);
    const { ...rest } = Object(at(value, place));
    const name = chance.pick(Object.keys(rest));
    delete rest[name];
    return { change: `${name} dropped at ${words(place)}`, value: put(value, place, rest) };
  }
  const place = chance.pick(places);
  const old = at(value, place);
  const fresh = replacement(chance, old, kind);
  return {
    change: `${words(place)} made ${JSON.stringify(fresh)}`,
    value: put(value, place, fresh),
  };
}

function replacement(chance: Chance, old: unknown, kind: string): unknown {
  if (kind === "null") return null;
  if (kind === "text" && typeof old === "string") return `${old}-other`;
  if (kind === "fraction" && typeof old === "number") return old + 0.25;
  const others = ["text", 12, true, {}, [], { unknownField: 1 }];
  return chance.pick(others.filter((one) => typeOf(one) !== typeOf(old)));
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function isObject(value: unknown): boolean {
  return Object(value) === value && !Array.isArray(value);
}

function placesIn(value: unknown, place: Place = []): Place[] {
  if (Object(value) !== value) return [place];
  const inner = Array.isArray(value)
    ? value.flatMap((one, index) => placesIn(one, [...place, index]))
    : Object.entries(value as object).flatMap(([name, one]) => placesIn(one, [...place, name]));
  return [place, ...inner];
}

function at(value: unknown, place: Place): unknown {
  return place.reduce<unknown>((node, key) => Object(node)[key], value);
}

function put(value: unknown, place: Place, fresh: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return fresh;
  const inner = put(Object(value)[key], rest, fresh);
  if (Array.isArray(value)) return value.map((one, index) => (index === key ? inner : one));
  return { ...Object(value), [key]: inner };
}

function words(place: Place): string {
  return place.length === 0 ? "the whole" : place.join(".");
}
