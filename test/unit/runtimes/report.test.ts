import { expect, test } from "vitest";
import { type Row, report } from "../../runtimes/runtime.js";

const ok = { name: "walks", ok: true, detail: "" };
const failed = { name: "stops", ok: false, detail: "it went on\n    at stop.js:1" };

const passed: Row = { id: "a", title: "A", version: "1.2", seconds: 1.26, results: [ok, ok] };
const notRun: Row = { id: "b", title: "B", seconds: 0, results: [], notRun: "no such thing here" };
const broken: Row = { id: "c", title: "C", version: "3", seconds: 2, results: [ok, failed] };

test("shows each runtime in a table of Markdown", () => {
  expect(report([passed, notRun, broken], []).table).toBe(
    [
      "| runtime | version | checks | seconds |",
      "| --- | --- | --- | --- |",
      "| A | 1.2 | all 2 passed | 1.3 |",
      "| B |  | not run |  |",
      "| C | 3 | **1 of 2 failed** | 2.0 |",
    ].join("\n"),
  );
});

test("tells each failed check with its detail, and why what was not run was not", () => {
  expect(report([passed, notRun, broken], []).complaints).toEqual([
    "failed on c: stops\nit went on\n    at stop.js:1",
    "not run: b: no such thing here",
  ]);
});

test.each([
  ["0 when every check passed", [passed], [], 0],
  ["0 when something was not run that nobody requires", [passed, notRun], ["a"], 0],
  ["1 when a check failed", [passed, broken], [], 1],
  ["1 when a check failed, also where something required was not run", [broken, notRun], ["b"], 1],
  ["2 when something required was not run", [passed, notRun], ["b"], 2],
  ["2 when nothing could be run", [notRun], [], 2],
] as const)("exits with %s", (_, rows, required, exitCode) => {
  expect(report(rows, required).exitCode).toBe(exitCode);
});

test("says of what was required that it was", () => {
  expect(report([passed, notRun], ["b"]).complaints).toEqual([
    "required, and not run: b: no such thing here",
  ]);
});
