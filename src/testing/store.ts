import type { Customer, CustomerListTiny } from "../../generated/models.js";
import { checkCount, refuse } from "./check.js";
import { type CustomerInput, complete, dateTime, type Inventor, timeOf } from "./invent.js";
import type { Row } from "./list-page.js";

/** Customer lists as a test gives them; a number is that many made-up ones. */
export type MembershipsInput = number | readonly Partial<CustomerListTiny>[];

/** What the mock holds. Nothing that is handed out can be changed from outside. */
export interface Store {
  /** In the order in which they came. */
  customers(): readonly Row<Customer>[];
  find(id: string): Customer | undefined;
  memberships(customerId: string): readonly CustomerListTiny[];
  add(given?: CustomerInput): Customer;
  /** A second after whatever has happened to a customer so far. */
  now(): string;
  change(id: string, given: CustomerInput): Customer;
  remove(id: string): void;
  setMemberships(customerId: string, given: MembershipsInput): void;
}

export function createStore(inventor: Inventor): Store {
  const customers = new Map<string, Row<Customer>>();
  const memberships = new Map<string, readonly CustomerListTiny[]>();
  let arrivals = 0;

  function known(id: string): Row<Customer> {
    const row = customers.get(id);
    return row ?? refuse(`has no customer ${quoted(id)}.`);
  }

  function now(): string {
    let lastMs = 0;
    for (const { item } of customers.values()) {
      lastMs = Math.max(lastMs, timeOf(item.createdAt) ?? 0, timeOf(item.updatedAt) ?? 0);
    }
    return dateTime(lastMs + 1000);
  }

  function setMemberships(customerId: string, given: MembershipsInput): void {
    known(customerId);
    if (!Array.isArray(given)) checkCount("memberships", given, 0);
    const inputs = typeof given === "number" ? Array(given).fill(undefined) : given;
    memberships.set(
      customerId,
      inputs.map((input) => Object.freeze(inventor.membership(input))),
    );
  }

  return {
    customers: () => [...customers.values()],
    find: (id) => customers.get(id)?.item,
    memberships: (customerId) => memberships.get(customerId) ?? [],
    now,
    add(given) {
      const customer = frozen(inventor.customer(given));
      const { id } = customer;
      // What no client can ask for, since a URL has no such place.
      if (typeof id !== "string" || /^\.{0,2}$/.test(id)) {
        refuse(`cannot have a customer with the ID ${quoted(id)}.`);
      }
      if (customers.has(id)) refuse(`has a customer with the ID ${quoted(id)} already.`);
      arrivals += 1;
      customers.set(id, { item: customer, arrival: arrivals });
      return customer;
    },
    change(id, given) {
      const { item, arrival } = known(id);
      if ((given.id ?? id) !== id) refuse(`cannot give ${quoted(id)} another ID.`);
      const changed = frozen(complete(item, { updatedAt: now(), ...given }));
      customers.set(id, { item: changed, arrival });
      return changed;
    },
    remove(id) {
      known(id);
      customers.delete(id);
      memberships.delete(id);
    },
    setMemberships,
  };
}

/** A copy that nobody can change, the caller neither: a walk must not depend on who holds what. */
function frozen(customer: Customer): Customer {
  const { statistics } = customer;
  return Object.freeze(
    statistics ? { ...customer, statistics: Object.freeze({ ...statistics }) } : { ...customer },
  );
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
