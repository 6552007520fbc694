/**
 * `npm run test:runtimes`: one suite of checks on every runtime that the package is for, from the packed tarball. The
 * suite is in `suite/`, the programs that run it in `entries/`, and what starts them here in `drivers/`. The servers are
 * in this process, for all runtimes alike.
 */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interruptSignal, runCommand } from "../../scripts/lib/command.js";
import { progress } from "../../scripts/lib/progress.js";
import { install, root } from "../package/install.js";
import { addPrograms, installPackage } from "./install.js";
import { type Job, type Row, type Runtime, report, runOne } from "./runtime.js";
import { choose, runtimes } from "./runtimes.js";

const usage = `Usage: npm run test:runtimes [-- options]

Packs the project, installs the tarball into an empty project, and runs one suite of checks there on each runtime.
Prints a table. The first time, npm downloads the runtimes (about 1 GB, unpacked).

  --only <a,b>     runs these: ${runtimes.map(({ id }) => id).join(", ")}
  --require <a,b>  fails if one of these cannot be run here; "all" is every one that is chosen
  --newest         the newest version of each, not the pinned one (Node 20 stays the oldest that is supported)
  --cache <dir>    where runtimes are kept; default: node_modules/.cache/runtimes
  -h, --help       shows this

CHROMIUM_PATH names the Chromium to use, if it is not on the PATH.
Exit code: 0 if every check passed that was run, 1 if one failed, 2 if nothing, or not all that is required, could be run.`;

await runCommand({
  name: "test:runtimes",
  usage,
  options: {
    only: { type: "string" },
    require: { type: "string" },
    newest: { type: "boolean", default: false },
    cache: { type: "string", default: join(root, "node_modules/.cache/runtimes") },
  },
  async run({ values: { cache, newest: isNewest, ...values } }) {
    const { chosen, required } = choose(values);
    const signal = interruptSignal();
    const folder = await mkdtemp(join(await realpath(tmpdir()), "loke-customers-runtimes-"));
    try {
      const rows = await runAll(
        runtimes.filter(({ id }) => chosen.includes(id)),
        { folder, cache, isNewest, signal },
      );
      const { table, complaints, exitCode } = report(rows, required);
      const stderr = complaints.map((complaint) => `\n${complaint}`).join("\n");
      return { exitCode, stdout: table, ...(stderr && { stderr }) };
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      progress("");
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  },
});

async function runAll(
  chosen: readonly Runtime[],
  {
    cache,
    folder,
    isNewest,
    signal,
  }: { cache: string; folder: string } & Pick<Job, "isNewest" | "signal">,
): Promise<Row[]> {
  progress("packing the project");
  const { project } = await install(folder, "fixture", signal).catch((error: Error) => {
    throw new Error(`the project cannot be packed and installed: ${error.message}`);
  });
  await addPrograms(project);
  const options = { cache, env: process.env, signal };
  const installRuntime: Job["install"] = (...what) => installPackage(options, ...what);
  const rows: Row[] = [];
  for (const runtime of chosen) {
    signal.throwIfAborted();
    progress(runtime.id);
    rows.push(await runOne(runtime, { project, isNewest, signal, install: installRuntime }));
  }
  signal.throwIfAborted();
  return rows;
}
