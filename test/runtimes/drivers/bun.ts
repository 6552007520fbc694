import type { Job, Outcome } from "../runtime.js";
import { driveProcess, findBinary } from "./process.js";

export async function driveBun(job: Job, version: string): Promise<Outcome> {
  const folder = await job.install("bun", version);
  return driveProcess(job, {
    path: await findBinary(folder, "@oven", ["bin/bun", "bin/bun.exe"]),
    args: ["--no-install"],
    env: { DO_NOT_TRACK: "1", BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0" },
    // It has no way to forbid it.
    forbidsEval: false,
  });
}
