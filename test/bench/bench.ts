/**
 * `npm run bench`: what the client costs, as ratios within one run.
 *
 * Three processes: this one starts the others and prints; the server answers; the third is measured, and is a new
 * one for each benchmark. What is measured is `src/` as esbuild bundles it for plain Node (no tsx, not minified), in
 * one bundle with the code it is compared with, so that both went through the same hands.
 */
import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { CliError, exitCodes } from "../../scripts/lib/cli-error.js";
import { interruptSignal, runCommand } from "../../scripts/lib/command.js";
import { progress } from "../../scripts/lib/progress.js";
import type { Result } from "./measure.js";
import { start as measureStart, size } from "./package.js";

const names = ["one-call", "walk", "overlap", "heap", "command", "start", "drift", "pace", "size"];

const usage = `Usage: npm run bench [-- options]

Measures the client against bare fetch on this machine, and prints a table. Takes about two minutes.

  --only <name>     runs one of: ${names.join(", ")}
  --picture <file>  draws requests over time with and without a pace, as an SVG; with --only pace
  --quick           a short run, too short to be quoted
  -h, --help        shows this

Exit code: 0 if every target is met, 1 if one is missed, 2 if it could not run.`;

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

await runCommand({
  name: "bench",
  usage,
  options: {
    only: { type: "string" },
    picture: { type: "string" },
    quick: { type: "boolean", default: false },
  },
  async run({ values: { only, picture, quick: isQuick } }) {
    const chosen = names.filter((name) => name === (only ?? name));
    if (chosen.length === 0) {
      throw new CliError(`there is no benchmark "${only}"; there is ${names.join(", ")}`);
    }
    if (picture !== undefined && only !== "pace") throw new CliError("--picture needs --only pace");
    // On a busy machine the ratios of short work are off, so the table says how busy it was.
    const load = loadavg()[0]?.toFixed(1) ?? "unknown";
    const signal = interruptSignal();
    try {
      const results = await run({ chosen, isQuick, picture }, signal);
      const isMissed = results.some(({ isMet }) => isMet === false);
      return { exitCode: isMissed ? exitCodes.no : 0, stdout: report(results, isQuick, load) };
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
});

interface Options {
  readonly chosen: string[];
  readonly picture: string | undefined;
  readonly isQuick: boolean;
}

async function run({ chosen, isQuick, picture }: Options, signal: AbortSignal): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), "loke-bench-"));
  const children = new AbortController();
  try {
    await build({
      entryPoints: [here("server.ts"), here("measured.ts")],
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "es2022",
      logLevel: "silent",
    });
    const start = <Message>(file: string, args: string[]) =>
      firstMessage<Message>(join(folder, file), args, AbortSignal.any([signal, children.signal]));
    const { origin } = await start<{ origin: string }>("server.mjs", []);
    const results: Result[] = [];
    for (const name of chosen) {
      progress(name);
      const length = isQuick ? "quick" : "full";
      if (name === "size") results.push(...(await size()));
      else if (name === "start") results.push(...(await measureStart(folder, isQuick)));
      else {
        const args = [name, origin, length, ...(picture ? [resolve(picture)] : [])];
        results.push(...(await start<Result[]>("measured.mjs", args)));
      }
    }
    return results;
  } finally {
    // Kills what still runs, each by its own pid: the server, and after a failure what was being measured.
    children.abort();
    progress("");
    await rm(folder, { recursive: true });
  }
}

/** Starts a process that lives until it is done or the signal aborts, and waits for what it has to tell. */
function firstMessage<Message>(
  file: string,
  args: string[],
  signal: AbortSignal,
): Promise<Message> {
  const child = fork(file, args, { execArgv: ["--expose-gc"], signal });
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as Message));
    child.on("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`${args[0] ?? "the server"} ended with ${code}`)),
    );
  });
}

function report(results: Result[], isQuick: boolean, load: string): string {
  const model = cpus()[0]?.model.trim() ?? "unknown";
  const lines = [
    "| what | target | measured | met |",
    "| --- | --- | --- | --- |",
    ...results.map(({ what, target = "", measured, isMet }) => {
      const met = isMet === undefined ? "" : isMet ? "yes" : "**no**";
      return `| ${what} | ${target} | ${measured} | ${met} |`;
    }),
    "",
    `Node ${process.version}, ${process.platform}, ${availableParallelism()} cores (${model}), load ${load} before. ` +
      "Medians of interleaved rounds, in brackets where the middle half of them lay. Repeat it with `npm run bench`.",
  ];
  if (isQuick) lines.unshift("**Quick run: too short to be quoted.**", "");
  return lines.join("\n");
}
