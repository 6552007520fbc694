import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { atMost, interleave, medianOf, type Result, ratio, spreadText } from "./measure.js";

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

const limit = 1.6;
const root = fileURLToPath(new URL("../..", import.meta.url));
const execute = promisify(execFile);

/** How long the command takes to say what it does, file by file as it is published, against Node with nothing to do. */
export async function start(folder: string, isQuick: boolean): Promise<Result[]> {
  const copy = join(folder, "package");
  await mkdir(copy, { recursive: true });
  await cp(join(root, "package.json"), join(copy, "package.json"));
  await build({
    entryPoints: ["src/**/*.ts", "generated/*.ts"],
    absWorkingDir: root,
    outbase: root,
    outdir: join(copy, "dist"),
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  });
  const main = join(copy, "dist/src/cli/main.js");
  const node =
    (...args: string[]) =>
    async () =>
      void (await execute(process.execPath, args));
  const costs = await interleave(
    {
      nothing: node("-e", "0"),
      help: node(main, "list-customers", "--help"),
      version: node(main, "--version"),
    },
    isQuick ? { rounds: 9, warmUps: 1 } : { rounds: 41, warmUps: 3 },
  );
  return (["help", "version"] as const).map((name) => {
    const wall = ratio(costs[name], costs.nothing, "wallMs");
    const ms = (of: keyof typeof costs) => medianOf(costs[of], "wallMs").toFixed(0);
    return atMost(
      `start of \`loke-customers --${name}\`, against \`node -e 0\``,
      limit,
      wall.median,
      `${spreadText(wall)}; ${ms(name)} ms against ${ms("nothing")} ms`,
    );
  });
}
