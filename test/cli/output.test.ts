import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from "vitest";
import { explain } from "../../src/cli/explain.js";
import { ConnectionError, PaginationError } from "../../src/index.js";
import { errorFacts } from "../unit/observed-fetch.js";
import { type ApiServer, customers, startApi } from "./api-server.js";
import { type RunOptions, runCli } from "./run-cli.js";

const rows = customers(50);
let api: ApiServer;
let folder: string;
let file: string;
/** The request from which on the server answers 400, which is not repeated; none if it is `undefined`. */
let failsFrom: number | undefined;
let count = 0;
let onRequest: () => void = () => {};

beforeAll(async () => {
  api = await startApi({
    rows,
    pageSize: 5,
    attend(_, response) {
      count += 1;
      onRequest();
      if (failsFrom === undefined || count < failsFrom) return false;
      response.writeHead(400, { "content-type": "application/json" }).end('{"code":"odd"}');
      return true;
    },
  });
});
afterAll(() => api.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-customers-cli-"));
  file = join(folder, "out");
  failsFrom = undefined;
  onRequest = () => {};
  count = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Lists what the server has, as these options say. */
const print = (argv: readonly string[] = [], options: RunOptions = {}) =>
  runCli(["list-customers", "--base-url", api.url, ...argv], options);
const list = (argv: readonly string[] = [], options: RunOptions = {}) =>
  print(["--output", file, ...argv], options);
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** What an undisturbed run prints. */
async function whole(argv: readonly string[] = []): Promise<string> {
  const { stdout } = await print(["--format", "ndjson", ...argv]);
  return stdout;
}

/** A run that fails at the page of that number. */
async function interrupt(page: number, argv: readonly string[] = []) {
  failsFrom = count + page;
  const result = await list(argv);
  failsFrom = undefined;
  return result;
}

describe("--output", () => {
  test("writes what standard output would get, which stays empty, and leaves nothing beside it", async () => {
    const result = await list();
    expect(result).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await readFile(file, "utf8")).toBe(await whole());
    expect(await readdir(folder)).toEqual(["out"]);
  });

  test("makes a file that its owner alone can read", async () => {
    await list();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await interrupt(4);
    for (const name of await readdir(folder)) {
      expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o600);
    }
  });

  test("leaves an older file until the new one is complete", async () => {
    await writeFile(file, "older");
    const { code, stderr } = await interrupt(4);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^BadRequestError: .*\(odd\).* 15 rows are kept: run the same command with --resume to continue\.\n$/,
    );
    expect(await readFile(file, "utf8")).toBe("older");
    await list();
    expect(await readFile(file, "utf8")).toBe(await whole());
  });

  test("leaves nothing where nothing could be gone on after", async () => {
    const { code, stderr } = await interrupt(1);
    expect(code).toBe(1);
    expect(stderr).not.toContain("--resume");
    expect(await readdir(folder)).toEqual([]);
  });

  test("writes through a link, and leaves the link", async () => {
    const target = join(folder, "target");
    await writeFile(target, "older");
    await symlink(target, file);
    await list(["--limit", "1"]);
    expect(await readFile(target, "utf8")).toBe(await whole(["--limit", "1"]));
    expect((await readdir(folder)).sort()).toEqual(["out", "target"]);
  });

  test("begins again without --resume, and says what it drops", async () => {
    await interrupt(4);
    expect(await list()).toMatchObject({
      code: 0,
      stderr:
        "This is a new run: 15 rows of an interrupted run were dropped. --resume would have kept them.\n",
    });
    expect(await readFile(file, "utf8")).toBe(await whole());
    expect(await readdir(folder)).toEqual(["out"]);
  });
});

