/** The process that is measured: it holds the client and what it is compared with, and runs one benchmark. */
import { command } from "./command.js";
import { drift } from "./drift.js";
import { heap } from "./heap.js";
import { oneCall } from "./one-call.js";
import { overlap } from "./overlap.js";
import { pace, readShare } from "./pace.js";
import type { Benchmark } from "./result.js";
import { walk } from "./walk.js";

const benchmarks: Record<string, Benchmark> = {
  "one-call": oneCall,
  walk,
  overlap,
  heap,
  command,
  drift,
  pace,
};

const [name = "", origin = "", length = "", picture] = process.argv.slice(2);
if (name === "pace-share") await readShare(origin, length);
else {
  const benchmark = benchmarks[name];
  if (benchmark === undefined) throw new Error(`There is no benchmark "${name}".`);
  process.send?.(
    await benchmark({ origin, isQuick: length === "quick", ...(picture && { picture }) }),
  );
}
process.disconnect();
