import type { Argument, Command } from "./commands.js";
import { environment, exitCodes, type Flag, flags } from "./flags.js";

type Row = readonly [left: string, right: string];

/** Returns the help of `loke-customers` without a command. */
export function overview(commands: readonly Command[], width: number): string {
  const general = flags.filter(({ name }) => /^(help)$/.test(name)).map(flagRow);
  return sections(width, [
    ["Usage: loke-customers COMMAND [OPTIONS]", []],
    ["Reads and writes the LOKE Customers API (beta) without a program. Unofficial.", []],
    ["Commands:", commands.map(({ name, summary = "" }): Row => [name, summary])],
    ["Options:", [...general, ["--version", "Shows the version."]]],
    ["Environment:", variables(commands.flatMap((one) => one.arguments))],
    ["Exit codes:", exitCodes],
    ["The options of a command: loke-customers COMMAND --help", []],
    ["Without an account: loke-customers COMMAND --mock", []],
  ]);
}

/** Returns the help of a command. */
export function commandHelp(command: Command, width: number): string {
  const { description, method, name, path, summary } = command;
  const needed = command.arguments
    .filter(({ required }) => required)
    .map(({ flag, variable }) => (variable ? `[--${flag} …]` : `--${flag} …`));
  const body = command.body?.required ? ["--body JSON"] : [];
  const columns = command.columns.map(({ path: at }) => at.join(".")).filter(Boolean);
  return sections(width, [
    [`Usage: ${["loke-customers", name, ...needed, ...body, "[OPTIONS]"].join(" ")}`, []],
    [[summary, description].filter(Boolean).join(". ").replaceAll("..", "."), []],
    [`${method} ${path}`, []],
    ["Arguments:", command.arguments.map(argumentRow)],
    ["Options:", command.flags.map((one) => flagRow(one, command))],
    [columns.length > 0 ? `Fields: ${columns.join(", ")}` : "", []],
    ["Environment:", variables(command.arguments)],
    ["Exit codes:", exitCodes],
  ]);
}

function argumentRow({
  description,
  flag,
  isArray,
  required,
  types,
  values,
  variable,
}: Argument): Row {
  const type = values ? values.map(String).join("|") : types.join("|").toUpperCase();
  const notes = [
    description,
    required && (variable ? `Required, or ${variable}.` : "Required."),
    isArray && "Can be given several times.",
  ];
  return [`--${flag} ${type}`, notes.filter(Boolean).join(" ")];
}

function flagRow(
  { description, isValueOptional, name, short, value }: Flag,
  command?: unknown,
): Row {
  const shown = value && (isValueOptional ? ` [${value}]` : ` ${value}`);
  const about = name === "body" ? (command as Command | undefined)?.body : undefined;
  const notes = [about?.description, description, about?.required && "Required."];
  return [`${short ? `-${short}, ` : ""}--${name}${shown ?? ""}`, notes.filter(Boolean).join(" ")];
}

function variables(given: readonly Argument[]): Row[] {
  const own = given.flatMap(({ flag, variable }): Row[] =>
    variable ? [[variable, `Stands for --${flag}.`]] : [],
  );
  return [...new Map([...own, ...environment]).entries()];
}

/** Formats paragraphs, some with rows of two columns below. Empty ones are left out. */
function sections(width: number, parts: readonly (readonly [string, readonly Row[]])[]): string {
  const shown = parts.filter(([title, rows]) => title && (rows.length > 0 || !title.endsWith(":")));
  return shown
    .map(([title, rows]) => [...wrap(title, width, "  "), ...rowLines(rows, width)].join("\n"))
    .join("\n\n");
}

function rowLines(rows: readonly Row[], width: number): string[] {
  const longest = Math.max(0, ...rows.map(([left]) => left.length));
  const margin = Math.min(longest, 24) + 4;
  return rows.flatMap(([left, right]) => {
    const isNarrow = width < 60;
    const indent = " ".repeat(isNarrow ? 6 : margin);
    const lines = wrap(right, width - indent.length, "");
    const isBeside = !isNarrow && left.length + 4 <= margin;
    const [first = "", ...others] = lines;
    const head = isBeside ? [`  ${left}`.padEnd(margin) + first] : [`  ${left}`, indent + first];
    return [...head, ...others.map((line) => indent + line)].map((line) => line.trimEnd());
  });
}

/** Wraps text into lines. A word longer than a line is not broken. */
function wrap(text: string, width: number, hanging: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    const isLong = longer.length + (lines.length > 0 ? hanging.length : 0) > width;
    if (isLong && line) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines.map((one, index) => (index > 0 ? hanging + one : one));
}
