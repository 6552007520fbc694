import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const config = fileURLToPath(new URL("../redocly.yaml", import.meta.url));

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
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [cli, ...args, "--config", config],
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

/** Lints a document. Resolves to Redocly's report if there is something to mend. */
export async function lint(path: string): Promise<string | undefined> {
  const run = await redocly("lint", path);
  return run.code === 0 ? undefined : run.stdout.trim() || run.stderr.trim();
}

/** Bundles a document, whatever files it is spread over, into one JSON value. */
export async function bundle(path: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "loke-bundle-"));
  try {
    const output = join(folder, "openapi.json");
    const run = await redocly("bundle", path, "--output", output, "--ext", "json");
    if (run.code !== 0) throw new Error(`Redocly could not bundle ${path}:\n${run.stderr.trim()}`);
    return JSON.parse(await readFile(output, "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Compares two documents with `redocly diff`, which is experimental: the shape of what it gives is the caller's to
 * check. How it rates a change is left out of account.
 */
export async function diff(base: string, revision: string): Promise<unknown> {
  const run = await redocly("diff", base, revision, "--format", "json", "--fail-on", "none");
  if (run.code !== 0) throw new Error(`Redocly could not compare:\n${run.stderr.trim()}`);
  return JSON.parse(run.stdout);
}
