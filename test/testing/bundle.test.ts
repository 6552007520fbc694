import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bundleFor } from "../bundle.js";

const source = (name: string) => fileURLToPath(new URL(`../../src/${name}`, import.meta.url));

test("the mock API needs no module of Node, and no other package", async () => {
  const { code, imports, inputs } = await bundleFor({ entryPoints: [source("testing.ts")] });
  expect(imports).toEqual([]);
  expect(code).not.toMatch(/\b(node:|require\(|process\.|Buffer\b)/);
  expect(inputs.filter((path) => path.includes("node_modules"))).toEqual([]);
  // Types only: a bundle with both entries has one client.
  expect(inputs).not.toContain("src/client.ts");
});

test("the main entry has not a byte of the mock API", async () => {
  const { inputs } = await bundleFor({ entryPoints: [source("index.ts")] });
  expect(inputs).toContain("src/client.ts");
  expect(inputs.filter((path) => path.includes("src/testing"))).toEqual([]);
});
