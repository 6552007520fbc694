/** The steps of a release, each decided from what the project's commands print, and the screen that shows them. */
import { stripVTControlCharacters } from "node:util";
import { type Level, levels } from "../changes/change.js";
import type { ComparedPage } from "./compare-pages.js";
import type { ScriptRun } from "./run.js";

/** Something that has to be done before a change of the beta is released. */
export interface Step {
  readonly name: string;
  /** `unknown`: it could not be found out. */
  readonly state: "done" | "left" | "unknown";
  readonly fact: string;
  /** The command, or the work, that comes next. */
  readonly next?: string;
}

/** As much of a report of `npm run changes --format json` as is used here. */
export interface Changes {
  readonly version: { readonly old: string; readonly new: string | null };
  readonly changes: readonly { readonly level: Level; readonly subjects: readonly string[] }[];
}

/** A part of the changelog under a heading such as `## 0.2.0 - unreleased`. */
export interface Section {
  readonly version: string;
  /** Its entries, each with its further lines. */
  readonly entries: readonly string[];
}

/** Does the page say what the document says? `pages` were compared with `--json`. */
export function pageStep(pages: readonly ComparedPage[], command = "npm run page"): Step {
  const name = "page";
  const unread = pages.find(({ code }) => code !== 0 && code !== 1);
  if (unread) return couldNotRun(name, command, unread);
  const where = pages.map((page) => page.name).join(", ");
  if (pages.every(({ code }) => code === 0)) return done(name, `the document agrees with ${where}`);
  const differences: { level: Level }[] = pages.flatMap(
    ({ stdout }) => JSON.parse(stdout).differences,
  );
  const fact = `${count(differences.length, "difference")}${levelsIn(differences)}: ${where}`;
  return left(name, fact, command);
}

/** Is `generated/` what the document makes? */
export function generatedStep(run: ScriptRun): Step {
  const [name, next] = ["generated", "npm run generate"] as const;
  if (run.code === 0) return done(name, firstLineOf(run.stdout).replace(/\.$/, ""));
  const stale = [...run.stderr.matchAll(/^(\S+) is stale\./gm)].map(([, file]) => file);
  if (run.code !== 1 || stale.length === 0) return couldNotRun(name, next, run);
  const more = stale.length === 1 ? "" : ` and ${stale.length - 1} more`;
  return left(name, `stale: ${stale[0]}${more}`, next);
}

/** What is different for users since the last release, as far as the document goes. It is for the next steps to act on. */
export function changesStep(release: string | undefined, run: ScriptRun | undefined): Step {
  const name = "changes";
  if (release === undefined || !run) {
    return done(name, "nothing was released yet: there is no tag v*");
  }
  const command = `npm run changes -- ${release}`;
  const all = readChanges(run)?.changes;
  if (!all) return couldNotRun(name, command, run);
  if (all.length === 0) return done(name, `none in the document since ${release}`);
  return done(name, `${count(all.length, "change")} since ${release}${levelsIn(all)}: ${command}`);
}

/** The report of a run; undefined if it could not run. */
export function readChanges({ code, stdout }: ScriptRun): Changes | undefined {
  return code === 0 || code === 1 ? JSON.parse(stdout) : undefined;
}

/** Has the package the version that the changes suggest? */
export function versionStep(version: string, release?: string, changes?: Changes): Step {
  const name = "version";
  if (release === undefined) return done(name, `${version}, the first`);
  if (!changes) return unknown(name, `the changes since ${release} are not known`);
  if (changes.changes.length === 0) {
    return done(name, release === `v${version}` ? `${version}, as released` : version);
  }
  const { new: suggested, old } = changes.version;
  if (suggested === null) return unknown(name, `no version follows "${old}"`);
  if (isAtLeast(version, suggested)) return done(name, version);
  const next = `npm version ${suggested} --no-git-tag-version`;
  return left(name, `${version}, and the changes suggest ${suggested}`, next);
}

