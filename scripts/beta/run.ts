/** Other programs: the project's own commands, and those of the machine. */
import { execFile, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { CliError } from "../lib/cli-error.js";

/** More than a hundred issues, or a report of many pages. */
const maxBuffer = 64 * 1024 * 1024;

const tsx = createRequire(import.meta.url).resolve("tsx/cli");

/** What a command of the project printed, and the code it ended with. */
export interface ScriptRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables that a command which reads the page has no use for. */
const secrets = ["GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];

/** Runs one of the project's commands as a process of its own, without the tokens of this one. */
export function runScript(root: string, name: string, ...args: string[]): Promise<ScriptRun> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !secrets.includes(key)),
  );
  const script = join(root, `scripts/${name}.ts`);
  return new Promise((resolve, reject) => {
    const options = { cwd: root, env, maxBuffer };
    execFile(process.execPath, [tsx, script, ...args], options, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(error);
    });
  });
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The standard input of the program. */
  readonly input?: string;
}

/**
 * Runs a program of the machine, such as `git` or `gh`, and returns what it prints.
 *
 * @throws {CliError} if it is missing or fails, with the first line of its reason
 */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): string {
  const name = [command, ...args.slice(0, 2)].join(" ");
  const run = { ...options, encoding: "utf8", maxBuffer } as const;
  const { error, status, stderr, stdout } = spawnSync(command, args, run);
  if (status === 0) return stdout;
  // A program that ends without reading its input is known by its exit code.
  if (status === null) throw new CliError(`${name} could not run: ${error?.message}`);
  const [reason = ""] = stderr.trim().split("\n", 1);
  throw new CliError(`${name} failed${reason === "" ? "." : `: ${reason}`}`);
}
