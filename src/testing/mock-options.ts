import { operations } from "../../generated/operations.js";
import type { Operation, OperationId } from "../operation.js";
import {
  type OptionRules,
  parseFunction,
  parseNumber,
  parseOptions,
  parsePositive,
} from "../parse-options.js";
import { checkName } from "./check.js";
import { type ByOwner, type CollectionName, collections, type ItemIn } from "./document.js";
import type { Fault } from "./fault.js";
import type { RateLimit } from "./rate-limit.js";

/**
 * An item as the input of a test. An absent field gets fake data; a field that is `undefined` is left out.
 *
 * @example
 * import type { Customer } from "loke-customers";
 * import type { ItemInput } from "loke-customers/testing";
 *
 * const known: ItemInput<Customer> = { id: "01FCCGYZA9JPQ97HBSTKW0KT7P" };
 */
export type ItemInput<Item> = Item extends object
  ? {
      // Every object inherits `constructor`, so a field of that name always gets fake data.
      [Field in keyof Item as Field extends keyof typeof Object.prototype ? never : Field]?:
        | Item[Field]
        | (undefined extends Item[Field] ? undefined : never);
    }
  : Item;

/** Items as the input of a test. A number stands for that many fake items, some of which lack optional fields. */
export type ListInput<Item> = number | readonly (ItemInput<Item> | number)[];

/** The options that do not depend on the document. */
interface CommonOptions {
  /** Faults to apply, in their order. @default [] */
  faults?: readonly Fault[] | undefined;
  /**
   * How many requests are accepted; beyond that, the status is 429. The rate is measured by the clock of the option `now`,
   * so fake timers advance it.
   *
   * @default no limit
   */
  rateLimit?: RateLimit | undefined;
  /** The valid access token: with any other, or none, the status is 401. @default every token is valid */
  token?: string | undefined;
  /** The organization that has the items. @default "01F8MECHZX3TBDSZ7XRADM79XV" */
  organizationId?: string | undefined;
  /** The number of items per page, for all lists or by operation. @default as documented, otherwise 100 */
  pageSize?: number | { readonly [Id in ListOperationId]?: number | undefined } | undefined;
  /** The seed of the fake data. @default 1 */
  seed?: number | undefined;
  /**
   * The clock, in milliseconds since 1970. Fake items are dated before the time at which they are created; items that are
   * added or changed are dated at that time. Only dates depend on it. It is read at each use, so fake timers apply.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
}

/** The initial items of each collection of the document. */
type Contents = {
  [Name in CollectionName]?: ByOwner<Name, ListInput<ItemIn<Name>>> | undefined;
};

/**
 * The options of a mock API, and the items of each list of the document, by the last word of its path. Absent fields of an
 * item get fake data. Lists that belong to an item, such as the memberships of a customer, are an object with a key for
 * each item's ID.
 *
 * By default, a list that belongs to no item has 25 items, and others are empty.
 */
export interface MockApiOptions extends CommonOptions, Contents {}

/** The operations that return lists. */
export type ListOperationId = {
  [Id in OperationId]: (typeof operations)[Id] extends { list: object } ? Id : never;
}[OperationId];

/** The options with their defaults. */
export interface ResolvedMockOptions {
  readonly faults: readonly Fault[];
  readonly rateLimit?: RateLimit;
  readonly token?: string;
  readonly organizationId: string;
  readonly seed: number;
  readonly now: () => number;
  /** The page size of a list, if the option has one. */
  readonly pageSize: (id: string) => number | undefined;
  /** The input of a collection. */
  readonly [collection: string]: unknown;
}

const aText = ["mock", "a text that is not empty", parseText] as const;

const rules: OptionRules<ResolvedMockOptions> = {
  // What these hold is checked where it is used.
  ...Object.fromEntries(
    Object.keys(collections).map((name) => [name, ["mock", "", (value) => value]]),
  ),
  faults: ["mock", "an array of faults", parseArray],
  rateLimit: ["mock", "an object with perSecond, a number above 0, and retryAfter", parseRateLimit],
  token: aText,
  organizationId: aText,
  pageSize: ["mock", "a whole number from 1, or an object of such by list", parsePageSize],
  seed: ["mock", "a whole number from 0", parseSeed],
  now: ["mock", "a function that returns milliseconds since 1970", parseClock],
};

/** @throws {TypeError} naming the option that is wrong */
export function parseMockOptions(options: MockApiOptions): ResolvedMockOptions {
  const base: ResolvedMockOptions = {
    faults: [],
    organizationId: "01F8MECHZX3TBDSZ7XRADM79XV",
    seed: 1,
    // Looked up at each use: fake timers replace `Date`.
    now: () => Date.now(),
    pageSize: () => undefined,
  };
  return parseOptions(options, { caller: "createMockApi", scope: "mock", rules, base });
}

function parseText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parseArray<Item>(value: unknown): Item[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function parseRateLimit(
  value: unknown,
  _base: ResolvedMockOptions,
  caller: string,
): RateLimit | undefined {
  if (Object(value) !== value || Array.isArray(value)) return undefined;
  const rules: OptionRules<RateLimit> = {
    perSecond: ["limit", "a number above 0", parsePositive],
    retryAfter: ["limit", "a number of seconds from 0", parseNumber],
  };
  const target = { caller: `${caller}: "rateLimit"`, scope: "limit", rules, base: {} as RateLimit };
  return parseOptions<RateLimit>(value as RateLimit, { ...target, required: ["perSecond"] });
}

function parseSeed(value: unknown): number | undefined {
  return Number.isInteger(value) ? parseNumber(value) : undefined;
}

function parseClock(value: unknown): (() => number) | undefined {
  const clock = parseFunction<() => number>(value);
  const ms = clock?.();
  return typeof ms === "number" && !Number.isNaN(new Date(ms).getTime()) ? clock : undefined;
}

function parsePageSize(value: unknown): ResolvedMockOptions["pageSize"] | undefined {
  const isSize = (size: unknown) => Number.isInteger(size) && (size as number) >= 1;
  if (isSize(value)) return () => value as number;
  if (Object(value) !== value) return undefined;
  const sizes = Object.entries(value as Record<string, number | undefined>);
  const lists = Object.entries<Operation>(operations).flatMap(([id, { list }]) =>
    list ? [id] : [],
  );
  for (const [id] of sizes) checkName("list", id, lists);
  if (!sizes.every(([, size]) => size === undefined || isSize(size))) return undefined;
  return (id) => sizes.find(([one]) => one === id)?.[1];
}
