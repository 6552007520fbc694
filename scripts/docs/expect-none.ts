import { CliError, exitCodes } from "../lib/cli-error.js";

/**
 * Checks that something shown on a page is there, runs and leads somewhere.
 *
 * @throws {CliError} that names each problem, if there are any.
 */
export function expectNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new CliError(problems.join("\n"), { exitCode: exitCodes.no });
}
