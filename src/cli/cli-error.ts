/** What ends the command with a sentence for its user, who has to do something else. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode = 2;
  /** Whether the same command can go on where it stopped. */
  readonly isResumable: boolean;

  constructor(
    message: string,
    { isResumable = true, cause }: { isResumable?: boolean; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.isResumable = isResumable;
  }
}
