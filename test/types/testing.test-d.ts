import { expectTypeOf, test } from "vitest";
import { type ClientOptions, type Customer, createClient } from "../../src/index.js";
import {
  createMockApi,
  type Fault,
  type ItemInput,
  type ListOperationId,
  type MockRequest,
} from "../../src/testing.js";

test("a mock API is a fetch, for the client and for anybody else", () => {
  const api = createMockApi();
  expectTypeOf(api).toExtend<NonNullable<ClientOptions["fetch"]>>();
  expectTypeOf(api).toExtend<(url: string, init: RequestInit) => Promise<Response>>();
  expectTypeOf(api.fetch).toEqualTypeOf<typeof api>();
  createClient({ fetch: api });
  createClient({ fetch: api.fetch });
});

test("customers can be counted, given in part, and given without a field", () => {
  createMockApi({ customers: 3 });
  createMockApi({ customers: [{ firstName: "Ada" }, {}, 3] });
  createMockApi({ customers: [{ email: undefined, statistics: undefined }] });
  const whole: readonly Customer[] = [];
  createMockApi({ customers: whole });
  // @ts-expect-error the document has no such field
  createMockApi({ customers: [{ fristName: "Ada" }] });
  // @ts-expect-error a required field cannot be left out
  createMockApi({ customers: [{ lastName: undefined }] });
  // @ts-expect-error no number
  createMockApi({ customers: "3" });
  expectTypeOf<ItemInput<Customer>["email"]>().toEqualTypeOf<string | undefined>();
});

test("memberships are a number, or lists in part", () => {
  createMockApi({ memberships: { a: 3, b: [{ name: "Regulars" }, {}] } });
  // @ts-expect-error the document has no such field
  createMockApi({ memberships: { a: [{ title: "Regulars" }] } });
});

test("a fault that is misspelt does not compile", () => {
  const faults: Fault[] = [
    "reset",
    { fault: "stall-in-body", page: 2, times: Number.POSITIVE_INFINITY },
    { status: 429, retryAfter: 2, page: 3 },
    { status: 503, retryAfter: new Date(), code: "down", operation: "listMemberships" },
  ];
  createMockApi({ faults });
  // @ts-expect-error no such fault
  createMockApi({ faults: ["rest"] });
  // @ts-expect-error no such fault
  createMockApi({ faults: [{ fault: "rest" }] });
  // @ts-expect-error no such field
  createMockApi({ faults: [{ fault: "reset", tims: 2 }] });
  // @ts-expect-error no such operation
  createMockApi({ faults: [{ fault: "reset", operation: "listShops" }] });
  // @ts-expect-error neither a fault nor a status
  createMockApi({ faults: [{ page: 2 }] });
  // @ts-expect-error seconds are a number
  createMockApi({ faults: [{ status: 429, retryAfter: "2" }] });
});

test("pages can be sized for lists only", () => {
  expectTypeOf<ListOperationId>().toEqualTypeOf<"listCustomers" | "listMemberships">();
  createMockApi({ pageSize: 2 });
  createMockApi({ pageSize: { listCustomers: 2 } });
  // @ts-expect-error no list
  createMockApi({ pageSize: { getCustomer: 2 } });
});

test("what a mock API holds and has seen can be read, and not written", () => {
  const api = createMockApi();
  expectTypeOf(api.customers).toEqualTypeOf<readonly Readonly<Customer>[]>();
  expectTypeOf(api.requests).toEqualTypeOf<readonly MockRequest[]>();
  expectTypeOf(api.pendingFaults).toEqualTypeOf<readonly Fault[]>();
  expectTypeOf<MockRequest["status"]>().toEqualTypeOf<number | undefined>();
  // @ts-expect-error methods change what it holds
  api.customers.push({ id: "a", firstName: "Ada", lastName: "Byron" });
  // @ts-expect-error methods change what it holds
  api.customers = [];
  expectTypeOf(api.add("customers", { id: "a" })).toEqualTypeOf<Readonly<Customer>>();
  api.change("customers", "a", { email: undefined });
  // @ts-expect-error a required field cannot be removed
  api.change("customers", "a", { lastName: undefined });
});
