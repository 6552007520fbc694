/** `npm run changes`: what a change of the document does to users of the client. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { type Change, nextVersion, type Place } from "./changes/change.js";
import { compileChanges } from "./changes/compile-changes.js";
import { jsonOf, markdownOf, type Report, textFormOf } from "./changes/format.js";
import { openSource, readDocument, type Source, type SourceDocument } from "./changes/source.js";
import { CliError, exitCodes } from "./lib/cli-error.js";
import { runCommand } from "./lib/command.js";
import { progress } from "./lib/progress.js";

const usage = `Usage: npm run changes -- OLD [NEW] [--format text|markdown|json]

Prints what changed between two documents, and what that does to users of the client. OLD and NEW are
files, or revisions of git such as HEAD or a tag; NEW is the working document if it is left out.

  --format <name>  text for a terminal (default), markdown for the changelog or a pull request, json
  -h, --help       show this

Exit codes: 0 nothing breaks, 1 something does, 2 could not run.`;

const root = fileURLToPath(new URL("..", import.meta.url));
const working = relative(
  process.cwd(),
  fileURLToPath(new URL("../openapi/openapi.yaml", import.meta.url)),
);

const formats = { text: textFormOf, markdown: markdownOf, json: jsonOf };

await runCommand({
  name: "changes",
  usage,
  positionals: 2,
  options: { format: { type: "string", default: "text" } },
  async run({ positionals, values: { format } }) {
    const [oldName, newName = working] = positionals;
    if (oldName === undefined) {
      throw new CliError("Name the document to compare with, such as HEAD. (--help)");
    }
    if (!Object.hasOwn(formats, format)) {
      throw new CliError(`--format takes ${Object.keys(formats).join(", ")}, not "${format}".`);
    }
    const report = await reportOf(oldName, newName);
    console.log(formats[format as keyof typeof formats](report));
    return report.changes.some(({ level }) => level === "breaking") ? exitCodes.no : 0;
  },
});

async function reportOf(oldName: string, newName: string): Promise<Report> {
  const sources: Source[] = [];
  try {
    for (const name of [oldName, newName]) sources.push(await openSource(name, root));
    const [old, now] = sources as [Source, Source];
    for (const { notice } of sources) if (notice) console.error(`changes: ${notice}`);
    const changes = await changesOf(old, now);
    const version = { old: old.version, new: nextVersion(old.version, changes) };
    return { old: old.name, new: now.name, version, changes };
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
