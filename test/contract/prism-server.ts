import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** `prism mock`, Prism's own server. */
export interface PrismServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:33823`. */
  readonly url: string;
}

/** Ends Prism when this process ends, however it does: a test runner may kill its worker. */
const endWithParent = 'process.once("disconnect", () => process.exit())';

/**
 * Starts Prism's own mock server from a document. It responds with the examples of the document, and refuses requests that
 * the document does not allow.
 *
 * @throws Error with what Prism printed, if it ends before it listens
 */
export async function startPrismServer(document: string): Promise<PrismServer> {
  // Its own file: `npx prism` would be a process in between, and its pid the wrong one to stop.
  const bin = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  const child = spawn(
    process.execPath,
    [
      ...["--import", `data:text/javascript,${encodeURIComponent(endWithParent)}`, bin],
      ...["mock", document, "--errors", "--no-multiprocess", "-h", "127.0.0.1", "-p", "0"],
    ],
    { stdio: ["ignore", "pipe", "inherit", "ipc"], env: { ...process.env, FORCE_COLOR: "0" } },
  );
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    ended.then(() => reject(new Error(`Prism ended before it listened:\n${lines.join("\n")}`)));
    createInterface({ input: child.stdout as Readable }).on("line", (line) => {
      if (lines.length < 100) lines.push(line);
      // [6:21:51 AM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:33823
      const address = /Prism is listening on (\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
