import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { build, transform } from "esbuild";
import type { GeneratedFiles } from "../../scripts/generate/render.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What this test uses of the package. No type of it is true here: each document has a client of its own. */
export interface LoadedPackage {
  // biome-ignore lint/suspicious/noExplicitAny: the methods are those of a random document.
  createClient(options: object): any;
  // biome-ignore lint/suspicious/noExplicitAny: as are its lists.
  createMockApi(options?: object): any;
  watchDrift: typeof import("../../src/drift.js").watchDrift;
  readonly mock: typeof import("../../generated/mock.js");
  readonly answers: typeof import("../../generated/answers.js")["answers"];
  readonly operations: Readonly<Record<string, import("../../src/operation.js").Operation>>;
}

const entry = `
  export { createClient } from "./src/index.js";
  export { createMockApi } from "./src/testing.js";
  export { watchDrift } from "./src/drift.js";
  export * as mock from "./generated/mock.js";
  export { answers } from "./generated/answers.js";
  export { operations } from "./generated/operations.js";
`;

type Module = (require: (name: string) => unknown, module: { exports: object }) => void;

let source: Promise<Module> | undefined;

/** The code of src/, once for all documents: what is generated is left to `require`. */
async function bundleSource(): Promise<Module> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    plugins: [
      {
        name: "generated",
        setup({ onResolve }) {
          onResolve({ filter: /\/generated\/\w+\.js$/ }, ({ path }) => ({
            path: path.replace(/.*\/(\w+)\.js$/, "$1.ts"),
            external: true,
          }));
        },
      },
    ],
  });
  return compile(outputFiles[0]?.text ?? "");
}

function compile(code: string): Module {
  return new Script(
    `(function (require, module) { const { exports } = module; ${code}\n})`,
  ).runInThisContext();
}

/** Loads src/ with these files in place of `generated/`. */
export async function loadPackage(files: GeneratedFiles): Promise<LoadedPackage> {
  source ??= bundleSource();
  const names = ["operations.ts", "validators.ts", "answers.ts", "mock.ts"];
  const codes = names.map(async (name) => {
    const { code } = await transform(files[name] ?? "", { loader: "ts", format: "cjs" });
    return [name, compile(code)] as const;
  });
  const modules = new Map(await Promise.all(codes));
  const loaded = new Map<string, object>();
  function require(name: string): object {
    const file = name.replace(/^\.\/(\w+)\.js$/, "$1.ts");
    const known = loaded.get(file);
    if (known) return known;
    const module = { exports: {} };
    modules.get(file)?.(require, module);
    loaded.set(file, module.exports);
    return module.exports;
  }
  const module = { exports: {} };
  (await source)(require, module);
  return module.exports as LoadedPackage;
}
