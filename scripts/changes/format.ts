import { type Change, type Level, levels, textOf } from "./change.js";

/** What the command says. */
export interface Report {
  /** The two documents, as they were asked for. */
  readonly old: string;
  readonly new: string;
  /** The version of the package that has the old document, and the one that the changes ask for. */
  readonly version: { readonly old: string; readonly new: string | undefined };
  /** Worst first. */
  readonly changes: readonly Change[];
}

/** The worst level there is; none if nothing changed. */
export function levelOf({ changes }: Report): Level | undefined {
  return levels.find((level) => changes.some((change) => change.level === level));
}

/** For programs. */
export function jsonOf(report: Report): string {
  const changes = report.changes.map((change) => {
    const { compiler, level, reason, subjects, usedBy } = change;
    const { old = null, new: now = null } = change;
    return { level, subjects, text: textOf(change), usedBy, compiler, reason, old, new: now };
  });
  const { old, new: now } = report;
  const version = { old: report.version.old, new: report.version.new ?? null };
  const whole = { old, new: now, level: levelOf(report) ?? null, version, changes };
  return JSON.stringify(whole, null, 2);
}

const titles = {
  breaking: "BREAKING",
  risky: "RISKY  compiles as before, and can behave otherwise",
  compatible: "COMPATIBLE",
  docs: "DOCS  words and examples",
} satisfies Record<Level, string>;

const width = 100;

/** For a terminal. */
export function textFormOf(report: Report): string {
  if (report.changes.length === 0) return "no change";
  const parts = levels.flatMap((level) => {
    const lines = report.changes.filter((change) => change.level === level);
    if (lines.length === 0) return [];
    const inner = level === "docs" ? lines.map(briefly).join("\n") : lines.map(fully).join("\n\n");
    return [`${titles[level]}\n\n${inner}`];
  });
  return [...parts, summaryOf(report)].join("\n\n");
}

function briefly(change: Change): string {
  return wrap(textOf(change), 2);
}

function fully(change: Change): string {
  const [first, ...others] = change.compiler;
  const compiler = first
    ? [
        wrap(first.statement, 6),
        wrap(`${first.code}: ${first.message}`, 8),
        ...(others.length > 0 ? [wrap(`and ${count(others.length, "more error")}`, 8)] : []),
      ]
    : [];
  const rows: [string, string][] = [
    ["why", change.reason],
    ["used by", usersOf(change)],
    ["where", whereOf(change)],
  ];
  const facts = rows
    .filter(([, value]) => value !== "")
    .map(([name, value]) => wrap(name.padEnd(9) + value, 4, 13));
  return [wrap(textOf(change), 2), ...facts, ...compiler].join("\n");
}

function usersOf({ subjects, usedBy }: Change): string {
  if (usedBy.length === 0) return "no operation";
  // Where the line names its one operation itself, it is enough.
  const [only] = usedBy;
  const isSaid = usedBy.length === 1 && subjects.every((one) => one.startsWith(only ?? ""));
  return isSaid ? "" : usedBy.join(", ");
}

function whereOf({ old, new: now }: Change): string {
  const places = [old, now].flatMap((place) =>
    place?.file ? [`${place.file}:${place.line}`] : [],
  );
  return places.join(" → ");
}

/** `2 breaking, 1 docs. Suggested version: 0.2.0, after 0.1.0.` */
function summaryOf(report: Report): string {
  const counts = levels.flatMap((level) => {
    const number = report.changes.filter((change) => change.level === level).length;
    return number > 0 ? [`${number} ${level}`] : [];
  });
  const { old, new: now } = report.version;
  return `${counts.join(", ")}. ${now ? `Suggested version: ${now}, after ${old}.` : `No version follows "${old}".`}`;
}

/** For the changelog, or a pull request. */
export function markdownOf(report: Report): string {
  if (report.changes.length === 0) return "No change.";
  const of = (level: Level) => report.changes.filter((change) => change.level === level);
  const words = of("docs").map((change) => code(textOf(change)));
  const bullets = [
    ...of("breaking").map((change) => `- **Breaking**: ${bullet(change)}`),
    ...of("risky").map((change) => `- **Check**: ${bullet(change)}`),
    ...of("compatible").map((change) => `- ${bullet(change)}`),
    ...(words.length > 0 && words.length <= 3
      ? [`- Words and examples: ${words.join("; ")}.`]
      : []),
  ];
  const list = bullets.length > 0 ? [bullets.join("\n")] : [];
  const folded =
    words.length > 3
      ? [
          "<details>",
          `<summary>Words and examples: ${count(words.length, "change")}</summary>`,
          words.map((one) => `- ${one}`).join("\n"),
          "</details>",
        ]
      : [];
  const heading = report.version.new === undefined ? [] : [`## ${report.version.new} - unreleased`];
  return [...heading, ...list, ...folded].join("\n\n");
}

function bullet(change: Change): string {
  const [first] = change.compiler;
  const users = usersOf(change);
  return [
    `${code(textOf(change))}${users && ` (${users === "no operation" ? users : `used by ${change.usedBy.map(code).join(", ")}`})`}.`,
    change.reason,
    first && `${code(first.statement)} gives ${code(`${first.code}: ${first.message}`)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** Text as code, on one line, in which nothing is Markdown or HTML. */
export function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((ticks) => ticks.length));
  if (longest === 0) return `\`${line}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** Breaks a text into lines, those after the first further in. What has no blank stays whole. */
function wrap(text: string, indent: number, hanging: number = indent + 2): string {
  const lines: string[] = [];
  let line = " ".repeat(indent);
  let isEmpty = true;
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(hanging);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join("\n");
}
