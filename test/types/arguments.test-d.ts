import { expectTypeOf, test } from "vitest";
import {
  type ArgumentsOf,
  type Customer,
  type CustomerListTiny,
  createClient,
  type ItemOf,
  type OperationId,
  type ResultOf,
} from "../../src/index.js";

const loke = createClient();

test("OperationId names each operation of the document", () => {
  expectTypeOf<OperationId>().toEqualTypeOf<"getCustomer" | "listCustomers" | "listMemberships">();
});

test("ArgumentsOf has path and query in one flat object, with what must be given", () => {
  expectTypeOf<ArgumentsOf<"getCustomer">>().toEqualTypeOf<{
    organizationId: string;
    customerId: string;
  }>();
  expectTypeOf<ArgumentsOf<"listCustomers">>().toEqualTypeOf<{
    organizationId: string;
    after?: string;
    sort?: "created" | "updated";
    email?: string;
    phoneNumber?: string;
  }>();
  expectTypeOf<ArgumentsOf<"listMemberships">>().toEqualTypeOf<{
    organizationId: string;
    customerId: string;
    after?: string;
  }>();
});

test("ResultOf is what a call gives, for a list the body of one page", () => {
  expectTypeOf<ResultOf<"getCustomer">>().toEqualTypeOf<Customer>();
  expectTypeOf<ResultOf<"listCustomers">>().toEqualTypeOf<Customer[]>();
  expectTypeOf<ResultOf<"listMemberships">>().toEqualTypeOf<CustomerListTiny[]>();
});

test("ItemOf is one item of a list, and never where there is no list", () => {
  expectTypeOf<ItemOf<"listCustomers">>().toEqualTypeOf<Customer>();
  expectTypeOf<ItemOf<"listMemberships">>().toEqualTypeOf<CustomerListTiny>();
  expectTypeOf<ItemOf<"getCustomer">>().toEqualTypeOf<never>();
});

test("the methods take the arguments of their operations", () => {
  expectTypeOf(loke.getCustomer).parameter(0).toEqualTypeOf<ArgumentsOf<"getCustomer">>();
  expectTypeOf(loke.getCustomer.withResponse)
    .parameter(0)
    .toEqualTypeOf<ArgumentsOf<"getCustomer">>();
  expectTypeOf(loke.listCustomers).parameter(0).toEqualTypeOf<ArgumentsOf<"listCustomers">>();
  expectTypeOf(loke.listMemberships).parameter(0).toEqualTypeOf<ArgumentsOf<"listMemberships">>();
});

test("each argument compiles", () => {
  loke.getCustomer({ organizationId: "o", customerId: "c" });
  loke.listCustomers({ organizationId: "o" });
  loke.listCustomers({ organizationId: "o", after: "a" });
  loke.listCustomers({ organizationId: "o", sort: "created" });
  loke.listCustomers({ organizationId: "o", sort: "updated" });
  loke.listCustomers({ organizationId: "o", email: "e" });
  loke.listCustomers({ organizationId: "o", phoneNumber: "p" });
  loke.listMemberships({ organizationId: "o", customerId: "c" });
  loke.listMemberships({ organizationId: "o", customerId: "c", after: "a" });
});

test("a path value must be there", () => {
  // @ts-expect-error - no arguments
  loke.getCustomer();
  // @ts-expect-error - no path values
  loke.getCustomer({});
  // @ts-expect-error - no customerId
  loke.getCustomer({ organizationId: "o" });
  // @ts-expect-error - no organizationId
  loke.getCustomer({ customerId: "c" });
  // @ts-expect-error - no customerId
  loke.getCustomer.withResponse({ organizationId: "o" });
  // @ts-expect-error - no arguments
  loke.listCustomers();
  // @ts-expect-error - no organizationId
  loke.listCustomers({ sort: "created" });
  // @ts-expect-error - no arguments
  loke.listMemberships();
  // @ts-expect-error - no customerId
  loke.listMemberships({ organizationId: "o" });
});

test("a path value is a string", () => {
  // @ts-expect-error - undefined, as from an unset variable
  loke.getCustomer({ organizationId: "o", customerId: undefined });
  // @ts-expect-error - null
  loke.getCustomer({ organizationId: "o", customerId: null });
  // @ts-expect-error - a number
  loke.getCustomer({ organizationId: "o", customerId: 1 });
  // @ts-expect-error - an array
  loke.listCustomers({ organizationId: ["o"] });
});

test("a name must not be misspelt", () => {
  // @ts-expect-error - organisationId
  loke.listCustomers({ organisationId: "o" });
  // @ts-expect-error - emial
  loke.listCustomers({ organizationId: "o", emial: "e" });
  // @ts-expect-error - phone_number
  loke.listCustomers({ organizationId: "o", phone_number: "p" });
  // @ts-expect-error - an argument of another operation
  loke.listMemberships({ organizationId: "o", customerId: "c", email: "e" });
  // @ts-expect-error - an argument of another operation
  loke.getCustomer({ organizationId: "o", customerId: "c", after: "a" });
  // @ts-expect-error - no operation of the document takes a body yet
  loke.getCustomer({ organizationId: "o", customerId: "c", body: {} });
  // @ts-expect-error - an option, which belongs into the second object
  loke.getCustomer({ organizationId: "o", customerId: "c", timeoutMs: 1 });
});

test("a value of an enum is one of those in the document", () => {
  // @ts-expect-error - not in the enum
  loke.listCustomers({ organizationId: "o", sort: "name" });
  // @ts-expect-error - any string
  loke.listCustomers({ organizationId: "o", sort: String("created") });
  // @ts-expect-error - in capitals
  loke.listCustomers({ organizationId: "o", sort: "CREATED" });
});

test("a query value is a string", () => {
  // @ts-expect-error - a date
  loke.listCustomers({ organizationId: "o", after: new Date() });
  // @ts-expect-error - null
  loke.listCustomers({ organizationId: "o", email: null });
  // @ts-expect-error - a number
  loke.listCustomers({ organizationId: "o", phoneNumber: 61411222333 });
});

test("no argument is any", () => {
  expectTypeOf<ArgumentsOf<"getCustomer">>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"getCustomer">["organizationId"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"getCustomer">["customerId"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listCustomers">>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listCustomers">["organizationId"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listCustomers">["after"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listCustomers">["sort"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listCustomers">["email"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listCustomers">["phoneNumber"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listMemberships">>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listMemberships">["organizationId"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listMemberships">["customerId"]>().not.toBeAny();
  expectTypeOf<ArgumentsOf<"listMemberships">["after"]>().not.toBeAny();
});

test("the helpers know only operations of the document", () => {
  // @ts-expect-error - no such operation
  expectTypeOf<ArgumentsOf<"getCustomers">>();
  // @ts-expect-error - no such operation
  expectTypeOf<ResultOf<"getCustomers">>();
  // @ts-expect-error - no such operation
  expectTypeOf<ItemOf<"getCustomers">>();
});
