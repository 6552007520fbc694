import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import type { Io, Output } from "../../src/cli/io.js";
import { run } from "../../src/cli/run.js";

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Record<string, string>;
  readonly stdin?: string;
  /** The width of standard output, as a terminal. */
  readonly terminal?: number;
  /** Called with each text that reaches standard output. */
  readonly onWrite?: (text: string, keys: EventEmitter) => unknown;
  /** Takes Ctrl-C as `SIGINT`. */
  readonly keys?: EventEmitter;
}

/** Runs the command inside this process, on the fixture document. */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Result> {
  const { env = {}, keys = new EventEmitter(), onWrite, stdin = "", terminal } = options;
  let stdout = "";
  let stderr = "";
  const output: Output = Object.assign(
    new Writable({
      highWaterMark: 1,
      async write(chunk, _, done) {
        stdout += chunk;
        await onWrite?.(String(chunk), keys);
        done();
      },
    }),
    terminal === undefined ? {} : { isTTY: true, columns: terminal },
  );
  const errors = new Writable({
    write(chunk, _, done) {
      stderr += chunk;
      done();
    },
  });
  const io: Io = {
    argv,
    env: { LOKE_ORGANIZATION_ID: "org", LOKE_ACCESS_TOKEN: "token", ...env },
    stdin: Readable.from([stdin]),
    stdout: () => output,
    print: (text) => {
      stdout += text;
    },
    width: terminal,
    stderr: errors,
    onSignal(listener) {
      keys.on("SIGINT", listener);
      return () => keys.off("SIGINT", listener);
    },
    exit: (code) => {
      stderr += `exit ${code}\n`;
    },
  };
  const code = await run(io);
  return { code, stdout, stderr };
}
