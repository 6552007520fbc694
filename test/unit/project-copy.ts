import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { placeFixture } from "../fixture/place.js";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** Runs TypeScript in the process that is started; the command `tsx` would start another. */
const tsx = ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href];

/** What `npm run generate` reads and writes. */
const needed = [
  "package.json",
  "openapi",
  "scripts",
  "src",
  "generated",
  "redocly.yaml",
  ".redocly.lint-ignore.yaml",
  "tsconfig.json",
];

export interface Outcome {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** As much of the project as it takes to generate, in a folder of its own. */
export interface ProjectCopy {
  readonly folder: string;
  /** Where its programs put temporary files. */
  readonly temporary: string;
  /** Runs one of its programs, from another working directory than its own. */
  run(script: string, ...args: string[]): Promise<Outcome>;
  /** Runs one from the copy's folder, as npm does. */
  runInside(script: string, ...args: string[]): Promise<Outcome>;
  remove(): Promise<void>;
}

/**
 * Copies the project, with the fixture document in place of the real one; `more` are files and folders besides those it
 * takes to generate.
 */
export async function copyProject(...more: string[]): Promise<ProjectCopy> {
  const copy = await copyRealProject(...more);
  await placeFixture(copy.folder);
  return copy;
}

/** The same with the real document, for tests in `test/document/`. */
export async function copyRealProject(...more: string[]): Promise<ProjectCopy> {
  const base = await mkdtemp(join(await realpath(tmpdir()), "loke-customers-copy-"));
  const folder = join(base, "project");
  const temporary = join(base, "temporary");
  await mkdir(temporary);
  for (const name of [...needed, ...more]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return {
    folder,
    temporary,
    run: (script, ...args) => runScript(join(folder, script), args, temporary, temporary),
    runInside: (script, ...args) => runScript(join(folder, script), args, temporary, folder),
    remove: () => rm(base, { recursive: true, force: true }),
  };
}

function runScript(path: string, args: string[], temporary: string, cwd: string): Promise<Outcome> {
  const { FORCE_COLOR, NODE_OPTIONS, ...inherited } = process.env;
  const env = {
    ...inherited,
    NO_COLOR: "1",
    // Redocly keeps its compiled code in the folder for temporary files, from Node 22 on.
    NODE_DISABLE_COMPILE_CACHE: "1",
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  };
  return new Promise((resolve, reject) => {
    const options = { cwd, env, timeout: 200_000 };
    const loader = path.endsWith(".ts") ? tsx : [];
    execFile(process.execPath, [...loader, path, ...args], options, (error, stdout, stderr) => {
      const exitCode = error ? error.code : 0;
      if (typeof exitCode === "number") resolve({ exitCode, stdout, stderr });
      else reject(error);
    });
  });
}

/** Every file below a folder, with what is in it. */
export async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = paths
    .sort()
    .map(async (path) => [path.slice(folder.length + 1), await readFile(path, "latin1")]);
  return Object.fromEntries(await Promise.all(files));
}
