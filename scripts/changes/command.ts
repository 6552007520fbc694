import { join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { CliError, exitCodes } from "../lib/cli-error.js";
import type { Command, Outcome } from "../lib/command.js";
import { progress } from "../lib/progress.js";
import { type Change, nextVersion, type Place } from "./change.js";
import { compileChanges } from "./compile-changes.js";
import { jsonOf, markdownOf, textFormOf } from "./format.js";
import {
  type Folders,
  openSource,
  readDocument,
  type Source,
  type SourceDocument,
} from "./source.js";

const usage = `Usage: npm run changes -- OLD [NEW] [--format text|markdown|json]

Prints what changed between two documents, and what that does to users of the client. OLD and NEW are
files, or revisions of git such as HEAD or a tag; NEW is the working document if it is left out.

  --format <name>  text for a terminal (default), markdown for the changelog or a pull request, json
  -h, --help       show this

Exit codes: 0 nothing breaks, 1 something does, 2 could not run.`;

const options = { format: { type: "string", default: "text" } } as const;

const formats = { text: textFormOf, markdown: markdownOf, json: jsonOf };

/** The command that reports what changed between two documents. */
export function changesCommand(folders: Folders): Command<typeof options> {
  const working = relative(folders.folder, join(folders.root, "openapi/openapi.yaml"));
  return {
    name: "changes",
    usage,
    positionals: 2,
    options,
    async run({ positionals: [old, now = working], values: { format } }) {
      if (old === undefined) {
        throw new CliError("Name the document to compare with, such as HEAD. (--help)");
      }
      if (!Object.hasOwn(formats, format)) {
        throw new CliError(`--format takes ${Object.keys(formats).join(", ")}, not "${format}".`);
      }
      return report([old, now], formats[format as keyof typeof formats], folders);
    },
  };
}

async function report(
  names: readonly [old: string, now: string],
  formatted: typeof textFormOf,
  folders: Folders,
): Promise<Outcome> {
  const sources: Source[] = [];
  try {
    for (const name of names) sources.push(await openSource(name, folders));
    const [old, now] = sources as [Source, Source];
    const changes = await changesOf(old, now);
    const version = { old: old.version, new: nextVersion(old.version, changes) };
    const notices = sources.flatMap(({ notice }) => (notice ? [`changes: ${notice}`] : []));
    return {
      exitCode: changes.some(({ level }) => level === "breaking") ? exitCodes.no : 0,
      stdout: formatted({ old: old.name, new: now.name, version, changes }),
      ...(notices.length > 0 && { stderr: notices.join("\n") }),
    };
  } finally {
    for (const source of sources) await source.remove();
  }
}

async function changesOf(old: Source, now: Source): Promise<Change[]> {
  progress("Reading the documents …");
  const [before, after] = await Promise.all([readDocument(old), readDocument(now)]);
  progress("");
  if (isDeepStrictEqual(before.value, after.value)) return [];
  progress("Comparing …");
  const changes = await compileChanges(
    { name: old.name, value: before.value },
    { name: now.name, value: after.value },
  );
  progress("");
  return changes.map((change) => ({
    ...change,
    ...(change.old && { old: located(change.old, before) }),
    ...(change.new && { new: located(change.new, after) }),
  }));
}

function located(place: Place, { placeOf }: SourceDocument): Place {
  return { ...place, ...placeOf(place.pointer) };
}
