import { basename, join, resolve } from "node:path";
import { exceptionsFile, staleMessage } from "../exceptions.js";
import { compare } from "./compare.js";
import { compareWords } from "./compare-words.js";
import type { KeyedDifference } from "./comparison.js";
import type { Kind } from "./difference.js";
import { DocumentError } from "./document-source.js";
import { draft } from "./draft.js";
import type { Facts } from "./facts.js";
import { type Options, readOptions, UsageError, usage } from "./options.js";
import { print } from "./print.js";
import type { Problem } from "./problem.js";
import { type DocumentReading, readDocument } from "./read-document.js";
import { readPage } from "./read-page.js";
import { readSavedPage, sha256Of, toSavedPage, writeSavedPage } from "./saved-page.js";
import { staleExceptions } from "./stale-exceptions.js";
import { decode, readBytes, readIfPresent } from "./text-file.js";

/** What the command works on. */
export interface Surroundings {
  /** The project's folder. */
  readonly root: string;
  /** The folder that the user's paths start from. */
  readonly folder: string;
  readonly now: Date;
  readInput(): Promise<Uint8Array>;
}

/** What the command has to say. */
export interface Answer {
  readonly exitCode: 0 | 1 | 2;
  readonly stdout?: string;
  readonly stderr?: string;
}

const documentName = "openapi/openapi.yaml";
const savedName = "openapi/page.json";

/** Compares the page with the document, or does what the options ask for besides. */
export async function runPage(args: string[], surroundings: Surroundings): Promise<Answer> {
  try {
    const options = readOptions(args);
    if (options === "help") return { exitCode: 0, stdout: usage };
    return await answer(options, surroundings);
  } catch (error) {
    const hint = error instanceof UsageError ? "\n(--help shows the options)" : "";
    const message = error instanceof Error ? error.message : error;
    return { exitCode: 2, stderr: `page: ${message}${hint}` };
  }
}

async function answer(options: Options, surroundings: Surroundings): Promise<Answer> {
  const bytes = await readPageBytes(options, surroundings);
  const document = await openDocument(options, surroundings);
  const { stderr, ...result } = await compareWith(document, bytes, options, surroundings);
  // Lint fails for these. They make no difference between page and document, so nothing else waits for them.
  const stale = await staleLines(document, options, surroundings);
  const lines = [...(stderr === undefined ? [] : [stderr]), ...stale];
  return { ...result, ...(lines.length === 0 ? {} : { stderr: lines.join("\n") }) };
}

async function staleLines(
  { root: document }: DocumentReading,
  options: Options,
  { root }: Surroundings,
): Promise<string[]> {
  if (options.document !== undefined) return [];
  const text = (await readIfPresent(join(root, exceptionsFile))) ?? "";
  return staleExceptions(text, documentName, document).map(staleMessage);
}

async function compareWith(
  document: DocumentReading,
  bytes: Uint8Array,
  options: Options,
  surroundings: Surroundings,
): Promise<Answer> {
  const savedPath = join(surroundings.root, savedName);
  const text = decode(bytes, options.file);
  const saved = await readSavedPage(savedPath);
  const { reading, problems } = readPage(text);
  if (problems) return refuse(problems, options);
  if (options.draft) return { exitCode: 0, stdout: draft(reading, document).trimEnd() };

  const facts = compare(reading, document);
  const differences = [...facts, ...compareWords(reading, saved?.words ?? {}, document, facts)];
  const stdout = options.json
    ? json({ differences: differences.map(({ key, ...difference }) => difference) })
    : report(differences, reading.facts, document, options);
  if (options.save) {
    if (facts.length > 0) return { exitCode: 1, stdout, stderr: notSaved };
    await writeSavedPage(savedPath, toSavedPage(reading, bytes, surroundings.now));
    return { exitCode: 0, stdout: options.json ? stdout : `${stdout}\nSaved as ${savedName}.` };
  }
  if (differences.length > 0) {
    return { exitCode: 1, stdout: options.json ? stdout : `${stdout}\n\n${whatToDo(differences)}` };
  }
  const isOther = saved?.sha256 !== sha256Of(bytes) && !options.json;
  return { exitCode: 0, stdout: isOther ? `${stdout}\n${otherText}` : stdout };
}

const notSaved = "page: not saved: the facts differ. Change the document first.";
const otherText = `${savedName} is of another text that says the same; --save renews it.`;

function readPageBytes({ file }: Options, { folder, readInput }: Surroundings) {
  return file === "-" ? readInput() : readBytes(resolve(folder, file), file);
}

async function openDocument(
  { document }: Options,
  { root, folder }: Surroundings,
): Promise<DocumentReading> {
  const name = document ?? documentName;
  const path = document === undefined ? join(root, documentName) : resolve(folder, document);
  const text = decode(await readBytes(path, name), name);
  try {
    return readDocument(text);
  } catch (error) {
    if (error instanceof DocumentError) throw new Error(`cannot read ${name}: ${error.message}`);
    throw error;
  }
}

function pageName({ file }: Options): string {
  return file === "-" ? "standard input" : basename(file);
}

function refuse(problems: readonly Problem[], options: Options): Answer {
  const lines = problems.map(({ line, message }) => `line ${line}: ${message}`);
  const stderr = [
    ...lines,
    `page: cannot read ${pageName(options)} as the vendor's page. openapi/README.md shows the form it has; text that is ` +
      "not part of it, such as a menu or a footer, has to go.",
  ];
  return {
    exitCode: 2,
    ...(options.json ? { stdout: json({ problems }) } : {}),
    stderr: stderr.join("\n"),
  };
}

function report(
  differences: readonly KeyedDifference[],
  facts: Facts,
  document: DocumentReading,
  options: Options,
): string {
  const names = { page: pageName(options), document: options.document ?? documentName };
  if (differences.length === 0) return `${names.page} agrees with ${names.document}.`;
  return print(differences, facts, document, names);
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

function whatToDo(differences: readonly KeyedDifference[]): string {
  if (differences.every(({ kind }) => kind === "words")) {
    return (
      "The facts agree. Reword the document where the page's meaning has changed, " +
      "then --save takes its words as read."
    );
  }
  const isNew = differences.some((one) => one.document === null && draftable.has(one.kind));
  const drafting = isNew ? " (--draft prints YAML for what is new)" : "";
  return `Change the document where the page is right${drafting}, then run again with --save.`;
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
