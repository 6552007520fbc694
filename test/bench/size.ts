import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { atMost, type Result } from "./result.js";

/** The main import as a web page gets it, openapi-fetch in it, and what watching for drift adds. */
export async function size(): Promise<Result[]> {
  const main = await sizeOf("index");
  const both = await sizeOf("index", "drift");
  return [
    result("main import, min+gzip, openapi-fetch in it", 7.7, main),
    result("what loke-customers/drift adds to it, with its checks", 3, both - main),
  ];
}

function result(what: string, limitKiB: number, bytes: number): Result {
  const kiB = bytes / 1024;
  const row = atMost(what, limitKiB, kiB, `${kiB.toFixed(2)} KiB`);
  return { ...row, target: `at most ${limitKiB} KiB` };
}

/** The bytes of entries in one bundle, minified and compressed. */
async function sizeOf(...entries: string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: entries.map((entry) => `export * from "./${entry}.js";`).join("\n"),
      resolveDir: fileURLToPath(new URL("../../src", import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}
