import { join, resolve } from "node:path";
import { exceptionsFile, staleMessage } from "../exceptions.js";
import { CliError } from "../lib/cli-error.js";
import { compare } from "./compare.js";
import { compareWords, wordKeys } from "./compare-words.js";
import { draft } from "./draft.js";
import { type OpenedPage, openPage } from "./open-page.js";
import { type Options, readOptions, usage } from "./options.js";
import { onlyPageAddress } from "./page-address.js";
import type { Names } from "./print.js";
import { type DocumentReading, readDocument } from "./read-document.js";
import { readPage } from "./read-page.js";
import { describeFindings, describeProblems, findingsAsJson, whatToDo } from "./report.js";
import { findSavedPage, sha256Of, toSavedPage, writeSavedPage } from "./saved-page.js";
import { haveCommonOperation } from "./scope.js";
import { staleExceptions } from "./stale-exceptions.js";
import { decode, readBytes, readIfPresent } from "./text-file.js";
import { withoutUnread } from "./unread.js";

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

/** Compares the page with the document, or does what the options ask for besides. */
export async function runPage(args: string[], surroundings: Surroundings): Promise<Answer> {
  try {
    const options = readOptions(args);
    if (options === "help") return { exitCode: 0, stdout: usage };
    return await answer(options, surroundings);
  } catch (error) {
    const message = error instanceof Error ? error.message : error;
    return { exitCode: 2, stderr: `page: ${message}` };
  }
}

async function answer(options: Options, surroundings: Surroundings): Promise<Answer> {
  const page = await openPage(options, {
    ...surroundings,
    address: async () => onlyPageAddress(await readDocumentText(options, surroundings)),
  });
  const document = await openDocument(options, surroundings);
  const { stderr, ...result } = await compareWith(document, page, options, surroundings);
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
  opened: OpenedPage,
  options: Options,
  surroundings: Surroundings,
): Promise<Answer> {
  const names = { page: opened.name, document: options.document ?? documentName };
  const page = readPage(opened.text);
  const { reading, problems = [] } = page;
  const refuse = (stderr: string): Answer => ({
    exitCode: 2,
    ...(options.json
      ? { stdout: findingsAsJson({ differences: [], newWords: [], problems }) }
      : {}),
    stderr,
  });
  const isWhole = problems.length === 0;
  if (!reading || (options.draft && !isWhole))
    return refuse(describeProblems(problems, names.page));
  if (options.draft) return { exitCode: 0, stdout: draft(reading, document).trimEnd() };
  if (!haveCommonOperation(reading.facts, document.facts)) {
    const { heading } = reading.facts;
    return refuse(isWhole ? describeOther(heading, names) : describeProblems(problems, names.page));
  }

  const { root, now } = surroundings;
  const tags = [...document.tags.values()].flat();
  const file = await findSavedPage(root, reading.facts, tags);
  const { name: savedName, saved } = file;
  const facts = withoutUnread(compare(reading, document, saved?.models), page);
  const words = withoutUnread(compareWords(reading, saved?.words ?? {}, document, facts), page);
  const known = saved && wordKeys(saved, document);
  const newWords = words.filter(({ key }) => !known?.has(key));
  const findings = { differences: [...facts, ...words], newWords, problems };
  const isSaved = options.save && isWhole && facts.length === 0;
  const sides = { page: reading.facts, document, names, savedName, isSaved };
  const text = describeFindings(findings, sides);
  const print = (text: string | undefined, ...notes: (string | undefined)[]) => ({
    stdout: options.json
      ? findingsAsJson(findings)
      : [text, ...notes].filter((part) => part !== undefined).join("\n"),
  });

  if (!isWhole) {
    const lines = [describeProblems(problems, names.page), notCompared];
    if (options.save) lines.push("page: not saved.");
    const found = options.json || text !== undefined ? print(text) : {};
    return { exitCode: 2, ...found, stderr: lines.join("\n") };
  }
  const shown = text ?? `${names.page} agrees with ${names.document}.`;
  if (options.save && !isSaved) return { exitCode: 1, ...print(shown), stderr: notSaved };
  if (isSaved) {
    await writeSavedPage(join(root, savedName), toSavedPage(reading, opened.bytes, now));
    return { exitCode: 0, ...print(shown, `Saved as ${savedName}.`) };
  }
  if (text !== undefined) return { exitCode: 1, ...print(text, whatToDo(findings)) };
  const isOther = saved?.sha256 !== sha256Of(opened.bytes);
  const otherText = `${savedName} is of another text that says the same; --save renews it.`;
  return { exitCode: 0, ...print(shown, isOther ? otherText : undefined) };
}

function describeOther(heading: string, { page, document }: Names): string {
  const what = heading === "" ? "another page" : `the page of "${heading}"`;
  return `${page} is ${what}: it has no operation in common with ${document}, so nothing was compared.`;
}

const notCompared = "What may be on these lines was not compared.";
const notSaved = "page: not saved: the facts differ. Change the document first.";

async function readDocumentText(
  { document }: Options,
  { root, folder }: Surroundings,
): Promise<string> {
  const name = document ?? documentName;
  const path = document === undefined ? join(root, documentName) : resolve(folder, document);
  return decode(await readBytes(path, name), name);
}

async function openDocument(
  options: Options,
  surroundings: Surroundings,
): Promise<DocumentReading> {
  const name = options.document ?? documentName;
  const text = await readDocumentText(options, surroundings);
  try {
    return readDocument(text);
  } catch (error) {
    if (error instanceof CliError) throw new Error(`cannot read ${name}: ${error.message}`);
    throw error;
  }
}
