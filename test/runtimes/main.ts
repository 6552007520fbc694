/**
 * `npm run test:runtimes`: one suite of checks on every runtime that the package is for, from the packed tarball. The
 * suite is in `suite/`, the programs that run it in `entries/`, and what starts them here in `drivers/`. The servers are
 * in this process, for all runtimes alike.
 */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install, root } from "../package/install.js";
import { installPackage } from "./npm-package.js";
import { readOptions } from "./options.js";
import { addPrograms } from "./programs.js";
import { type Row, report } from "./report.js";
import { runOne } from "./run-one.js";
import type { Job, Runtime } from "./runtime.js";
import { runtimes } from "./runtimes.js";

const ids = runtimes.map(({ id }) => id);

const usage = `Usage: npm run test:runtimes [-- options]

Packs the project, installs the tarball into an empty project, and runs one suite of checks there on each runtime.
Prints a table. The first time, npm downloads the runtimes (about 1 GB, unpacked).

  --only <a,b>     runs these: ${ids.join(", ")}
  --require <a,b>  fails if one of these cannot be run here; "all" is every one that is chosen
  --newest         the newest version of each, not the pinned one (Node 20 stays the oldest that is supported)
  --cache <dir>    where runtimes are kept; default: node_modules/.cache/runtimes
  -h, --help       shows this

CHROMIUM_PATH names the Chromium to use, if it is not on the PATH.
Exit code: 0 if every check passed that was run, 1 if one failed, 2 if nothing, or not all that is required, could be run.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => ending.abort(new Error(`ended by ${signal}`)));
  }
  try {
    const options = readOptions(process.argv.slice(2), ids);
    if (options === "help") {
      console.log(usage);
      return 0;
    }
    const chosen = runtimes.filter(({ id }) => options.chosen.includes(id));
    const cache = options.cache ?? join(root, "node_modules/.cache/runtimes");
    const rows = await runAll(chosen, cache, options.isNewest, ending.signal);
    const { table, complaints, exitCode } = report(rows, options.required);
    console.log(table);
    for (const complaint of complaints) console.error(`\n${complaint}`);
    return exitCode;
  } catch (error) {
    const reason = ending.signal.aborted ? ending.signal.reason : error;
    console.error(`test:runtimes: ${reason instanceof Error ? reason.message : reason}`);
    return 2;
  }
}

async function runAll(
  chosen: readonly Runtime[],
  cache: string,
  isNewest: boolean,
  signal: AbortSignal,
): Promise<Row[]> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "loke-customers-runtimes-"));
  try {
    progress("packing the project");
    const { project } = await install(folder, "fixture", signal).catch((error: Error) => {
      throw new Error(`the project cannot be packed and installed: ${error.message}`);
    });
    await addPrograms(project);
    const options = { cache, env: process.env, signal };
    const installRuntime: Job["install"] = (...what) => installPackage(options, ...what);
    const rows: Row[] = [];
    for (const runtime of chosen) {
      signal.throwIfAborted();
      progress(runtime.id);
      rows.push(await runOne(runtime, { project, isNewest, signal, install: installRuntime }));
    }
    signal.throwIfAborted();
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** On a terminal. In a pipe, only the outcome counts. */
function progress(text: string): void {
  if (process.stderr.isTTY) console.error(`test:runtimes: ${text}`);
}
