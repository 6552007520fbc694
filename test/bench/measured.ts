/** The process that is measured: it holds the client and what it is compared with, and runs one benchmark. */

import { oneCall, overlap, walk } from "./client.js";
import { command } from "./command.js";
import { drift } from "./drift.js";
import { heap } from "./heap.js";
import type { Benchmark } from "./measure.js";
import { pace, readShare } from "./pace.js";

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
