import { expectTypeOf, test } from "vitest";
import {
  type CallOptions,
  type Customer,
  type CustomerListTiny,
  createClient,
  type List,
  type ListMethod,
  type ListOptions,
  type LokeClient,
  type Method,
  type WithResponse,
} from "../../src/index.js";

const loke = createClient();
const args = { organizationId: "o", customerId: "c" };

test("createClient gives a client with a method for each operation, and nothing else", () => {
  expectTypeOf(createClient).returns.toEqualTypeOf<LokeClient>();
  expectTypeOf<keyof LokeClient>().toEqualTypeOf<
    "getCustomer" | "listCustomers" | "listMemberships"
  >();
  expectTypeOf<LokeClient["getCustomer"]>().toEqualTypeOf<Method<"getCustomer">>();
  expectTypeOf<LokeClient["listCustomers"]>().toEqualTypeOf<ListMethod<"listCustomers">>();
  expectTypeOf<LokeClient["listMemberships"]>().toEqualTypeOf<ListMethod<"listMemberships">>();
  // @ts-expect-error - no such operation
  loke.getCustomers;
  // @ts-expect-error - a client cannot be changed
  loke.getCustomer = {} as Method<"getCustomer">;
});

test("a call gives its result", async () => {
  expectTypeOf(loke.getCustomer(args)).toEqualTypeOf<Promise<Customer>>();
  expectTypeOf(await loke.getCustomer(args)).toEqualTypeOf<Customer>();
  // @ts-expect-error - the promise is not the customer
  loke.getCustomer(args).firstName;
});

test("withResponse gives the data and the response", async () => {
  const result = await loke.getCustomer.withResponse(args);
  expectTypeOf(result).toEqualTypeOf<WithResponse<Customer>>();
  expectTypeOf(result.data).toEqualTypeOf<Customer>();
  expectTypeOf(result.response).toEqualTypeOf<Response>();
  expectTypeOf<keyof typeof result>().toEqualTypeOf<"data" | "response">();
  // @ts-expect-error - the result is the data and the response
  result.firstName;
  // @ts-expect-error - the result cannot be changed
  result.data = {} as Customer;
});

test("a list has pages with responses instead of withResponse", () => {
  // @ts-expect-error - a list has no withResponse
  loke.listCustomers.withResponse;
  // @ts-expect-error - a list has no withResponse
  loke.listMemberships.withResponse;
});

test("a list call gives a list", () => {
  expectTypeOf(loke.listCustomers({ organizationId: "o" })).toEqualTypeOf<List<Customer>>();
  expectTypeOf(loke.listMemberships(args)).toEqualTypeOf<List<CustomerListTiny>>();
});

test("a call takes its options, a list call those of a list", () => {
  expectTypeOf(loke.getCustomer).parameter(1).toEqualTypeOf<CallOptions | undefined>();
  expectTypeOf(loke.getCustomer.withResponse).parameter(1).toEqualTypeOf<CallOptions | undefined>();
  expectTypeOf(loke.listCustomers).parameter(1).toEqualTypeOf<ListOptions | undefined>();
  expectTypeOf(loke.listMemberships).parameter(1).toEqualTypeOf<ListOptions | undefined>();
  // @ts-expect-error - a third parameter
  loke.getCustomer(args, {}, {});
});

test("no result is any", async () => {
  expectTypeOf(loke).not.toBeAny();
  expectTypeOf(loke.getCustomer).not.toBeAny();
  expectTypeOf(loke.getCustomer.withResponse).not.toBeAny();
  expectTypeOf(loke.listCustomers).not.toBeAny();
  expectTypeOf(loke.listMemberships).not.toBeAny();
  expectTypeOf(await loke.getCustomer(args)).not.toBeAny();
  expectTypeOf((await loke.getCustomer.withResponse(args)).data).not.toBeAny();
  expectTypeOf((await loke.getCustomer.withResponse(args)).response).not.toBeAny();
  expectTypeOf(loke.listCustomers(args)).not.toBeAny();
  expectTypeOf(loke.listMemberships(args)).not.toBeAny();
});

test("a client can be stood in for by an object with the methods that are used", () => {
  const fake: Pick<LokeClient, "listMemberships"> = {
    listMemberships: () => loke.listMemberships(args),
  };
  expectTypeOf(fake.listMemberships(args)).toEqualTypeOf<List<CustomerListTiny>>();
});
