import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Exception, exceptionsFile, readExceptions } from "./exceptions.js";

const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const config = fileURLToPath(new URL("../../redocly.yaml", import.meta.url));

/** What a run of Redocly printed, and the code it ended with. */
export interface RedoclyRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the pinned Redocly CLI with the project's rules.
 *
 * It is told not to look for a newer version of itself: on a terminal it would ask the registry.
 */
export function redocly(...args: string[]): Promise<RedoclyRun> {
  return run([...args, "--config", config]);
}

function run(args: string[]): Promise<RedoclyRun> {
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [cli, ...args],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code === "number") resolve({ code, stdout, stderr: withoutNotice(stderr) });
        else reject(error);
      },
    );
  });
}

/** Without the notice, in a frame, that support for this Node ends: no setting turns it off, and it hides what is said. */
function withoutNotice(text: string): string {
  return text.replaceAll(/^\s*[╔║╚].*\n/gm, "");
}

/** What lint says of a document. */
export interface LintResult {
  /** 0 clean, 1 problems, 2 could not run. */
  readonly code: number;
  readonly report: string;
  /** The exceptions that no problem needs any more. */
  readonly stale: readonly Exception[];
}

/**
 * Lints a document of the project, by its path from the project's folder, which is the working directory. Redocly names no
 * exception that is left over, so it lints without any, and once more for its report if a problem is not excepted.
 */
export async function lint(path: string): Promise<LintResult> {
  const text = await readFile(new URL(`../../${exceptionsFile}`, import.meta.url), "utf8");
  const exceptions = readExceptions(text);
  const problems = await problemsWithoutExceptions(path);
  const isNeeded = (one: Exception) => problems?.some((problem) => isExcepted(problem, one));
  const stale = problems ? exceptions.filter((one) => !isNeeded(one)) : [];
  if (problems?.every((problem) => exceptions.some((one) => isExcepted(problem, one)))) {
    const report = `${path} is valid. Problems that ${exceptionsFile} excepts: ${problems.length}.`;
    return { code: 0, report, stale };
  }
  const { code, stdout, stderr } = await redocly("lint", path);
  return { code, report: stdout.trim() || stderr.trim(), stale };
}

function isExcepted({ ruleId, location: [place] }: LintProblem, exception: Exception): boolean {
  const { document, pointer, rule } = exception;
  return ruleId === rule && place.pointer === pointer && place.source.ref === document;
}

/** Undefined for a document that does not parse. */
async function problemsWithoutExceptions(path: string): Promise<LintProblem[] | undefined> {
  return inTemporaryFolder(async (folder) => {
    // Exceptions are looked for beside the configuration.
    const bare = join(folder, "redocly.yaml");
    await writeFile(bare, JSON.stringify({ telemetry: "off", extends: [config] }));
    const output = ["--format", "json", "--max-problems", "100000"];
    const { stdout } = await run(["lint", path, ...output, "--config", bare]);
    return stdout.startsWith("{") ? JSON.parse(stdout).problems : undefined;
  });
}

interface LintProblem {
  readonly ruleId: string;
  readonly location: readonly [{ readonly source: { ref: string }; readonly pointer: string }];
}

/** Bundles a document, whatever files it is spread over, into one JSON value. */
export async function bundle(path: string): Promise<unknown> {
  return inTemporaryFolder(async (folder) => {
    const output = join(folder, "openapi.json");
    const run = await redocly("bundle", path, "--output", output, "--ext", "json");
    if (run.code !== 0) throw new Error(`Redocly could not bundle ${path}:\n${run.stderr.trim()}`);
    return JSON.parse(await readFile(output, "utf8"));
  });
}

async function inTemporaryFolder<Result>(
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "loke-redocly-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
