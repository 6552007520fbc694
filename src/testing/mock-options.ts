import { operations } from "../../generated/operations.js";
import type { Operation, OperationId } from "../operation.js";
import { checkClock, checkCount, checkName, checkText } from "./check.js";
import { type ByOwner, type CollectionName, collections, type ItemIn } from "./document.js";
import type { Fault } from "./fault.js";

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
export interface MockSettings {
  /** What is given of each collection. */
  readonly contents: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
  readonly token: string | undefined;
  readonly organizationId: string;
  readonly seed: number;
  now(): number;
  pageSize(id: OperationId, documented: number): number;
}

const names = "faults token organizationId pageSize seed now".split(" ");

/** @throws {TypeError} naming the option that is wrong */
export function settleMock(options: MockApiOptions): MockSettings {
  const known = Object.keys(collections);
  for (const name of Object.keys(options)) checkName("option", name, [...known, ...names]);
  // Looked up at each use: fake timers replace `Date`.
  const { faults = [], now = () => Date.now(), pageSize, seed = 1, token } = options;
  const { organizationId = "01F8MECHZX3TBDSZ7XRADM79XV" } = options;
  checkText("token", token);
  checkText("organizationId", organizationId);
  checkCount("seed", seed, 0);
  checkClock(now);
  const lists = Object.entries<Operation>(operations).filter(([, { list }]) => list);
  const listIds = lists.map(([id]) => id);
  const isEach = Object(pageSize) === pageSize;
  const sizes: Readonly<Record<string, number | undefined>> = isEach
    ? Object(pageSize)
    : Object.fromEntries(listIds.map((id) => [id, pageSize]));
  for (const [id, size] of Object.entries(sizes)) {
    checkName("list", id, listIds);
    checkCount("pageSize", size, 1);
  }
  return {
    contents: Object.fromEntries(known.map((name) => [name, options[name as CollectionName]])),
    faults,
    organizationId,
    seed,
    now,
    token,
    pageSize: (id, documented) => sizes[id] ?? documented,
  };
}
