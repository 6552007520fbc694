import { mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { codeBlocks } from "../document/code-blocks.js";
import { listen } from "../listen.js";
import { root } from "../package/install.js";
import { run } from "../package/run.js";
import type { Result } from "./suite/checks.js";

/** A program of the guide that goes through a proxy. */
export interface Recipe {
  /** Such as `line 510`. */
  readonly name: string;
  /** As the guide has it. */
  readonly source: string;
  /** The same as JavaScript. */
  readonly code: string;
  /** Whether it imports undici. */
  readonly needsUndici: boolean;
  /** Set besides `HTTPS_PROXY`. */
  readonly env: Readonly<Record<string, string>>;
}

const page = "scripts/docs/guide/proxies.md";
const heading = "## Behind a proxy";

/**
 * Returns the programs of the guide's section on proxies, and the first program of the README with the variable that
 * the section names.
 */
export async function readRecipes(): Promise<Recipe[]> {
  const markdown = await readFile(join(root, page), "utf8");
  const [before = "", rest] = markdown.split(`\n${heading}\n`);
  if (rest === undefined) throw new Error(`${page} has no "${heading}".`);
  const [section = ""] = rest.split(/^#{2,3} /m);
  const [variable] = /\bNODE_USE_ENV_PROXY=1\b/.exec(section) ?? [];
  const [first] = codeBlocks(await readFile(join(root, "README.md"), "utf8"));
  const blocks = codeBlocks(section).map((block) => ({
    ...block,
    line: before.split("\n").length + 1 + block.line,
  }));
  if (blocks.length === 0 || first === undefined || variable === undefined)
    throw new Error(`"${heading}" of ${page} lacks a program or NODE_USE_ENV_PROXY=1.`);
  const [name = "", value = ""] = variable.split("=");
  return Promise.all([
    ...blocks.map(({ code, line }) => toRecipe(`line ${line}`, code, {})),
    toRecipe(variable, first.code, { [name]: value }),
  ]);
}

async function toRecipe(name: string, source: string, env: Recipe["env"]): Promise<Recipe> {
  const { code } = await transform(source, { loader: "ts", format: "esm", target: "esnext" });
  return { name, source, code, needsUndici: /\bfrom ["']undici["']/.test(code), env };
}

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

/** A proxy on loopback, as companies have them, and the one server that it leads to. */
export interface Proxy {
  readonly url: string;
  /** What the proxy was asked to connect to, such as `api.example.com:443`. */
  readonly connections: readonly string[];
  /** What came out of it, such as `GET /path Bearer token`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts a proxy that knows `CONNECT` alone, and connects whatever it is asked for to a server on loopback, which answers with
 * a list of one. Its certificate is nobody's: programs run with `NODE_TLS_REJECT_UNAUTHORIZED=0`.
 */
export async function startProxy(): Promise<Proxy> {
  const connections: string[] = [];
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // A program that has ended is no error of the proxy's.
    socket.on("error", () => socket.destroy());
  };

  const pem = await readFile(new URL("proxy.pem", import.meta.url));
  const api = await listen(
    createTlsServer({ key: pem, cert: pem }, ({ headers, method, url }, response) => {
      requests.push(`${method} ${url} ${headers.authorization}`);
      response.writeHead(200, { "content-type": "application/json" }).end('[{"id":"1"}]');
    }),
  );

  const proxy = createServer((_, response) => void response.writeHead(501).end());
  proxy.on("connect", ({ url = "" }, client: Socket, head: Buffer) => {
    connections.push(url);
    const upstream = connect(api.port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    keep(client);
    keep(upstream);
  });
  const { close, url } = await listen(proxy);

  return {
    url,
    connections,
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([api.close(), close()]);
    },
  };
}
