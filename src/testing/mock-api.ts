import type { Customer, CustomerListTiny } from "../../generated/models.js";
import { send } from "./answer.js";
import type { Fault } from "./fault.js";
import { createFaultQueue } from "./fault-queue.js";
import { type CustomerInput, createInventor, firstMs } from "./invent.js";
import { type MockApiOptions, settleMock } from "./mock-options.js";
import { seededRandom, ulid } from "./random.js";
import { type MockRequest, respond } from "./respond.js";
import { createStore, type MembershipsInput } from "./store.js";

/** A mock of the API in this process: a `fetch`, with what it holds and has seen. */
export interface MockApi {
  /** Answers a request as the API would, or as the faults will have it. */
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** The mock itself. */
  readonly fetch: MockApi;
  readonly organizationId: string;
  /** Those that it holds now, in the order in which they came; so goes the list that is not sorted. */
  readonly customers: readonly Readonly<Customer>[];
  /** Every request, in order. */
  readonly requests: readonly MockRequest[];
  /**
   * Faults that have not happened, or not as often as they were to; one that is to happen always is here until it first
   * does. A test that ends with any has not tested them.
   */
  readonly pendingFaults: readonly Fault[];
  /** The customer lists that a customer is in. */
  memberships(customerId: string): readonly Readonly<CustomerListTiny>[];
  /**
   * Adds a customer at the end. Unless it says otherwise, it was created later than all that is there.
   *
   * @throws {TypeError} if there is one with its ID
   */
  addCustomer(customer?: CustomerInput): Readonly<Customer>;
  /**
   * Changes fields of a customer; those that are `undefined` are removed. Unless `updatedAt` is among them, it becomes
   * later than all that is there.
   *
   * @throws {TypeError} if there is no such customer
   */
  changeCustomer(id: string, changes: CustomerInput): Readonly<Customer>;
  /** @throws {TypeError} if there is no such customer */
  removeCustomer(id: string): void;
  /** @throws {TypeError} if there is no such customer */
  setMemberships(customerId: string, memberships: MembershipsInput): void;
  /**
   * Something more that goes wrong, from now on.
   *
   * @throws {TypeError} if there is no such fault, or it can never happen
   */
  addFault(fault: Fault): void;
}

/**
 * Makes a mock of the LOKE Customers API (beta) for tests: a `fetch` without a network or port, with customers to page
 * through. It checks tokens, filters, sorts, and fails as it is told to. The same seed gives the same customers.
 *
 * Where the document is silent, what the mock does is no promise of the API's: a list that is not sorted goes in the order
 * in which customers came, a sorted one begins with the newest, an unknown organization is empty, and what is not
 * implemented is answered with 501. A walk sees a list as it is when it asks for a page: customers that are removed
 * meanwhile shift nothing, those that are added are seen at the end, and in a sorted list one that is changed moves to
 * the front, where the walk has been already.
 *
 * Nothing in it waits; the client does, before it tries again. `retry: { baseDelayMs: 0 }` ends that, but for a
 * `retryAfter` above 0, which needs fake timers.
 *
 * @throws {TypeError} naming what is wrong with the options.
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
  const settings = settleMock(options);
  const { customers, faults, memberships, organizationId, seed } = settings;

  const store = createStore(createInventor(seed));
  for (const input of customers) {
    if (typeof input === "object") store.add(input);
    else for (let count = 0; count < input; count++) store.add();
  }
  for (const [id, lists] of Object.entries(memberships)) store.setMemberships(id, lists);

  const random = seededRandom(seed);
  let failures = 0;
  const instance = () => ulid(firstMs, failures++, random);
  const queue = createFaultQueue(instance);
  for (const fault of faults) queue.add(fault);

  const world = { settings, store, instance };
  const requests: MockRequest[] = [];
  /** Requests whose answer waits for an abort. Nobody else may hold one, and what is collected hears of no abort. */
  const waiting = new Set<Request>();

  async function fetch(input: Request | URL | string, init?: RequestInit): Promise<Response> {
    const request = input instanceof Request && !init ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const { answer, seen } = respond(request, world, queue);
    requests.push(seen);
    if (answer.breaksOff && !answer.error) waiting.add(request);
    return send(answer, request.url, request.signal);
  }

  const api: Pick<MockApi, keyof MockApi> = {
    get fetch() {
      return mock;
    },
    organizationId,
    get customers() {
      return store.customers().map(({ item }) => item);
    },
    requests,
    get pendingFaults() {
      return queue.pending();
    },
    memberships: store.memberships,
    addCustomer(customer = {}) {
      const now = store.now();
      return store.add({ createdAt: now, updatedAt: now, ...customer });
    },
    changeCustomer: store.change,
    removeCustomer: store.remove,
    setMemberships: store.setMemberships,
    addFault: queue.add,
  };
  const mock = Object.defineProperties(fetch, Object.getOwnPropertyDescriptors(api)) as MockApi;
  return mock;
}
