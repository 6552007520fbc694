import { expect, test } from "vitest";
import type { OperationId } from "../../src/index.js";
import { createInventor } from "../../src/testing/invent.js";
import { settleMock } from "../../src/testing/mock-options.js";
import { serve } from "../../src/testing/serve.js";
import { createStore } from "../../src/testing/store.js";

test("an operation that the document has gained is answered with 501, until the mock API learns it", () => {
  const { answer } = serve(
    {
      id: "listShops" as OperationId,
      list: { header: "X-Next-Page", pageSize: 10 },
      values: {},
      url: new URL("https://api.loke.global/shops"),
    },
    {
      settings: settleMock({}),
      store: createStore(createInventor(1)),
      instance: () => "01FCCGYZA9JPQ97HBSTKW0KT7P",
    },
  );
  expect(answer.status).toBe(501);
  expect(JSON.parse(answer.text ?? "")).toEqual({
    message: expect.stringMatching(/no answer to listShops\. It knows .*listCustomers/),
    code: "not_implemented",
    type: "/mock/errors/not_implemented",
    instance: "01FCCGYZA9JPQ97HBSTKW0KT7P",
  });
});
