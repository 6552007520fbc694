import { openSite } from "./site.js";
import type { Result } from "./suite/checks.js";
import type { World } from "./suite/world.js";

/** One of the places where the suite runs. */
export interface Runtime {
  /** What `--only` and `--require` call it. */
  readonly id: string;
  /** What the table calls it. */
  readonly title: string;
  /** @throws {NotRun} if this machine cannot run it */
  readonly drive: (job: Job) => Promise<Outcome>;
}

/** What a runtime gets to run. */
export interface Job {
  /** A project in which the packed tarball is installed, and the programs of `entries/` beside it. */
  readonly project: string;
  readonly urls: Pick<World, "apiUrl" | "strangerUrl" | "issuerUrl" | "refusedUrl">;
  /** Gives the folder in which a package of npm is installed, and others beside it. */
  readonly install: (name: string, version: string, beside?: readonly string[]) => Promise<string>;
  /** Take the newest version rather than the pinned one. */
  readonly isNewest: boolean;
  readonly signal: AbortSignal;
}

/** What came of one run. */
export interface Outcome {
  /** What the runtime itself says that it is. */
  readonly version: string;
  readonly results: readonly Result[];
}

/** This machine cannot run a runtime: it is neither passed nor failed. */
export class NotRun extends Error {
  override readonly name = "NotRun";
}

/** Runs the suite on one runtime, against servers of its own. Whatever goes wrong is in the row. */
export async function runOne(
  { id, title, drive }: Runtime,
  { install, ...job }: Omit<Job, "urls">,
): Promise<Row> {
  const site = await openSite();
  let startedAt = performance.now();
  const row = (facts: Partial<Row>): Row => {
    const seconds = (performance.now() - startedAt) / 1_000;
    return { id, title, seconds, results: [], ...facts };
  };
  try {
    const { version, results } = await drive({
      ...job,
      urls: site.urls,
      async install(...what) {
        const folder = await install(...what);
        // A download tells nothing about the runtime.
        startedAt = performance.now();
        return folder;
      },
    });
    if (results.length === 0) throw new Error("the suite has run no check");
    return row({ version, results });
  } catch (error) {
    job.signal.throwIfAborted();
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof NotRun) return row({ notRun: detail });
    return row({ results: [{ name: "runs the suite to its end", ok: false, detail }] });
  } finally {
    await site.close();
  }
}

/** What came of one runtime, as the table shows it. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly seconds: number;
  /** What the runtime says it is; absent where it did not get that far. */
  readonly version?: string;
  readonly results: readonly Result[];
  /** Why it was not run, if it was not. */
  readonly notRun?: string;
}

export interface Report {
  /** The table, in Markdown. */
  readonly table: string;
  /** What a person has to look at: failed checks, and what was not run. */
  readonly complaints: readonly string[];
  readonly exitCode: 0 | 1 | 2;
}

/** Judges a run: a failed check is a "no"; what was not run is never a "yes". */
export function report(rows: readonly Row[], required: readonly string[]): Report {
  const failures = rows.flatMap(({ id, results }) =>
    results
      .filter(({ ok }) => !ok)
      .map(({ name, detail }) => `failed on ${id}: ${name}\n${detail}`),
  );
  const absent = rows.flatMap(({ id, notRun }) => {
    if (notRun === undefined) return [];
    return `${required.includes(id) ? "required, and not run" : "not run"}: ${id}: ${notRun}`;
  });
  const ran = rows.filter(({ notRun }) => notRun === undefined);
  const isMissing = rows.some(({ id, notRun }) => notRun !== undefined && required.includes(id));
  return {
    table: table(rows),
    complaints: [...failures, ...absent],
    exitCode: failures.length > 0 ? 1 : ran.length === 0 || isMissing ? 2 : 0,
  };
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ title, version = "", seconds, results, notRun }) => {
    const passed = results.filter(({ ok }) => ok).length;
    const isPassed = passed === results.length;
    const checks = isPassed
      ? `all ${passed} passed`
      : `**${results.length - passed} of ${results.length} failed**`;
    const cells =
      notRun === undefined ? [version, checks, seconds.toFixed(1)] : ["", "not run", ""];
    return `| ${[title, ...cells].join(" | ")} |`;
  });
  return ["| runtime | version | checks | seconds |", "| --- | --- | --- | --- |", ...lines].join(
    "\n",
  );
}
