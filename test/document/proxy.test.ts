import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compilers, typeCheck } from "../package/compile.js";
import { root } from "../package/install.js";
import { installation } from "../package/installation.js";
import { readRecipes, runRecipes } from "../runtimes/proxy.js";

const { project } = installation();

/** The versions of undici that the guide names, as package.json calls them. */
const names = ["undici", "undici-8"];
const undici = names.map((name) => join(root, "node_modules", name));

describe("the guide's recipes for proxies", () => {
  it("go through one, with this Node and each undici that supports it", async () => {
    const nodeVersion = process.versions.node;
    const results = await runRecipes({ project, node: process.execPath, nodeVersion, undici });
    expect(results.length).toBeGreaterThan(1);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });

  it.each(names)(
    "compile with the types of %s, with those of a browser and without",
    async (name) => {
      const folder = join(project, `types-of-${name}`);
      await mkdir(join(folder, "node_modules"), { recursive: true });
      await symlink(
        join(root, "node_modules", name),
        join(folder, "node_modules/undici"),
        "junction",
      );
      const recipes = (await readRecipes()).filter(({ needsUndici }) => needsUndici);
      const files = recipes.map((_, index) => `recipe-${index}.ts`);
      await Promise.all(
        recipes.map(({ source }, index) => writeFile(join(folder, `recipe-${index}.ts`), source)),
      );
      const [compiler] = compilers.slice(-1);
      if (!compiler) throw new Error("There is no compiler.");
      const options = { strict: true, module: "nodenext", target: "es2022", types: ["node"] };
      for (const lib of [["es2022"], ["es2022", "dom", "dom.iterable"]]) {
        const all = { ...options, lib, skipLibCheck: true };
        expect(await typeCheck(compiler, folder, lib.join("-"), files, all)).toEqual([]);
      }
      expect(files.length).toBeGreaterThan(1);
    },
  );
});
