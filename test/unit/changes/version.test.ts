import { expect, test } from "vitest";
import type { Level } from "../../../scripts/changes/change.js";
import { nextVersion } from "../../../scripts/changes/change.js";

test.for<[version: string, levels: Level[], next: string | undefined]>([
  ["0.1.0", [], undefined],
  ["0.1.3", ["docs"], "0.1.4"],
  ["0.1.3", ["compatible", "docs"], "0.1.4"],
  ["0.1.3", ["risky"], "0.1.4"],
  ["0.1.3", ["breaking", "docs"], "0.2.0"],
  ["0.9.0", ["breaking"], "0.10.0"],
  ["1.2.3", ["docs"], "1.2.4"],
  ["1.2.3", ["docs", "compatible"], "1.3.0"],
  ["1.2.3", ["risky"], "1.3.0"],
  ["1.2.3", ["docs", "breaking"], "2.0.0"],
  ["10.20.30", ["docs"], "10.20.31"],
  ["1.0.0-beta.1", ["docs"], "1.0.1"],
  ["", ["breaking"], undefined],
  ["next", ["breaking"], undefined],
])("after %s, %o asks for %s", ([version, levels, next]) => {
  expect(
    nextVersion(
      version,
      levels.map((level) => ({ level })),
    ),
  ).toBe(next);
});
