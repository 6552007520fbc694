/** The answer is "no": something on the page is missing, does not run or leads nowhere. Names each. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** @throws CheckFailed if there are any. */
export function expectNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new CheckFailed(problems);
}
