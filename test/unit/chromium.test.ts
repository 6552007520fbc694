import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findChromium } from "../browser/chromium.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-chromium-"));
  for (const name of ["google-chrome", "mine"]) {
    await writeFile(join(folder, name), "#!/bin/sh\n");
    await chmod(join(folder, name), 0o755);
  }
});
afterAll(() => rm(folder, { recursive: true }));

it("Chromium is found on the path by its usual names, or where CHROMIUM_PATH says", () => {
  const PATH = ["/nowhere", folder].join(delimiter);
  expect(findChromium({ PATH })).toBe(join(folder, "google-chrome"));
  expect(findChromium({ PATH, CHROMIUM_PATH: join(folder, "mine") })).toBe(join(folder, "mine"));
  expect(findChromium({ PATH: "/nowhere" })).toBeUndefined();
  expect(findChromium({})).toBeUndefined();
  expect(() => findChromium({ PATH, CHROMIUM_PATH: "/nowhere/chromium" })).toThrow(
    "CHROMIUM_PATH names no program",
  );
});
