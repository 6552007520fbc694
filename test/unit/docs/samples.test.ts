import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CheckFailed } from "../../../scripts/docs/check-failed.js";
import { readSamples } from "../../../scripts/docs/samples.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-samples-"));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, source: string) => writeFile(join(folder, name), source);

it("each operation has a sample in TypeScript, and then one for curl", async () => {
  await Promise.all([
    write("b.ts", "1"),
    write("b.sh", "2"),
    write("a.ts", "3"),
    write("a.sh", "4"),
  ]);
  const samples = await readSamples(folder, ["b", "a"]);
  expect(
    samples.map(({ operationId, language, source }) => [operationId, language, source]),
  ).toEqual([
    ["b", "ts", "1"],
    ["b", "sh", "2"],
    ["a", "ts", "3"],
    ["a", "sh", "4"],
  ]);
});

it("each sample that is missing is named, and each file that is a sample of nothing", async () => {
  await Promise.all([write("a.ts", ""), write("gone.ts", ""), write("a.js", "")]);
  const error = await readSamples(folder, ["a", "b"]).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CheckFailed);
  expect((error as CheckFailed).problems).toEqual([
    expect.stringContaining(`${join(folder, "a.sh")} is missing`),
    expect.stringContaining(`${join(folder, "b.ts")} is missing`),
    expect.stringContaining(`${join(folder, "b.sh")} is missing`),
    expect.stringContaining(`${join(folder, "a.js")} is a sample of no operation`),
    expect.stringContaining(`${join(folder, "gone.ts")} is a sample of no operation`),
  ]);
});

it("one that is missing is enough to be refused", async () => {
  await write("a.ts", "");
  await expect(readSamples(folder, ["a"])).rejects.toThrow("a.sh is missing");
});
