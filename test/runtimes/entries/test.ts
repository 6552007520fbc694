/**
 * Runs the suite in a test of Jest or vitest. `SUITE_WORLD` and `SUITE_RESULTS` of the environment say what to run and where
 * to write. With `SUITE_ONLY=mock` nothing is run that needs the `fetch` of the test environment.
 */
import { writeFileSync } from "node:fs";
import process from "node:process";
import { inspect } from "node:util";
import { fakeTimers, type Timers } from "../suite/fake-timers.js";
import { mock } from "../suite/mock.js";
import { runChecks } from "../suite/run-checks.js";
import { runSuite } from "../suite/suite.js";

/** What is used of Jest and vitest, of which this file imports nothing. Modules get `jest` in `import.meta`. */
declare const test: (name: string, body: () => Promise<void>, timeoutMs: number) => void;
declare const vi: Timers | undefined;
declare const jest: Timers | undefined;
const { jest: jestOfModule } = import.meta as { jest?: Timers };
const timers =
  typeof vi === "object" ? vi : typeof jest === "object" ? jest : (jestOfModule as Timers);

const limitMs = 200_000;

test(
  "suite",
  async () => {
    const { SUITE_ONLY, SUITE_RESULTS = "", SUITE_WORLD = "" } = process.env;
    const world = JSON.parse(SUITE_WORLD);
    const show = (value: unknown) => inspect(value, { depth: 10 });
    const results = [
      ...(SUITE_ONLY === "mock"
        ? await runChecks([mock], world, show)
        : await runSuite(world, show)),
      ...(await runChecks([fakeTimers(timers)], world, show)),
    ];
    writeFileSync(SUITE_RESULTS, JSON.stringify(results));
  },
  limitMs,
);
