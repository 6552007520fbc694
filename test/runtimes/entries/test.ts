/**
 * Runs the suite in a test of Jest or vitest. `SUITE_WORLD` and `SUITE_RESULTS` of the environment say what to run and where
 * to write. With `SUITE_ONLY=mock` nothing is run that needs the `fetch` of the test environment.
 */

import { writeFileSync } from "node:fs";
import process from "node:process";
import { inspect } from "node:util";
import { createClient } from "loke-customers";
import { createMockApi } from "loke-customers/testing";
import { expectEqual, runChecks } from "../suite/checks.js";
import { runSuite } from "../suite/suite.js";
import { mock } from "../suite/walks.js";
import type { Checks } from "../suite/world.js";

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

/** What Jest and vitest have in common of fake timers. */
export interface Timers {
  useFakeTimers(): unknown;
  useRealTimers(): unknown;
  advanceTimersByTimeAsync(delayMs: number): Promise<unknown>;
}

/** Fake timers replace the clock as well, each runner in its own way. */
export function fakeTimers(timers: Timers): Checks {
  return {
    async "waits and retries under fake timers, and ends at a deadline"() {
      // The limit of a check is a real timer, set when the check first waits.
      await Promise.resolve();
      timers.useFakeTimers();
      try {
        const retried = createMockApi({ customers: 3, faults: [{ status: 503 }] });
        expectEqual(await settled(timers, readFrom(retried)), "3 of 2 requests");
        const stalled = createMockApi({ customers: 3, faults: ["stall"] });
        const late = `took longer than deadlineMs, ${deadlineMs} ms`;
        const outcome = await settled(timers, readFrom(stalled));
        expectEqual(outcome.slice(-late.length), late);
      } finally {
        timers.useRealTimers();
      }
    },
  };
}

const deadlineMs = 20_000;

async function readFrom(api: ReturnType<typeof createMockApi>): Promise<string> {
  const loke = createClient({ fetch: api, accessToken: "any", deadlineMs });
  const list = loke.listCustomers({ organizationId: api.organizationId });
  return `${(await list.toArray({ limit: 10 })).length} of ${api.requests.length} requests`;
}

/** Moves time on until a promise is settled. Gives its value, or the message of its error. */
async function settled(timers: Timers, promise: Promise<string>): Promise<string> {
  let outcome: string | undefined;
  promise.then(
    (value) => {
      outcome = value;
    },
    (error: Error) => {
      outcome = error.message;
    },
  );
  for (let steps = 0; outcome === undefined && steps < 1_000; steps += 1) {
    await timers.advanceTimersByTimeAsync(100);
  }
  return outcome ?? "it is not settled";
}
