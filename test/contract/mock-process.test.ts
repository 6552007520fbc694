import { type ChildProcess, spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { outcomeOf } from "../../scripts/lib/command.js";
import { mockCommand } from "../../scripts/mock/command.js";
import { startMock } from "../../scripts/mock/start-mock.js";
import { fixturePath } from "../fixture/document.js";

describe("startMock", () => {
  it("listens until it is stopped, also twice, and lets go of a signal that never aborts", async () => {
    const { signal } = new AbortController();
    const mock = await startMock({ document: fixturePath, signal });
    expect((await fetch(mock.url)).status).toBe(404);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await Promise.all([mock.stop(), mock.stop()]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await mock.stop();
    await expect(fetch(mock.url)).rejects.toThrow("fetch failed");
  });

  it("stops when its signal aborts after the start", async () => {
    const controller = new AbortController();
    const mock = await startMock({ document: fixturePath, signal: controller.signal });
    controller.abort();
    await expect(fetch(mock.url)).rejects.toThrow("fetch failed");
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it.each([0, 20])("gives up when its signal aborts %i ms into the start", async (delayMs) => {
    const controller = new AbortController();
    const { signal } = controller;
    setTimeout(() => controller.abort(new Error("not needed")), delayMs);
    const outcome = await startMock({ document: fixturePath, signal }).catch(String);
    // On a quick machine it has started by then, and is stopped.
    if (typeof outcome === "string") expect(outcome).toBe("Error: not needed");
    else {
      if (!signal.aborted) await once(signal, "abort");
      await expect(fetch(outcome.url)).rejects.toThrow("fetch failed");
    }
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("npm run mock", () => {
  const script = fileURLToPath(new URL("../../scripts/mock.ts", import.meta.url));
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill("SIGKILL");
  });

  it.each(["SIGINT", "SIGTERM"] as const)("answers until %s, and ends well", async (signal) => {
    const child = spawn(process.execPath, ["--import", "tsx", script, "--port", "0"]);
    started.push(child);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const exit = once(child, "close");
    let url = "";
    for await (const line of createInterface({ input: child.stdout })) {
      url ||= /\bat (http:\S+)/.exec(line)?.[1] ?? "";
      if (line.startsWith("Ctrl-C")) break;
    }
    expect((await fetch(url)).status).toBe(404);
    child.kill(signal);
    expect([await exit, stderr]).toEqual([[0, null], ""]);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it.each([
    [["4011"], "mock: Unexpected argument '4011' (--help shows the options)"],
    [
      ["--port", "many"],
      'mock: --port takes a number from 0 to 65535, not "many" (--help shows the options)',
    ],
  ])("refuses %j, with exit code 2", async (args, stderr) => {
    expect(await outcomeOf(mockCommand, args)).toEqual({ exitCode: 2, stderr });
  });

  it("names a port that is taken, and what to do, with exit code 2", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const stderr = `mock: Port ${port} of 127.0.0.1 is taken. Stop what listens there, or choose another port.`;
    expect(await outcomeOf(mockCommand, ["--port", `${port}`])).toEqual({ exitCode: 2, stderr });
    server.close();
  });

  it("shows its options", async () => {
    const { exitCode, stdout } = await outcomeOf(mockCommand, ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("--port <number>");
  });
});
