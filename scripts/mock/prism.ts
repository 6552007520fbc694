import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

/** Prism 5.14 as a child process: a proxy that checks each request and response. */
export interface Prism {
  /** Such as `http://127.0.0.1:4010`. */
  url: string;
  pid: number;
  /** Resolves with the last lines it printed when the process is gone, for whatever reason. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export interface PrismOptions {
  /** Path of the OpenAPI document. */
  document: string;
  /** Where requests go that are in order. */
  upstream: string;
  /** Gives up the start. Once Prism listens, `stop` ends it. */
  signal: AbortSignal;
}

/**
 * Runs inside Prism before Prism does. The channel to this process closes when this process ends,
 * in whatever way: an `exit` listener here would not see a test runner kill its worker, and Prism
 * would live on and keep its port.
 *
 * Prism throws at some requests where nobody catches, which ends it. Once it listens, it prints such an error
 * instead, and leaves that one request without an answer.
 */
const beforePrism = `
process.once("disconnect", () => process.exit());
process.once("message", () => {
  for (const event of ["uncaughtException", "unhandledRejection"]) process.on(event, console.error);
});`;

/** Enough to see what Prism died of, and little enough to read. */
const keptLines = 20;

/**
 * Starts Prism and waits until it listens.
 *
 * @throws Error with Prism's last lines when it ends early; the reason of `signal`. In each case the process is gone.
 */
export async function startPrism(options: PrismOptions): Promise<Prism> {
  const { document, upstream, signal } = options;
  signal.throwIfAborted();
  // Its own file, run by this Node: `npx prism` would be a process between, and its pid the wrong
  // one to stop. Prism forks when NODE_ENV is production, unless told not to.
  const bin = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  const args = [
    ...["--import", `data:text/javascript,${encodeURIComponent(beforePrism)}`],
    // More than what stands before it reads, as one header is added.
    ...["--max-http-header-size", "65536", bin],
    ...["proxy", document, upstream, "--errors", "--no-multiprocess", "-h", "127.0.0.1", "-p", "0"],
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      FORCE_COLOR: "0",
      // Prism restarts itself when the document is saved: on another port if it was to choose,
      // and with a document that the fixture has not read. No option turns that off, but its
      // watcher looks only as often as it is told to here: never.
      CHOKIDAR_USEPOLLING: "1",
      CHOKIDAR_INTERVAL: String(2 ** 31 - 1),
    },
  });

  // SIGKILL: there is nothing that Prism would have to put away.
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });

  const output: string[] = [];
  const listening = new Promise<string>((resolve) => {
    // Read to the end, too: what nobody reads, Prism would keep in memory.
    for (const input of [child.stdout, child.stderr]) {
      if (input === null) continue;
      createInterface({ input }).on("line", (line) => {
        output.push(line);
        if (output.length > keptLines) output.shift();
        // [6:21:51 AM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:33823
        const url = /Prism is listening on (\S+)/.exec(line)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
  });
  const ended = new Promise<string>((resolve) => {
    const onEnd = () => resolve(output.join("\n"));
    child.on("close", onEnd);
    child.on("error", (error) => {
      output.push(error.message);
      if (child.pid === undefined) onEnd();
    });
  });

  const url = await Promise.race([listening, ended.then(() => undefined)]);
  signal.removeEventListener("abort", kill);
  if (url === undefined || child.pid === undefined) {
    signal.throwIfAborted();
    const lines = await ended;
    throw new Error(`Prism ended before it listened. Its last lines:\n${lines}`);
  }
  child.send("listening");
  return {
    url,
    pid: child.pid,
    ended,
    async stop() {
      kill();
      await ended;
    },
  };
}
