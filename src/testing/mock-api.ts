import { checkCount, checkName, checkText, refuse } from "./check.js";
import {
  type CollectionName,
  collections,
  depthOf,
  type ItemIn,
  type OwnedName,
  type OwnersOf,
} from "./document.js";
import type { Fault } from "./fault.js";
import { createFaultQueue } from "./fault-queue.js";
import {
  type ItemInput,
  type ListInput,
  type MockApiOptions,
  parseMockOptions,
} from "./mock-options.js";
import { send } from "./mock-response.js";
import { seededRandom, ulid } from "./random.js";
import { createTokenBucket } from "./rate-limit.js";
import { firstMs } from "./recipes.js";
import { type MockRequest, respond } from "./respond.js";
import {
  checkInputs,
  checkItem,
  createStore,
  lastSecond,
  type Row,
  stampChange,
  stampNew,
} from "./store.js";

/** The current items of a mock API, by collection, in the order in which they were added: the order of an unsorted list. */
type Holdings = {
  readonly [Name in Exclude<CollectionName, OwnedName>]: readonly Readonly<ItemIn<Name>>[];
} & {
  readonly [Name in OwnedName]: (...owners: OwnersOf<Name>) => readonly Readonly<ItemIn<Name>>[];
};

/** A mock of the API in this process: a `fetch` with its items and the requests that it received. */
export interface MockApi extends Holdings {
  /** Responds to a request as the API would, or with a fault. */
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** The mock itself. */
  readonly fetch: MockApi;
  readonly organizationId: string;
  /** Every request, in order. */
  readonly requests: readonly MockRequest[];
  /**
   * Faults that have not been applied as often as requested. One with `times: Infinity` is here until it is applied once.
   * A test that ends with pending faults has not tested them.
   */
  readonly pendingFaults: readonly Fault[];
  /**
   * Adds an item at the end of a collection. The IDs of the items to which it belongs come first. Unless it has dates, it is
   * created now, by the clock of the option `now`.
   *
   * @throws {TypeError} if an item with its ID exists, or the item to which it belongs does not
   */
  add<Name extends CollectionName>(
    collection: Name,
    ...given: [...OwnersOf<Name>, item?: ItemInput<ItemIn<Name>>]
  ): Readonly<ItemIn<Name>>;
  /**
   * Changes fields of an item; a field that is `undefined` is removed. Unless `updatedAt` is given, it becomes now, by the
   * clock of the option `now`.
   *
   * @throws {TypeError} if there is no such item
   */
  change<Name extends CollectionName>(
    collection: Name,
    ...given: [...OwnersOf<Name>, id: string, changes: ItemInput<ItemIn<Name>>]
  ): Readonly<ItemIn<Name>>;
  /**
   * Removes an item and everything that belongs to it.
   *
   * @throws {TypeError} if there is no such item
   */
  remove<Name extends CollectionName>(
    collection: Name,
    ...given: [...OwnersOf<Name>, id: string]
  ): void;
  /**
   * Replaces all items of a collection, or all that belong to one item.
   *
   * @throws {TypeError} if the item to which they belong does not exist
   */
  set<Name extends CollectionName>(
    collection: Name,
    ...given: [...OwnersOf<Name>, items: ListInput<ItemIn<Name>>]
  ): void;
  /**
   * Adds a fault, which applies from now on.
   *
   * @throws {TypeError} if there is no such fault, or it can never happen
   */
  addFault(fault: Fault): void;
}

/**
 * Returns a mock of the LOKE Customers API (beta) for tests: a `fetch` without a network or port, with customers to page
 * through. It is generated from the document and supports all of its operations: it paginates, filters by fields, sorts,
 * adds, changes and removes. It checks tokens, queries and bodies, and applies faults. The same seed gives the same items.
 * Their dates are in the past: see `now`. `baseUrl` can have any origin and path.
 *
 * Where the document is silent, the mock makes these choices, and the API may differ: an unsorted list is in the order in
 * which its items were added, and a sorted one begins with the newest. An unknown organization has empty lists. The status
 * is 400 for an invalid query or body, 404 for an unknown path, and 405 for another method. Each page shows the list at the
 * time of its request: a removed item shifts no other, an added item appears at the end, and in a sorted list a changed
 * item moves to the front, which was read before.
 *
 * The mock never delays. The client waits between retries, unless `retry: { baseDelayMs: 0 }` is set. A `retryAfter` above
 * 0 needs fake timers.
 *
 * @throws {TypeError} naming the option that is wrong.
 *
 * @example
 * import { createClient } from "loke-customers";
 * import { createMockApi } from "loke-customers/testing";
 *
 * const api = createMockApi({ customers: 2_500, faults: [{ fault: "reset-in-body", page: 2 }] });
 * const loke = createClient({ fetch: api, accessToken: "any", retry: { baseDelayMs: 0 } });
 * const { organizationId } = api;
 * const customers = await loke.listCustomers({ organizationId }).toArray({ limit: 10_000 });
 * console.log(customers.length, api.requests.length, api.pendingFaults); // 2500 4 []
 */
