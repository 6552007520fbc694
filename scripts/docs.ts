/** `npm run docs`: builds what a docs host publishes, from the document, the guide, the doc comments and the changelog. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expectReplaceable, replaceFolder } from "./docs/replace-folder.js";
import { serve } from "./docs/serve.js";
import { CliError } from "./lib/cli-error.js";
import { portFrom, runCommand } from "./lib/command.js";
import { progress } from "./lib/progress.js";

const defaultPort = 4020;

const usage = `Usage: npm run docs [-- options]

Builds the docs into dist/docs/: the guide, the references of the API, the client and the command, and the changes.
Type-checks the programs of the references, runs them against the mock, and follows every link.

  --out DIR        build there instead
  --skip-programs  do not run the programs (npm test runs them)
  --serve          then serve the docs on 127.0.0.1, until Ctrl-C
  --port NUMBER    the port to serve on (default ${defaultPort}; 0 takes a free port)
  --help           show this

Exit codes: 0 done, or stopped; 1 something is missing, fails or leads nowhere; 2 could not run.
When it ends with 1 or 2, the docs that were there stay as they were.`;

/** Returns how much there is to publish. */
async function sizeOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  const total = sizes.reduce((sum, each) => sum + each, 0);
  return `${files.length} files, ${(total / 1_000_000).toFixed(1)} MB`;
}

/** Resolves when the process is told to stop. */
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
await runCommand({
  name: "docs",
  usage,
  options: {
    out: { type: "string", default: "dist/docs" },
    "skip-programs": { type: "boolean", default: false },
    serve: { type: "boolean", default: false },
    port: { type: "string", default: String(defaultPort) },
  },
  async run({ values: { out, ...flags } }) {
    const port = portFrom(flags.port);
    if (out === "") throw new CliError("--out takes a folder.");
    await expectReplaceable(out);

    // An exit removes what is half built.
    const interrupt = () => process.exit(130);
    process.once("SIGINT", interrupt);
    process.once("SIGTERM", interrupt);

    progress("Reading the document, the guide and the samples …");
    // Imported late: TypeDoc takes seconds to load, which --help and an option that is wrong need not wait for.
    const { checkPrograms, readSources, writeSite } = await import("./docs/build-site.js");
    const sources = await readSources();
    let programs = "";
    if (!flags["skip-programs"]) {
      progress("Running the samples against the mock …");
      const { count, skipped } = await checkPrograms(sources);
      if (skipped) console.error(`docs: not run: ${skipped}`);
      programs = `${count} programs type-checked and run against the mock, `;
    }
    progress("Building the pages …");
    const { links } = await replaceFolder(out, (aside) => writeSite(sources, aside));
    progress("");
    console.log(`${out}: ${await sizeOf(out)}\n${programs}${links} links followed`);
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    if (flags.serve) await show(out, port);
    return 0;
  },
});
