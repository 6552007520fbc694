import { operations } from "../../generated/operations.js";
import type { Operation, OperationId } from "../operation.js";
import { checkCount, checkName, checkText } from "./check.js";
import type { Fault } from "./fault.js";
import type { CustomerInput } from "./invent.js";
import type { MembershipsInput } from "./store.js";

/** What a mock API begins with. */
export interface MockApiOptions {
  /**
   * A number is that many made-up customers, some of whom lack optional fields; in an array, too. A customer that is given
   * is whole, but for the fields that are `undefined`: what is absent is made up.
   *
   * @default 25
   */
  customers?: number | readonly (CustomerInput | number)[] | undefined;
  /**
   * The customer lists that customers are in, by the customer's ID; a number is that many made-up ones.
   *
   * @default {}, which is nobody in any
   */
  memberships?: Readonly<Record<string, MembershipsInput>> | undefined;
  /** What goes wrong. @default [] */
  faults?: readonly Fault[] | undefined;
  /** The one access token that is good; with any other the answer is 401, as it is with none. @default any is good */
  token?: string | undefined;
  /** The one organization that has customers. @default "01F8MECHZX3TBDSZ7XRADM79XV" */
  organizationId?: string | undefined;
  /** How many rows a page has, in all lists or by operation. @default 1,000 customers and 10 memberships, as documented */
  pageSize?: number | { readonly [Id in ListOperationId]?: number | undefined } | undefined;
  /** With another seed, other things are made up. @default 1 */
  seed?: number | undefined;
}

/** The operations that give lists. */
export type ListOperationId = {
  [Id in OperationId]: (typeof operations)[Id] extends { list: object } ? Id : never;
}[OperationId];

/** The options with their defaults. */
export interface MockSettings {
  readonly customers: readonly (CustomerInput | number)[];
  readonly memberships: Readonly<Record<string, MembershipsInput>>;
  readonly faults: readonly Fault[];
  readonly token: string | undefined;
  readonly organizationId: string;
  readonly seed: number;
  pageSize(id: OperationId, documented: number): number;
}

const names = "customers memberships faults token organizationId pageSize seed".split(" ");

/** @throws {TypeError} naming the option that is wrong */
export function settleMock(options: MockApiOptions): MockSettings {
  for (const name of Object.keys(options)) checkName("option", name, names);
  const { customers = 25, faults = [], memberships = {}, pageSize, seed = 1, token } = options;
  const { organizationId = "01F8MECHZX3TBDSZ7XRADM79XV" } = options;
  const inputs = Array.isArray(customers) ? customers : [customers];
  for (const input of inputs) {
    if (Object(input) !== input) checkCount("customers", input ?? null, 0);
  }
  checkText("token", token);
  checkText("organizationId", organizationId);
  checkCount("seed", seed, 0);
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
    customers: inputs,
    faults,
    memberships,
    organizationId,
    seed,
    token,
    pageSize: (id, documented) => sizes[id] ?? documented,
  };
}
