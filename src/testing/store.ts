import { checkCount, checkName, refuse } from "./check.js";
import { collections, depthOf, fieldsOf, itemSchemaOf } from "./document.js";
import { fakeData, type Given } from "./fake-data.js";
import { misfit } from "./fits.js";
import { timeOf } from "./formats.js";
import { seededRandom, seedOf } from "./random.js";
import { shapeOf } from "./schema.js";

/** An item of a collection. */
export interface Row {
  readonly item: unknown;
  /** Its position in the order of arrival, from 1. Removing others does not change it. */
  readonly arrival: number;
  /** Its ID among the items of its owner. */
  readonly id: string;
  readonly owners: readonly string[];
  /** Given fields that its list does not show. */
  readonly more: Given;
}

/** The items of the mock. The returned items are frozen. */
export interface Store {
  /** In the order of their arrival. */
  rows(name: string, owners: readonly string[]): readonly Row[];
  /** @param owners - where fewer are known than there are, those that are not known can be any */
  find(name: string, owners: readonly string[], id: string): Row | undefined;
  hasOwners(name: string, owners: readonly string[]): boolean;
  /** Returns a new item, which is not stored yet. */
  make(name: string, owners: readonly string[], origin: Origin): Row;
  put(name: string, row: Row): void;
  /** Returns a row with changed fields. A field that is `undefined` is removed if it is optional. */
  changed(name: string, row: Row, given: Given): Row;
  remove(name: string, row: Row): void;
}

/** The input for a new item. */
export interface Origin {
  /** The current time. */
  readonly nowMs: number;
  /** The given fields. Without them, optional ones may be absent. */
  readonly given?: unknown;
}

interface Shelf {
  readonly rows: Map<string, Map<string, Row>>;
  arrivals: number;
  /** What the age of the last one goes by, which rises as they come. */
  position: number;
}

/** The age of the first item. */
export const oldestMs: number = 3 * 365 * 24 * 60 * 60 * 1000;

export function createStore(seed: number): Store {
  const shelves = new Map<string, Shelf>(
    Object.keys(collections).map((name) => [name, { rows: new Map(), arrivals: 0, position: 0 }]),
  );
  const shelfOf = (name: string) => shelves.get(name) ?? refuse(`has no collection "${name}".`);
  const rowsOf = (name: string, owners: readonly string[]) =>
    shelfOf(name).rows.get(JSON.stringify(owners));

  function find(name: string, owners: readonly string[], id: string): Row | undefined {
    if (owners.length === depthOf(name)) return rowsOf(name, owners)?.get(id);
    return [...shelfOf(name).rows.values()].find((rows) => rows.has(id))?.get(id);
  }

  function hasOwners(name: string, owners: readonly string[]): boolean {
    const parent = collections[name]?.parent;
    const owner = owners.at(-1);
    if (parent === undefined || owner === undefined) return true;
    return find(parent, owners.slice(0, -1), owner) !== undefined;
  }

  function make(name: string, owners: readonly string[], { given, nowMs }: Origin): Row {
    const shelf = shelfOf(name);
    const index = ++shelf.arrivals;
    const own = seedOf(`${seed} ${name} ${index}`);
    const random = seededRandom(seedOf("clock", own));
    // One in ten has the same date as the previous one, so that `sort` must break ties.
    if (random() > 0.1) shelf.position = index - random();
    const schema = itemSchemaOf(name);
    const fields = fieldsOf(schema);
    const { id = "" } = collections[name] ?? {};
    // A numeric ID is a counter; a text ID comes from its recipe.
    const known = fields[id] && !misfit(fields[id], index, "") ? { [id]: index } : {};
    const isWhole = Object(given) === given;
    const isItem = given === undefined || isWhole;
    const createdMs = lastSecond(nowMs) - ageMs(shelf.position);
    const subject = { seed: own, index, createdMs, nowMs: lastSecond(nowMs), isWhole };
    const item = isItem ? fakeData(schema, subject, { ...known, ...Object(given) }) : given;
    const more = Object.entries(Object(given)).filter(([field]) => !Object.hasOwn(fields, field));
    return rowOf(name, { item, arrival: index, owners, more: Object.fromEntries(more) });
  }

  function rowOf(name: string, row: Omit<Row, "id">): Row {
    const { id: field } = collections[name] ?? {};
    const id = field === undefined ? row.arrival : Object(row.item)[field];
    const { [field ?? ""]: schema = true } = fieldsOf(itemSchemaOf(name));
    if (!isId(id) || misfit(schema, id, "")) {
      refuse(`cannot have an item with the ID ${quoted(id)} in ${name}.`);
    }
    return { ...row, id: String(id), item: deepFrozen(row.item) };
  }

  return {
    rows: (name, owners) => [...(rowsOf(name, owners)?.values() ?? [])],
    find,
    hasOwners,
    make,
    put(name, row) {
      const { rows } = shelfOf(name);
      const key = JSON.stringify(row.owners);
      rows.set(key, (rows.get(key) ?? new Map()).set(row.id, row));
    },
    changed(name, row, given) {
      const { required = [], properties = {} } = shapeOf(itemSchemaOf(name));
      const item: Record<string, unknown> = { ...Object(row.item) };
      const more: Record<string, unknown> = { ...row.more };
      for (const [field, value] of Object.entries(given)) {
        const part = Object.hasOwn(properties, field) ? item : more;
        if (value !== undefined) part[field] = value;
        else if (!required.includes(field)) delete part[field];
      }
      const changed = rowOf(name, { ...row, item, more });
      if (changed.id !== row.id) refuse(`cannot give ${quoted(row.id)} another ID.`);
      return changed;
    },
    remove(name, row) {
      rowsOf(name, row.owners)?.delete(row.id);
      const start = JSON.stringify([...row.owners, row.id]).slice(0, -1);
      for (const [child, { rows }] of shelves) {
        if (!isBelow(child, name)) continue;
        for (const key of rows.keys()) if (key.startsWith(start)) rows.delete(key);
      }
    },
  };
}

