import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../package/install.js";
import { nodePackage } from "../npm-package.js";
import { runRecipes } from "../proxy/run-recipes.js";
import type { Job, Outcome } from "../runtime.js";
import { driveProcess } from "./process.js";

/** The packages with which the guide's recipes for proxies are tried. */
const undici = ["undici", "undici-8"].map((name) => join(root, "node_modules", name));

/** Ends a program that connects to another machine. */
export const guard: string = join(root, "test/package/programs/loopback-only.mjs");

export async function driveNode(job: Job, version: string): Promise<Outcome> {
  const path = await nodeOf(job, version);
  const outcome = await driveProcess(job, {
    path,
    args: ["--disallow-code-generation-from-strings", "--import", pathToFileURL(guard).href],
    forbidsEval: true,
  });
  const { project, signal } = job;
  const { version: nodeVersion } = outcome;
  const recipes = await runRecipes({ project, node: path, nodeVersion, undici, signal });
  return { ...outcome, results: [...outcome.results, ...recipes] };
}

/** The executable of a version of Node. */
export async function nodeOf(job: Pick<Job, "install">, version: string): Promise<string> {
  const name = nodePackage(process);
  const file = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  return join(await job.install(name, version), "node_modules", name, file);
}
