import { expect, it } from "vitest";
import { modelExamples } from "../../../scripts/docs/examples.js";
import { petShop } from "./api.js";

it("the example of a model is from the first response that has one, and none is made up", () => {
  expect(Object.fromEntries(modelExamples(petShop()))).toEqual({
    Pet: { id: "1", home: { city: "Perth" } },
    Home: { city: "Perth" },
  });
});

it("the example of a model that only a list returns is the list's first item", () => {
  const document = petShop();
  delete document.paths?.["/pets/{id}"];
  expect(modelExamples(document).get("Pet")).toEqual({ id: "2" });
});
