import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { CliError } from "../lib/cli-error.js";

/** Runs GitHub's command line and returns what it prints. `input` is its standard input. */
export type Gh = (args: readonly string[], input?: string) => Promise<string>;

/** @throws {CliError} if `gh` is missing or fails */
export function createGh(env: NodeJS.ProcessEnv = process.env): Gh {
  return async (args, input = "") => {
    const name = `gh ${args.slice(0, 2).join(" ")}`;
    const child = spawn("gh", args, { env: { ...env, GH_PROMPT_DISABLED: "1", NO_COLOR: "1" } });
    // A program that ends without reading its input is known by its exit code.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    try {
      const [code, stdout, stderr] = await Promise.all([
        ended,
        text(child.stdout),
        text(child.stderr),
      ]);
      if (code === 0) return stdout;
      const [reason = ""] = stderr.trim().split("\n", 1);
      throw new CliError(`${name} failed${reason === "" ? "." : `: ${reason}`}`);
    } catch (cause) {
      if (cause instanceof CliError) throw cause;
      throw new CliError(`${name} could not run: ${(cause as Error).message}`, { cause });
    }
  };
}
