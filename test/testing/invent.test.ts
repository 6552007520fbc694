import { describe, expect, test } from "vitest";
import { createMockApi } from "../../src/testing.js";

const { customers } = createMockApi({ customers: 2_000 });

/** The values that a field has in those customers that have it. */
function all<Field extends keyof (typeof customers)[number]>(field: Field) {
  return customers.flatMap((customer) => (customer[field] === undefined ? [] : [customer[field]]));
}

describe("made-up customers", () => {
  test("are the same ones for the same seed, and others for another", () => {
    const made = (seed?: number) => {
      const api = createMockApi({ customers: [{}, 30], memberships: {}, seed, now: () => 1.7e12 });
      const { id } = api.add("customers");
      api.set("memberships", id, 30);
      return JSON.stringify([api.customers, api.memberships(id)]);
    };
    expect(made()).toBe(made(1));
    expect(made(7)).toBe(made(7));
    expect(made(7)).not.toBe(made(1));
  });

  test("have unique ULIDs, which rise as they come", () => {
    const ids = customers.map(({ id }) => id);
    expect(ids.filter((id) => !/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(2_000);
    expect([...ids].sort()).toEqual(ids);
  });

  test("have addresses of nobody, each its own", () => {
    const emails = all("email");
    expect(
      emails.filter((email) => !/^[a-z]+\.[a-z]+\+?\d+@example\.(com|org|net)$/.test(email ?? "")),
    ).toEqual([]);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.some((email) => email?.includes("+"))).toBe(true);
    const hosts = new Set(emails.map((email) => email?.split("@")[1]));
    expect([...hosts].sort()).toEqual(["example.com", "example.net", "example.org"]);
  });

  test("have phone numbers of nobody: those that Australia keeps for fiction", () => {
    const fiction =
      /^\+614915(70(006|110|15[6-9]|313|737)|71(266|491|804)|72(549|665|983)|73(087|770)|74(118|632)|75(254|789)|76(398|801)|77(426|644)|78(148|888|957)|79(212|455|760))$/;
    expect(all("phoneNumber").filter((number) => !fiction.test(number ?? ""))).toEqual([]);
    expect(new Set(all("phoneNumber")).size).toBe(30);
  });

  test.each([
    "createdAt",
    "updatedAt",
    "dob",
    "email",
    "gender",
    "hasAgreedToMarketing",
    "phoneNumber",
    "statistics",
  ] as const)("lack %s now and then, as the document allows", (field) => {
    const lacking = 2_000 - all(field).length;
    expect(lacking).toBeGreaterThan(20);
    expect(lacking).toBeLessThan(800);
  });

  test("have dates that can be: born before created, created before updated, active between", () => {
    for (const { createdAt, dob, statistics, updatedAt } of customers) {
      if (dob && createdAt) expect(dob < createdAt).toBe(true);
      if (createdAt && updatedAt) expect(createdAt <= updatedAt).toBe(true);
      if (!statistics || !createdAt || !updatedAt) continue;
      const { lastPointsEarnedAt, lastPointsRedeemedAt, lastSpentAt } = statistics;
      for (const date of [lastPointsEarnedAt, lastPointsRedeemedAt, lastSpentAt]) {
        expect(createdAt <= date && date <= updatedAt).toBe(true);
      }
    }
  });

  test("have points that add up, in whole numbers", () => {
    const found = all("statistics");
    for (const one of found) {
      const { pointsBalance, totalPointsEarned, totalPointsRedeemed, totalSpend } = one ?? {};
      expect(pointsBalance).toBe(Number(totalPointsEarned) - Number(totalPointsRedeemed));
      expect(pointsBalance).toBeGreaterThanOrEqual(0);
      expect(totalSpend).toSatisfy(Number.isInteger);
    }
    expect(new Set(found.map((one) => one?.pointsBalance)).size).toBeGreaterThan(500);
  });

  test("have some creation dates in common, so that sorting has ties to break", () => {
    const dates = all("createdAt");
    expect(new Set(dates).size).toBeLessThan(dates.length - 50);
  });

  test("differ in their names, which have letters beyond ASCII and apostrophes", () => {
    const names = customers.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
    expect(new Set(names).size).toBeGreaterThan(500);
    expect(names.join()).toMatch(/[é]/);
    expect(names.join()).toContain("'");
  });

  test("have memberships with names of their own, however many", () => {
    const api = createMockApi({ customers: [{ id: "a" }], memberships: { a: 60 } });
    const lists = api.memberships("a");
    expect(new Set(lists.map(({ id }) => id)).size).toBe(60);
    expect(new Set(lists.map(({ name }) => name)).size).toBe(60);
    expect(lists.every(({ id }) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id))).toBe(true);
  });
});

describe("a customer who is given in part", () => {
  const fields = [
    "createdAt",
    "dob",
    "email",
    "firstName",
    "gender",
    "hasAgreedToMarketing",
    "id",
    "lastName",
    "phoneNumber",
    "statistics",
    "updatedAt",
  ];

  test("is whole: what is absent is made up", () => {
    const api = createMockApi({ customers: Array.from({ length: 50 }, () => ({ gender: "X" })) });
    for (const customer of api.customers) {
      expect(Object.keys(customer).sort()).toEqual(fields);
      expect(customer.gender).toBe("X");
    }
  });

  test("is without the fields that are undefined, but never without those that are required", () => {
    const nothing = { email: undefined, statistics: undefined, dob: undefined };
    const required = { id: undefined, firstName: undefined, lastName: undefined };
    const api = createMockApi({ customers: [{ ...nothing, ...(required as object) }] });
    const [customer] = api.customers;
    expect(Object.keys(customer ?? {}).sort()).toEqual(
      fields.filter((field) => !(field in nothing)),
    );
    expect(customer).toEqual({
      ...customer,
      id: expect.stringMatching(/^.{26}$/),
      firstName: expect.any(String),
      lastName: expect.any(String),
    });
  });

  test("has what fits what is given: an address of the name, dates in their order", () => {
    const [zoe, li, old, late] = createMockApi({
      customers: [
        { firstName: "Zoë", lastName: "O'Hara" },
        { firstName: "李", lastName: "小龙" },
        { createdAt: "2030-01-01T00:00:00Z" },
        { updatedAt: "2001-01-01T00:00:00Z" },
      ],
    }).customers;
    expect(zoe?.email).toMatch(/^zoe\.ohara\+?\d+@example\./);
    expect(li?.email).toMatch(/^customer\+?\d+@example\./);
    expect(old?.updatedAt).toSatisfy((date: string) => date >= "2030-01-01T00:00:00Z");
    expect(old?.statistics?.lastSpentAt.slice(0, 2)).toBe("20");
    expect(Number(old?.statistics?.lastSpentAt.slice(0, 4))).toBeGreaterThanOrEqual(2030);
    expect(late?.createdAt).toSatisfy((date: string) => date <= "2001-01-01T00:00:00Z");
  });

  test("can stand beside made-up ones", () => {
    const { customers: mixed } = createMockApi({ customers: [2, { id: "mine" }, 3] });
    expect(mixed).toHaveLength(6);
    expect(mixed.findIndex(({ id }) => id === "mine")).toBe(2);
  });
});
