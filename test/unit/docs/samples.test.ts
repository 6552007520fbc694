import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Sample, withOwnSamples } from "../../../scripts/docs/samples.js";
import { CliError } from "../../../scripts/lib/cli-error.js";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "loke-samples-"));
});
afterEach(() => rm(root, { recursive: true }));

async function write(name: string, source: string): Promise<void> {
  await mkdir(join(root, "openapi/samples"), { recursive: true });
  await writeFile(join(root, "openapi/samples", name), source);
}

const made: Sample[] = ["b", "a"].flatMap((operationId) => [
  { operationId, language: "ts", place: "made", source: "made" },
  { operationId, language: "sh", place: "made", source: "made" },
]);

it("where there is no folder, the samples are those that are made", async () => {
  expect(await withOwnSamples(root, made)).toEqual(made);
});

it("a file stands in for the sample that is made, and for no other", async () => {
  await write("b.sh", "1");
  await write("a.ts", "2");
  const samples = await withOwnSamples(root, made);
  expect(samples.map(({ place, source }) => [place, source])).toEqual([
    ["made", "made"],
    ["openapi/samples/b.sh", "1"],
    ["openapi/samples/a.ts", "2"],
    ["made", "made"],
  ]);
});

it("each file that is a sample of nothing is named", async () => {
  for (const name of ["a.ts", "gone.ts", "a.js"]) await write(name, "");
  const error = await withOwnSamples(root, made).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CliError);
  expect((error as CliError).message.split("\n")).toEqual([
    "openapi/samples/a.js is a sample of no operation of the document.",
    "openapi/samples/gone.ts is a sample of no operation of the document.",
  ]);
});
