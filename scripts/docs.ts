/** `npm run docs`: builds what is put on a docs host, from the document, the doc comments and the changelog. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { checkPrograms, readSources, shownPrograms, writeSite } from "./docs/build-site.js";
import { expectReplaceable, replaceFolder } from "./docs/replace-folder.js";
import { serve } from "./docs/serve.js";
import { CliError } from "./lib/cli-error.js";
import { progress } from "./progress.js";

const defaultPort = 4020;

const usage = `Usage: npm run docs [-- options]

Builds the docs into dist/docs/: the API reference, the client's reference and the changes.
Every program that they show is type-checked and run against the mock first, and every link is followed.

  --out DIR      build there instead
  --serve        then show them on 127.0.0.1, until Ctrl-C
  --port NUMBER  where (default ${defaultPort}; 0 takes a free port)
  --help         show this

Exit codes: 0 done, or stopped; 1 something is missing, fails or leads nowhere; 2 could not run.
When it ends with 1 or 2, the docs that were there stay as they were.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: "dist/docs" },
      serve: { type: "boolean", default: false },
      port: { type: "string", default: String(defaultPort) },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  if (values.out === "") throw new Error("--out takes a folder.");
  await expectReplaceable(values.out);

  // So that what is half built is put away.
  const interrupt = () => process.exit(130);
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);

  progress("Reading the document, the guide and the samples …");
  const sources = await readSources();
  progress("Running the samples against the mock …");
  const skipped = await checkPrograms(sources);
  progress("Building the pages …");
  const { links } = await replaceFolder(values.out, (aside) => writeSite(sources, aside));
  progress("");
  const programs = shownPrograms(sources).filter(({ language }) => !skipped || language === "ts");
  console.log(`${await size(values.out)}
${programs.length} programs type-checked and run against the mock, ${links} links followed`);
  if (skipped) console.error(`docs: not run: ${skipped}`);
  process.off("SIGINT", interrupt);
  process.off("SIGTERM", interrupt);
  if (values.serve) await show(values.out, port);
}

/** How much there is to publish, and to load before the reference can be read. */
async function size(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  const page = await readFile(join(folder, "index.html"));
  const total = sizes.reduce((sum, each) => sum + each, 0);
  return `${folder}: ${sizes.length} files, ${megabytes(total)}; index.html is ${megabytes(page.length)}, ${megabytes(gzipSync(page).length)} with gzip`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Resolves when it is told to stop. */
async function show(folder: string, port: number): Promise<void> {
  const { url, stop } = await serve(folder, port);
  console.log(`\nThe docs are at ${url}\nCtrl-C stops it.`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await stop();
}

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
try {
  await main();
} catch (error) {
  progress("");
  console.error(`docs: ${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof CliError ? error.exitCode : 2;
}
