import type { KeyedDifference } from "./comparison.js";
import type { Kind } from "./difference.js";
import type { Facts } from "./facts.js";
import { type Names, print } from "./print.js";
import type { Problem } from "./problem.js";
import type { DocumentReading } from "./read-document.js";

/** What a comparison has found. */
export interface Findings {
  readonly differences: readonly KeyedDifference[];
  /** Those among them that are words of things which the saved page does not have. */
  readonly newWords: readonly KeyedDifference[];
  /** What kept parts of the page from being compared. */
  readonly problems: readonly Problem[];
}

/** What is compared. */
export interface Sides {
  readonly page: Facts;
  readonly document: DocumentReading;
  readonly names: Names;
  /** The file of the saved page. */
  readonly savedName: string;
  /** Whether the page is saved now. */
  readonly isSaved: boolean;
}

/**
 * The findings for people; undefined if there are none. Empty descriptions and new words are only counted: all of them
 * have to be written or read anyway.
 */
export function describeFindings(
  findings: Findings,
  { page, document, names, savedName, isSaved }: Sides,
): string | undefined {
  const { newWords } = findings;
  const shown = shownOf(findings);
  const lines = findings.differences.filter(isUnwritten).map(({ documentLine }) => documentLine);
  const empty = lines.length === 1 ? "One description is" : `${lines.length} descriptions are`;
  const count = newWords.length === 1 ? "One thing has" : `${newWords.length} things have`;
  const next = isSaved
    ? `${count} new words, which now count as read.`
    : `${count} new words that are not in ${savedName} yet: read them, then --save takes them as read.`;
  const blocks = [
    ...(shown.length > 0 ? [print(shown, page, document, names)] : []),
    ...(lines.length > 0
      ? [`${empty} still to be written: ${names.document}:${lines.join(", ")}`]
      : []),
    ...(newWords.length > 0 ? [next] : []),
  ];
  return blocks.length > 0 ? blocks.join("\n\n") : undefined;
}

/** The findings that are shown one by one. */
function shownOf({ differences, newWords }: Findings): KeyedDifference[] {
  return differences.filter((one) => !newWords.includes(one) && !isUnwritten(one));
}

/** A description that --draft has left empty. */
function isUnwritten({ kind, subject, document }: KeyedDifference): boolean {
  return kind === "beyond" && document === '""' && subject.endsWith("/description");
}

export function findingsAsJson({ differences, problems }: Findings): string {
  const shown = differences.map(({ key, ...difference }) => difference);
  const value = { ...(problems.length > 0 ? { problems } : {}), differences: shown };
  return JSON.stringify(value, null, 2);
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
export function whatToDo(findings: Findings): string | undefined {
  const others = shownOf(findings);
  if (others.length === 0) return undefined;
  const isWorded = !findings.differences.some(isUnwritten);
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
  return [
    ...problems.map(({ line, message }) => `line ${line}: ${message}`),
    `page: cannot read ${page} as the vendor's page. openapi/README.md shows the form it has; text that is ` +
      "not part of it, such as a menu or a footer, has to go.",
  ].join("\n");
}
