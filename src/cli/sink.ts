import { fileError } from "./file-error.js";
import type { Output } from "./io.js";

/** Where rows go. */
export interface Sink {
  /** How many rows an earlier run has left there. */
  readonly rows: number;
  /** Where that run came to; `undefined` is the beginning. */
  readonly place: string | undefined;
  /** Whether an earlier run has finished it: there is nothing to do. */
  readonly isFinished: boolean;
  /** Resolves when there is room for more. */
  write(text: string): Promise<void>;
  /** Notes that the rows so far are followed by those of a place. */
  save(rows: number, place: string): void;
  /** Everything has been written. */
  finish(rows: number): Promise<void>;
  /** Something went wrong. Resolves with how many rows can be gone on after. */
  abandon(): Promise<number>;
}

/** The reader of the output went away, as `head` does. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/**
 * Writes to a stream, and waits while it is full.
 *
 * @param signal - ends the waiting: a pipe that nobody reads is full for ever
 */
export function streamSink(
  output: Output,
  signal: AbortSignal,
  beforeWrite: () => void = () => {},
): Sink {
  let failure: unknown;
  const onError = (error: NodeJS.ErrnoException) => {
    failure = error.code === "EPIPE" ? new ReaderGone() : fileError("Standard output", error);
  };
  output.on("error", onError);

  /** Settles when the stream has taken a text. */
  function written(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        signal.removeEventListener("abort", settle);
        output.off("close", settle);
        if (failure) reject(failure);
        else if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      signal.addEventListener("abort", settle);
      output.on("close", settle);
      // The callback comes with or after the event of an error.
      output.write(text, (error) => {
        if (error) onError(error);
        settle();
      });
    });
  }

  async function write(text: string): Promise<void> {
    signal.throwIfAborted();
    if (failure) throw failure;
    if (text === "") return;
    beforeWrite();
    await written(text);
  }

  return {
    rows: 0,
    place: undefined,
    isFinished: false,
    write,
    save: () => {},
    finish: async () => {
      if (failure) throw failure;
    },
    abandon: async () => 0,
  };
}
