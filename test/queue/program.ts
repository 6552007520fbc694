import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

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

const children = new Set<ChildProcess>();

process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** Sees to it that a process does not outlive this one. @returns the process */
export function endWithUs<Child extends ChildProcess>(child: Child): Child {
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/** Long enough for a busy machine. Nothing passes or fails by being fast. */
const longestWaitMs = 90_000;

/** Waits for something that nobody tells of. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + longestWaitMs; !(await isSo()); await sleep(50)) {
    if (Date.now() > deadline) throw tooLong(what);
  }
}

/** Waits for something that is told of. */
export async function happens<T>(what: string, event: Promise<T>): Promise<T> {
  const given = new AbortController();
  const limit = sleep(longestWaitMs, undefined, { signal: given.signal }).then(() => {
    throw tooLong(what);
  });
  try {
    return await Promise.race([event, limit]);
  } finally {
    given.abort();
    limit.catch(() => {});
  }
}

function tooLong(what: string): Error {
  return new Error(`waited ${longestWaitMs / 1000} s for ${what}`);
}
