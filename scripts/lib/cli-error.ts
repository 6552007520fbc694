/** Exit codes of the commands. */
export const exitCodes = {
  /** The answer is no: something breaks, is stale, or differs. */
  no: 1,
  /** The command could not run. */
  couldNotRun: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An error whose message says all that a user of a command needs: commands print it without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.couldNotRun) {
    super(message);
    this.exitCode = exitCode;
  }
}
