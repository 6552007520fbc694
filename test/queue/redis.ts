import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { CliError } from "../../scripts/lib/cli-error.js";
import { endWithUs, until } from "./program.js";

const execute = promisify(execFile);

/** A Redis of our own, in memory. */
export interface Redis {
  /** The socket that it listens on. It has no port, so that none can be taken. */
  readonly socket: string;
  /** Asks it with `redis-cli`, and not with the client under test. @returns the lines of its answer */
  ask(...command: string[]): Promise<string[]>;
  stop(): Promise<void>;
}

/** @throws CliError if Redis is not installed. */
export async function checkRedis(): Promise<void> {
  for (const program of ["redis-server", "redis-cli"]) {
    await execute(program, ["--version"]).catch(() => {
      throw new CliError(
        `there is no ${program} on this machine. On Debian: apt-get install redis-server`,
      );
    });
  }
}

/** Starts Redis with the example's own settings. */
export async function startRedis(example: string, folder: string): Promise<Redis> {
  const socket = join(folder, "redis.sock");
  const settings = ["--port", "0", "--unixsocket", socket, "--dir", folder];
  const server = endWithUs(
    spawn("redis-server", [join(example, "redis.conf"), ...settings], {
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  let output = "";
  server.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const ended = once(server, "exit");

  async function ask(...command: string[]): Promise<string[]> {
    const { stdout } = await execute("redis-cli", ["-s", socket, ...command], {
      maxBuffer: 1 << 26,
    });
    return stdout.split("\n").filter((line) => line !== "");
  }
  await until("Redis to answer", async () => {
    if (server.exitCode !== null) throw new CliError(`Redis has ended:\n${output}`);
    return (await ask("PING").catch(() => []))[0] === "PONG";
  });
  return {
    socket,
    ask,
    async stop() {
      server.kill("SIGKILL");
      await ended;
    },
  };
}
