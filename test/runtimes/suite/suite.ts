import { auth, calls, drift, pace } from "./calls.js";
import { type Result, runChecks } from "./checks.js";
import { codeOfStrings, failures } from "./failures.js";
import { mock, walks } from "./walks.js";
import type { Inspect, World } from "./world.js";

/** Runs the whole suite. The same on every runtime, but for the one check that some have no way to pass. */
export async function runSuite(world: World, inspect: Inspect = String): Promise<Result[]> {
  const groups = [calls, walks, failures, auth, drift, pace, mock];
  return runChecks(world.forbidsEval ? [...groups, codeOfStrings] : groups, world, inspect);
}