export function createMockApi(options: MockApiOptions = {}): MockApi {
  const resolved = parseMockOptions(options);
  const { faults, now, organizationId, seed } = resolved;
  const store = createStore(seed);
  for (const name of Object.keys(collections) as CollectionName[]) {
    const depth = depthOf(name);
    const { [name]: given = depth === 0 ? 25 : {} } = resolved;
    fill(name, { owners: [], depth }, given);
  }

  /** Items by the IDs of their owners, as deep as there are owners. */
  function fill(
    name: CollectionName,
    { depth, owners }: { owners: readonly string[]; depth: number },
    given: unknown,
  ): void {
    if (depth === 0) {
      setItems(name, owners, given);
      return;
    }
    if (Object(given) !== given || Array.isArray(given)) {
      refuse(
        `needs an object as ${name}: what each item of ${collections[name]?.parent} has, by its ID.`,
      );
    }
    for (const [id, inner] of Object.entries(given as object)) {
      fill(name, { owners: [...owners, id], depth: depth - 1 }, inner);
    }
  }

  function setItems(name: CollectionName, owners: readonly string[], given: unknown): void {
    expectOwners(name, owners);
    const inputs: unknown[] = Array.isArray(given) ? given : [given];
    if (!Array.isArray(given)) checkCount(`${name}, or an array of its items`, given ?? null, 0);
    checkInputs(name, inputs);
    const nowMs = now();
    const rows = inputs.flatMap((input) =>
      typeof input === "number"
        ? Array.from({ length: input }, () => store.make(name, owners, { nowMs }))
        : [store.make(name, owners, { nowMs, given: input })],
    );
    const ids = new Set<string>();
    for (const { id } of rows) {
      if (ids.has(id)) refuseTaken(name, id);
      ids.add(id);
    }
    // Nothing can be refused from here on, so the previous items are removed with everything that belongs to them.
    for (const row of store.rows(name, owners)) store.remove(name, row);
    for (const row of rows) store.put(name, row);
  }

  function refuseTaken(name: string, id: string): never {
    return refuse(`has an item with the ID ${JSON.stringify(id)} already in ${name}.`);
  }

  function expectOwners(name: CollectionName, owners: readonly string[]): void {
    const parent = collections[name]?.parent;
    if (parent !== undefined && !store.hasOwners(name, owners)) known(parent, owners);
  }

  /** @param path - the IDs of its owners, and its own */
  function known(name: CollectionName, path: readonly string[]): Row {
    const id = path.at(-1) ?? "";
    const row = store.find(name, path.slice(0, -1), id);
    return row ?? refuse(`has no ${JSON.stringify(id)} in ${name}.`);
  }

  /** Splits the arguments of a method into IDs, the outermost first, and the rest. */
  function parted(name: CollectionName, given: readonly unknown[], ids: number) {
    checkName("list", name, Object.keys(collections));
    const count = depthOf(name) + ids;
    const path = Array.from({ length: count }, (_, index) => given[index] ?? null);
    for (const id of path) {
      if (typeof id !== "number") checkText(`an ID: ${count} come after "${name}"`, id);
    }
    return { path: path.map(String), rest: given[count] };
  }

  const random = seededRandom(seed);
  let failures = 0;
  const instance = () => ulid(firstMs, failures++, random);
  const isWithinLimit = resolved.rateLimit
    ? createTokenBucket(resolved.rateLimit, now)
    : () => true;
  const world = { options: resolved, store, instance, isWithinLimit, startMs: lastSecond(now()) };
  const queue = createFaultQueue(world);
  for (const fault of faults) queue.add(fault);

  const requests: MockRequest[] = [];
  /** Requests whose response waits for an abort. Without a reference, they are garbage-collected and get no abort. */
  const waiting = new Set<Request>();

  async function fetch(input: Request | URL | string, init?: RequestInit): Promise<Response> {
    const request = input instanceof Request && !init ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const body = request.body ? await request.text() : "";
    const { answer, seen } = respond({ request, body }, world, queue);
    requests.push(seen);
    if (answer.breaksOff && !answer.error) waiting.add(request);
    return send(
      { ...answer, headers: { date: new Date(now()).toUTCString(), ...answer.headers } },
      request,
    );
  }

  const members = {
    get fetch() {
      return mock;
    },
    organizationId,
    requests,
    get pendingFaults() {
      return queue.pending();
    },
    add(name: CollectionName, ...given: unknown[]) {
      const { path: owners, rest = {} } = parted(name, given, 0);
      expectOwners(name, owners);
      checkItem(name, rest);
      const nowMs = now();
      const dates = stampNew(name, rest, nowMs);
      const isObject = Object(rest) === rest;
      const whole = isObject ? { ...dates, ...Object(rest) } : rest;
      const row = store.make(name, owners, { nowMs, given: whole });
      if (store.find(name, owners, row.id)) refuseTaken(name, row.id);
      store.put(name, row);
      return row.item;
    },
    change(name: CollectionName, ...given: unknown[]) {
      const { path, rest } = parted(name, given, 1);
      const row = known(name, path);
      checkItem(name, rest);
      const whole = { ...Object(row.item), ...Object(rest) };
      const changes = { ...stampChange(name, whole, now()), ...Object(rest) };
      const changed = store.changed(name, row, changes);
      store.put(name, changed);
      return changed.item;
    },
    remove(name: CollectionName, ...given: unknown[]) {
      store.remove(name, known(name, parted(name, given, 1).path));
    },
    set(name: CollectionName, ...given: unknown[]) {
      const { path: owners, rest } = parted(name, given, 0);
      setItems(name, owners, rest);
    },
    addFault: queue.add,
  };
  const itemsOf = (name: CollectionName, owners: readonly string[]) =>
    store.rows(name, owners).map(({ item }) => item);
  const holdings = Object.keys(collections).map((key) => {
    const name = key as CollectionName;
    const value = (...owners: string[]) => itemsOf(name, owners);
    return [name, depthOf(name) > 0 ? { value } : { get: () => itemsOf(name, []) }] as const;
  });
  const mock = Object.defineProperties(fetch, {
    ...Object.getOwnPropertyDescriptors(members),
    ...Object.fromEntries(holdings),
  }) as unknown as MockApi;
  return mock;
}
