import { execFile } from "node:child_process";
import { chmod, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const tsx = createRequire(import.meta.url).resolve("tsx/cli");
const script = fileURLToPath(new URL("../../scripts/signatures.ts", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "loke-customers-signatures-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the script with an `npm` that prints this. */
async function runWith(stdout: string, stderr = "") {
  const npm = join(folder, "npm");
  await writeFile(npm, `#!/bin/sh\nprintf '%s' '${stdout}'\nprintf '%s' '${stderr}' >&2\nexit 1\n`);
  await chmod(npm, 0o755);
  const env = { ...process.env, PATH: folder + delimiter + process.env.PATH };
  return new Promise((resolve) => {
    execFile(process.execPath, [tsx, script], { env }, (error, out, err) =>
      resolve({ exitCode: error?.code ?? 0, stdout: out, stderr: err }),
    );
  });
}

test("ends with 0 when npm finds all signatures valid", async () => {
  expect(await runWith('{"invalid":[],"missing":[]}')).toEqual({
    exitCode: 0,
    stdout: "All signatures are valid.\n",
    stderr: "",
  });
});

test("ends with 1 and names the packages whose signature is invalid or missing", async () => {
  const invalid = '[{"name":"left-pad","version":"1.0.0"}]';
  const missing = '[{"name":"right-pad","version":"2.0.0"}]';
  expect(await runWith(`{"invalid":${invalid},"missing":${missing}}`)).toEqual({
    exitCode: 1,
    stdout: "invalid signature: left-pad 1.0.0\nno signature: right-pad 2.0.0\n",
    stderr: "",
  });
});

test("ends with 2 and npm's code when the registry cannot be asked, without its address", async () => {
  const failed = {
    exitCode: 2,
    stdout: "",
    stderr: "signatures: not verified, npm gave no answer (ENOTFOUND).\n",
  };
  const words =
    "npm error code ENOTFOUND\nnpm error network request to https://registry.example failed";
  expect(await runWith("", words)).toEqual(failed);
  expect(
    await runWith('{"error":{"code":"ENOTFOUND","summary":"https://registry.example"}}'),
  ).toEqual(failed);
});
