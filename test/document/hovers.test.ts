import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import apiDocument from "../../generated/openapi.json" with { type: "json" };
import { operations } from "../../generated/operations.js";
import type { Operation } from "../../src/operation.js";
import { openEditor } from "../editor.js";
import { installation } from "../package/installation.js";

const rows: [string, Operation][] = Object.entries(operations);

/** Completions are asked for at each `/*…*\/`. */
const program = `
import { type ArgumentsOf, createClient } from "loke-customers";

const loke = createClient();
const customer = await loke.getCustomer({ organizationId: "o", customerId: "c" });
const statistics = customer.statistics;
const phoneNumber = customer.phoneNumber;
const answer = await loke.getCustomer.withResponse({ organizationId: "o", customerId: "c" });

const customers = loke.listCustomers({ organizationId: "o" });
for await (const each of customers) each.id;
for await (const onePage of customers.pages()) onePage.items;
const page = await customers.page();
const some = await customers.toArray({ limit: 10 });
const memberships = loke.listMemberships({ organizationId: "o", customerId: "c" });

const bySort: ArgumentsOf<"listCustomers"> = { organizationId: "o", sort: "created" };

createClient({ /*client*/ });
loke.getCustomer({ organizationId: "o", customerId: "c" }, { /*call*/ });
loke.listCustomers({ organizationId: "o" }, { /*list*/ });
loke.listCustomers({ organizationId: "o", sort: "/*sort*/" });
customer./*customer*/;
${rows.map(([id]) => `loke.${id}({ /*${id}*/ });`).join("\n")}
`;

const folder = join(installation().project, "hovers");
const path = join(folder, "program.ts");
mkdirSync(folder, { recursive: true });
writeFileSync(path, program);
const { options } = ts.convertCompilerOptionsFromJson(
  { strict: true, target: "es2022", module: "nodenext", types: [] },
  folder,
);
const editor = openEditor(folder, options, [path]);

function positionOf(text: string): number {
  const start = program.indexOf(text);
  expect(start, `${text} is not in the program`).toBeGreaterThan(-1);
  return start;
}

/** What an editor shows when the pointer rests on the name behind a text. */
function hover(before: string, name: string): { type: string; words: string } {
  const info = editor.getQuickInfoAtPosition(path, positionOf(before + name) + before.length);
  return {
    type: ts.displayPartsToString(info?.displayParts),
    words: ts.displayPartsToString(info?.documentation),
  };
}

const typeOf = (before: string, name: string) => hover(before, name).type;

/** What an editor proposes at a comment of the program. */
function completions(marker: string): string[] {
  const position = positionOf(`/*${marker}*/`);
  const found = editor.getCompletionsAtPosition(path, position, undefined);
  return (found?.entries ?? []).map(({ name }) => name).sort();
}

describe("an editor shows by its name", () => {
  test.each([
    ["a customer", "const ", "customer", "const customer: Customer"],
    [
      "a model within a model",
      "const ",
      "statistics",
      "const statistics: CustomerStatistics | undefined",
    ],
    ["an answer with its response", "const ", "answer", "const answer: WithResponse<Customer>"],
    ["a list", "const ", "customers", "const customers: List<Customer>"],
    ["an item of a list", "const ", "each", "const each: Customer"],
    ["a page of a list", "const ", "onePage", "const onePage: Page<Customer>"],
    ["the first page", "const ", "page", "const page: Page<Customer>"],
    ["some items", "const ", "some", "const some: Customer[]"],
    ["another list", "const ", "memberships", "const memberships: List<CustomerListTiny>"],
    ["the client", "const ", "loke", "const loke: LokeClient"],
  ])("%s", (_, before, name, text) => {
    expect(typeOf(before, `${name} `)).toBe(text);
  });

  test("a field of a model, with its type", () => {
    expect(typeOf("customer.", "statistics")).toBe(
      "(property) Customer.statistics?: CustomerStatistics | undefined",
    );
    expect(typeOf("customer.", "phoneNumber")).toBe(
      "(property) Customer.phoneNumber?: string | undefined",
    );
  });
});

describe("an editor shows arguments as one flat object", () => {
  test("of a method that gives a list", () => {
    expect(typeOf("loke.", "listCustomers")).toBe(`(property) listCustomers: (args: {
    organizationId: string;
    after?: string | undefined;
    sort?: "created" | "updated" | undefined;
    email?: string | undefined;
    phoneNumber?: string | undefined;
}, options?: ListOptions | undefined) => List<Customer>`);
  });

  test("of a method that makes one call", () => {
    expect(typeOf("loke.", "getCustomer")).toBe(`(property) getCustomer: Method
(args: {
    organizationId: string;
    customerId: string;
}, options?: CallOptions | undefined) => Promise<Customer>`);
    expect(
      typeOf("loke.getCustomer.", "withResponse"),
    ).toBe(`(method) Method<"getCustomer">.withResponse(args: {
    organizationId: string;
    customerId: string;
}, options?: CallOptions | undefined): Promise<WithResponse<Customer>>`);
  });

  test("of a variable", () => {
    expect(typeOf("const ", "bySort")).toBe(`const bySort: {
    organizationId: string;
    after?: string | undefined;
    sort?: "created" | "updated" | undefined;
    email?: string | undefined;
    phoneNumber?: string | undefined;
}`);
  });
});

describe("an editor shows the document's words", () => {
  const { Customer } = apiDocument.components.schemas;
  const { get } = apiDocument.paths["/organizations/{organizationId}/customers"];

  test("of a field", () => {
    const { phoneNumber, statistics } = Customer.properties;
    expect(hover("customer.", "phoneNumber").words).toBe(phoneNumber.description);
    expect(hover("customer.", "statistics").words).toBe(statistics.description);
  });

  test("of an operation", () => {
    const { words } = hover("loke.", "listCustomers");
    expect(words).toContain(`${get.summary}\n\n${get.description}`);
  });

  test("of an argument", () => {
    const sort = get.parameters.find(({ name }) => name === "sort");
    expect(hover('organizationId: "o", ', 'sort: "created"').words).toBe(sort?.description);
  });
});

describe("an editor proposes", () => {
  test.each(rows)("the arguments of %s", (id, { pathParameters, queryParameters, body }) => {
    const names = [...pathParameters, ...queryParameters, ...(body ? ["body"] : [])];
    expect(completions(id)).toEqual(names.sort());
  });

  test("the values of an argument", () => {
    const { parameters } = apiDocument.paths["/organizations/{organizationId}/customers"].get;
    const sort = parameters.find(({ name }) => name === "sort");
    expect(completions("sort")).toEqual(sort?.schema.enum);
  });

  test("the fields of a model", () => {
    const { properties } = apiDocument.components.schemas.Customer;
    expect(completions("customer")).toEqual(Object.keys(properties).sort());
  });

  const ofCalls = ["deadlineMs", "headers", "retry", "signal", "timeoutMs"];
  const ofLists = [...ofCalls, "from", "nextPage", "prefetch"];
  const ofClients = [
    ...ofLists.filter((name) => !["from", "signal"].includes(name)),
    "accessToken",
    "allowHttp",
    "baseUrl",
    "drift",
    "fetch",
    "onEvent",
    "pace",
  ];
  test.each([
    ["a call", "call", ofCalls],
    ["a list", "list", ofLists],
    ["a client", "client", ofClients],
  ])("the options of %s", (_, marker, names) => {
    expect(completions(marker)).toEqual([...names].sort());
  });
});
