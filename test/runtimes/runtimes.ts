import { CliError } from "../../scripts/lib/cli-error.js";
import { driveChromium } from "./drivers/chromium.js";
import { driveBun, driveDeno, driveNode, driveWorkerd } from "./drivers/process.js";
import { driveJest, driveVitest, type JestRun, type VitestRun } from "./drivers/test-runner.js";
import type { Job, Runtime } from "./runtime.js";

/**
 * The version that a runtime is tested with. It is pinned, so that a run today and one next year say the same of the
 * same code, and the guide's table can be repeated; `--newest` takes what has come out since.
 */
const version = (pinned: string, newest: string) => (job: Job) => (job.isNewest ? newest : pinned);

/** The oldest Node that is supported: `engines` in package.json. */
const oldestNode = "20.19.0";
/** The Node that hosts what is no runtime of its own. */
const hostNode = "24.21.0";
const node20 = version(oldestNode, oldestNode);
const node22 = version("22.23.3", "22");
const node24 = version(hostNode, "24");
const nodeNewest = version("26.10.0", "latest");
const deno = version("2.9.6", "latest");
const bun = version("1.4.5", "latest");
// A next major version of Jest would be one more row.
const jest29 = version("29.7.0", "29");
const jest30 = version("30.5.2", "30");
const jsdom = version("31.0.1", "latest");
const happyDom = version("21.0.4", "latest");
const miniflare = version("4.20260730.0", "latest");

/** Everywhere the suite runs, in the order of the table. */
export const runtimes: readonly Runtime[] = [
  { id: "node-20", title: "Node 20, the oldest", drive: (job) => driveNode(job, node20(job)) },
  { id: "node-22", title: "Node 22", drive: (job) => driveNode(job, node22(job)) },
  { id: "node-24", title: "Node 24", drive: (job) => driveNode(job, node24(job)) },
  { id: "node-newest", title: "Node, the newest", drive: (job) => driveNode(job, nodeNewest(job)) },
  { id: "deno", title: "Deno", drive: (job) => driveDeno(job, deno(job)) },
  { id: "bun", title: "Bun", drive: (job) => driveBun(job, bun(job)) },
  {
    id: "workerd",
    title: "workerd (miniflare)",
    drive: (job) => driveWorkerd(job, miniflare(job), hostNode),
  },
  // Whichever this machine has: no package of npm brings a browser.
  { id: "chromium", title: "Chromium, page", drive: (job) => driveChromium(job, "page") },
  {
    id: "chromium-worker",
    title: "Chromium, worker",
    drive: (job) => driveChromium(job, "worker"),
  },
  jest("jest-29", "Jest 29, `require`", jest29, { nodeVersion: oldestNode }),
  jest("jest-29-jsdom", "Jest 29, `require`, jsdom", jest29, {
    nodeVersion: oldestNode,
    environment: "jsdom",
  }),
  jest("jest-30", "Jest 30, `require`", jest30),
  jest("jest-30-modules", "Jest 30, ESM", jest30, { format: "mjs" }),
  jest("jest-30-jsdom", "Jest 30, `require`, jsdom", jest30, { environment: "jsdom" }),
  jest("jest-30-jsdom-modules", "Jest 30, ESM, jsdom", jest30, {
    environment: "jsdom",
    format: "mjs",
  }),
  vitest("vitest-jsdom", "vitest, jsdom", jsdom, { environment: "jsdom" }),
  // Its own `fetch` fails two checks: it throws where nobody can catch when a body is cancelled (21.0.4).
  vitest("vitest-happy-dom", "vitest, happy-dom, the mock alone", happyDom, {
    environment: "happy-dom",
    isMockOnly: true,
  }),
];

function jest(
  id: string,
  title: string,
  versionOf: (job: Job) => string,
  settings: Partial<JestRun> = {},
): Runtime {
  const defaults = { nodeVersion: hostNode, environment: "node", format: "cjs" } as const;
  return {
    id,
    title,
    drive: (job) => driveJest(job, { ...defaults, ...settings, version: versionOf(job) }),
  };
}

function vitest(
  id: string,
  title: string,
  versionOf: (job: Job) => string,
  settings: Omit<VitestRun, "nodeVersion" | "version">,
): Runtime {
  const drive = (job: Job) =>
    driveVitest(job, { ...settings, nodeVersion: hostNode, version: versionOf(job) });
  return { id, title, drive };
}

/** The IDs of the runtimes to run, and of those that must run. */
export interface Choice {
  readonly chosen: readonly string[];
  readonly required: readonly string[];
}

/**
 * Reads the options `--only` and `--require`.
 *
 * @throws {CliError} that says what is wrong with them
 */
export function choose(
  { only, require = "" }: { only?: string | undefined; require?: string | undefined },
  ids: readonly string[] = runtimes.map(({ id }) => id),
): Choice {
  const list = (text: string) => {
    const names = text.split(",").filter((name) => name !== "");
    const unknown = names.find((name) => !ids.includes(name));
    if (unknown !== undefined) {
      throw new CliError(`there is no runtime "${unknown}"; there are ${ids.join(", ")}`);
    }
    return ids.filter((id) => names.includes(id));
  };
  const chosen = only === undefined ? ids : list(only);
  const required = require === "all" ? chosen : list(require);
  if (chosen.length === 0) throw new CliError("--only names no runtime");
  const left = required.find((id) => !chosen.includes(id));
  if (left !== undefined) throw new CliError(`--require names "${left}", which --only leaves out`);
  return { chosen, required };
}
