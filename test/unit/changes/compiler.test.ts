import { describe, expect, test, vi } from "vitest";
import {
  buildModel,
  type ClientModel,
  type TypedPart,
} from "../../../scripts/changes/client-model.js";
import { type Check, createCheck } from "../../../scripts/changes/compiler.js";
import { changesBetween, diagnosticsBetween } from "../../../scripts/changes/report.js";
import { ownerOf, wholesOf } from "../../../scripts/changes/subject.js";
import { lokeDocument, shopDocument } from "./shop.js";

vi.setConfig({ testTimeout: 120_000 });

const check = createCheck();
const shop = await buildModel(shopDocument(), "the old document");

/** A client whose types are the same, all of them written in another way. */
function rewritten(model: ClientModel): ClientModel {
  const parts = [...model.parts].map(([subject, part]): [string, TypedPart] => [
    subject,
    { ...part, text: `${part.text} | undefined` },
  ]);
  const generated = { ...model.generated, "models.ts": "export {};\n" };
  return { ...model, generated, parts: new Map(parts) };
}

/** The lines that are compiled where every type is written in another way. */
function linesFor(model: ClientModel): string[] {
  const lines: string[] = [];
  diagnosticsBetween(model, rewritten(model), (_old, _new, all) => {
    lines.push(...all);
    return [];
  });
  return lines;
}

describe("what is compiled", () => {
  test.for([
    ["the LOKE document", lokeDocument, 50],
    ["a document with all that the generator can express", shopDocument, 150],
  ] as const)("has nothing against %s while it stays as it is", async ([, fresh, least]) => {
    const model = await buildModel(fresh(), "the document");
    const lines = linesFor(model);
    expect(lines.length).toBeGreaterThan(least);
    expect(check(model.generated, model.generated, lines)).toEqual([]);
  });

  test("is something about everything that has a type", () => {
    const lines = linesFor(shop);
    const silent = [...shop.parts.values()].filter(
      (part) => !lines.some((line) => line.includes(part.type("Old"))),
    );
    expect(silent.map(({ subject }) => subject)).toEqual([]);
  });

  test("does not read what is only sent, except where a helper takes the model", () => {
    const own = linesFor(shop).filter((line) => line.includes("NewModels.NewOrder"));
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
    const about = (lines: readonly string[]) =>
      lines.findIndex((line) => line.includes('Address, "city"'));
    const changes = changesBetween(shop, rewritten(shop), (_old, _new, lines) => [
      { ...error, line: about(lines) },
    ]);
    const [first, ...others] = changes;
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      level: "breaking",
      subjects: ["Address.city"],
      detail: " no longer compiles",
      usedBy: ["listOrders", "createOrder", "getOrder", "replaceOrder"],
      compiler: [{ code: "TS1", message: "Odd", statement: "const city: string = address.city" }],
    });
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
