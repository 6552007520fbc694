/** Packs the project and installs the tarball into an empty project, for tests of the package as its users have it. */
import { rmSync } from "node:fs";
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { placeFixture } from "../fixture/place.js";
import { succeed } from "./run.js";

/** The document that the packed project has. */
export type DocumentKind = "real" | "fixture";

export interface Installation {
  /** The folder that was packed: the project as a clone has it, and then built. */
  clone: string;
  /** The packed project. */
  tarball: string;
  /** A project that has installed it, and `@types/node`, which no test needs to use. */
  project: string;
  /** The package in that project: the unpacked tarball. */
  installed: string;
}

/** What there is to test, or why there is nothing. */
export type InstallOutcome = Installation | { readonly error: string };

declare module "vitest" {
  export interface ProvidedContext {
    /** The file that gets the `InstallOutcome`. For tests to read with `installation()`. */
    installationFile: string;
  }
}

export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** What is not in a fresh clone, and need not be copied. */
const notCloned = ["node_modules", ".git", "dist", "coverage", ".tmp"];

/** A module that `src/` once had: what a build has left in `dist/` must not be published by the next. */
const leftBehind = "dist/src/left-behind.js";

/**
 * Returns a vitest `globalSetup` that installs the package once for all tests of a project. Tests of other projects run
 * meanwhile, so it does not wait for the outcome: `installation()` does. An error here would end the run of every project,
 * so it is an outcome, too.
 */
export function setupInstallation(document: DocumentKind) {
  return async ({ provide }: TestProject): Promise<() => Promise<void>> => {
    const folder = await mkdtemp(join(await realpath(tmpdir()), "loke-customers-package-"));
    // Also when the tests are interrupted, and vitest does not get to what this function returns.
    const removeAtOnce = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", removeAtOnce);
    const file = join(folder, "installation.json");
    provide("installationFile", file);
    const ending = new AbortController();
    const installed = install(folder, document, ending.signal)
      .catch(({ message }: Error) => ({ error: message }))
      .then((outcome) => writeOutcome(file, outcome));
    return async () => {
      // Tests that need no installation can be through before it is.
      ending.abort();
      await installed;
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      process.off("exit", removeAtOnce);
    };
  };
}

/** Renames the file into place, so that no test reads half of it. */
async function writeOutcome(file: string, outcome: InstallOutcome): Promise<void> {
  await writeFile(`${file}.part`, JSON.stringify(outcome));
  await rename(`${file}.part`, file);
}

/** Packs a copy of the project and installs the tarball, all below a folder that exists. */
export async function install(
  folder: string,
  document: DocumentKind,
  signal?: AbortSignal,
): Promise<Installation> {
  const npm = npmRunner(folder, signal);
  const clone = join(folder, "clone");
  await cloneProject(clone);
  if (document === "fixture") await placeFixture(clone);
  const packed = join(folder, "packed");
  await mkdir(packed);
  await npm(["pack", "--pack-destination", packed], clone);
  // What npm prints depends on its version.
  const [name] = await readdir(packed);
  if (name === undefined) throw new Error("npm pack has left no tarball.");
  const tarball = join(packed, name);

  const project = join(folder, "project");
  await mkdir(project);
  const manifest = { name: "a-users-project", private: true, type: "module" };
  await writeFile(join(project, "package.json"), JSON.stringify(manifest));
  // What the tarball needs is copied from here, since the registry is out of reach.
  const needed = await withDependencies(["@types/node", ...(await dependencies(root))]);
  const what = [tarball, ...needed.map(moduleFolder)];
  await npm(["install", "--ignore-scripts", "--install-links", ...what], project);
  return { clone, tarball, project, installed: join(project, "node_modules/loke-customers") };
}

/** The project as a clone would have it, so that `prepack` has to build, and what others do here is no matter. */
async function cloneProject(clone: string): Promise<void> {
  await cp(root, clone, {
    recursive: true,
    filter: (path) => !notCloned.includes(relative(root, path)) && !path.endsWith(".tgz"),
  });
  await symlink(join(root, "node_modules"), join(clone, "node_modules"), "junction");
  await mkdir(dirname(join(clone, leftBehind)), { recursive: true });
  await writeFile(join(clone, leftBehind), "export {};\n");
}

type Npm = (args: string[], cwd: string) => Promise<unknown>;

/** The npm that runs the tests, offline, with an empty cache and no settings of the user's. */
function npmRunner(folder: string, signal?: AbortSignal): Npm {
  const script = process.env.npm_execpath ?? "";
  const isNpm = basename(script) === "npm-cli.js";
  const [command, ...first] = isNpm ? [process.execPath, script] : ["npm"];
  const env = {
    npm_config_offline: "true",
    npm_config_cache: join(folder, "npm-cache"),
    npm_config_userconfig: join(folder, "npmrc"),
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
  const options = { env, timeoutMs: 240_000, ...(signal && { signal }) };
  return (args, cwd) => succeed(command, [...first, ...args], { ...options, cwd });
}

/** Packages, what they depend on, and so on: the names of all. */
async function withDependencies(names: string[]): Promise<string[]> {
  const all = new Set(names);
  for (const name of all) {
    for (const dependency of await dependencies(moduleFolder(name))) all.add(dependency);
  }
  return [...all];
}

async function dependencies(folder: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return Object.keys(manifest.dependencies ?? {});
}

function moduleFolder(name: string): string {
  return join(root, "node_modules", name);
}
