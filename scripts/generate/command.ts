import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { CliError, exitCodes } from "../lib/cli-error.js";
import type { Command } from "../lib/command.js";
import { createLineLocator } from "../lib/line-locator.js";
import { staleMessage } from "../lint/exceptions.js";
import { bundle, lint } from "../lint/redocly.js";
import type { Document } from "./document.js";
import { type GeneratedFiles, render } from "./render.js";

const usage = `Usage: npm run generate [-- --check]

Writes generated/ from openapi/openapi.yaml. Nothing is written if the document has a problem.

  --check  write nothing; exit 1 and name each file that is not what the document makes
  --help   show this

Exit codes: 0 done, or up to date; 1 stale; 2 could not run.`;

const document = "openapi/openapi.yaml";
const folder = "generated";

/** Files of `generated/` that are written by hand. */
const byHand = new Set(["README.md"]);

const options = { check: { type: "boolean", default: false } } as const;

/** Runs in the project's folder. */
export const generateCommand: Command<typeof options> = {
  name: "generate",
  usage,
  options,
  async run({ values: { check } }) {
    const { code, report, stale: exceptions } = await lint(document);
    // Lint fails for these. What is generated is the same without them.
    for (const one of exceptions) console.error(staleMessage(one));
    if (code !== 0) {
      console.error(`${report}\n`);
      throw new CliError(`${document} has the problems above. Nothing was written.`);
    }
    const files = await renderDocument();
    const stale = await findStale(files);
    if (stale.length === 0) {
      console.log(`${folder}/ is up to date with ${document}.`);
      return 0;
    }
    if (check) {
      for (const name of stale) console.error(`${folder}/${name} is stale. Run: npm run generate`);
      return exitCodes.no;
    }
    await write(files, stale);
    console.log(`Updated ${stale.map((name) => `${folder}/${name}`).join(", ")}.`);
    return 0;
  },
};

/** @throws {CliError} naming the line, if the document cannot become a client. */
async function renderDocument(): Promise<GeneratedFiles> {
  try {
    return await render((await bundle(document)) as Document, (notice) =>
      console.error(`Note: ${notice}`),
    );
  } catch (error) {
    if (!(error instanceof CliError) || error.pointer === undefined) throw error;
    const { line } = createLineLocator(await readFile(document, "utf8")).lineOf(error.pointer);
    throw new CliError(error.message, { cause: error, place: `${document}:${line}` });
  }
}

/** The files that are missing, not what they should be, or should not be there. */
async function findStale(files: GeneratedFiles): Promise<string[]> {
  const present = await readdir(folder).catch(() => [] as string[]);
  const names = new Set([...Object.keys(files), ...present.filter((name) => !byHand.has(name))]);
  const stale: string[] = [];
  for (const name of names) {
    const current = await readFile(`${folder}/${name}`, "utf8").catch(() => undefined);
    // A folder cannot be read either, and is stale all the same.
    if (current === undefined || current !== files[name]) stale.push(name);
  }
  return stale;
}

/** Writes all files aside first, so that a full disk leaves the old ones whole. */
async function write(files: GeneratedFiles, stale: string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const wanted = stale.filter((name) => name in files);
  const aside = (name: string) => `${folder}/.${name}.new`;
  try {
    for (const name of wanted) await writeFile(aside(name), files[name] ?? "");
    for (const name of wanted) await rename(aside(name), `${folder}/${name}`);
    for (const name of stale.filter((other) => !(other in files))) {
      await rm(`${folder}/${name}`, { recursive: true });
    }
  } finally {
    for (const name of wanted) await rm(aside(name), { force: true });
  }
}
