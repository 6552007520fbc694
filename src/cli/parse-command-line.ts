import { parseArgs } from "node:util";
import { CliError } from "./cli-error.js";
import { type Argument, type Command, isItem } from "./commands.js";
import { type Format, formats } from "./flags.js";
import { didYouMean, isShowable } from "./nearest.js";

/** A command line that has been checked. */
export interface CommandLine {
  readonly command: Command;
  /** The arguments of the operation, without its body. */
  readonly args: Readonly<Record<string, string | string[]>>;
  /** The argument whose values come from standard input. */
  readonly each: Argument | undefined;
  readonly body: string | undefined;
  readonly format: Format | undefined;
  readonly fields: readonly string[] | undefined;
  readonly limit: number | undefined;
  readonly isSpreadsheet: boolean;
  readonly output: string | undefined;
  readonly isResume: boolean;
  /** How many items the mock has per list; `undefined` without a mock. */
  readonly mock: number | undefined;
  readonly baseUrl: string | undefined;
  readonly tokenFile: string | undefined;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
}

type Values = ReadonlyMap<string, readonly string[]>;
type Env = Readonly<Record<string, string | undefined>>;

/** Options by which other programs receive a secret. */
const secretOption =
  /^((access|refresh|id|bearer|auth|api)-?)?token$|secret|passw|authorization|bearer|credential|api-?key/i;

const howToLogIn =
  "Other users of this machine can read arguments: put an access token into LOKE_ACCESS_TOKEN or a file for --token-file, " +
  "or a client's into LOKE_CLIENT_ID and LOKE_CLIENT_SECRET.";

/**
 * Parses the arguments after the name of a command.
 *
 * @throws {CliError} naming the option that is wrong, never its value, which can be a misplaced token.
 */
export function parseCommandLine(command: Command, argv: readonly string[], env: Env): CommandLine {
  const values = readOptions(command, argv);
  const flag = (name: string) => values.get(` ${name}`)?.[0];
  const isSet = (name: string) => values.has(` ${name}`);
  const format = flag("format") ?? formatOf(flag("output") ?? "");
  if (format !== undefined && !isFormat(format)) {
    throw new CliError(
      `--format must be one of ${formats.join(", ")}.${didYouMean(format, formats)}`,
    );
  }
  const each = eachOf(command, flag("each"));
  const line: CommandLine = {
    command,
    args: argumentsOf(command, values, { env, isMock: isSet("mock"), each }),
    each,
    body: flag("body"),
    format,
    fields: flag("fields")
      ?.split(",")
      .map((field) => field.trim()),
    limit: wholeNumber("limit", flag("limit")),
    isSpreadsheet: isSet("spreadsheet"),
    output: flag("output"),
    isResume: isSet("resume"),
    mock: isSet("mock") ? (wholeNumber("mock", flag("mock") || undefined) ?? 25) : undefined,
    baseUrl: flag("base-url") ?? (isSet("mock") ? undefined : env.LOKE_BASE_URL),
    tokenFile: flag("token-file"),
    isQuiet: isSet("quiet"),
    isVerbose: isSet("verbose"),
  };
  checkTogether(line, isSet);
  return line;
}

/** Returns the argument that `--each` names. */
function eachOf(command: Command, name: string | undefined): Argument | undefined {
  if (name === undefined) return undefined;
  const items = command.arguments.filter((one) => isItem(one, command.tenant));
  const found = items.find(({ flag }) => flag === name.replace(/^--/, ""));
  if (found) return found;
  const names = items.map(({ flag }) => flag);
  throw new CliError(`--each must be one of ${names.join(", ")}.${didYouMean(name, names)}`);
}

/** Returns the format for the extension of a file name. */
function formatOf(path: string): Format | undefined {
  const [, ending] = /\.(csv|json|ndjson|jsonl)$/i.exec(path) ?? [];
  return ending?.toLowerCase().replace("jsonl", "ndjson") as Format | undefined;
}

function isFormat(text: string): text is Format {
  return (formats as readonly string[]).includes(text);
}

function checkTogether(line: CommandLine, isSet: (name: string) => boolean): void {
  if (line.command.body?.required && line.body === undefined) {
    throw new CliError(`--body is missing. See loke-customers ${line.command.name} --help.`);
  }
  if (line.each && line.body === "-")
    throw new CliError("--each reads standard input, so --body needs a file or JSON.");
  if (line.isSpreadsheet && line.format !== "csv")
    throw new CliError("--spreadsheet needs --format csv.");
  if (line.isResume && line.output === undefined)
    throw new CliError("--resume needs the --output that was interrupted.");
  if (line.isResume && line.format === "table")
    throw new CliError("--resume needs another --format: a table is for reading.");
  // Without an address, the live API is used. An empty variable in a script must not cause that.
  if (line.baseUrl === "") {
    const name = isSet("base-url") ? "--base-url" : "LOKE_BASE_URL";
    throw new CliError(`${name} is empty. Leave it out for the live API.`);
  }
  if (line.output === "-")
    throw new CliError("Leave out --output for standard output: - would be a file of that name.");
  if (line.output === "") throw new CliError("--output needs the name of a file.");
  if (line.mock === undefined) return;
  const other = ["base-url", "token-file"].find(isSet);
  if (other !== undefined)
    throw new CliError(`--mock sends nothing, so it goes without --${other}.`);
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  // A mock creates all of its items at once.
  if (name === "mock" && Number(text) > 10_000_000)
    throw new CliError("--mock makes at most 10,000,000 items.");
  if (!/^\d{1,15}$/.test(text)) throw new CliError(`--${name} needs a whole number from 0.`);
  return Number(text);
}

