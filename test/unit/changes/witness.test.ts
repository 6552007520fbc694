import { describe, expect, test, vi } from "vitest";
import type { Check } from "../../../scripts/changes/compiler.js";
import { createCheck } from "../../../scripts/changes/compiler.js";
import { changesBetween, make, standOn } from "../../../scripts/changes/report.js";
import { ownerOf, wholesOf } from "../../../scripts/changes/subject.js";
import { baselineOf, lokeDocument, shopDocument } from "./shop.js";

vi.setConfig({ testTimeout: 120_000 });

const check = createCheck();
const shop = await baselineOf(shopDocument(), check);

/** What the witness does, as a user would write it. */
const statements = new Set(shop.witness.spans.flatMap(({ statement }) => statement ?? []));

describe("the witness", () => {
  test("compiles against the LOKE document, with all of src/", async () => {
    const { text } = (await baselineOf(lokeDocument(), check)).witness;
    expect(text.split("\n").length).toBeGreaterThan(200);
    expect(text).toContain("loke.getCustomer(");
  });

  test("compiles against a document with all that the generator can express", () => {
    expect(shop.witness.text.split("\n").length).toBeGreaterThan(800);
  });

  test("has something to say of everything that has a type", () => {
    const subjects = new Set(shop.witness.spans.map(({ subject }) => subject));
    expect([...shop.types.keys()].filter((subject) => !subjects.has(subject))).toEqual([]);
  });

  test.for([
    ["imports each model", 'import type { Lonely } from "loke-customers"'],
    ["makes a call with what it must have", "await loke.getOrder({ shopId, orderNumber })"],
    ["makes a call that needs nothing without arguments", "await loke.getGrid()"],
    [
      "makes a call with each optional argument",
      'loke.listOrders({ shopId, tags: ["red"], limit })',
    ],
    [
      "makes a call with each value of an enum",
      'loke.listOrders({ shopId, tags: ["red"], status: "paid" })',
    ],
    ["makes a call with each value of an array", 'loke.listOrders({ shopId, tags: ["blue"] })'],
    [
      "sends a body with each optional field, in models in models too",
      'await loke.createOrder({ shopId, body: { kind: "now", address: { city, zip } } })',
    ],
    [
      "sends each member of a union",
      'await loke.createOrder({ shopId, body: { address: { city }, kind: "now", pay: { kind: "cash" } } })',
    ],
    [
      "sends an intersection written out",
      'await loke.createOrder({ shopId, body: { address: { city }, kind: "now", gift: { wrap, text } } })',
    ],
    [
      "sends a model as its type",
      "await loke.replaceOrder({ shopId, orderNumber, body: { note, address } })",
    ],
    [
      "takes what comes for its model",
      "const order: Order = await loke.getOrder({ shopId, orderNumber })",
    ],
    [
      "takes what comes for nothing",
      "const answer: undefined = await loke.deleteOrder({ shopId, orderNumber, region })",
    ],
    [
      "takes data beside its response",
      "const { data, response } = await loke.getOrder.withResponse({ shopId, orderNumber })",
    ],
    ["walks items", 'for await (const order of loke.listOrders({ shopId, tags: ["red"] }))'],
    ["walks pages", 'for await (const page of loke.listOrders({ shopId, tags: ["red"] }).pages())'],
    [
      "reads one page",
      'const items: Order[] = (await loke.listOrders({ shopId, tags: ["red"] }).page()).items',
    ],
    [
      "reads an array",
      'const items: Order[] = await loke.listOrders({ shopId, tags: ["red"] }).toArray({ limit: 10 })',
    ],
    ["reads where to go on", "const next: string | undefined = page.next"],
    ["reads a field that can be missing", "const placedAt: string | undefined = order.placedAt"],
    ["reads a field that can be null", "const note: string | null | undefined = order.note"],
    [
      "reads a field whose name is none",
      'const firstSeen: boolean | undefined = order["first-seen"]',
    ],
    ["reads the items of an array", "for (const line of lines)"],
    ["reads the values of a map", 'const value: string | undefined = labels["anyKey"]'],
    ["reads a model in a model", "const city: string = address.city"],
    ["reads a model in a model as its type", "const address: Address = order.address"],
    ["reads a model that is a value as that value", 'const status: "open" | "paid" = order.status'],
    ["reads a member of a union", 'if (payment.kind === "cash")'],
    [
      "reads an object among other types",
      'if (typeof value === "object" && !globalThis.Array.isArray(value))',
    ],
    ["compares with each value of an enum", 'order.status === "paid"'],
    ["compares a text with another", 'address.city === "any other text"'],
  ] as const)("%s", ([, statement]) => {
    expect([...statements]).toContain(statement);
  });

  test("does not read what is only sent", () => {
    const { spans } = shop.witness;
    const read = spans.filter(
      ({ statement, subject }) => ownerOf(subject) === "NewOrder" && statement,
    );
    expect(read.map(({ statement }) => statement)).toEqual([
      'import type { NewOrder } from "loke-customers"',
    ]);
  });

  test("is refused where it does not compile against its own document", async () => {
    const made = await make(shopDocument(), "HEAD");
    const odd: Check = (_, text) => [
      { code: "TS1", message: "Odd", start: text.indexOf("order.number"), isSyntax: false },
    ];
    expect(() => standOn(made, odd)).toThrow(
      /what HEAD promises .* const number: number = order\.number;: TS1: Odd$/,
    );
  });
});

