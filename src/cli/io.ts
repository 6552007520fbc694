import type { Readable, Writable } from "node:stream";

/** A stream that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Everything of its process that the command uses, so that a test can run it in the test's process. */
export interface Io {
  /** The arguments after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** Opens standard output when it is first needed. */
  readonly stdout: () => Output;
  /** Writes a help text to standard output without opening it as a stream, which takes longer than everything else. */
  readonly print: (text: string) => void;
  /** The width of standard output, if it is a terminal. */
  readonly width: number | undefined;
  readonly stderr: Output;
  /** Calls back on SIGINT and SIGTERM. Returns a function that stops listening. */
  readonly onSignal: (listener: (signal: "SIGINT" | "SIGTERM") => void) => () => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

/** Whether to write colours to a stream: https://no-color.org, https://force-color.org. */
export function hasColors(output: Output, env: Io["env"]): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return output.isTTY === true && !NO_COLOR && TERM !== "dumb";
}

export function bold(text: string, isColored: boolean): string {
  return isColored ? `\u001b[1m${text}\u001b[22m` : text;
}

export function red(text: string, isColored: boolean): string {
  return isColored ? `\u001b[31m${text}\u001b[39m` : text;
}
