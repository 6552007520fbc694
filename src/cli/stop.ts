import type { Io } from "./io.js";

/** The command was ended by a signal. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  /** 128 and the number of the signal, as shells have it. */
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(signal === "SIGINT" ? "Interrupted." : "Terminated.");
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

export interface Watch {
  readonly signal: AbortSignal;
  readonly stopWatching: () => void;
}

/** Returns an abort signal for SIGINT and SIGTERM. The second one ends the process at once. */
export function watchSignals({ exit, onSignal }: Pick<Io, "exit" | "onSignal">): Watch {
  const controller = new AbortController();
  const stopWatching = onSignal((name) => {
    const reason = new Interrupted(name);
    if (controller.signal.aborted) exit(reason.exitCode);
    controller.abort(reason);
  });
  return { signal: controller.signal, stopWatching };
}