/** Does the changelog have an entry for what users must know? */
export function changelogStep(
  sections: readonly Section[],
  version: string,
  release?: string,
  changes?: Changes,
): Step {
  const name = "changelog";
  if (release === `v${version}` && changes?.changes.length === 0) {
    return done(name, "nothing to write");
  }
  if (release !== undefined && !changes) {
    return unknown(name, `the changes since ${release} are not known`);
  }
  const suggested = changes?.version.new;
  const wanted = suggested && !isAtLeast(version, suggested) ? suggested : version;
  // What is still to be released can stand under "Unreleased".
  const section = sections.find(
    (one) => one.version === wanted || /^unreleased$/i.test(one.version),
  );
  const next =
    release === undefined
      ? "write it into CHANGELOG.md"
      : `npm run changes -- ${release} --format markdown`;
  if (!section || section.entries.length === 0) {
    return left(name, `CHANGELOG.md has no entry under ${wanted}`, next);
  }
  const missing = unmentioned(section, changes);
  if (missing.length > 0) {
    const fact = `the entries under ${section.version} do not name ${missing.join(", ")}`;
    return left(name, fact, next);
  }
  return done(
    name,
    `${count(section.entries.length, "entry", "entries")} under ${section.version}`,
  );
}

/** What breaks or can behave otherwise, and has no entry that names it. */
function unmentioned({ entries }: Section, changes?: Changes): string[] {
  const text = entries.join("\n");
  const missing = (changes?.changes ?? [])
    .filter(({ level }) => level === "breaking" || level === "risky")
    .filter(({ subjects }) => !subjects.some((subject) => text.includes(subject)))
    .flatMap(({ subjects }) => subjects.slice(0, 1));
  return [...new Set(missing)];
}

/** Reads the sections of the changelog, the newest first. */
export function readChangelog(text: string): Section[] {
  const [, ...parts] = text.split(/^## /m);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    const [version = ""] = heading.split(/[\s[\]]+/).filter(Boolean);
    const [, ...entries] = lines.join("\n").split(/^[-*] /m);
    return { version, entries: entries.map((entry) => entry.trim()).filter(Boolean) };
  });
}

/** Were the docs built from the document as it is? `built` is the copy of it that they have. */
export function docsStep(document: string, built: string | undefined): Step {
  const [name, next] = ["docs", "npm run docs"] as const;
  if (built === document) return done(name, "dist/docs/ is built from the document");
  return left(name, built === undefined ? "not built" : "built from another document", next);
}

/** Shows the steps on one screen: each with its state, and what comes next where it is not done. */
export function screenOf(steps: readonly Step[]): string {
  const marks = { done: "done", left: "LEFT", unknown: "?" } as const;
  const width = Math.max(...steps.map(({ name }) => name.length));
  const lines = steps.flatMap(({ name, state, fact, next }) => {
    const head = `${marks[state].padEnd(4)}  ${name.padEnd(width)}  `;
    // A fact can quote the page.
    const text = stripVTControlCharacters(fact).replaceAll(/[^\P{C}]/gu, "");
    return [head + text, ...(next === undefined ? [] : [`${" ".repeat(head.length)}→ ${next}`])];
  });
  const open = steps.filter(({ state }) => state !== "done");
  const next = open.find((step) => step.next !== undefined)?.next ?? open[0]?.name;
  return [...lines, "", next === undefined ? "All is done." : `Next: ${next}`].join("\n");
}

function done(name: string, fact: string): Step {
  return { name, state: "done", fact };
}

function left(name: string, fact: string, next: string): Step {
  return { name, state: "left", fact, next };
}

function unknown(name: string, fact: string): Step {
  return { name, state: "unknown", fact };
}

/** The state of a command that could not run. */
function couldNotRun(name: string, next: string, { stderr, stdout }: ScriptRun): Step {
  return { ...unknown(name, firstLineOf(stderr, stdout)), next };
}

/** The first line that a command printed, without its name before it. */
function firstLineOf(...texts: readonly string[]): string {
  const [line = "it printed nothing"] = texts
    .flatMap((text) => text.trim().split("\n"))
    .filter(Boolean);
  return line.replace(/^\w+: /, "");
}

/** ` (1 breaking, 2 docs)` */
function levelsIn(all: readonly { readonly level: Level }[]): string {
  const parts = levels.flatMap((level) => {
    const number = all.filter((one) => one.level === level).length;
    return number === 0 ? [] : [`${number} ${level}`];
  });
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

/** Whether a version is the same as another, or later. */
export function isAtLeast(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) >= 0;
}
