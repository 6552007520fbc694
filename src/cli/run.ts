import { createRequire } from "node:module";
import { CliError } from "./cli-error.js";
import { allCommands, type Command } from "./commands.js";
import { hasColors, type Io, red } from "./io.js";
import { didYouMean, isShowable } from "./nearest.js";

/** Runs a command line. Resolves with the exit code. */
export async function run(io: Io): Promise<number> {
  try {
    const commands = allCommands();
    const help = await helpFor(commands, io);
    if (help !== undefined) {
      io.print(`${help}\n`);
      return 0;
    }
    const [name = "", ...argv] = io.argv;
    const { parseCommandLine } = await import("./parse-command-line.js");
    const line = parseCommandLine(findCommand(commands, name), argv, io.env);
    const { execute } = await import("./execute.js");
    return await execute(line, io);
  } catch (error) {
    // The message of any other error may contain private data.
    const text = error instanceof CliError ? error.message : `Unexpected ${Object(error).name}.`;
    io.stderr.write(`${red(text, hasColors(io.stderr, io.env))}\n`);
    return 2;
  }
}

/** Returns the text for `--version` and `--help`, if one of them is given. */
async function helpFor(
  commands: readonly Command[],
  { argv, width = 80 }: Io,
): Promise<string | undefined> {
  const [first = ""] = argv;
  if (first === "--version") {
    return createRequire(import.meta.url)("loke-customers/package.json").version;
  }
  const isFirst = /^(|-h|--help|help)$/.test(first) && !commands.some(({ name }) => name === first);
  const names = isFirst ? argv.slice(1) : argv;
  const isAsked = isFirst || valuesEnd(argv).some((word) => /^(-h|--help)$/.test(word));
  if (!isAsked) return undefined;
  const { commandHelp, overview } = await import("./help.js");
  const most = Math.min(width, 100);
  const [name] = names.filter((word) => !word.startsWith("-"));
  return name === undefined
    ? overview(commands, most)
    : commandHelp(findCommand(commands, name), most);
}

/** The words before `--`. */
function valuesEnd(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}

/** @throws {CliError} naming the nearest command. An unknown word can be a secret, and may not be shown. */
function findCommand(commands: readonly Command[], name: string): Command {
  const found = commands.find((command) => command.name === name || command.id === name);
  if (found) return found;
  const names = commands.map((command) => command.name);
  const shown = isShowable(name) ? `command ${name}` : "command of that name";
  const list = didYouMean(name, names) || " loke-customers --help lists them.";
  throw new CliError(
    name.startsWith("-")
      ? "The command comes first: loke-customers COMMAND [OPTIONS]. loke-customers --help lists them."
      : `There is no ${shown}.${list}`,
  );
}
