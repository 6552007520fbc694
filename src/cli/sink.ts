import { fileError } from "./file-error.js";
import type { Output } from "./io.js";

/** The destination of rows. */
export interface Sink {
  /** How many rows an earlier run wrote. */
  readonly rows: number;
  /** The cursor after those rows; `undefined` is the beginning. */
  readonly place: string | undefined;
  /** Whether an earlier run has completed it. */
  readonly isFinished: boolean;
  /** Resolves when there is room for more. */
  write(text: string): Promise<void>;
  /** Saves the cursor of the rows that follow those written so far. */
  save(rows: number, place: string): void;
  /** Completes the output. */
  finish(rows: number): Promise<void>;
  /** Ends the output after an error. Resolves with the number of rows after which another run can continue. */
  abandon(): Promise<number>;
}

/** The reader of the output closed it, as `head` does. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/**
 * Writes to a stream, and waits while it is full.
 *
 * @param signal - ends the wait: a pipe that is never read stays full
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

  /** Resolves when the stream has accepted a text. */
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
      // The callback is called with or after the `error` event.
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
