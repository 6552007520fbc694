import { describe, expect, test, vi } from "vitest";
import { buildModel } from "../../../scripts/changes/client-model.js";
import { type Check, createCheck } from "../../../scripts/changes/compiler.js";
import { changesBetween, diagnosticsBetween } from "../../../scripts/changes/report.js";
import { ownerOf, wholesOf } from "../../../scripts/changes/subject.js";
import { lokeDocument, shopDocument } from "./shop.js";

vi.setConfig({ testTimeout: 120_000 });

const check = createCheck();
const shop = await buildModel(shopDocument(), "the old document");

/** The lines that are compiled where one field is added, whatever the compiler says. */
async function linesFor(document: Awaited<ReturnType<typeof shopDocument>>) {
  const lines: string[] = [];
  const changed = structuredClone(document);
  changed.info.title = "Changed";
  const [old, now] = [await buildModel(document, "old"), await buildModel(changed, "new")];
  const differing = { ...now, generated: { ...now.generated, "models.ts": "export {};\n" } };
  diagnosticsBetween(old, differing, (_old, _new, all) => {
    lines.push(...all);
    return [];
  });
  return { generated: old.generated, lines };
}

describe("what is compiled", () => {
  test.for([
    ["the LOKE document", lokeDocument, 50],
    ["a document with all that the generator can express", shopDocument, 150],
  ] as const)("has nothing against %s while it stays as it is", async ([, fresh, least]) => {
    const { generated, lines } = await linesFor(fresh());
    expect(lines.length).toBeGreaterThan(least);
    expect(check(generated, generated, lines)).toEqual([]);
  });

  test("is something about everything that has a type", async () => {
    const { lines } = await linesFor(shopDocument());
    const silent = [...shop.parts.values()].filter(
      (part) => !lines.some((line) => line.includes(part.type("Old"))),
    );
    expect(silent.map(({ subject }) => subject)).toEqual([]);
  });

  test("does not read what is only sent, except where a helper takes the model", async () => {
    const { lines } = await linesFor(shopDocument());
    const own = lines.filter((line) => line.includes("NewModels.NewOrder"));
    const reading = own.filter((line) => /^\(\(\w+: (?:Field<)?NewModels/.test(line));
    expect(reading).toEqual(["((newOrder: NewModels.NewOrder) => newOrder.address);"]);
  });
});

describe("what the compiler says", () => {
  const error = { code: "TS1", message: "Odd", isSyntax: false };

  async function changesWith(...errors: ReturnType<Check>) {
    const changed = shopDocument();
    changed.components.schemas.Order.properties.later = { type: "string" };
    return changesBetween(shop, await buildModel(changed, "new"), () => errors);
  }

  /** The index of the line about a subject. */
  async function lineAbout(pattern: string): Promise<number> {
    const { lines } = await linesFor(shopDocument());
    return lines.findIndex((line) => line.includes(pattern));
  }

  test("of several changes of one call is put on the line of each", async () => {
    const changed = shopDocument();
    const { parameters } = changed.paths["/shops/{shopId}/orders"].get;
    parameters[0] = { name: "region", in: "query", required: true, schema: { type: "string" } };
    const changes = changesBetween(shop, await buildModel(changed, "new"), check);
    const said = changes.map(({ compiler, subjects }) => [
      subjects[0],
      compiler.map(({ message }) => /'(\w+)' (is missing|does not exist)/.exec(message)?.[0]),
    ]);
    expect(said).toEqual([
      ["listOrders({ limit })", ["'limit' does not exist"]],
      ["listOrders({ region })", ["'region' is missing"]],
    ]);
  });

  test("is of the thing itself, not of what holds it", async () => {
    const changed = shopDocument();
    const { delivery } = changed.components.schemas.Order.properties;
    delivery.properties.by.items.properties.name.type = "integer";
    const [change] = changesBetween(shop, await buildModel(changed, "new"), check);
    expect(change?.subjects).toEqual(["Order.delivery.by[].name"]);
    expect(change?.compiler.map(({ statement }) => statement)).toEqual([
      "const name: string = order.delivery!.by![0].name",
      'order.delivery!.by![0].name === "any other text"',
    ]);
  });

  test("is a line of its own if no line explains it", async () => {
    const line = await lineAbout('Address, "city"');
    const [first, ...others] = await changesWith({ ...error, line });
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
    const [first] = await changesWith({ ...error, file: "generated/schema.ts" });
    expect(first).toMatchObject({
      level: "breaking",
      subjects: ["generated/schema.ts"],
      usedBy: [],
    });
    expect(first?.reason).toMatch(/our own code/);
  });

  test("of a document whose types are no TypeScript is an error", async () => {
    const slip = { ...error, file: "generated/operations.ts", isSyntax: true };
    await expect(changesWith(slip)).rejects.toThrow(
      /^new cannot .*operations\.ts would be no Ty.*lint/,
    );
  });

  test("of src/ itself is heard", async () => {
    const changed = shopDocument();
    changed.paths["/shops/{shopId}/orders"].get["x-paging"].pageSize = "fifty";
    const changes = changesBetween(shop, await buildModel(changed, "new"), check);
    const ours = changes.filter(({ subjects }) => subjects[0]?.startsWith("src/"));
    expect(ours.map(({ level }) => level)).toEqual(["breaking"]);
    expect(ours[0]?.compiler[0]?.message.length).toBeLessThan(500);
  });

  test("is not asked where only words have changed", async () => {
    const changed = shopDocument();
    changed.components.schemas.Order.description = "Other words.";
    const never: Check = () => expect.unreachable();
    const changes = changesBetween(shop, await buildModel(changed, "new"), never);
    expect(changes.map(({ level }) => level)).toEqual(["docs"]);
  });

  test("makes a change of a type that it has nothing against risky at worst", async () => {
    const changed = shopDocument();
    changed.components.schemas.Order.properties.total.type = "string";
    const changes = changesBetween(shop, await buildModel(changed, "new"), () => []);
    expect(changes).toMatchObject([{ level: "risky", subjects: ["Order.total"] }]);
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
  expect(ownerOf("Order.by")).toBe("Order");
});
