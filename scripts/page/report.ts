import { levels } from "../changes/change.js";
import { code } from "../changes/format.js";
import { type DifferenceWithLevel, nameOf } from "./compare.js";
import type { OpenDocument } from "./document.js";
import { type Facts, keys } from "./facts.js";
import { type Kind, kinds } from "./places.js";
import type { Problem } from "./read-lines.js";

/** What the two sides are called in the output. */
export interface Names {
  readonly page: string;
  readonly document: string;
}

/** What a comparison has found. */
export interface Report {
  readonly names: Names;
  readonly page: Facts;
  readonly document: OpenDocument;
  readonly differences: readonly DifferenceWithLevel[];
  /** Those among them that are words of things which the saved page does not have. */
  readonly newWords: readonly DifferenceWithLevel[];
  /** What kept parts of the page from being compared. */
  readonly problems: readonly Problem[];
  /** The file of the saved page. */
  readonly savedName: string;
  /** Whether the page is saved now. */
  readonly isSaved: boolean;
  /** What follows, in a sentence of its own. */
  readonly next?: string | undefined;
}

/** The forms of a report. Undefined for what has nothing to say that the problems do not say. */
export const formats = { text: textOf, markdown: markdownOf, json: jsonOf };

export type Format = keyof typeof formats;

/** For people: the two sides of each difference one below the other, with their lines. */
function textOf(report: Report): string | undefined {
  const { names, next, problems } = report;
  const shown = shownOf(report);
  const blocks = [
    ...(shown.length > 0
      ? [summaryOf(shown, names), ...sectionsOf(report, (one) => textOfOne(one, names), title)]
      : []),
    ...countsOf(report),
  ];
  if (blocks.length === 0 && problems.length > 0) return undefined;
  const text = blocks.length > 0 ? blocks.join("\n\n") : agreement(names);
  return [text, ...(next === undefined ? [] : [next])].join("\n");

  function title({ name, request = "" }: Group): string {
    return request === "" || request === name ? name : `${name}  ${request}`;
  }
}

/** For an issue or a comment. */
function markdownOf(report: Report): string {
  const { names, next, problems } = report;
  const shown = shownOf(report);
  const isEmpty = shown.length === 0 && countsOf(report).length === 0;
  return [
    ...(problems.length > 0 ? [unreadable(code(names.page)), list(problems.map(problemText))] : []),
    ...(shown.length > 0
      ? [
          `${summaryOf(shown, { page: code(names.page), document: code(names.document) })}.`,
          ...sectionsOf(report, (one) => markdownOfOne(one, names), title),
        ]
      : []),
    ...countsOf(report),
    ...(isEmpty && problems.length === 0 ? [agreement(names)] : []),
    ...(next === undefined ? [] : [next.trim()]),
  ].join("\n\n");

  function title({ name, request = "" }: Group): string {
    const isNamed = request !== "" && request !== name;
    return `### ${isNamed ? `${name}: ${code(request)}` : name}\n`;
  }

  function list(lines: readonly string[]): string {
    return lines.map((line) => `- ${line}`).join("\n");
  }

  function problemText({ line, message }: Problem): string {
    return `line ${line}: ${message}`;
  }
}

/** For programs. */
function jsonOf({ differences, problems }: Report): string {
  const shown = differences.map(({ key, ...difference }) => difference);
  const value = { ...(problems.length > 0 ? { problems } : {}), differences: shown };
  return JSON.stringify(value, null, 2);
}

function agreement({ document, page }: Names): string {
  return `${page} agrees with ${document}.`;
}

/** The findings that are shown one by one. */
function shownOf({ differences, newWords }: Pick<Report, "differences" | "newWords">) {
  return differences.filter((one) => !newWords.includes(one) && !isUnwritten(one));
}

/** A description that --draft has left empty. */
function isUnwritten({ kind, subject, document }: DifferenceWithLevel): boolean {
  return kind === "beyond" && document === '""' && subject.endsWith("/description");
}

/** Empty descriptions and new words are only counted: all of them have to be written or read anyway. */
function countsOf({ differences, isSaved, names, newWords, savedName }: Report): string[] {
  const lines = differences.filter(isUnwritten).map(({ documentLine }) => documentLine);
  const empty = lines.length === 1 ? "One description is" : `${lines.length} descriptions are`;
  const count = newWords.length === 1 ? "One thing has" : `${newWords.length} things have`;
  const next = isSaved
    ? `${count} new words, which now count as read.`
    : `${count} new words that are not in ${savedName} yet: read them, then --save takes them as read.`;
  return [
    ...(lines.length > 0
      ? [`${empty} still to be written: ${names.document}:${lines.join(", ")}`]
      : []),
    ...(newWords.length > 0 ? [next] : []),
  ];
}

