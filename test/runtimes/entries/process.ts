/** Runs the suite in Node, Deno and Bun: `process.js WORLD`. Prints one line of JSON, and ends when nothing is left to do. */
import { createRequire } from "node:module";
import process from "node:process";
import { setTimeout } from "node:timers";
import { inspect } from "node:util";
import { LokeError } from "loke-customers";
import { expectTrue, runChecks } from "../suite/checks.js";
import { runSuite } from "../suite/suite.js";
import type { World } from "../suite/world.js";

const world: World = JSON.parse(process.argv[2] ?? "");
const results = [
  ...(await runSuite(world, (value) => inspect(value, { depth: 10 }))),
  ...(await runChecks(
    [{ "gives require the same classes as import": requireTheSame }],
    world,
    String,
  )),
];
const { bun, deno, node } = process.versions;
process.stdout.write(`${JSON.stringify({ version: bun ?? deno ?? node, results })}\n`);

// A timer or connection that the client has left behind keeps the process alive, and this one sees it.
setTimeout(() => {
  process.stderr.write("the process does not end: something is left open\n");
  process.exit(3);
}, 5_000).unref();

async function requireTheSame(): Promise<void> {
  const required = createRequire(import.meta.url)("loke-customers");
  expectTrue(required.LokeError === LokeError, "there is one LokeError");
}
