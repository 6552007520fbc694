import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { installation } from "./installation.js";

/** What a bundler makes of a user's program for a browser. */
export interface Bundle {
  readonly code: string;
  /** The files that it is made of. */
  readonly inputs: readonly string[];
  /** What it imports when it runs. */
  readonly imports: readonly unknown[];
  /** Its size, compressed. */
  readonly bytes: number;
}

/** Bundles all that these modules export, minified. */
export async function bundle(...names: readonly string[]): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: names.map((name) => `export * from "${name}";`).join("\n"),
      resolveDir: installation().project,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    // Not the first tsconfig.json that there is above the folder for temporary files.
    tsconfigRaw: {},
    // What is left to be imported at run time is for a test to find.
    external: ["node:*"],
  });
  const code = outputFiles[0]?.text ?? "";
  return {
    code,
    inputs: Object.keys(metafile.inputs),
    imports: Object.values(metafile.outputs).flatMap((output) => output.imports),
    bytes: gzipSync(code, { level: 9 }).length,
  };
}