describe("what cannot be written ends with 2 before anything is asked for", () => {
  test("a folder", async () => {
    await mkdir(file);
    expect(await list()).toMatchObject({ code: 2, stderr: expect.stringContaining("is a folder") });
    expect(count).toBe(0);
  });

  test("a file in a folder that is not there, or that is a file", async () => {
    await writeFile(join(folder, "plain"), "");
    const outputs = [join(folder, "none/out"), join(folder, "plain/out")];
    for (const output of outputs) {
      const result = await print(["--output", output]);
      expect(result).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("cannot be written"),
      });
    }
    expect(count).toBe(0);
  });

  test("a device", async () => {
    const result = await print(["-o", "/dev/null"]);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining("no regular file") });
    expect(count).toBe(0);
  });

  test("an open file, which would be replaced, and standard output by the name that others have for it", async () => {
    for (const output of ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-"]) {
      const result = await print(["-o", output]);
      expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining("Leave out") });
    }
    expect(count).toBe(0);
  });

  test("a file that another run writes", async () => {
    let second: Promise<unknown> | undefined;
    onRequest = () => {
      onRequest = () => {};
      second = list(["--resume"]);
    };
    expect(await list()).toMatchObject({ code: 0 });
    expect(await second).toMatchObject({ code: 2, stderr: expect.stringContaining("Another run") });
    expect(await readFile(file, "utf8")).toBe(await whole());
    expect(await readdir(folder)).toEqual(["out"]);
  });

  test("not one whose run was killed: its lock is taken over, and what it left goes", async () => {
    // No process has this ID: it is above the largest that systems give.
    const gone = { pid: 2 ** 30, host: hostname() };
    await writeFile(`${file}.part.lock`, JSON.stringify(gone));
    await writeFile(`${file}.part.lock.${gone.pid}.9b2a`, JSON.stringify(gone));
    expect(await list()).toMatchObject({ code: 0 });
    expect(await readdir(folder)).toEqual(["out"]);
  });

  test.runIf(process.platform === "linux")(
    "not one whose run was killed, and whose parent does not read its end",
    async () => {
      // The child ends after its parent has become a program that does not wait for it.
      const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 60"]);
      onTestFinished(() => void parent.kill());
      const [text] = await once(parent.stdout, "data");
      const zombie = { pid: Number(String(text)), host: hostname() };
      const stat = `/proc/${zombie.pid}/stat`;
      while (!/\) Z /.test(await readFile(stat, "utf8"))) await sleep(10);
      await writeFile(`${file}.part.lock`, JSON.stringify(zombie));
      expect(await list()).toMatchObject({ code: 0 });
    },
  );

  test("a lock that another machine left is named, and not taken", async () => {
    const lock = `${file}.part.lock`;
    await writeFile(lock, JSON.stringify({ pid: process.pid, host: "elsewhere.example" }));
    expect(await list()).toMatchObject({ code: 2, stderr: expect.stringContaining(lock) });
    await writeFile(lock, "not a lock");
    expect(await list()).toMatchObject({ code: 2, stderr: expect.stringContaining(lock) });
  });
});

describe("a disk that fills up", () => {
  test("is said, with 2; with room again the run goes on where it was", async () => {
    const probe = await open(join(folder, "probe"), "w");
    const prototype = Object.getPrototypeOf(probe);
    await probe.close();
    await rm(join(folder, "probe"));
    const { write } = prototype;
    let writes = 0;
    prototype.write = async function (
      buffer: Buffer,
      offset: number,
      _: unknown,
      position: number,
    ) {
      writes += 1;
      // A disk takes a part of what it has no room for.
      if (writes <= 6) return write.call(this, buffer, offset, undefined, position);
      if (writes === 7) return write.call(this, buffer, offset, 100, position);
      throw Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "write" });
    };
    const result = await list();
    prototype.write = write;
    expect(result).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/the disk is full \(ENOSPC\)\. \d+ rows are kept: /),
    });
    expect(await list(["--resume"])).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(await whole());
  });
});

