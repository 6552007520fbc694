import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** How a child process ended, and what it printed. */
export interface Outcome {
  /** `null` if a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  /** Added to the little that a child gets of this process's environment. */
  env?: Record<string, string>;
  /** @default 60_000 */
  timeoutMs?: number;
  /** Ends the program. */
  signal?: AbortSignal;
}

/** After SIGTERM, which npm hands on to what it runs. */
const graceMs = 2_000;

/**
 * All that a child gets. What npm, vitest and the user's shell have set would make it behave as nowhere else:
 * `NODE_OPTIONS`, `NODE_ENV`, `FORCE_COLOR`, `npm_config_*`, and a real `LOKE_ACCESS_TOKEN`.
 */
const passedOn = [
  ..."PATH HOME LANG TMPDIR LD_LIBRARY_PATH".split(" "),
  ..."TEMP TMP SYSTEMROOT COMSPEC PATHEXT USERPROFILE APPDATA LOCALAPPDATA".split(" "),
];

/**
 * Runs a program to its end, with nothing to read.
 *
 * @throws Error with its output when it takes longer than it may; it is ended, by its own pid.
 */
export function run(command: string, args: string[], options: RunOptions): Promise<Outcome> {
  const { cwd, env = {}, timeoutMs = 60_000, signal } = options;
  const inherited = Object.entries(process.env).filter(([name]) =>
    passedOn.includes(name.toUpperCase()),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(signal && { signal }),
    });
    let isLate = false;
    const printed = collect(child);
    const deadline = setTimeout(() => {
      isLate = true;
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), graceMs).unref();
    }, timeoutMs);
    child.on("error", (error) => {
      clearTimeout(deadline);
      reject(error);
    });
    child.on("close", (exitCode) => {
      clearTimeout(deadline);
      const outcome = { exitCode, ...printed };
      if (!isLate) return resolve(outcome);
      reject(new Error(`${command} took over ${timeoutMs} ms\n${describe(args, outcome)}`));
    });
  });
}

/** Collects what a child process prints, as it comes. */
export function collect(child: ChildProcessByStdio<null, Readable, Readable>): {
  readonly stdout: string;
  readonly stderr: string;
} {
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text) => {
      printed[name] += text;
    });
  }
  return printed;
}

/** Runs a program that must exit with 0. */
export async function succeed(
  command: string,
  args: string[],
  options: RunOptions,
): Promise<Outcome> {
  const outcome = await run(command, args, options);
  if (outcome.exitCode === 0) return outcome;
  throw new Error(`${command} exited with ${outcome.exitCode}\n${describe(args, outcome)}`);
}

/** Runs a program with the Node that runs the tests. */
export function runNode(args: string[], options: RunOptions): Promise<Outcome> {
  return run(process.execPath, args, options);
}

function describe(args: string[], { stdout, stderr }: Outcome): string {
  return `arguments: ${args.join(" ")}\n${stdout}\n${stderr}`;
}