/** Returns the values of each option. Names of options of the command line itself begin with a blank here. */
function readOptions(command: Command, argv: readonly string[]): Values {
  const kinds = new Map<
    string,
    { key: string; takes: "value" | "maybe" | "nothing"; many: boolean }
  >();
  const shorts = new Map<string, string>();
  for (const { isValueOptional, name, short, value } of command.flags) {
    const takes = value ? (isValueOptional ? "maybe" : "value") : "nothing";
    kinds.set(name, { key: ` ${name}`, takes, many: false });
    if (short) shorts.set(name, short);
  }
  for (const { flag, isArray, name, types } of command.arguments) {
    const isBoolean = types.length === 1 && types[0] === "boolean";
    kinds.set(flag, { key: name, takes: isBoolean ? "maybe" : "value", many: isArray === true });
  }
  const options = [...kinds].map(([name, { takes }]) => {
    const short = shorts.get(name);
    const type = takes === "nothing" ? ("boolean" as const) : ("string" as const);
    return [name, { type, multiple: true, ...(short && { short }) }] as const;
  });
  const { tokens } = parseArgs({
    args: withInlineValues(argv, kinds),
    options: Object.fromEntries(options),
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") {
      throw new CliError(
        `${command.name} takes options only. See loke-customers ${command.name} --help.`,
      );
    }
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const kind = kinds.get(name);
    if (!kind) throw unknownOption(command, rawName, [...kinds.keys()]);
    const isMistaken =
      !token.inlineValue && value !== undefined && kinds.has(value.replace(/^--/, ""));
    if (kind.takes === "value" && (value === undefined || (isMistaken && value.startsWith("--"))))
      throw new CliError(`--${name} needs a value.`);
    if (kind.takes === "nothing" && value !== undefined)
      throw new CliError(`--${name} takes no value.`);
    const before = values.get(kind.key) ?? [];
    if (before.length > 0 && !kind.many) throw new CliError(`--${name} is given twice.`);
    values.set(kind.key, [...before, value ?? ""]);
  }
  return values;
}

/** Joins an optional value to its option, since `parseArgs` does not support optional values. */
function withInlineValues(
  argv: readonly string[],
  kinds: ReadonlyMap<string, { readonly key: string; readonly takes: string }>,
): string[] {
  const joined: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? "";
    const kind = word.startsWith("--") ? kinds.get(word.slice(2)) : undefined;
    if (kind?.takes !== "maybe") {
      joined.push(word);
      if (kind?.takes === "value" && index + 1 < argv.length) joined.push(argv[++index] ?? "");
      continue;
    }
    const isFlag = kind.key.startsWith(" ");
    // Commands take no words of their own, so a word after the option is its value.
    const follows = /^[^-]/.test(argv[index + 1] ?? "");
    const value = follows ? argv[++index] : isFlag ? "" : "true";
    joined.push(`${word}=${value}`);
  }
  return joined;
}

function unknownOption(command: Command, rawName: string, known: readonly string[]): CliError {
  const name = rawName.replace(/^-+/, "");
  if (secretOption.test(name))
    return new CliError(`There is no option ${dashed(name)}. ${howToLogIn}`);
  const meant = didYouMean(
    name,
    known.map((one) => `--${one}`),
  );
  const help = `See loke-customers ${command.name} --help.`;
  return new CliError(`${command.name} has no option ${dashed(name)}.${meant || ` ${help}`}`);
}

function dashed(name: string): string {
  return isShowable(name) ? `${name.length > 1 ? "--" : "-"}${name}` : "of that name";
}

function argumentsOf(
  command: Command,
  values: Values,
  { each, env, isMock }: { each: Argument | undefined; env: Env; isMock: boolean },
): Record<string, string | string[]> {
  const args: Record<string, string | string[]> = Object.create(null);
  for (const argument of command.arguments) {
    const { flag, isArray, name, required, variable } = argument;
    const stored = variable && env[variable] ? [env[variable] ?? ""] : undefined;
    const given = values.get(name) ?? (isMock ? undefined : stored);
    if (argument === each) {
      if (!given) continue;
      throw new CliError(`Use --${flag} or --each ${flag}, not both.`);
    }
    if (given === undefined) {
      // The mock has its own tenant.
      if (!required || (isMock && variable)) continue;
      const also = variable ? `, and ${variable} is not set` : "";
      throw new CliError(`--${flag} is missing${also}. See loke-customers ${command.name} --help.`);
    }
    for (const value of given) checkValue(argument, value);
    args[name] = isArray ? [...given] : (given[0] ?? "");
  }
  return args;
}

/** @throws {CliError} for a value that the document does not allow. The message does not contain the value. */
export function checkValue({ flag, types, values }: Argument, value: string): void {
  const allowed = values?.map(String);
  if (allowed && !allowed.includes(value)) {
    throw new CliError(
      `--${flag} must be one of ${allowed.join(", ")}.${didYouMean(value, allowed)}`,
    );
  }
  if (allowed || types.includes("string") || types.length === 0) return;
  const fits =
    (types.includes("integer") && /^-?\d+$/.test(value)) ||
    (types.includes("number") && value.trim() !== "" && Number.isFinite(Number(value))) ||
    (types.includes("boolean") && /^(true|false)$/.test(value));
  if (!fits)
    throw new CliError(
      `--${flag} needs ${types.map((type) => article[type] ?? type).join(" or ")}.`,
    );
}

const article: Readonly<Record<string, string>> = {
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};
