import { driveBun } from "./drivers/bun.js";
import { driveChromium } from "./drivers/chromium.js";
import { driveDeno } from "./drivers/deno.js";
import { driveNode } from "./drivers/node.js";
import { driveWorkerd } from "./drivers/workerd.js";
import type { Job, Runtime } from "./runtime.js";

/**
 * The version that a runtime is tested with. It is pinned, so that a run today and one next year say the same of the
 * same code, and the README's table can be repeated; `--newest` takes what has come out since.
 */
const version = (pinned: string, newest: string) => (job: Job) => (job.isNewest ? newest : pinned);

// The oldest Node that is supported: `engines` in package.json.
const node20 = version("20.19.0", "20.19.0");
const node22 = version("22.23.3", "22");
const node24 = version("24.21.0", "24");
const nodeNewest = version("26.10.0", "latest");
const deno = version("2.9.6", "latest");
const bun = version("1.4.5", "latest");
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
    drive: (job) => driveWorkerd(job, miniflare(job)),
  },
  // Whichever this machine has: no package of npm brings a browser.
  { id: "chromium", title: "Chromium, page", drive: (job) => driveChromium(job, "page") },
  {
    id: "chromium-worker",
    title: "Chromium, worker",
    drive: (job) => driveChromium(job, "worker"),
  },
];
