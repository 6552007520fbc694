import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, constants, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installation } from "../../package/installation.js";
import { type ApiServer, customers, startApi } from "../api-server.js";
import { env, main, start } from "./command.js";

const execute = promisify(execFile);
const rows = customers(4_000);
let api: ApiServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-customers-process-"));
  api = await startApi({ rows, pageSize: 100 });
});
afterAll(async () => {
  await api?.close();
  await rm(folder, { recursive: true, force: true });
});

interface ShellOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/**
 * Runs a line of the shell, in which `loke` is the command.
 *
 * @param within - a program that starts the shell
 */
async function shell(line: string, ...within: string[]): Promise<ShellOutcome> {
  const loke = `loke() { "${process.execPath}" "${main}" "$@"; }`;
  const options = { env: { ...env, LOKE_BASE_URL: api.url }, cwd: folder, maxBuffer: 1 << 26 };
  const [program = "", ...args] = [...within, "bash", "-c", `${loke}\n${line}`];
  return execute(program, args, options).then(
    (outcome) => ({ ...outcome, code: 0 }),
    (error) => error,
  );
}

/** Where a process can mount a disk that no other sees, and that ends with it. */
const apart = ["unshare", "-rm"];

describe("the installed command", () => {
  test("is there by its name, and can be run", async () => {
    const path = join(installation().project, "node_modules/.bin/loke-customers");
    await access(path, constants.X_OK);
    const { stdout } = await execute(path, ["list-customers", "--mock", "2"], { env });
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  });

  test("writes the same into a pipe, a file and --output", async () => {
    const { stdout } = await shell("loke list-customers --format csv");
    await shell("loke list-customers --format csv > redirected.csv");
    await shell("loke list-customers --format csv -o written.csv");
    expect(stdout.split("\r\n")).toHaveLength(rows.length + 2);
    expect(await readFile(join(folder, "redirected.csv"), "utf8")).toBe(stdout);
    expect(await readFile(join(folder, "written.csv"), "utf8")).toBe(stdout);
  });
});

describe("a reader that goes away", () => {
  test.each(["ndjson", "csv", "json", "table"])(
    "ends it quietly, with 0, and stops the walk: %s",
    async (format) => {
      const before = api.requests.length;
      const result = await shell(
        `loke list-customers --format ${format} | head -3; echo "\${PIPESTATUS[0]}"`,
      );
      expect(result.stderr).toBe("");
      expect(result.stdout.trimEnd().split("\n")).toHaveLength(4);
      expect(result.stdout.trimEnd().endsWith("\n0")).toBe(true);
      expect(api.requests.length - before).toBeLessThan(rows.length / 100);
    },
  );

  test("ends it also where it was never there, and where the help goes", async () => {
    for (const argv of ["list-customers", "--help", "list-customers --help"]) {
      const { stdout, stderr } = await shell(`loke ${argv} | true; echo "\${PIPESTATUS[0]}"`);
      expect({ stdout, stderr }).toEqual({ stdout: "0\n", stderr: "" });
    }
  });

  test("a standard output that is full is said, with 2", async () => {
    const full = await shell("loke list-customers > /dev/full");
    expect(full).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        "Standard output cannot be written: the disk is full (ENOSPC).",
      ),
    });
  });
});

describe("a reader that waits", () => {
  test("holds the walk: no more than a pipe and a page or two are ahead of it", async () => {
    const before = api.requests.length;
    const child = spawn(process.execPath, [main, "list-customers", "--base-url", api.url], { env });
    await once(child.stdout, "readable");
    await quiet(() => api.requests.length);
    const asked = api.requests.length - before;
    expect(asked).toBeLessThan(30);
    // What was held comes whole.
    let text = "";
    for await (const chunk of child.stdout.setEncoding("utf8")) text += chunk;
    expect(text.trimEnd().split("\n")).toHaveLength(rows.length);
  });

  test("does not keep Ctrl-C from ending it: 130", async () => {
    const child = spawn(process.execPath, [main, "list-customers", "--base-url", api.url], { env });
    await once(child.stdout, "readable");
    await quiet(() => api.requests.length);
    child.kill("SIGINT");
    const [code] = await once(child, "exit");
    expect(code).toBe(130);
    child.stdout.destroy();
  });
});

test("SIGTERM ends it like Ctrl-C, with 143, and it can be gone on with", async () => {
  const path = join(folder, "terminated");
  const slow = await startApi({ rows, pageSize: 100, delayMs: () => 20 });
  const argv = ["list-customers", "--base-url", slow.url, "-o", path];
  const { child, ended } = start(argv);
  while (slow.requests.length < 8) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({
    code: 143,
    stderr: expect.stringMatching(/^Terminated\. .*--resume/),
  });
  expect((await start([...argv, "--resume"]).ended).code).toBe(0);
  expect((await readFile(path, "utf8")).trimEnd().split("\n")).toHaveLength(rows.length);
  await slow.close();
});

describe("a disk that is full", () => {
  test("is said, with 2; with room again the run goes on where it was", async ({ skip }) => {
    const disk = join(folder, "disk");
    const mount = `mkdir -p ${disk} && mount -t tmpfs -o size=256k tmpfs ${disk}`;
    if ((await shell(mount, ...apart)).code !== 0) {
      const reason =
        "this machine lets no test mount a small disk; output.test.ts has one that is made up";
      console.warn(`Skipped: ${reason}`);
      return skip(reason);
    }
    const list = `loke list-customers -o ${disk}/out`;
    const look = `echo $? >&2; ls ${disk} >&2`;
    const room = `mount -o remount,size=16m ${disk}`;
    const script = [mount, list, look, room, `${list} --resume`, look, `cat ${disk}/out`].join(
      "\n",
    );
    const { stdout, stderr } = await shell(script, ...apart);
    expect(stderr).toMatch(
      /out cannot be written: the disk is full \(ENOSPC\)\. [\d,]+ rows are kept: .*--resume/,
    );
    expect(stderr.split("\n").slice(1)).toEqual(["2", "out.part", "out.part.json", "0", "out", ""]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(rows.map(({ id }) => id));
  });

  test("a folder that is read-only is said before anything is asked for", async ({ skip }) => {
    const disk = join(folder, "read-only");
    const mount = `mkdir -p ${disk} && mount -t tmpfs -o ro tmpfs ${disk}`;
    if ((await shell(mount, ...apart)).code !== 0) {
      const reason = "this machine lets no test mount a read-only disk";
      console.warn(`Skipped: ${reason}`);
      return skip(reason);
    }
    const before = api.requests.length;
    const result = await shell(`${mount} && loke list-customers -o ${disk}/out`, ...apart);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining("read-only (EROFS)") });
    expect(api.requests.length).toBe(before);
  });
});

/** Resolves when a number has stopped to grow. */
async function quiet(count: () => number): Promise<void> {
  for (let same = 0, last = count(); same < 10; same += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (count() !== last) same = 0;
    last = count();
  }
}
