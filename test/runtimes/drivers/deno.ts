import { join } from "node:path";
import type { Job, Outcome } from "../runtime.js";
import { driveProcess, findBinary } from "./process.js";

export async function driveDeno(job: Job, version: string): Promise<Outcome> {
  const folder = await job.install("deno", version);
  return driveProcess(job, {
    path: await findBinary(folder, "@deno", ["deno", "deno.exe"]),
    args: [
      "run",
      ..."--no-remote --cached-only --no-lock --no-config --no-prompt --node-modules-dir=manual".split(
        " ",
      ),
      "--allow-net=127.0.0.1",
      "--v8-flags=--disallow-code-generation-from-strings",
    ],
    env: { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(job.project, ".deno") },
    forbidsEval: true,
  });
}
