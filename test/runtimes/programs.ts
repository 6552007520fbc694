import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const entries = fileURLToPath(new URL("entries", import.meta.url));

/** What all bundles have in common. They are not minified: a stack should tell where a check has failed. */
const common = {
  bundle: true,
  format: "esm",
  target: "es2022",
  logLevel: "silent",
  // Not the first tsconfig.json that there is above the folder for temporary files.
  tsconfigRaw: {},
} as const;

/**
 * Puts the programs of `entries/` into a project in which the packed tarball is installed. Where the runtime finds
 * packages itself, it has to find `loke-customers` there; workers and pages get a bundle, as their users make one.
 */
export async function addPrograms(project: string): Promise<void> {
  await build({
    ...common,
    entryPoints: ["process", "miniflare", "workerd", "page", "web-worker"].map((name) =>
      join(entries, `${name}.ts`),
    ),
    outdir: project,
    packages: "external",
  });
  // A test, for runners of tests: as a module, and as what most of those for Jest are compiled to.
  const formats = { ".mjs": "esm", ".cjs": "cjs" } as const;
  for (const [extension, format] of Object.entries(formats)) {
    await build({
      ...common,
      format,
      entryPoints: { "suite.test": join(entries, "test.ts") },
      outdir: project,
      outExtension: { ".js": extension },
      packages: "external",
      logOverride: { "empty-import-meta": "silent" },
    });
  }
  const bundles = [
    { names: ["workerd"], conditions: ["workerd", "worker", "browser"] },
    { names: ["page", "web-worker"], conditions: ["browser"] },
  ];
  for (const { names, conditions } of bundles) {
    // From the programs in the project, so that the package comes from there: from here it would be the one in `dist/`.
    await build({
      ...common,
      entryPoints: names.map((name) => join(project, `${name}.js`)),
      outdir: join(project, "bundled"),
      conditions,
    });
  }
}
