/** The steps of a release, each decided from what the project's commands print. */
import { type Level, levels } from "../changes/change.js";
import { type Section, sectionFor } from "./changelog.js";
import type { ComparedPage } from "./compare-pages.js";
import { isAtLeast } from "./release.js";
import type { ScriptRun } from "./run-script.js";
import { count, firstLineOf, type Step, unknown } from "./step.js";

/** As much of a report of `npm run changes --format json` as is used here. */
export interface Changes {
  readonly version: { readonly old: string; readonly new: string | null };
  readonly changes: readonly { readonly level: Level; readonly subjects: readonly string[] }[];
}

/** Does the page say what the document says? `pages` were compared with `--json`. */
export function pageStep(pages: readonly ComparedPage[], command = "npm run page"): Step {
  const name = "page";
  const unread = pages.find(({ code }) => code !== 0 && code !== 1);
  if (unread) return unknown(name, command, unread.stderr, unread.stdout);
  const differences = pages.flatMap(({ stdout }) => differencesIn(stdout));
  const where = pages.map((page) => page.name).join(", ");
  if (pages.every(({ code }) => code === 0)) {
    return { name, state: "done", fact: `the document agrees with ${where}` };
  }
  const fact = `${count(differences.length, "difference")}${levelsIn(differences)}: ${where}`;
  return { name, state: "left", fact, next: command };
}

function differencesIn(json: string): { readonly level: Level }[] {
  return JSON.parse(json).differences;
}

/** ` (1 breaking, 2 docs)` */
function levelsIn(all: readonly { readonly level: Level }[]): string {
  const parts = levels.flatMap((level) => {
    const number = all.filter((one) => one.level === level).length;
    return number === 0 ? [] : [`${number} ${level}`];
  });
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** Is `generated/` what the document makes? */
export function generatedStep({ code, stdout, stderr }: ScriptRun): Step {
  const [name, next] = ["generated", "npm run generate"] as const;
  if (code === 0) return { name, state: "done", fact: firstLineOf(stdout).replace(/\.$/, "") };
  const [first, ...others] = [...stderr.matchAll(/^(\S+) is stale\./gm)].map(([, file]) => file);
  if (code === 1 && first !== undefined) {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return { name, state: "left", fact: `stale: ${first}${more}`, next };
  }
  return unknown(name, next, stderr, stdout);
}

/** What is different for users since the last release, as far as the document goes. It is for the next steps to act on. */
export function changesStep(release: string | undefined, run: ScriptRun | undefined): Step {
  const name = "changes";
  if (release === undefined || !run) {
    return { name, state: "done", fact: "nothing was released yet: there is no tag v*" };
  }
  const changes = readChanges(run);
  if (!changes) return unknown(name, `npm run changes -- ${release}`, run.stderr, run.stdout);
  const all = changes.changes;
  const fact =
    all.length === 0
      ? `none in the document since ${release}`
      : `${count(all.length, "change")} since ${release}${levelsIn(all)}: npm run changes -- ${release}`;
  return { name, state: "done", fact };
}

/** The report of a run; undefined if it could not run. */
export function readChanges({ code, stdout }: ScriptRun): Changes | undefined {
  return code === 0 || code === 1 ? JSON.parse(stdout) : undefined;
}

/** Has the package the version that the changes suggest? */
export function versionStep(version: string, release?: string, changes?: Changes): Step {
  const name = "version";
  if (release === undefined) return { name, state: "done", fact: `${version}, the first` };
  if (!changes)
    return { name, state: "unknown", fact: `the changes since ${release} are not known` };
  if (changes.changes.length === 0) {
    const isReleased = release === `v${version}`;
    return { name, state: "done", fact: `${version}${isReleased ? ", as released" : ""}` };
  }
  const suggested = changes.version.new;
  if (suggested === null) {
    return { name, state: "unknown", fact: `no version follows "${changes.version.old}"` };
  }
  if (isAtLeast(version, suggested)) return { name, state: "done", fact: version };
  const next = `npm version ${suggested} --no-git-tag-version`;
  return { name, state: "left", fact: `${version}, and the changes suggest ${suggested}`, next };
}

/** Does the changelog have an entry for what users must know? */
export function changelogStep(
  sections: readonly Section[],
  version: string,
  release?: string,
  changes?: Changes,
): Step {
  const name = "changelog";
  const isReleased = release === `v${version}`;
  const suggested = changes?.changes.length ? changes.version.new : null;
  if (isReleased && changes?.changes.length === 0) {
    return { name, state: "done", fact: "nothing to write" };
  }
  if (release !== undefined && !changes) {
    return { name, state: "unknown", fact: `the changes since ${release} are not known` };
  }
  const wanted = suggested && !isAtLeast(version, suggested) ? suggested : version;
  const section = sectionFor(sections, wanted);
  const next =
    release === undefined
      ? "write it into CHANGELOG.md"
      : `npm run changes -- ${release} --format markdown`;
  if (!section || section.entries.length === 0) {
    return { name, state: "left", fact: `CHANGELOG.md has no entry under ${wanted}`, next };
  }
  const missing = unmentioned(section, changes);
  if (missing.length > 0) {
    const fact = `the entries under ${section.version} do not name ${missing.join(", ")}`;
    return { name, state: "left", fact, next };
  }
  const fact = `${count(section.entries.length, "entry", "entries")} under ${section.version}`;
  return { name, state: "done", fact };
}

/** What breaks or can behave otherwise, and has no entry that names it. */
function unmentioned({ entries }: Section, changes?: Changes): string[] {
  const grave = (changes?.changes ?? []).filter(
    ({ level }) => level === "breaking" || level === "risky",
  );
  const text = entries.join("\n");
  const missing = grave
    .filter(({ subjects }) => !subjects.some((subject) => text.includes(subject)))
    .flatMap(({ subjects: [subject = ""] }) => [subject]);
  return [...new Set(missing)];
}

/** Were the docs built from the document as it is? `built` is the copy of it that they have. */
export function docsStep(document: string, built: string | undefined): Step {
  const [name, next] = ["docs", "npm run docs"] as const;
  if (built === undefined) return { name, state: "left", fact: "not built", next };
  if (built !== document) return { name, state: "left", fact: "built from another document", next };
  return { name, state: "done", fact: "dist/docs/ is built from the document" };
}
