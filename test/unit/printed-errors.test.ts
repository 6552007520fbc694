import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ApiError, createClient } from "../../src/index.js";
import { failureOf, json, observeFetch } from "./observed-fetch.js";

test("an error prints its body only where it is asked for by name", async () => {
  const { fetch } = observeFetch(() => json({ message: "Zanzibar" }, { status: 404 }));
  const loke = createClient({ fetch });
  const error = await failureOf(() => loke.getCustomer({ organizationId: "o", customerId: "c" }));
  expect(error).toBeInstanceOf(ApiError);
  const printed = [String(error), inspect(error), JSON.stringify(error), JSON.stringify({ error })];
  expect(printed.join()).not.toContain("Zanzibar");
  const names = Object.getOwnPropertyNames(error);
  expect(JSON.parse(JSON.stringify(error, names))).toMatchObject({
    body: { message: "Zanzibar" },
  });
});
