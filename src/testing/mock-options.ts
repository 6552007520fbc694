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
 * An item as a test gives one: what is absent is made up, what is `undefined` is left out.
 *
 * @example
 * import type { Customer } from "loke-customers";
 * import type { ItemInput } from "loke-customers/testing";
 *
 * const known: ItemInput<Customer> = { id: "01FCCGYZA9JPQ97HBSTKW0KT7P" };
 */
export type ItemInput<Item> = Item extends object
  ? {
      // Each object has something that is called `constructor`: a field of that name is always made up.
      [Field in keyof Item as Field extends keyof typeof Object.prototype ? never : Field]?:
        | Item[Field]
        | (undefined extends Item[Field] ? undefined : never);
    }
  : Item;

/** Items as a test gives them; a number is that many made-up ones, of which some lack optional fields. */
export type ListInput<Item> = number | readonly (ItemInput<Item> | number)[];

/** The options that are the same whatever the document has. */
interface CommonOptions {
  /** What goes wrong. @default [] */
  faults?: readonly Fault[] | undefined;
  /**
   * How many requests are accepted; beyond that, the answer is 429. A rate is kept by the clock of the option `now`, so fake
   * timers let it pass.
   *
   * @default no limit
   */
  rateLimit?: RateLimit | undefined;
  /** The one access token that is good; with any other the answer is 401, as it is with none. @default any is good */
  token?: string | undefined;
  /** The one organization that has anything. @default "01F8MECHZX3TBDSZ7XRADM79XV" */
  organizationId?: string | undefined;
  /** How many items a page has, in all lists or by operation. @default as documented, else 100 */
  pageSize?: number | { readonly [Id in ListOperationId]?: number | undefined } | undefined;
  /** With another seed, other things are made up. @default 1 */
  seed?: number | undefined;
  /**
   * The clock, in milliseconds since 1970. What is made up is dated before the time at which it is made; what is added or
   * changed is dated at that time. Besides dates, nothing depends on it. It is read at each use, so fake timers set it.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
}

/** What each collection of the document begins with. */
type Contents = {
  [Name in CollectionName]?: ByOwner<Name, ListInput<ItemIn<Name>>> | undefined;
};

/**
 * What a mock API begins with: its options, and the items of each list of the document, by the last word of its path. An item
 * that is given is whole, but for the fields that are `undefined`: what is absent is made up. Lists that belong to an item,
 * such as the memberships of a customer, are given by the item's ID.
 *
 * A list that belongs to no item has 25 items if nothing is said of it, others have none.
 */
export interface MockApiOptions extends CommonOptions, Contents {}

/** The operations that give lists. */
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
  /** The page size of a list, if one is given. */
  readonly pageSize: (id: string) => number | undefined;
  /** The items of a collection, as they were given. */
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
