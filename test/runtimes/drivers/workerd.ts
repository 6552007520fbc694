import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Job, Outcome } from "../runtime.js";
import { nodeOf } from "./node.js";
import { expectStart, outcomeOf } from "./process.js";

/** A Node that miniflare supports, which the one that runs the tests need not be. */
const hostVersion = "24.21.0";

export async function driveWorkerd(job: Job, version: string): Promise<Outcome> {
  const { install, project, signal, urls } = job;
  const node = await nodeOf(job, hostVersion);
  await expectStart(node, { cwd: project, signal });
  const modules = join(await install("miniflare", version), "node_modules");
  const outcome = await outcomeOf(
    node,
    [
      join(project, "miniflare.js"),
      join(modules, "miniflare/dist/src/index.js"),
      join(project, "bundled/workerd.js"),
      JSON.stringify({ ...urls, forbidsEval: true, hidesHeaders: false }),
    ],
    { cwd: project, env: { WRANGLER_SEND_METRICS: "false" }, signal },
  );
  const workerd = JSON.parse(await readFile(join(modules, "workerd/package.json"), "utf8"));
  return { ...outcome, version: workerd.version };
}
