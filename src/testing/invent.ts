import type { Customer, CustomerListTiny, CustomerStatistics } from "../../generated/models.js";
import { firstNames, genders, lastNames, listNames, mailHosts, phoneNumbers } from "./names.js";
import { seededRandom, ulid } from "./random.js";

/**
 * A customer as a test gives one: what is absent is made up, what is `undefined` is left out.
 *
 * @example
 * import type { CustomerInput } from "loke-customers/testing";
 *
 * const withoutEmail: CustomerInput = { firstName: "Ada", email: undefined };
 */
export type CustomerInput = {
  [Field in keyof Customer]?:
    | Customer[Field]
    | (undefined extends Customer[Field] ? undefined : never);
};

/** Makes up what tests leave open. One seed gives the same things in the same order. */
export interface Inventor {
  /** Without fields of one's own, some of the optional ones are missing, as the document allows. */
  customer(given?: CustomerInput): Customer;
  membership(given?: Partial<CustomerListTiny>): CustomerListTiny;
}

const secondMs = 1000;
const dayMs = 24 * 60 * 60 * secondMs;
/** When the first one was made. */
export const firstMs: number = Date.parse("2021-11-01T08:00:00Z");

export function createInventor(seed: number): Inventor {
  const random = seededRandom(seed);
  let createdMs = firstMs;
  let customers = 0;
  let memberships = 0;

  function customer(given?: CustomerInput): Customer {
    customers += 1;
    // One in ten was imported together with the one before: equal dates make `sort` break ties.
    if (random() > 0.1) createdMs += Math.ceil(random() * 40_000) * secondMs;
    const invented = inventCustomer(customers, createdMs, given ?? {}, random);
    return given ? complete(invented, given) : withGaps(invented, random);
  }

  function membership(given: Partial<CustomerListTiny> = {}): CustomerListTiny {
    const name = listNames[memberships % listNames.length] ?? "";
    const round = Math.floor(memberships / listNames.length);
    memberships += 1;
    return {
      id: given.id ?? ulid(firstMs + memberships * dayMs, memberships, random),
      name: given.name ?? (round > 0 ? `${name} ${round + 1}` : name),
    };
  }

  return { customer, membership };
}

/** A customer with every field. Those that hang together fit the given ones, the address the name for one. */
function inventCustomer(
  index: number,
  nextMs: number,
  given: CustomerInput,
  random: () => number,
): Required<Customer> {
  const pick = (values: readonly string[]) =>
    values[Math.floor(random() * values.length)] as string;

  const createdMs =
    timeOf(given.createdAt) ??
    Math.min(nextMs, timeOf(given.updatedAt) ?? Number.POSITIVE_INFINITY);
  const updatedMs = timeOf(given.updatedAt) ?? createdMs + Math.floor(random() * 400) * dayMs;
  const gender = given.gender ?? pick(genders);
  const firstName = given.firstName ?? pick(firstNames[gender] ?? firstNames.OTHER ?? []);
  const lastName = given.lastName ?? pick(lastNames);
  return {
    createdAt: dateTime(createdMs),
    dob: dateTime(random() * 1.1e12).slice(0, 10),
    email: emailOf(firstName, lastName, index),
    firstName,
    gender,
    hasAgreedToMarketing: random() < 0.6,
    id: given.id ?? ulid(createdMs, index, random),
    lastName,
    phoneNumber: pick(phoneNumbers),
    statistics: inventStatistics(createdMs, Math.max(createdMs, updatedMs), random),
    updatedAt: dateTime(updatedMs),
  };
}

/** What is left of the points is what was earned less what was redeemed. */
function inventStatistics(fromMs: number, toMs: number, random: () => number): CustomerStatistics {
  const moment = () => dateTime(fromMs + random() * (toMs - fromMs));
  const totalPointsEarned = Math.floor(random() * 20_000);
  const totalPointsRedeemed = Math.floor(random() * totalPointsEarned);
  return {
    lastPointsEarnedAt: moment(),
    lastPointsRedeemedAt: moment(),
    lastSpentAt: moment(),
    pointsBalance: totalPointsEarned - totalPointsRedeemed,
    totalPointsEarned,
    totalPointsRedeemed,
    totalSpend: totalPointsEarned + Math.floor(random() * 5000),
  };
}

/** How many of the customers have what the document lets them lack. */
const shares: { readonly [Field in keyof Customer]?: number } = {
  createdAt: 0.97,
  dob: 0.7,
  email: 0.9,
  gender: 0.8,
  hasAgreedToMarketing: 0.9,
  phoneNumber: 0.85,
  statistics: 0.75,
  updatedAt: 0.95,
};

function withGaps(invented: Required<Customer>, random: () => number): Customer {
  const customer: Partial<Customer> = { ...invented };
  for (const [field, share] of Object.entries(shares)) {
    if (random() > share) delete customer[field as keyof Customer];
  }
  return customer as Customer;
}

/** Lays the given fields over a customer, who keeps the ID; those that are `undefined` are left out. */
export function complete(whole: Customer, given: CustomerInput): Customer {
  const { id, firstName, lastName } = whole;
  const required = {
    id,
    firstName: given.firstName ?? firstName,
    lastName: given.lastName ?? lastName,
  };
  const fields = Object.entries({ ...whole, ...given, ...required });
  return Object.fromEntries(
    fields.filter(([, value]) => value !== undefined),
  ) as unknown as Customer;
}

/** Unique through the index; a third of them with a `+`, which a query must escape. */
function emailOf(firstName: string, lastName: string, index: number): string {
  const ascii = (name: string) => name.normalize("NFD").replace(/[^A-Za-z]/g, "");
  const words = [firstName, lastName].map(ascii).filter((word) => word !== "");
  const separator = index % 3 === 0 ? "+" : "";
  const person = words.join(".").toLowerCase() || "customer";
  return `${person}${separator}${index}@${mailHosts[index % mailHosts.length]}`;
}

/** Such as `2021-10-20T14:51:16Z`, the form of the document's example. */
export function dateTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** A date as the number of milliseconds since 1970, or `undefined` if there is none. */
export function timeOf(date: string | undefined): number | undefined {
  const ms = Date.parse(date ?? "");
  return Number.isNaN(ms) ? undefined : ms;
}
