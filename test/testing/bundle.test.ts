import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const source = (name: string) => fileURLToPath(new URL(`../../src/${name}`, import.meta.url));

/** What is in a bundle for browsers of one entry of the package. */
async function bundle(entry: string) {
  const { metafile, outputFiles } = await build({
    entryPoints: [source(entry)],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    tsconfigRaw: {},
    external: ["node:*"],
  });
  return {
    code: outputFiles[0]?.text ?? "",
    inputs: Object.keys(metafile.inputs),
    imports: Object.values(metafile.outputs).flatMap(({ imports }) => imports),
  };
}

test("the mock API needs no module of Node, and no other package", async () => {
  const { code, imports, inputs } = await bundle("testing.ts");
  expect(imports).toEqual([]);
  expect(code).not.toMatch(/\b(node:|require\(|process\.|Buffer\b)/);
  expect(inputs.filter((path) => path.includes("node_modules"))).toEqual([]);
  // Types only: a bundle with both entries has one client.
  expect(inputs).not.toContain("src/client.ts");
});

test("the main entry has not a byte of the mock API", async () => {
  const { inputs } = await bundle("index.ts");
  expect(inputs).toContain("src/client.ts");
  expect(inputs.filter((path) => path.includes("src/testing"))).toEqual([]);
});
