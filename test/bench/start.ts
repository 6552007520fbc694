import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { interleave, medianOf, ratio } from "./measure.js";
import { atMost, type Result, spreadText } from "./result.js";

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
