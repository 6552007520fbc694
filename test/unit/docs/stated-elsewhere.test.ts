import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { statedElsewhere } from "../../../scripts/docs/stated-elsewhere.js";
import { petShop } from "./api.js";

it("everything with a source of its own is in the table, the same source once", () => {
  expect(statedElsewhere(petShop()).split("\n")).toEqual([
    "| what | where it is from |",
    "| --- | --- |",
    "| the title and version | The title is ours. |",
    "| the server `https://pets.example`, `X-Next-Page` of `listPets` | [pets.example/guide](https://pets.example/guide) |",
    "| `after` of `listPets` | A later \\| version. |",
    "| `Home.city` | Read off the example. |",
  ]);
});

it("nothing that our document marks is left out", () => {
  const text = readFileSync(new URL("../../../generated/openapi.json", import.meta.url), "utf8");
  const table = statedElsewhere(JSON.parse(text));
  const sources = [...text.matchAll(/"x-source": "((?:[^"\\]|\\.)*)"/g)].map(([, source]) =>
    JSON.parse(`"${source}"`).replaceAll(/\s+/g, " "),
  );
  expect(sources.length).toBeGreaterThan(10);
  for (const source of sources) {
    const isAddress = /^https:\S+/.exec(source);
    expect(table).toContain(isAddress ? `(${isAddress[0]})` : source.replaceAll("|", "\\|"));
  }
});
