import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../../package/run.js";
import type { Job, Outcome } from "../runtime.js";
import { expectStart, guard, nodeOf } from "./process.js";

/** The suite as a test of Jest. */
export interface JestRun {
  /** Of the `jest` and `jest-environment-jsdom` to use. */
  readonly version: string;
  readonly nodeVersion: string;
  readonly environment: "node" | "jsdom";
  readonly format: "cjs" | "mjs";
}

/** Restores in jsdom what Jest takes away there: `fetch`, `Response`, Node's `AbortController` and others. */
const fixedJsdom = "jest-fixed-jsdom@0.0.11";

export async function driveJest(job: Job, jestRun: JestRun): Promise<Outcome> {
  const { environment, format, nodeVersion, version } = jestRun;
  const beside = [`jest-environment-jsdom@${version}`, fixedJsdom];
  const modules = join(await job.install("jest", version, beside), "node_modules");
  const environments = { node: "node", jsdom: join(modules, "jest-fixed-jsdom/index.js") };
  const results = await runTest(job, nodeVersion, [
    ...(format === "mjs" ? ["--experimental-vm-modules"] : []),
    join(modules, "jest/bin/jest.js"),
    ...["--rootDir", job.project, "--testMatch", `**/suite.test.${format}`],
    ...["--env", environments[environment], "--cacheDirectory", join(job.project, ".jest")],
    ..."--runInBand --ci --no-watchman".split(" "),
  ]);
  return { version: await versionOf(modules, "jest"), results };
}

/** The suite as a test of vitest. */
export interface VitestRun {
  /** Also the package that makes the environment. */
  readonly environment: "jsdom" | "happy-dom";
  /** Of that package. */
  readonly version: string;
  readonly nodeVersion: string;
  /** Leave out what needs the environment's own `fetch`. */
  readonly isMockOnly?: boolean;
}

/** The vitest that tests this project. */
const vitestVersion = "4.1.12";

export async function driveVitest(job: Job, vitestRun: VitestRun): Promise<Outcome> {
  const { environment, isMockOnly = false, nodeVersion, version } = vitestRun;
  const folder = await job.install(environment, version, [`vitest@${vitestVersion}`]);
  const modules = join(folder, "node_modules");
  const args = ["run", "suite.test.mjs", "--root", job.project, "--environment", environment];
  const vitest = [join(modules, "vitest/vitest.mjs"), ...args, "--globals"];
  const results = await runTest(job, nodeVersion, vitest, {
    // vitest looks for the environment in the project, too, and would offer to install it.
    VITEST_SKIP_INSTALL_CHECKS: "1",
    ...(isMockOnly && { SUITE_ONLY: "mock" }),
  });
  return { version: await versionOf(modules, environment), results };
}

/** Runs a runner of tests that must end by itself. */
async function runTest(
  job: Job,
  nodeVersion: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Outcome["results"]> {
  const { project: cwd, signal, urls } = job;
  const node = await nodeOf(job, nodeVersion);
  await expectStart(node, { cwd, signal });
  const resultsFile = join(cwd, "results.json");
  await rm(resultsFile, { force: true });
  const world = { ...urls, forbidsEval: false, hidesHeaders: false };
  const outcome = await run(node, ["--import", pathToFileURL(guard).href, ...args], {
    cwd,
    env: { ...env, SUITE_WORLD: JSON.stringify(world), SUITE_RESULTS: resultsFile },
    timeoutMs: 240_000,
    signal,
  });
  const { exitCode, stdout, stderr } = outcome;
  const said = `${exitCode}\n${stdout}\n${stderr}`;
  const text = await readFile(resultsFile, "utf8").catch(() => {
    throw new Error(`the suite did not come to its end: it ended with ${said}`);
  });
  const ok = exitCode === 0 && !/did not exit/.test(stderr);
  const name = "leaves nothing open: the run of the test ends by itself";
  return [...JSON.parse(text), { name, ok, detail: ok ? "" : said }];
}

async function versionOf(modules: string, name: string): Promise<string> {
  return JSON.parse(await readFile(join(modules, name, "package.json"), "utf8")).version;
}
