/**
 * Builds `dist/cjs/` from `dist/`: what `require` gets where a module cannot be required, as in Jest. Node, Deno and
 * Bun can, and get the modules by the conditions `module-sync` and `bun`, so that there is one copy of each error class.
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "dist");
const commonJs = join(modules, "cjs");

await rm(commonJs, { recursive: true, force: true });
await mkdir(commonJs, { recursive: true });
await writeFile(join(commonJs, "package.json"), '{ "type": "commonjs" }\n');
for (const folder of ["src", "generated"]) await copyDeclarations(folder);
for (const entry of await requiredEntries()) await bundle(entry);

/** The files that package.json names for `require`, relative to `dist/cjs/`. */
async function requiredEntries(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const conditions = Object.values<{ require?: string }>(manifest.exports);
  return conditions.flatMap((entry) => entry.require?.replace("./dist/cjs/", "") ?? []);
}

/** Bundles an entry. openapi-fetch can be required; a dependency that is made of modules alone goes into the bundle. */
async function bundle(entry: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(modules, entry)],
    outfile: join(commonJs, entry),
    bundle: true,
    external: ["openapi-fetch"],
    format: "cjs",
    target: "es2022",
    metafile: true,
    tsconfigRaw: {},
  });
  const packages = new Set<string>();
  for (const path of Object.keys(metafile.inputs)) {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    if (name !== undefined) packages.add(name);
  }
  for (const name of packages) await appendLicense(join(commonJs, entry), name);
}

/** A copy of another package comes with its licence. */
async function appendLicense(file: string, name: string): Promise<void> {
  const license = await readFile(join(root, "node_modules", name, "LICENSE.md"), "utf8");
  const code = await readFile(file, "utf8");
  await writeFile(file, `${code}\n/*! ${name}\n${license.trim()}\n*/\n`);
}

/** Beside a package.json of type "commonjs", the same declarations are those of CommonJS. The command has none to share. */
async function copyDeclarations(folder: string): Promise<void> {
  for (const path of await readdir(join(modules, folder), { recursive: true })) {
    if (!path.endsWith(".d.ts") || path.startsWith("cli/")) continue;
    const text = await readFile(join(modules, folder, path), "utf8");
    const copy = join(commonJs, folder, path);
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
  }
}
