import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { installation } from "../../package/installation.js";
import { collect } from "../../package/run.js";

/** The command as npm installs it. */
export const main: string = join(installation().installed, "dist/src/cli/main.js");

/** The little that it gets of this process's environment. */
export const env: Record<string, string> = {
  PATH: process.env.PATH ?? "",
  HOME: process.env.HOME ?? "",
  LANG: "C.UTF-8",
  LOKE_ACCESS_TOKEN: "token",
  LOKE_ORGANIZATION_ID: "org",
};

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the command. It is ended by its own process ID, if it has to be. */
export function start(argv: readonly string[], more: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [main, ...argv], {
    env: { ...env, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = collect(child);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...printed }));
  });
  return { child, ended };
}
