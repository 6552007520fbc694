import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type RunOptions, run } from "../../package/run.js";
import { exists } from "../exists.js";
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
      if (await exists(path)) return path;
    }
  }
  throw new NotRun(`${scope} has no package for ${process.platform} ${process.arch}`);
}
