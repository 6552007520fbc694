#!/usr/bin/env node
import { createWriteStream, fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Output } from "./io.js";
import { run } from "./run.js";

let stdout: Output | undefined;

/**
 * Opens standard output. Node writes to a pipe synchronously: a full one would stop the process, its timers and Ctrl-C with
 * it. A socket waits.
 */
function openStdout(): Output {
  // Reading `process.stdout` would open it.
  if (isatty(1)) return process.stdout;
  const kind = fstatSync(1);
  if (kind.isFIFO() || kind.isSocket()) {
    const { Socket } = process.getBuiltinModule("node:net");
    return new Socket({ fd: 1, readable: false, writable: true });
  }
  return createWriteStream("", { fd: 1, autoClose: false });
}

/** A closed pipe is not an error: its reader has read enough. */
function print(text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(1, bytes, offset);
  } catch {}
}

let stderr: Output | undefined;

/** Standard error may be closed as well. */
function openStderr(): Output {
  return process.stderr.on("error", () => {});
}

const exitCode = await run({
  argv: process.argv.slice(2),
  env: process.env,
  get stdin() {
    return process.stdin;
  },
  stdout: () => {
    stdout ??= openStdout();
    return stdout;
  },
  print,
  width: isatty(1) ? process.stdout.columns || undefined : undefined,
  get stderr() {
    stderr ??= openStderr();
    return stderr;
  },
  onSignal(listener) {
    process.on("SIGINT", listener).on("SIGTERM", listener);
    return () => process.off("SIGINT", listener).off("SIGTERM", listener);
  },
  exit: (code) => process.exit(code),
});
process.exit(exitCode);
