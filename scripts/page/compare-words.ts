import { createHash } from "node:crypto";
import { type KeyedDifference, nameOf } from "./comparison.js";
import { type Facts, keys, type Words } from "./facts.js";
import { rate } from "./rate.js";
import type { DocumentReading } from "./read-document.js";

/** A short hash of words, the same however they are spaced and capitalised. */
export function hashOf(words: string): string {
  const plain = words.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  return createHash("sha256").update(plain).digest("hex").slice(0, 12);
}

/** The hash of each thing's words, by key. */
export function hashes(words: ReadonlyMap<string, Words>): Record<string, string> {
  return Object.fromEntries([...words].map(([key, { text }]) => [key, hashOf(text)]));
}

/**
 * The things whose words are not those that were last transcribed. Things that are new have differences already, and so have
 * those whose description is still to be written.
 */
export function compareWords(
  page: { readonly facts: Facts; readonly words: ReadonlyMap<string, Words> },
  transcribed: Readonly<Record<string, string>>,
  document: DocumentReading,
  differences: readonly KeyedDifference[],
): KeyedDifference[] {
  const added = differences.filter((one) => one.document === null).map(({ key }) => key);
  const isAdded = (key: string) => added.some((one) => key === one || key.startsWith(`${one} `));
  return things(page.facts, document)
    .filter(({ key }) => !isAdded(key))
    .flatMap(({ key, subject }): KeyedDifference[] => {
      const said = page.words.get(key);
      const hash = said && hashOf(said.text);
      if (hash === (Object.hasOwn(transcribed, key) ? transcribed[key] : undefined)) return [];
      const ours = document.words.get(key);
      if (ours?.text === "") return [];
      return [
        {
          kind: "words",
          subject,
          page: said?.text ?? null,
          document: ours?.text ?? null,
          line: said?.line ?? null,
          documentLine: ours?.line ?? document.lines.get(key) ?? null,
          level: rate.docs,
          key,
        },
      ];
    });
}

/** The keys of everything on a page that can have words. */
export function wordKeys(facts: Facts, document: DocumentReading): ReadonlySet<string> {
  return new Set(things(facts, document).map(({ key }) => key));
}

/** Everything on the page that can have words. */
function things(facts: Facts, document: DocumentReading): { key: string; subject: string }[] {
  return [
    { key: keys.page, subject: "page" },
    ...facts.operations.flatMap(({ request, parameters, responses }) => {
      const name = nameOf(request, facts, document);
      return [
        { key: keys.operation(request), subject: name },
        ...parameters.map((parameter) => ({
          key: keys.parameter(request, parameter.name),
          subject: `${name}.${parameter.name}`,
        })),
        ...responses.map(({ status }) => ({
          key: keys.response(request, status),
          subject: `${name}.${status}`,
        })),
      ];
    }),
    ...facts.models.flatMap(({ name, fields }) => [
      { key: keys.model(name), subject: name },
      ...fields.map((field) => ({
        key: keys.field(name, field.name),
        subject: `${name}.${field.name}`,
      })),
    ]),
    { key: keys.end, subject: "page" },
  ];
}
