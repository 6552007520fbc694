import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { atMost, type Result } from "./result.js";

/** The main import as a web page gets it, openapi-fetch in it, and what watching for drift adds. */
export async function size(): Promise<Result[]> {
  return [
    await sizeOf("index.ts", "main import, min+gzip, openapi-fetch in it", 7),
    await sizeOf("drift.ts", "loke-customers/drift, min+gzip, its checks in it", 3),
  ];
}

/** An entry, minified and compressed. */
async function sizeOf(entry: string, what: string, limitKiB: number): Promise<Result> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../src/${entry}`, import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  const bundle = outputFiles[0]?.contents ?? new Uint8Array();
  const kiB = gzipSync(bundle, { level: 9 }).length / 1024;
  const result = atMost(what, limitKiB, kiB, `${kiB.toFixed(2)} KiB`);
  return { ...result, target: `at most ${limitKiB} KiB` };
}
