import type { Result } from "./suite/run-checks.js";

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
