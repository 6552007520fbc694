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
import { parseArgs } from "node:util";
import { build } from "esbuild";
import type { Result } from "./result.js";
import { size } from "./size.js";
import { start as measureStart } from "./start.js";

const names = ["one-call", "walk", "overlap", "heap", "command", "start", "drift", "pace", "size"];

const usage = `Usage: npm run bench [-- options]

Measures the client against bare fetch on this machine, and prints a table. Takes about two minutes.

  --only <name>     runs one of: ${names.join(", ")}
  --picture <file>  draws requests over time with and without a pace, as an SVG; with --only pace
  --quick           a short run, too short to be quoted
  -h, --help        shows this

Exit code: 0 if every target is met, 1 if one is missed, 2 if it could not run.`;

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

process.exitCode = await main();

async function main(): Promise<number> {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => ending.abort(new Error(`ended by ${signal}`)));
  }
  try {
    const options = readOptions();
    if (options === "help") {
      console.log(usage);
      return 0;
    }
    // On a busy machine the ratios of short work are off, so the table says how busy it was.
    const load = loadavg()[0]?.toFixed(1) ?? "unknown";
    const results = await run(options, ending.signal);
    console.log(report(results, options.isQuick, load));
    return results.some(({ isMet }) => isMet === false) ? 1 : 0;
  } catch (error) {
    const reason = ending.signal.aborted ? ending.signal.reason : error;
    console.error(`bench: ${reason instanceof Error ? reason.message : reason}`);
    return 2;
  }
}

interface Options {
  readonly chosen: string[];
  readonly picture: string | undefined;
  readonly isQuick: boolean;
}

function readOptions(): Options | "help" {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      picture: { type: "string" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return "help";
  const chosen = names.filter((name) => name === (values.only ?? name));
  if (chosen.length === 0) {
    throw new Error(`there is no benchmark "${values.only}"; there is ${names.join(", ")}`);
  }
  if (values.picture !== undefined && values.only !== "pace") {
    throw new Error("--picture needs --only pace");
  }
  return { chosen, isQuick: values.quick, picture: values.picture };
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
      if (process.stderr.isTTY) console.error(`bench: ${name}`);
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