/** Returns the last whole second: fake items have no later date, so that every change is after them. */
export function lastSecond(ms: number): number {
  return Math.ceil(ms / 1000) * 1000 - 1000;
}

/**
 * Returns how long ago an item was created, by its position: three years for the first, a year for the tenth, hours for the
 * twenty thousandth. So dates rise with the position, and do not depend on the number of items.
 */
function ageMs(position: number): number {
  return Math.ceil(oldestMs / (1 + position / 5) / 1000) * 1000;
}

/** Returns the dates of an item that is created now, beside the given fields. */
export function stampNew(name: string, given: unknown, nowMs: number): Given {
  const { createdAt, updatedAt } = Object(given);
  return datesOf(name, {
    createdAt: Math.min(nowMs, timeOf(updatedAt) ?? nowMs),
    updatedAt: Math.max(nowMs, timeOf(createdAt) ?? nowMs),
  });
}

/** Returns the date of a change to an item, which is not before its creation. */
export function stampChange(name: string, item: unknown, nowMs: number): Given {
  return datesOf(name, { updatedAt: Math.max(nowMs, timeOf(Object(item).createdAt) ?? nowMs) });
}

/** Returns those fields that an item can have as dates with milliseconds, so that two changes seldom have equal dates. */
function datesOf(name: string, times: Readonly<Record<string, number>>): Given {
  const known = fieldsOf(itemSchemaOf(name));
  const entries = Object.entries(times)
    .map(([field, ms]) => [field, new Date(ms).toISOString()] as const)
    .filter(([field, date]) => !misfit(known[field] ?? false, date, ""));
  return Object.fromEntries(entries);
}

/** Whether a client can request an item of this ID: some texts cannot be a path segment. */
export function isId(value: unknown): boolean {
  return !/^\.{0,2}$/.test(String(value ?? ""));
}

/** Whether items of a collection belong to those of another, or to what belongs to them. */
function isBelow(name: string, other: string): boolean {
  const parent = collections[name]?.parent;
  return parent !== undefined && (parent === other || isBelow(parent, other));
}

/** @throws {TypeError} for an input that is neither a count nor an item */
export function checkInputs(name: string, inputs: readonly unknown[]): void {
  for (const input of inputs) {
    const isItem = isObjects(name) ? Object(input) === input : typeof input !== "number";
    if (isItem) checkItem(name, input);
    else checkCount(name, input ?? null, 0);
  }
}

/** @throws {TypeError} for an input that is not an item, or has a field that the document does not have */
export function checkItem(name: string, input: unknown): void {
  if (!isObjects(name)) return;
  if (Object(input) !== input || Array.isArray(input)) {
    refuse(`needs an object with fields of ${name}.`);
  }
  const { additionalProperties = false, properties = {} } = shapeOf(itemSchemaOf(name));
  if (additionalProperties) return;
  for (const field of Object.keys(Object(input))) {
    checkName(`field of ${name}`, field, Object.keys(properties));
  }
}

function isObjects(name: string): boolean {
  return shapeOf(itemSchemaOf(name)).properties !== undefined;
}

/** Returns a frozen copy: changes by a caller must not affect the mock. */
function deepFrozen(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(deepFrozen));
  if (Object(value) !== value) return value;
  const entries = Object.entries(value as object).map(([key, one]) => [key, deepFrozen(one)]);
  return Object.freeze(Object.fromEntries(entries));
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
