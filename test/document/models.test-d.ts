import { expectTypeOf, test } from "vitest";
import type {
  Customer,
  CustomerListTiny,
  CustomerStatistics,
  CustomerTiny,
} from "../../src/index.js";

test("Customer has each field of the document, optional where the document does not require it", () => {
  expectTypeOf<Customer>().toEqualTypeOf<{
    id: string;
    createdAt?: string;
    updatedAt?: string;
    dob?: string;
    email?: string;
    firstName: string;
    gender?: string;
    hasAgreedToMarketing?: boolean;
    lastName: string;
    phoneNumber?: string;
    statistics?: CustomerStatistics;
  }>();
});

test("a field of a Customer that is read may be undefined only if it is optional", () => {
  expectTypeOf<Customer["id"]>().toEqualTypeOf<string>();
  expectTypeOf<Customer["createdAt"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Customer["updatedAt"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Customer["dob"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Customer["email"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Customer["firstName"]>().toEqualTypeOf<string>();
  expectTypeOf<Customer["gender"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Customer["hasAgreedToMarketing"]>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<Customer["lastName"]>().toEqualTypeOf<string>();
  expectTypeOf<Customer["phoneNumber"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Customer["statistics"]>().toEqualTypeOf<CustomerStatistics | undefined>();
});

test("CustomerStatistics has each field of the document", () => {
  expectTypeOf<CustomerStatistics>().toEqualTypeOf<{
    lastPointsEarnedAt: string;
    lastPointsRedeemedAt: string;
    lastSpentAt: string;
    pointsBalance: number;
    totalPointsEarned: number;
    totalPointsRedeemed: number;
    totalSpend: number;
  }>();
});

test("CustomerTiny has each field of the document", () => {
  expectTypeOf<CustomerTiny>().toEqualTypeOf<{
    id: string;
    email?: string;
    firstName: string;
    lastName: string;
    phoneNumber?: string;
  }>();
});

test("CustomerListTiny has each field of the document", () => {
  expectTypeOf<CustomerListTiny>().toEqualTypeOf<{ id: string; name: string }>();
});

test("no field of a model is any", () => {
  expectTypeOf<Customer>().not.toBeAny();
  expectTypeOf<Customer["id"]>().not.toBeAny();
  expectTypeOf<Customer["createdAt"]>().not.toBeAny();
  expectTypeOf<Customer["updatedAt"]>().not.toBeAny();
  expectTypeOf<Customer["dob"]>().not.toBeAny();
  expectTypeOf<Customer["email"]>().not.toBeAny();
  expectTypeOf<Customer["firstName"]>().not.toBeAny();
  expectTypeOf<Customer["gender"]>().not.toBeAny();
  expectTypeOf<Customer["hasAgreedToMarketing"]>().not.toBeAny();
  expectTypeOf<Customer["lastName"]>().not.toBeAny();
  expectTypeOf<Customer["phoneNumber"]>().not.toBeAny();
  expectTypeOf<Customer["statistics"]>().not.toBeAny();
  expectTypeOf<CustomerStatistics>().not.toBeAny();
  expectTypeOf<CustomerStatistics["pointsBalance"]>().not.toBeAny();
  expectTypeOf<CustomerTiny>().not.toBeAny();
  expectTypeOf<CustomerTiny["email"]>().not.toBeAny();
  expectTypeOf<CustomerListTiny>().not.toBeAny();
  expectTypeOf<CustomerListTiny["name"]>().not.toBeAny();
});

test("a model has no field that the document does not know", () => {
  const customer = {} as Customer;
  // @ts-expect-error - the document says `firstName`
  customer.firstname;
  // @ts-expect-error - an optional object must be looked for first
  customer.statistics.pointsBalance;
  expectTypeOf(customer.statistics?.pointsBalance).toEqualTypeOf<number | undefined>();
});