function summaryOf(differences: readonly DifferenceWithLevel[], names: Names): string {
  const counts = levels
    .map((level) => [differences.filter((one) => one.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}`);
  const places = differences.length === 1 ? "one difference" : `${differences.length} differences`;
  return `${names.page} and ${names.document}: ${places} (${counts.join(", ")})`;
}

/** The differences in one operation or model. */
interface Group {
  readonly name: string;
  readonly request?: string;
  holds(key: string): boolean;
}

/**
 * The differences by operation and model. Facts come first: what breaks must not be looked for among sentences.
 */
function sectionsOf(
  report: Report,
  print: (difference: DifferenceWithLevel) => string,
  title: (group: Group) => string,
): string[] {
  const groups = groupsOf(report);
  const all = shownOf(report);
  const words = all.filter(({ kind }) => kind === "words");
  const facts = all.filter(({ kind }) => kind !== "words");
  return [facts, words].flatMap((shown) =>
    groups.flatMap((group) => {
      const held = shown.filter(({ key }) => group.holds(key));
      return held.length === 0 ? [] : [[title(group), ...held.map(print)].join("\n")];
    }),
  );
}

function groupsOf({ document, page }: Report): Group[] {
  const isOf = (owner: string) => (key: string) => key === owner || key.startsWith(`${owner} `);
  const requests = [
    ...page.operations.map(({ request }) => request),
    ...document.operations.keys(),
  ];
  const models = [...page.models.map(({ name }) => name), ...Object.keys(document.models)];
  return [
    { name: "The page", holds: (key) => key === keys.page || key === keys.end },
    ...[...new Set(requests)].map((request) => ({
      name: nameOf(request, page, document),
      request,
      holds: isOf(keys.operation(request)),
    })),
    ...[...new Set(models)].map((name) => ({
      name: `Model ${name}`,
      holds: isOf(keys.model(name)),
    })),
    {
      name: "Beyond the page: openapi/README.md says how to explain it",
      holds: (key) => key === "",
    },
  ];
}

function placeText(name: string, line: number | null): string {
  return line === null ? name : `${name}:${line}`;
}

function oneLine(text: string | null): string | undefined {
  return text?.replaceAll(/\s+/g, " ").trim();
}

function textOfOne(difference: DifferenceWithLevel, names: Names): string {
  const { kind, subject, page, document, line, documentLine, level } = difference;
  const places = [placeText(names.page, line), placeText(names.document, documentLine)] as const;
  const width = Math.max(...places.map(({ length }) => length));
  const side = (place: string, text: string | null) =>
    `    ${place.padEnd(width)}  ${oneLine(text) ?? "(nothing)"}`;
  const head = `  ${subject}: ${kinds[kind]} (${level})`;
  return [head, side(places[0], page), side(places[1], document)].join("\n");
}

function markdownOfOne(difference: DifferenceWithLevel, names: Names): string {
  const { kind, subject, page, document, line, documentLine, level } = difference;
  const side = (name: string, line: number | null, text: string | null) =>
    `  - ${code(placeText(name, line))}: ${text === null ? "nothing" : code(text)}`;
  return [
    `- **${level}** ${code(subject)}: ${kinds[kind]}`,
    side(names.page, line, page),
    side(names.document, documentLine, document),
  ].join("\n");
}

/** What --draft has YAML for. */
const draftable = new Set<Kind>([
  "operation",
  "parameter",
  "request-body",
  "response",
  "model",
  "field",
]);

/** What is to be done next, below the findings and a blank line; undefined if they say so themselves. */
export function whatToDo(found: Pick<Report, "differences" | "newWords">): string | undefined {
  const others = shownOf(found);
  if (others.length === 0) return undefined;
  const isWorded = !found.differences.some(isUnwritten);
  if (isWorded && others.every(({ kind }) => kind === "words")) {
    return (
      "\nThe facts agree. Reword the document where the page's meaning has changed, " +
      "then --save takes its words as read."
    );
  }
  const isNew = others.some((one) => one.document === null && draftable.has(one.kind));
  const drafting = isNew ? " (--draft prints YAML for what is new)" : "";
  return `\nChange the document where the page is right${drafting}, then run again with --save.`;
}

/** Each problem with its line, and what the page should look like. */
export function describeProblems(problems: readonly Problem[], page: string): string {
  const lines = problems.map(({ line, message }) => `line ${line}: ${message}`);
  return [...lines, `page: ${unreadable(page)}`].join("\n");
}

function unreadable(page: string): string {
  return (
    `cannot read ${page} as the vendor's page. openapi/README.md shows the form it has; text that is ` +
    "not part of it, such as a menu or a footer, has to go."
  );
}
