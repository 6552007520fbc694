import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../package/install.js";
import { type RunOptions, run } from "../../package/run.js";
import { nodePackage } from "../install.js";
import { runRecipes } from "../proxy.js";
import { type Job, NotRun, type Outcome } from "../runtime.js";

/** A runtime that runs `process.js` from the command line. */
export interface Command {
  /** The executable. */
  readonly path: string;
  /** What stands before the program. */
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly forbidsEval: boolean;
}

export async function driveProcess(
  { project, signal, urls }: Job,
  command: Command,
): Promise<Outcome> {
  const { args, env = {}, forbidsEval, path } = command;
  await expectStart(path, { cwd: project, env, signal });
  const world = JSON.stringify({ ...urls, forbidsEval, hidesHeaders: false });
  return outcomeOf(path, [...args, join(project, "process.js"), world], {
    cwd: project,
    env,
    signal,
  });
}

/** @throws {NotRun} if an executable does not start on this machine: its package is for another libc or processor, say */
export async function expectStart(path: string, options: RunOptions): Promise<void> {
  const outcome = await run(path, ["--version"], options).catch((error: Error) => error);
  options.signal?.throwIfAborted();
  if ("exitCode" in outcome && outcome.exitCode === 0) return;
  const said = "exitCode" in outcome ? `${outcome.exitCode} ${outcome.stderr}` : outcome.message;
  throw new NotRun(`${path} does not start: ${said.trim()}`);
}

/** Runs a program that prints an outcome, and must then end by itself. */
export async function outcomeOf(
  path: string,
  args: string[],
  options: RunOptions,
): Promise<Outcome> {
  const { exitCode, stdout, stderr } = await run(path, args, { ...options, timeoutMs: 240_000 });
  const { version, results } = readOutcome(
    stdout,
    `it ended with ${exitCode}\n${stdout}\n${stderr}`,
  );
  const name = "leaves nothing open: the process ends by itself, and prints no complaint";
  const isClean = exitCode === 0 && stderr === "";
  return {
    version,
    results: [...results, { name, ok: isClean, detail: isClean ? "" : `${exitCode} ${stderr}` }],
  };
}

function readOutcome(stdout: string, otherwise: string): Outcome {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`the suite did not come to its end: ${otherwise}`);
  }
}

/** The first of the files that there is, in the packages of a scope: npm has installed the one for this machine. */
export async function findBinary(folder: string, scope: string, names: string[]): Promise<string> {
  const packages = await readdir(join(folder, "node_modules", scope)).catch(() => []);
  for (const name of packages) {
    for (const file of names) {
      const path = join(folder, "node_modules", scope, name, file);
      if (existsSync(path)) return path;
    }
  }
  throw new NotRun(`${scope} has no package for ${process.platform} ${process.arch}`);
}

/** The packages with which the guide's recipes for proxies are tried. */
const undici = ["undici", "undici-8"].map((name) => join(root, "node_modules", name));

/** Ends a program that connects to another machine. */
export const guard: string = join(root, "test/package/programs/loopback-only.mjs");

export async function driveNode(job: Job, version: string): Promise<Outcome> {
  const path = await nodeOf(job, version);
  const outcome = await driveProcess(job, {
    path,
    args: ["--disallow-code-generation-from-strings", "--import", pathToFileURL(guard).href],
    forbidsEval: true,
  });
  const { project, signal } = job;
  const { version: nodeVersion } = outcome;
  const recipes = await runRecipes({ project, node: path, nodeVersion, undici, signal });
  return { ...outcome, results: [...outcome.results, ...recipes] };
}

/** The executable of a version of Node. */
export async function nodeOf(job: Pick<Job, "install">, version: string): Promise<string> {
  const name = nodePackage(process);
  const file = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  return join(await job.install(name, version), "node_modules", name, file);
}

export async function driveDeno(job: Job, version: string): Promise<Outcome> {
  const folder = await job.install("deno", version);
  return driveProcess(job, {
    path: await findBinary(folder, "@deno", ["deno", "deno.exe"]),
    args: [
      "run",
      ..."--no-remote --cached-only --no-lock --no-config --no-prompt --node-modules-dir=manual".split(
        " ",
      ),
      "--allow-net=127.0.0.1",
      "--v8-flags=--disallow-code-generation-from-strings",
    ],
    env: { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(job.project, ".deno") },
    forbidsEval: true,
  });
}

export async function driveBun(job: Job, version: string): Promise<Outcome> {
  const folder = await job.install("bun", version);
  return driveProcess(job, {
    path: await findBinary(folder, "@oven", ["bin/bun", "bin/bun.exe"]),
    args: ["--no-install"],
    env: { DO_NOT_TRACK: "1", BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0" },
    // It has no way to forbid it.
    forbidsEval: false,
  });
}

/** @param nodeVersion - a Node that miniflare supports, which the one that runs the tests need not be */
export async function driveWorkerd(
  job: Job,
  version: string,
  nodeVersion: string,
): Promise<Outcome> {
  const { install, project, signal, urls } = job;
  const node = await nodeOf(job, nodeVersion);
  await expectStart(node, { cwd: project, signal });
  const modules = join(await install("miniflare", version), "node_modules");
  const outcome = await outcomeOf(
    node,
    [
      join(project, "miniflare.js"),
      join(modules, "miniflare/dist/src/index.js"),
      join(project, "bundled/workerd.js"),
      JSON.stringify({ ...urls, forbidsEval: true, hidesHeaders: false }),
    ],
    { cwd: project, env: { WRANGLER_SEND_METRICS: "false" }, signal },
  );
  const workerd = JSON.parse(await readFile(join(modules, "workerd/package.json"), "utf8"));
  return { ...outcome, version: workerd.version };
}
