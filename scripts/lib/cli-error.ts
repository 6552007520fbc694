/** Exit codes of the commands. */
export const exitCodes = {
  /** The answer is no: something breaks, is stale, or differs. */
  no: 1,
  /** The command could not run. */
  couldNotRun: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface CliErrorOptions extends ErrorOptions {
  /** @default 2 */
  readonly exitCode?: ExitCode;
  /** The place in the document that has to change, as a JSON pointer. */
  readonly pointer?: string;
  /** Where the error is, such as `openapi/openapi.yaml:12`: printed before the message in place of the command's name. */
  readonly place?: string;
}

/** An error whose message is all that a user of a command needs: commands print it without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: ExitCode;
  readonly pointer: string | undefined;
  readonly place: string | undefined;

  constructor(
    message: string,
    { exitCode = exitCodes.couldNotRun, place, pointer, ...options }: CliErrorOptions = {},
  ) {
    super(message, options);
    this.exitCode = exitCode;
    this.pointer = pointer;
    this.place = place;
  }
}

/**
 * Refuses a document.
 *
 * @param pointer - the place that has to change
 */
export function refuse(pointer: string, message: string): never {
  throw new CliError(message, { pointer });
}

/** Refuses a document with a message that begins with the place. */
export function refuseAt(pointer: string, problem: string): never {
  refuse(pointer, `${pointer} ${problem}`);
}