describe("--resume", () => {
  const formats = [
    ["ndjson"],
    ["csv"],
    ["json"],
    ["csv", "--spreadsheet"],
    ["csv", "--fields", "id,email"],
  ];
  test.each(formats)("goes on with no row lost and none twice: %s %s %s", async (...format) => {
    const argv = ["--format", ...format];
    await interrupt(3, argv);
    await interrupt(5, [...argv, "--resume"]);
    const before = api.requests.length;
    expect(await list([...argv, "--resume"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(api.requests.length - before).toBe(10 - 2 - 4);
    const all = await print(argv);
    expect(await readFile(file, "utf8")).toBe(all.stdout);
    expect(await readdir(folder)).toEqual(["out"]);
  });

  test("goes on within the --limit of the whole", async () => {
    await interrupt(3, ["--limit", "23"]);
    expect(await list(["--limit", "23", "--resume"])).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(await whole(["--limit", "23"]));
  });

  test("begins, and says so, where there is nothing to go on with", async () => {
    const { code, stderr } = await list(["--resume"]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("nothing to resume"),
    });
    expect(await readFile(file, "utf8")).toBe(await whole());
    expect((await list(["--resume", "--quiet"])).stderr).toBe("");
  });

  test("drops rows that were written after the place was saved", async () => {
    await interrupt(4);
    await writeFile(`${file}.part`, "half a row".repeat(10_000), { flag: "a" });
    await list(["--resume"]);
    expect(await readFile(file, "utf8")).toBe(await whole());
  });

  test.each([
    ["other arguments", ["--sort", "created"]],
    ["another format", ["--format", "csv"]],
    ["other fields", ["--fields", "id"]],
    ["another limit", ["--limit", "7"]],
  ])("refuses %s, and keeps what is there", async (_, argv) => {
    await interrupt(4);
    const before = api.requests.length;
    const result = await list([...argv, "--resume"]);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining("other arguments") });
    expect(api.requests.length).toBe(before);
    expect(await list(["--resume"])).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(await whole());
  });

  test("refuses another command", async () => {
    await interrupt(4);
    const memberships = ["list-memberships", "--customer-id", "c", "--base-url", api.url];
    expect(await runCli([...memberships, "-o", file, "--resume"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("another command"),
    });
  });

  test.each([
    [
      "one that was changed",
      async () => change(`${file}.part`, (text) => text.replace("Nr. 1", "Nr. 7")),
    ],
    ["one that was cut", async () => change(`${file}.part`, (text) => text.slice(0, 20))],
    ["one that is gone", async () => rm(`${file}.part`)],
  ])("refuses rows that are not what was written: %s", async (_, spoil) => {
    await interrupt(4);
    await spoil();
    const result = await list(["--resume"]);
    expect(result).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no longer what was written"),
    });
  });

  test("refuses a place that is damaged, or that leads elsewhere", async () => {
    await interrupt(4);
    const state = `${file}.part.json`;
    const saved = await readFile(state, "utf8");
    await writeFile(state, saved.slice(0, 30));
    expect(await list(["--resume"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("damaged"),
    });
    await writeFile(state, saved.replace("/customers", "/elsewhere"));
    const before = api.requests.length;
    const refused = "is refused. Without --resume the run begins again.\n";
    expect(await list(["--resume"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`${refused}$`)),
    });
    expect(api.requests.length).toBe(before);
  });

  test("finishes a run that was ended after its last row, before or after FILE had its name", async () => {
    const state = `${file}.part.json`;
    const content = await whole();
    for (const name of [`${file}.part`, file]) {
      await interrupt(4);
      const { key } = JSON.parse(await readFile(state, "utf8"));
      const hash = createHash("sha256").update(content).digest("hex");
      const bytes = Buffer.byteLength(content);
      await writeFile(state, JSON.stringify({ key, rows: rows.length, bytes, hash }));
      await rm(`${file}.part`);
      await writeFile(name, content);
      const before = api.requests.length;
      expect(await list(["--resume"])).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(api.requests.length).toBe(before);
      expect(await readFile(file, "utf8")).toBe(content);
      expect(await readdir(folder)).toEqual(["out"]);
      await rm(file);
    }
  });
});

describe("Ctrl-C", () => {
  test("ends what is in flight, keeps the rows, says how to go on, 130", async () => {
    const keys = new EventEmitter();
    onRequest = () => {
      if (count === 5) keys.emit("SIGINT", "SIGINT");
    };
    const { code, stderr } = await list([], { keys });
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /^Interrupted\. \d+ rows are kept: run the same command with --resume to continue\.\n$/,
    );
    expect(await isThere(file)).toBe(false);
    expect(count).toBe(5);
    expect(await list(["--resume"])).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(await whole());
  });

  test("twice ends at once", async () => {
    const keys = new EventEmitter();
    onRequest = () => {
      if (count === 3) for (let time = 0; time < 2; time += 1) keys.emit("SIGINT", "SIGINT");
    };
    expect((await list([], { keys })).stderr).toContain("exit 130");
  });

  test("ends a run whose reader does not read", async () => {
    const keys = new EventEmitter();
    const result = await print([], {
      keys,
      onWrite() {
        setTimeout(() => keys.emit("SIGINT", "SIGINT"), 10);
        return new Promise(() => {});
      },
    });
    expect(result).toMatchObject({ code: 130, stderr: "Interrupted.\n" });
  });
});

async function change(path: string, by: (text: string) => string): Promise<void> {
  await writeFile(path, by(await readFile(path, "utf8")));
}

describe("without --format", () => {
  test.each([
    ["out.csv", "id,"],
    ["out.CSV", "id,"],
    ["out.json", "["],
    ["out.ndjson", "{"],
    ["out.jsonl", "{"],
    ["out.txt", "{"],
  ])("%s is what its ending says", async (name, beginning) => {
    const path = join(folder, name);
    await print(["--limit", "1", "-o", path]);
    expect((await readFile(path, "utf8")).slice(0, beginning.length)).toBe(beginning);
  });
});

test("an error tells of --resume, unless the API would lead to the same place again", () => {
  const failure = { command: "list-customers", output: "rows.csv", keptRows: 5 };
  const resume = "5 rows are kept: run the same command with --resume";
  const lost = new ConnectionError("x", { ...errorFacts, code: undefined });
  expect(explain(lost, failure).text).toContain(resume);
  const cycle = new PaginationError("x", { ...errorFacts, reason: "cycle" });
  expect(explain(cycle, failure).text).not.toContain("--resume");
});
