import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OperationId } from "../../src/index.js";
import { createMockApi, type Fault, type FaultName, type MockApi } from "../../src/testing.js";
import { violations } from "./against-document.js";

const origin = "https://api.loke.global";
const headers = { authorization: "Bearer any" };

/** What happens to a mock API, and what is asked of it. */
type Step =
  | { do: "add"; customer: object }
  | { do: "change"; who: number; changes: object }
  | { do: "remove"; who: number }
  | { do: "join"; who: number; lists: number }
  | { do: "ask"; who: number; what: string; query: Record<string, string>; isSigned: boolean }
  | { do: "follow" };

const email = fc.nat({ max: 20 }).map((n) => `person${n}@example.org`);

const fields = fc.record(
  {
    firstName: fc.string({ minLength: 1 }),
    lastName: fc.string(),
    email: fc.option(email, { nil: undefined }),
    gender: fc.option(fc.constantFrom("FEMALE", "MALE", "X"), { nil: undefined }),
    hasAgreedToMarketing: fc.option(fc.boolean(), { nil: undefined }),
    updatedAt: fc.constantFrom("2020-02-29T23:59:59Z", "2024-01-01T00:00:00.500Z", undefined),
    createdAt: fc.constantFrom("2019-12-31T00:00:00Z", "1960-01-01T00:00:00Z", undefined),
    dob: fc.constantFrom("1999-12-31", undefined),
    statistics: fc.constant(undefined),
  },
  { requiredKeys: [] },
);

const who = fc.nat({ max: 40 });

const query: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    after: fc.constantFrom("2.0.0", "", "1", "3.-5.7", "nonsense", "9".repeat(30)),
    sort: fc.constantFrom("created", "updated", "created", "updated", "", "constructor"),
    email: fc.oneof(email, fc.string()),
    phoneNumber: fc.constantFrom("+61491570006", "61491570006", ""),
    other: fc.string(),
  },
  { requiredKeys: [] },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("add" as const), customer: fields }),
  fc.record({ do: fc.constant("change" as const), who, changes: fields }),
  fc.record({ do: fc.constant("remove" as const), who }),
  fc.record({ do: fc.constant("join" as const), who, lists: fc.nat({ max: 30 }) }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("ask" as const),
      who,
      what: fc.constantFrom("customers", "customer", "memberships", "nobody", "elsewhere", "%"),
      query: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, query),
      isSigned: fc.nat(9).map((n) => n > 0),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ do: "follow" as const }) },
);

function pathOf(api: MockApi, what: string, id: string): string {
  const customers = `/organizations/${api.organizationId}/customers`;
  const paths: Record<string, string> = {
    customers,
    customer: `${customers}/${id}`,
    memberships: `${customers}/${id}/memberships`,
    nobody: `${customers}/00000000000000000000000000/memberships`,
    elsewhere: "/organizations/01ARZ3NDEKTSV4RRFFQ69G5FAV/customers",
    "%": `${customers}/%E0%A4%A`,
  };
  return paths[what] ?? "";
}

test("every answer is as documented, whatever the mock holds and whatever it is asked for", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        customers: fc.nat({ max: 30 }),
        pageSize: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
        seed: fc.nat(),
      }),
      fc.array(step, { minLength: 10, maxLength: 40 }),
      async (options, steps) => {
        const api = createMockApi(options);
        const links: string[] = [];
        const idOf = (index: number) => api.customers[index % (api.customers.length || 1)]?.id;
        for (const one of steps) {
          const id = "who" in one ? idOf(one.who) : undefined;
          if (one.do === "add") api.add("customers", one.customer);
          if (one.do === "change" && id) api.change("customers", id, one.changes);
          if (one.do === "remove" && id) api.remove("customers", id);
          if (one.do === "join" && id) api.set("memberships", id, one.lists);
          if (one.do !== "ask" && one.do !== "follow") continue;
          let url = links.shift();
          let init: RequestInit = { headers };
          if (one.do === "ask") {
            url = `${origin}${pathOf(api, one.what, id ?? "x")}?${new URLSearchParams(one.query)}`;
            if (!one.isSigned) init = {};
          }
          if (url === undefined) continue;
          const response = await api(url, init);
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
          const link = response.headers.get("x-next-page");
          if (link) links.push(link);
          const { operation } = api.requests.at(-1) ?? {};
          expect(await violations(operation as OperationId, response)).toEqual([]);
        }
      },
    ),
    { numRuns: 250 },
  );
  console.log("answers checked against the document, by status:", Object.fromEntries(statuses));
  expect([...statuses.keys()].sort()).toEqual([200, 400, 401, 404]);
});

/** What is wrong with the answer that has a fault, by the operation that it happens to. */
async function violationsOf(fault: FaultName, id: OperationId): Promise<string[]> {
  const api = createMockApi({
    customers: 25,
    pageSize: 10,
    faults: [{ fault, operation: id } as Fault],
  });
  const customerId = api.customers.find(({ statistics }) => statistics)?.id ?? "";
  api.set("memberships", customerId, 25);
  const what = {
    getCustomer: "customer",
    listCustomers: "customers",
    listMemberships: "memberships",
  };
  const response = await api(`${origin}${pathOf(api, what[id], customerId)}`, { headers });
  if (api.pendingFaults.length > 0) return ["it did not happen"];
  return violations(id, response);
}

describe("a fault that is meant to break the contract breaks it", () => {
  test.each([
    ["empty-body", "the body is no JSON"],
    ["cut-body", "the body is no JSON"],
    ["not-json", "the body is no JSON"],
    ["html-200", "content-type is text/html"],
    ["wrong-type", "must be array"],
    ["unknown-field", "must NOT have additional properties"],
    ["missing-field", "must have required property"],
  ] as const)("%s: %s", async (fault, problem) => {
    expect((await violationsOf(fault, "listCustomers")).join()).toContain(problem);
    expect((await violationsOf(fault, "listMemberships")).join()).toContain(problem);
    const ofOne = problem.replace("array", "object");
    expect((await violationsOf(fault, "getCustomer")).join()).toContain(ofOne);
  });

  test("number-as-string: only customers have numbers", async () => {
    const problem = "/statistics/pointsBalance must be integer";
    expect((await violationsOf("number-as-string", "listCustomers")).join()).toContain(problem);
    expect(await violationsOf("number-as-string", "getCustomer")).toEqual([problem]);
    expect(await violationsOf("number-as-string", "listMemberships")).toEqual([
      "it did not happen",
    ]);
  });
});

test.each([
  "empty-page",
  "short-page",
  "repeated-row",
  "loop",
  "foreign-link",
  "bad-link",
  "hidden-header",
] as const)("%s does not break the contract: the document allows it", async (fault) => {
  expect(await violationsOf(fault, "listCustomers")).toEqual([]);
  expect(await violationsOf(fault, "listMemberships")).toEqual([]);
  await expect(violationsOf(fault, "getCustomer")).rejects.toThrow(
    `The mock API has no fault "${fault}" of getCustomer, which is no list; it has it of listCustomers, listMemberships.`,
  );
});
