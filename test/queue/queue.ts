/**
 * `npm run test:queue`: kills workers in the middle of their walks, and looks whether a row is lost or repeated.
 *
 * It installs the packed project in a copy of `example/`, and runs that with a Redis of its own.
 */
import { rmSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CliError, exitCodes } from "../../scripts/lib/cli-error.js";
import { runCommand } from "../../scripts/lib/command.js";
import { progress } from "../../scripts/lib/progress.js";
import { installExample } from "./install.js";
import { checkRedis } from "./redis.js";
import { type Scenario, scenarios } from "./scenarios.js";
import { setStage } from "./stage.js";

const usage = `Usage: npm run test:queue -- [options]

Runs the example of test/queue/example with a real queue, kills its workers, and looks at what they have stored.
Needs redis-server, and the npm registry for what the example needs. Takes about two minutes.

  --only <text>  runs what has this text in its title
  -h, --help     shows this

Exit code: 0 if all is well, 1 if not, 2 if it could not run.`;

await runCommand({
  name: "test:queue",
  usage,
  options: { only: { type: "string", default: "" } },
  async run({ values: { only } }) {
    // What is running ends with this process: see endWithUs.
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        progress("");
        console.error(`test:queue: ended by ${signal}`);
        process.exit(exitCodes.couldNotRun);
      });
    }
    const chosen = scenarios.filter(({ title }) => title.includes(only));
    if (chosen.length === 0) throw new CliError(`no title has "${only}" in it`);
    await checkRedis();
    const folder = await mkdtemp(join(await realpath(tmpdir()), "loke-queue-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
    const example = await install(folder);
    let failed = 0;
    for (const [index, scenario] of chosen.entries()) {
      progress(`${index + 1} of ${chosen.length}: ${scenario.title}`);
      const failure = await play(scenario, example, join(folder, `stage-${index}`));
      progress("");
      console.log(`${failure === undefined ? "ok    " : "FAILED"} ${scenario.title}`);
      if (failure === undefined) continue;
      failed += 1;
      console.error(failure);
    }
    console.log(`${chosen.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : exitCodes.no;
  },
});

async function install(folder: string): Promise<string> {
  try {
    return await installExample(folder, progress);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new CliError(`the example could not be installed: ${reason}`, { cause });
  }
}

/** @returns what went wrong */
async function play(
  { run }: Scenario,
  example: string,
  folder: string,
): Promise<string | undefined> {
  const stage = await setStage(example, folder);
  try {
    await run(stage);
    return undefined;
  } catch (error) {
    if (error instanceof CliError) throw error;
    return `${error instanceof Error ? error.stack : error}\n${stage.output()}`;
  } finally {
    await stage.clear();
  }
}
