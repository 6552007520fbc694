import { spawn } from "node:child_process";
import { endWithUs } from "./children.js";

/** A program under test, in a process of its own. */
export interface Program {
  readonly name: string;
  /** Resolves with its exit code, or with the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** What it has printed so far. */
  output(): string;
  /** Sends a signal to this process, and to no other. */
  kill(signal: NodeJS.Signals): void;
}

/** Runs a TypeScript file. Not by the command `tsx`, which is a second process: a SIGKILL would end that one alone. */
export function startProgram(
  name: string,
  args: string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Program {
  const { PATH = "", HOME = "" } = process.env;
  const child = endWithUs(
    spawn(process.execPath, ["--import", "tsx", ...args], {
      cwd,
      env: { PATH, HOME, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("close", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  return { name, ended, output: () => output, kill: (signal) => void child.kill(signal) };
}