describe("what the compiler says", () => {
  const complaint = { code: "TS1", message: "Odd", isSyntax: false };

  async function changesWith(...complaints: ReturnType<Check>) {
    const changed = shopDocument();
    changed.components.schemas.Order.properties.later = { type: "string" };
    return changesBetween(shop, await make(changed, "new"), () => complaints);
  }

  test("of several changes of one call is put on the line of each", async () => {
    const changed = shopDocument();
    const { parameters } = changed.paths["/shops/{shopId}/orders"].get;
    parameters[0] = { name: "region", in: "query", required: true, schema: { type: "string" } };
    const changes = changesBetween(shop, await make(changed, "new"), check);
    const said = changes.map(({ compiler, subjects }) => [
      subjects[0],
      compiler.map(({ message }) => /'(\w+)' (is missing|does not exist)/.exec(message)?.[0]),
    ]);
    expect(said).toEqual([
      ["listOrders({ limit })", ["'limit' does not exist"]],
      ["listOrders({ region })", ["'region' is missing"]],
    ]);
  });

  test("of the thing itself comes before what it says of what holds it", async () => {
    const changed = shopDocument();
    const { delivery } = changed.components.schemas.Order.properties;
    delivery.properties.by.items.properties.name.type = "integer";
    const [change] = changesBetween(shop, await make(changed, "new"), check);
    expect(change?.subjects).toEqual(["Order.delivery.by[].name"]);
    expect(change?.compiler.map(({ statement }) => statement)).toEqual([
      "const name: string = item.name",
      expect.stringMatching(/^item\.name === /),
    ]);
  });

  test("is a line of its own if no line explains it", async () => {
    const start = shop.witness.text.indexOf("const city: string = address.city");
    const [first, ...others] = await changesWith({ ...complaint, start });
    expect(first).toMatchObject({
      level: "breaking",
      subjects: ["Address.city"],
      detail: " no longer compiles",
      usedBy: ["listOrders", "createOrder", "getOrder", "replaceOrder"],
      compiler: [{ code: "TS1", message: "Odd", statement: "const city: string = address.city" }],
    });
    expect(others.map(({ level }) => level)).toEqual(["compatible"]);
  });

  test("of our own code is a line of its own, which says so", async () => {
    const [first] = await changesWith({ ...complaint, start: 0, file: "src/paginate.ts" });
    expect(first).toMatchObject({ level: "breaking", subjects: ["src/paginate.ts"], usedBy: [] });
    expect(first?.reason).toMatch(/our own code/);
  });

  test("of a document whose types are no TypeScript is a refusal", async () => {
    const slip = { ...complaint, start: 0, file: "generated/operations.ts", isSyntax: true };
    await expect(changesWith(slip)).rejects.toThrow(
      /^new cannot .*operations\.ts would be no Ty.*lint/,
    );
  });

  test("of src/ itself is heard", async () => {
    const changed = shopDocument();
    changed.paths["/shops/{shopId}/orders"].get["x-paging"].pageSize = "fifty";
    const changes = changesBetween(shop, await make(changed, "new"), check);
    const ours = changes.filter(({ subjects }) => subjects[0]?.startsWith("src/"));
    expect(ours.map(({ level }) => level)).toEqual(["breaking"]);
    expect(ours[0]?.compiler[0]?.message.length).toBeLessThan(500);
  });

  test("is not asked where only words have changed", async () => {
    const changed = shopDocument();
    changed.components.schemas.Order.description = "Other words.";
    const never: Check = () => expect.unreachable();
    const changes = changesBetween(shop, await make(changed, "new"), never);
    expect(changes.map(({ level }) => level)).toEqual(["docs"]);
  });
});

test("a subject is a part of what leads to it", () => {
  expect(wholesOf("Order.by[].name")).toEqual(["Order.by[]", "Order.by", "Order"]);
  expect(wholesOf('Order["first-seen"]')).toEqual(["Order"]);
  expect(wholesOf("createOrder({ body.lines[] })")).toEqual([
    "createOrder({ body.lines })",
    "createOrder({ body })",
    "createOrder",
  ]);
  expect(wholesOf("getOrder()[]")).toEqual(["getOrder()", "getOrder"]);
  expect(wholesOf("getOrder() 404 header X")).toEqual(["getOrder()", "getOrder"]);
  expect(wholesOf("Order")).toEqual([]);
});
