import { type ParseArgsConfig, parseArgs } from "node:util";
import { progress } from "../progress.js";
import { CliError, type ExitCode, exitCodes } from "./cli-error.js";

type Options = NonNullable<ParseArgsConfig["options"]>;

type Parsed<Given extends Options> = ReturnType<
  typeof parseArgs<{ options: Given; allowPositionals: true }>
>;

/** A command of the project. */
export interface Command<Given extends Options> {
  /** The name before its error messages. */
  readonly name: string;
  /** What `--help` prints. */
  readonly usage: string;
  readonly options: Given;
  /** Runs the command and returns its exit code. */
  readonly run: (parsed: Parsed<Given>) => Promise<0 | ExitCode>;
}

/**
 * Runs a command with the arguments of this process and sets its exit code. Errors are printed as one message without a
 * stack; the exit code is that of a `CliError`, else 2.
 */
export async function runCommand<Given extends Options>({
  name,
  options,
  run,
  usage,
}: Command<Given>): Promise<void> {
  try {
    const parsed = parse(options);
    if (parsed === "help") console.log(usage);
    else process.exitCode = await run(parsed);
  } catch (error) {
    progress("");
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = error instanceof CliError ? error.exitCode : exitCodes.couldNotRun;
  }
}

function parse<Given extends Options>(options: Given): Parsed<Given> | "help" {
  const help = { help: { type: "boolean", short: "h" } } as const;
  try {
    const parsed = parseArgs({ options: { ...options, ...help }, allowPositionals: true });
    return "help" in parsed.values ? "help" : (parsed as unknown as Parsed<Given>);
  } catch (error) {
    // Such as: Unknown option '--formt'. To specify a positional argument starting with a '-', …
    const [message = ""] = String(error instanceof Error ? error.message : error).split(/\.\s/, 1);
    throw new CliError(`${message} (--help shows the options)`);
  }
}
