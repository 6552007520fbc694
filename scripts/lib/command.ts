import { type ParseArgsConfig, parseArgs } from "node:util";
import { CliError, type ExitCode, exitCodes } from "./cli-error.js";
import { progress } from "./progress.js";

type Options = NonNullable<ParseArgsConfig["options"]>;

export type Parsed<Given extends Options> = ReturnType<
  typeof parseArgs<{ options: Given; allowPositionals: true }>
>;

/** What a command prints at its end, and its exit code. */
export interface Outcome {
  readonly exitCode: 0 | ExitCode;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** A command of the project. */
export interface Command<Given extends Options> {
  /** The name before its error messages. */
  readonly name: string;
  /** What `--help` prints. */
  readonly usage: string;
  readonly options: Given;
  /** How many arguments that are no option it takes. @default 0 */
  readonly positionals?: number;
  /** Runs the command and returns its exit code, or that with what is to be printed. */
  readonly run: (parsed: Parsed<Given>) => Promise<0 | ExitCode | Outcome>;
}

/**
 * Runs a command with the arguments of this process and sets its exit code. Errors are printed as one message without a
 * stack; the exit code is that of a `CliError`, else 2.
 */
export async function runCommand<Given extends Options>(command: Command<Given>): Promise<void> {
  // A reader such as `| head` may read no further.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const { exitCode, stderr, stdout } = await outcomeOf(command, process.argv.slice(2));
  const prints = [
    () => stdout !== undefined && console.log(stdout),
    () => stderr !== undefined && console.error(stderr),
  ];
  // Why a command could not do all of its work comes before the rest of it.
  for (const print of exitCode === exitCodes.couldNotRun ? prints.reverse() : prints) print();
  process.exitCode = exitCode;
}

/** Runs a command with arguments, and returns what it has to print. */
export async function outcomeOf<Given extends Options>(
  command: Command<Given>,
  args: string[],
): Promise<Outcome> {
  const { name, run, usage } = command;
  try {
    const parsed = parse(command, args);
    if (parsed === "help") return { exitCode: 0, stdout: usage };
    const outcome = await run(parsed);
    return typeof outcome === "number" ? { exitCode: outcome } : outcome;
  } catch (error) {
    progress("");
    const known = error instanceof CliError ? error : undefined;
    const message = error instanceof Error ? error.message : String(error);
    return {
      exitCode: known?.exitCode ?? exitCodes.couldNotRun,
      stderr: `${known?.place ?? name}: ${message}`,
    };
  }
}

function parse<Given extends Options>(
  { options, positionals: most = 0 }: Command<Given>,
  args: string[],
): Parsed<Given> | "help" {
  const help = { help: { type: "boolean", short: "h" } } as const;
  const refuse = (message: string) => new CliError(`${message} (--help shows the options)`);
  let parsed: Parsed<Given>;
  try {
    const config = { options: { ...options, ...help }, allowPositionals: true } as const;
    parsed = parseArgs({ ...config, args }) as unknown as Parsed<Given>;
  } catch (error) {
    // Such as: Unknown option '--formt'. To specify a positional argument starting with a '-', …
    const [message = ""] = String(error instanceof Error ? error.message : error).split(/\.\s/, 1);
    throw refuse(message);
  }
  if ("help" in parsed.values) return "help";
  const extra = parsed.positionals[most];
  if (extra !== undefined) throw refuse(`Unexpected argument '${extra}'`);
  return parsed;
}

/** Returns a signal that aborts when the process is told to end. The process then ends by what the signal stops. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => controller.abort(new CliError("Stopped."));
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  return controller.signal;
}

/** Returns a port that was given as an option; 0 is any free one. */
export function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new CliError(
    `--port takes a number from 0 to 65535, not "${text}" (--help shows the options)`,
  );
}
