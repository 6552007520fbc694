import { mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../package/install.js";
import { run } from "../../package/run.js";
import type { Result } from "../suite/run-checks.js";
import { type Recipe, readRecipes } from "./recipes.js";
import { startProxy } from "./start-proxy.js";

export interface RecipeRun {
  /** A project in which the packed tarball is installed. */
  readonly project: string;
  /** The Node to use, and its version. */
  readonly node: string;
  readonly nodeVersion: string;
  /** The packages of undici to try. Those that do not support this Node are left out. */
  readonly undici: readonly string[];
  readonly signal?: AbortSignal;
}

/** Runs the guide's recipes for proxies, each that is meant for this Node with each undici. */
export async function runRecipes(recipeRun: RecipeRun): Promise<Result[]> {
  const { nodeVersion, undici } = recipeRun;
  const fitting = await fittingPackages(undici, nodeVersion);
  const results: Result[] = [];
  for (const recipe of await readRecipes()) {
    if (!recipe.needsUndici) {
      if (readsProxyVariables(nodeVersion)) results.push(await runRecipe(recipeRun, recipe));
      continue;
    }
    for (const one of fitting) results.push(await runRecipe(recipeRun, recipe, one));
  }
  return results;
}

interface Undici {
  readonly folder: string;
  readonly version: string;
}

async function runRecipe(
  { node, project, signal }: RecipeRun,
  recipe: Recipe,
  undici?: Undici,
): Promise<Result> {
  const folder = await mkdtemp(join(project, "proxy-"));
  const program = join(folder, "program.mjs");
  await writeFile(program, recipe.code);
  if (undici) {
    await mkdir(join(folder, "node_modules"));
    await symlink(undici.folder, join(folder, "node_modules/undici"), "junction");
  }
  const proxy = await startProxy();
  try {
    // It ends a program that connects to another machine, which is one that goes past the proxy.
    const guard = pathToFileURL(join(root, "test/package/programs/loopback-only.mjs")).href;
    const { exitCode, stdout, stderr } = await run(node, ["--import", guard, program], {
      cwd: folder,
      env: {
        ...recipe.env,
        HTTPS_PROXY: proxy.url,
        NODE_TLS_REJECT_UNAUTHORIZED: "0",
        LOKE_ACCESS_TOKEN: "token",
        LOKE_ORGANIZATION_ID: "org",
      },
      ...(signal && { signal }),
    });
    const { connections, requests } = proxy;
    const host = await apiHost(project);
    const isSent = requests.length > 0 && requests.every((one) => one.endsWith(" Bearer token"));
    const isProxied = connections.length > 0 && connections.every((one) => one === `${host}:443`);
    const ok = exitCode === 0 && isSent && isProxied;
    const said = JSON.stringify({ exitCode, connections, requests, stdout, stderr });
    const using = undici ? `, with undici ${undici.version}` : "";
    const name = `goes through a proxy as the guide says: ${recipe.name}${using}`;
    return { name, ok, detail: ok ? "" : said };
  } finally {
    await proxy.close();
  }
}

async function apiHost(project: string): Promise<string> {
  const document = join(project, "node_modules/loke-customers/generated/openapi.json");
  const { servers } = JSON.parse(await readFile(document, "utf8"));
  return new URL(servers[0].url).host;
}

async function fittingPackages(folders: readonly string[], nodeVersion: string): Promise<Undici[]> {
  const packages = await Promise.all(
    folders.map(async (folder) => {
      const { engines, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      const least: string = engines.node.replace(/^>=/, "");
      return { folder, version, fits: isAtLeast(nodeVersion, least) };
    }),
  );
  return packages.filter(({ fits }) => fits);
}

/** Node's own `fetch` reads `HTTPS_PROXY` since 22.21 and 24.0, if `NODE_USE_ENV_PROXY` says so. */
function readsProxyVariables(nodeVersion: string): boolean {
  return isAtLeast(nodeVersion, "24.0.0") || /^22\.(2[1-9]|[3-9]\d)\./.test(nodeVersion);
}

/** @param least - such as `22.19.0` */
function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, "en", { numeric: true }) >= 0;
}
