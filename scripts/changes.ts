/** `npm run changes`: what a change of the document does to users of the client. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Change } from "./changes/change.js";
import { createCheck } from "./changes/compiler.js";
import { jsonOf, markdownOf, type Report, textFormOf } from "./changes/format.js";
import { joinRedocly, readRedoclyChanges } from "./changes/redocly-changes.js";
import { Refusal } from "./changes/refusal.js";
import { changesBetween, make, standOn } from "./changes/report.js";
import { openSource, type Source } from "./changes/source.js";
import { nextVersion } from "./changes/version.js";
import { progress } from "./progress.js";
import { bundle, diff } from "./redocly.js";

const usage = `Usage: npm run changes -- OLD [NEW] [--format text|markdown|json]

Says what changed between two documents, and what that does to users of the client. OLD and NEW are
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

process.exitCode = await main();

async function main(): Promise<number> {
  const sources: Source[] = [];
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") {
      console.log(usage);
      return 0;
    }
    for (const name of [options.old, options.new]) sources.push(await openSource(name, root));
    const [old, now] = sources as [Source, Source];
    for (const { notice } of sources) if (notice) console.error(`changes: ${notice}`);
    const changes = await changesOf(old, now);
    const version = { old: old.version, new: nextVersion(old.version, changes) };
    const report: Report = { old: old.name, new: now.name, version, changes };
    console.log(formats[options.format](report));
    return changes.some(({ level }) => level === "breaking") ? 1 : 0;
  } catch (error) {
    progress("");
    console.error(`changes: ${error instanceof Error ? error.message : error}`);
    return 2;
  } finally {
    for (const source of sources) await source.remove();
  }
}

interface Options {
  readonly old: string;
  readonly new: string;
  readonly format: keyof typeof formats;
}

function readOptions(args: string[]): Options | "help" {
  const { positionals, values } = parseArguments(args);
  if (values.help) return "help";
  const [old, now = working, ...others] = positionals;
  if (old === undefined)
    throw new Refusal("Name the document to compare with, such as HEAD. (--help)");
  if (others.length > 0) throw new Refusal("Two documents are compared, not more. (--help)");
  const { format } = values;
  if (!Object.hasOwn(formats, format)) {
    throw new Refusal(`--format takes ${Object.keys(formats).join(", ")}, not "${format}".`);
  }
  return { old, new: now, format: format as Options["format"] };
}

function parseArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: "string", default: "text" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    // Such as: Unknown option '--formt'. To specify a positional argument starting with a '-', …
    const [message = ""] = String(error instanceof Error ? error.message : error).split(/\.\s/, 1);
    throw new Refusal(`${message} (--help shows the options)`);
  }
}

async function changesOf(old: Source, now: Source): Promise<Change[]> {
  progress("Reading the documents …");
  const [before, after] = await Promise.all([old, now].map(({ name, path }) => read(name, path)));
  progress("Comparing …");
  const [from, to] = await Promise.all([make(before, old.name), make(after, now.name)]);
  const seen = diff(old.path, now.path).then(readRedoclyChanges).catch(withoutLines);
  progress("Compiling …");
  const check = createCheck();
  const changes = changesBetween(standOn(from, check), to, check);
  const joined = joinRedocly(changes, await seen, {
    old: { document: from.view.document, labelOf: old.labelOf },
    new: { document: to.view.document, labelOf: now.labelOf },
  });
  progress("");
  return joined;
}

async function read(name: string, path: string): Promise<unknown> {
  try {
    return await bundle(path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${name} cannot be read. ${message}`);
  }
}

/** `redocly diff` is experimental. Our own comparison misses nothing without it, but for the numbers of lines. */
function withoutLines(error: unknown) {
  progress("");
  const message = error instanceof Error ? error.message : String(error);
  console.error(`changes: ${message}\nThe report is complete, but does not name lines.`);
  return [];
}
