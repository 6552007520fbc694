import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { atMost, type Result } from "./result.js";

const limitKiB = 7;

/** The main import as a web page gets it: everything in it, openapi-fetch too, minified and compressed. */
export async function size(): Promise<Result[]> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../../src/index.ts", import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  const bundle = outputFiles[0]?.contents ?? new Uint8Array();
  const kiB = gzipSync(bundle, { level: 9 }).length / 1024;
  return [
    {
      ...atMost(
        "main import, min+gzip, openapi-fetch in it",
        limitKiB,
        kiB,
        `${kiB.toFixed(2)} KiB`,
      ),
      target: `at most ${limitKiB} KiB`,
    },
  ];
}
