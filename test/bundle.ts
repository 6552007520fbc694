import { gzipSync } from "node:zlib";
import { type BuildOptions, build } from "esbuild";

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

/** Bundles what an entry leads to, minified. */
export async function bundleFor(
  entry: Pick<BuildOptions, "stdin" | "entryPoints">,
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...entry,
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
