import { levels } from "../changes/change.js";
import type { KeyedDifference } from "./comparison.js";
import { nameOf } from "./comparison.js";
import { kinds } from "./difference.js";
import { type Facts, keys } from "./facts.js";
import type { DocumentReading } from "./read-document.js";

/** What the two sides are called in the output. */
export interface Names {
  readonly page: string;
  readonly document: string;
}

/**
 * The differences for people: by operation and model, the two sides one below the other with their lines. Facts come
 * first: what breaks must not be looked for among sentences.
 */
export function print(
  differences: readonly KeyedDifference[],
  page: Facts,
  document: DocumentReading,
  names: Names,
): string {
  const sections = (shown: readonly KeyedDifference[]) =>
    groups(page, document).flatMap(({ title, holds }) => {
      const held = shown.filter(({ key }) => holds(key));
      return held.length === 0
        ? []
        : [[title, ...held.map((one) => printOne(one, names))].join("\n")];
    });
  const facts = differences.filter(({ kind }) => kind !== "words");
  const words = differences.filter(({ kind }) => kind === "words");
  return [summary(differences, names), ...sections(facts), ...sections(words)].join("\n\n");
}

function summary(differences: readonly KeyedDifference[], names: Names): string {
  const counts = levels
    .map((level) => [differences.filter((one) => one.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}`);
  const places = differences.length === 1 ? "one difference" : `${differences.length} differences`;
  return `${names.page} and ${names.document}: ${places} (${counts.join(", ")})`;
}

interface Group {
  readonly title: string;
  holds(key: string): boolean;
}

function groups(page: Facts, document: DocumentReading): Group[] {
  const all = <Fact>(facts: (side: Facts) => readonly Fact[], name: (fact: Fact) => string) => [
    ...new Set([...facts(page), ...facts(document.facts)].map(name)),
  ];
  const group = (title: string, owner: string): Group => ({
    title,
    holds: (key) => key === owner || key.startsWith(`${owner} `),
  });
  return [
    { title: "The page", holds: (key) => key === keys.page || key === keys.end },
    ...all(
      ({ operations }) => operations,
      ({ request }) => request,
    ).map((request) => group(operationTitle(request, page, document), keys.operation(request))),
    ...all(
      ({ models }) => models,
      ({ name }) => name,
    ).map((name) => group(`Model ${name}`, keys.model(name))),
    {
      title: "Beyond the page: openapi/README.md says how to explain it",
      holds: (key) => key === "",
    },
  ];
}

function operationTitle(request: string, page: Facts, document: DocumentReading): string {
  const name = nameOf(request, page, document);
  return name === request ? request : `${name}  ${request}`;
}

function printOne(difference: KeyedDifference, names: Names): string {
  const { kind, subject, page, document, line, documentLine, level } = difference;
  const at = (name: string, number: number | null) =>
    number === null ? name : `${name}:${number}`;
  const places = [at(names.page, line), at(names.document, documentLine)] as const;
  const width = Math.max(...places.map(({ length }) => length));
  const side = (place: string, text: string | null) =>
    `    ${place.padEnd(width)}  ${text?.replaceAll(/\s+/g, " ").trim() ?? "(nothing)"}`;
  const head = `  ${subject}: ${kinds[kind]} (${level})`;
  return [head, side(places[0], page), side(places[1], document)].join("\n");
}
