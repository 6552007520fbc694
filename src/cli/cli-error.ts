/** An error whose message tells the user what to do. It ends the command without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode = 2;
  /** Whether `--resume` can continue after it. */
  readonly isResumable: boolean;

  constructor(
    message: string,
    { isResumable = true, cause }: { isResumable?: boolean; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.isResumable = isResumable;
  }
}
