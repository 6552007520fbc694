import { expectTypeOf, test } from "vitest";
import {
  type Customer,
  type CustomerListTiny,
  createClient,
  type ItemIterator,
  type List,
  type Page,
} from "../../src/index.js";

const loke = createClient();
const customers = loke.listCustomers({ organizationId: "o" });
const memberships = loke.listMemberships({ organizationId: "o", customerId: "c" });

test("for await gives items", async () => {
  for await (const customer of customers) expectTypeOf(customer).toEqualTypeOf<Customer>();
  for await (const list of memberships) expectTypeOf(list).toEqualTypeOf<CustomerListTiny>();
});

test("for await over pages() gives pages", async () => {
  for await (const page of customers.pages()) expectTypeOf(page).toEqualTypeOf<Page<Customer>>();
  for await (const page of memberships.pages()) {
    expectTypeOf(page).toEqualTypeOf<Page<CustomerListTiny>>();
  }
});

test("page() gives the first page", async () => {
  expectTypeOf(await customers.page()).toEqualTypeOf<Page<Customer>>();
  expectTypeOf(await memberships.page()).toEqualTypeOf<Page<CustomerListTiny>>();
});

test("a page has items, a next place that is perhaps there, and a response", () => {
  expectTypeOf<Page<Customer>>().toEqualTypeOf<{
    readonly items: Customer[];
    readonly next: string | undefined;
    readonly response: Response;
  }>();
});

test("page.next can be handed on as it is, also on the last page", async () => {
  const { next } = await customers.page();
  expectTypeOf(loke.listCustomers({ organizationId: "o" }, { from: next })).toEqualTypeOf<
    List<Customer>
  >();
});

test("toArray gives an array of items", async () => {
  expectTypeOf(await customers.toArray({ limit: 5 })).toEqualTypeOf<Customer[]>();
  expectTypeOf(await memberships.toArray({ limit: 5 })).toEqualTypeOf<CustomerListTiny[]>();
});

test("toArray needs a limit", () => {
  // @ts-expect-error - no options
  customers.toArray();
  // @ts-expect-error - no limit
  customers.toArray({});
  // @ts-expect-error - no limit after all
  customers.toArray({ limit: undefined });
  // @ts-expect-error - a text
  customers.toArray({ limit: "5" });
  // @ts-expect-error - a number alone
  customers.toArray(5);
  // @ts-expect-error - max
  customers.toArray({ limit: 5, max: 5 });
});

test("a list is no promise: awaiting it gives the list, which is no array", async () => {
  expectTypeOf(await customers).toEqualTypeOf<List<Customer>>();
  // @ts-expect-error - no promise
  customers.then;
  // @ts-expect-error - no array
  (await customers).length;
  // @ts-expect-error - no array
  (await customers).map;
  // @ts-expect-error - no array
  (await customers)[0];
  // @ts-expect-error - not to be read without await
  for (const _ of customers);
  // @ts-expect-error - not to be spread
  [...customers];
  // @ts-expect-error - no page
  customers.items;
});

test("a list and its pages can be read by hand, and left", async () => {
  const items = customers[Symbol.asyncIterator]();
  expectTypeOf(items).toEqualTypeOf<ItemIterator<Customer>>();
  expectTypeOf(await items.next()).toEqualTypeOf<IteratorResult<Customer, void>>();
  expectTypeOf(customers.pages()).toEqualTypeOf<AsyncGenerator<Page<Customer>, void, undefined>>();
  await items.return();
});

test("a list is an AsyncIterable, for whatever takes one", () => {
  expectTypeOf(customers).toExtend<AsyncIterable<Customer>>();
  expectTypeOf(memberships).toExtend<AsyncIterable<CustomerListTiny>>();
  expectTypeOf(customers).not.toExtend<AsyncIterable<CustomerListTiny>>();
  expectTypeOf(customers).not.toExtend<PromiseLike<unknown>>();
});

test("nothing of a list is any", async () => {
  const page = await customers.page();
  expectTypeOf(page).not.toBeAny();
  expectTypeOf(page.items).not.toBeAny();
  expectTypeOf(page.items[0]).not.toBeAny();
  expectTypeOf(page.next).not.toBeAny();
  expectTypeOf(page.response).not.toBeAny();
  expectTypeOf(await customers.toArray({ limit: 1 })).not.toBeAny();
  expectTypeOf((await memberships.toArray({ limit: 1 }))[0]).not.toBeAny();
  for await (const customer of customers) expectTypeOf(customer).not.toBeAny();
  for await (const each of memberships.pages()) expectTypeOf(each).not.toBeAny();
});

test("a page cannot be changed", async () => {
  const page = await customers.page();
  // @ts-expect-error - read-only
  page.next = undefined;
  // @ts-expect-error - read-only
  page.items = [];
});
