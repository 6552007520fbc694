import { type ChildProcess, spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { startMock } from "../../scripts/mock/start-mock.js";
import { fixturePath } from "../fixture/document.js";

/** Prism takes a second to start, and many when the machine is busy. */
const startMs = 90_000;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

/** A port that something listens on for as long as `use` takes. */
async function withTakenPort(use: (port: number) => Promise<void>): Promise<void> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await use((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

describe("startMock", { timeout: startMs }, () => {
  it("ends its process, also when stopped twice, and lets go of a signal that never aborts", async () => {
    const { signal } = new AbortController();
    const mock = await startMock({ document: fixturePath, signal });
    expect(isRunning(mock.pid)).toBe(true);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await Promise.all([mock.stop(), mock.stop()]);
    expect(isRunning(mock.pid)).toBe(false);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await mock.stop();
    await expect(fetch(mock.url)).rejects.toThrow("fetch failed");
  });

  it("says when Prism has ended by itself, and can be stopped then", async () => {
    const mock = await startMock({ document: fixturePath });
    process.kill(mock.pid);
    expect(await mock.ended).toContain("Prism is listening");
    await mock.stop();
    expect(isRunning(mock.pid)).toBe(false);
  });

  it("stops when its signal aborts after the start", async () => {
    const controller = new AbortController();
    const mock = await startMock({ document: fixturePath, signal: controller.signal });
    controller.abort();
    await mock.ended;
    expect(isRunning(mock.pid)).toBe(false);
  });

  it.each([0, 300])("gives up when its signal aborts %i ms into the start", async (delayMs) => {
    const controller = new AbortController();
    const starting = startMock({ document: fixturePath, signal: controller.signal });
    setTimeout(() => controller.abort(new Error("not needed")), delayMs);
    await expect(starting).rejects.toThrow("not needed");
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("names a port that is taken, and what to do", async () => {
    await withTakenPort((port) =>
      expect(startMock({ document: fixturePath, port })).rejects.toMatchObject({
        name: "CliError",
        exitCode: 2,
        message: `Port ${port} of 127.0.0.1 is taken. Stop what listens there, or choose another port.`,
      }),
    );
  });
});

describe("npm run mock", { timeout: startMs }, () => {
  const script = fileURLToPath(new URL("../../scripts/mock.ts", import.meta.url));
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill("SIGKILL");
  });

  function run(...args: string[]) {
    const child = spawn(process.execPath, ["--import", "tsx", script, ...args]);
    started.push(child);
    const printed = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      printed.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      printed.stderr += chunk;
    });
    const exit = once(child, "close").then(([code, signal]) => ({ code, signal, ...printed }));
    return { child, exit };
  }

  /** Resolves when it says that it is ready, with the address it names. */
  async function runUntilReady() {
    const { child, exit } = run("--port", "0");
    let url = "";
    for await (const line of createInterface({ input: child.stdout })) {
      url ||= /\bat (http:\S+)/.exec(line)?.[1] ?? "";
      if (line.startsWith("Ctrl-C")) break;
    }
    expect((await fetch(url)).status).toBe(404);
    return { child, exit, url };
  }

  it.each(["SIGINT", "SIGTERM"] as const)("ends well on %s, and Prism with it", async (signal) => {
    const { child, exit, url } = await runUntilReady();
    child.kill(signal);
    expect(await exit).toMatchObject({ code: 0, signal: null, stderr: "" });
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("takes Prism with it even when it is killed", async () => {
    const { child, exit, url } = await runUntilReady();
    child.kill("SIGKILL");
    await exit;
    // A bare connection: a request would make Prism write to the broken pipe, and die of that.
    await expect.poll(() => accepts(Number(new URL(url).port)), { timeout: 10_000 }).toBe(false);
  });

  it.each([
    [["4011"], "mock: Unexpected argument '4011' (--help shows the options)\n"],
    [
      ["--port", "many"],
      'mock: --port takes a number from 0 to 65535, not "many" (--help shows the options)\n',
    ],
  ])("refuses %j in one line, with exit code 2", async (args, stderr) => {
    expect(await run(...args).exit).toMatchObject({ code: 2, stdout: "", stderr });
  });

  it("refuses a port that is taken in one line, with exit code 2", async () => {
    await withTakenPort(async (port) => {
      const { code, stdout, stderr } = await run("--port", String(port)).exit;
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^mock: Port \d+ of 127\.0\.0\.1 is taken\. [^\n]+\n$/);
    });
  });

  it("shows its options", async () => {
    const { code, stdout } = await run("--help").exit;
    expect(code).toBe(0);
    expect(stdout).toContain("--port <number>");
  });
});
