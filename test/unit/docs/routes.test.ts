import { expect, it } from "vitest";
import { routesOf } from "../../../scripts/docs/routes.js";
import { petShop } from "./api.js";

// That the renderer lands on such addresses is shown in test/browser.
it("each section, operation and model has an address", () => {
  const guide = [
    { file: "a.md", markdown: "# Getting started\n\n## What's new?\n\n### Not this\n" },
  ];
  expect(routesOf(petShop(), guide)).toEqual([
    "#/",
    "#/section/getting-started",
    "#/section/getting-started/whats-new",
    "#/other/getpet",
    "#/other/listpets",
    "#/pet",
    "#/home",
    "#/toy",
  ]);
});
