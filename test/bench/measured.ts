/** The process that is measured: it holds the client and what it is compared with, and runs one benchmark. */
import { command } from "./command.js";
import { drift } from "./drift.js";
import { heap } from "./heap.js";
import { oneCall } from "./one-call.js";
import { overlap } from "./overlap.js";
import type { Benchmark } from "./result.js";
import { walk } from "./walk.js";

const benchmarks: Record<string, Benchmark> = {
  "one-call": oneCall,
  walk,
  overlap,
  heap,
  command,
  drift,
};

const [name = "", origin = "", length] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark === undefined) throw new Error(`There is no benchmark "${name}".`);
process.send?.(await benchmark({ origin, isQuick: length === "quick" }));
process.disconnect();
