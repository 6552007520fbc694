import { describe, expect, onTestFinished, test } from "vitest";
import {
  type Job,
  NotRun,
  type Outcome,
  type Row,
  report,
  runOne,
} from "../../runtimes/runtime.js";
import { openSite } from "../../runtimes/site.js";
import { control } from "../../runtimes/suite/world.js";

const ok = { name: "walks", ok: true, detail: "" };
const job = {
  project: "",
  install: async (name: string, version: string) => `${name}@${version}`,
  isNewest: false,
  signal: new AbortController().signal,
};

function row(drive: (job: Job) => Promise<Outcome>, given: Partial<typeof job> = {}) {
  return runOne({ id: "a", title: "A", drive }, { ...job, ...given });
}

describe("a run", () => {
  test("has the version and results that the runtime gives", async () => {
    expect(await row(async () => ({ version: "1.2", results: [ok] }))).toMatchObject({
      id: "a",
      title: "A",
      version: "1.2",
      results: [ok],
    });
  });

  test("is not run, and has no result, where the runtime cannot be had", async () => {
    const refused = await row(async () => {
      throw new NotRun("no such thing here");
    });
    expect(refused).toMatchObject({ notRun: "no such thing here", results: [] });
  });

  test("fails when the runtime breaks down", async () => {
    const broken = await row(async () => {
      throw new Error("it ended with 139");
    });
    expect(broken.notRun).toBeUndefined();
    expect(broken.results).toEqual([
      { name: "runs the suite to its end", ok: false, detail: "it ended with 139" },
    ]);
  });

  test("fails when no check was run", async () => {
    const { results } = await row(async () => ({ version: "1", results: [] }));
    expect(results).toMatchObject([{ ok: false, detail: "the suite has run no check" }]);
  });

  test("ends with the reason when it is interrupted", async () => {
    const stop = new AbortController();
    const interrupted = row(
      async () => {
        stop.abort(new Error("ended by SIGINT"));
        throw new Error("killed");
      },
      { signal: stop.signal },
    );
    await expect(interrupted).rejects.toThrow("ended by SIGINT");
  });

  test("gives the runtime servers, and closes them", async () => {
    let url = "";
    await row(async ({ urls }) => {
      url = urls.apiUrl + control.requests;
      expect(await (await fetch(url)).json()).toEqual([]);
      return { version: "1", results: [ok] };
    });
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe("the servers", () => {
  async function open(waitMs?: number) {
    const site = await openSite(waitMs);
    onTestFinished(() => site.close());
    return site.urls;
  }

  test("tell what they were asked for, but not what they were asked about that", async () => {
    const { apiUrl } = await open();
    const headers = { authorization: "Bearer token" };
    await fetch(`${apiUrl}/organizations/get/customers`, { method: "OPTIONS" });
    await (await fetch(`${apiUrl}/organizations/loop/customers`, { headers })).text();
    expect(await (await fetch(apiUrl + control.requests)).json()).toEqual([
      { method: "GET", target: "/organizations/loop/customers", authorization: "Bearer token" },
    ]);
  });

  const silent = "/organizations/left/customers?after=2";

  const about = (apiUrl: string, path: string) =>
    fetch(`${apiUrl}${path}?target=${encodeURIComponent(silent)}`);

  test("say so when a request does not come", async () => {
    const { apiUrl } = await open(20);
    const response = await about(apiUrl, control.seen);
    expect(response.status).toBe(504);
    expect(await response.text()).toBe(`${silent}: not /control/seen in time`);
  });

  test("say so when a client does not hang up", async () => {
    const { apiUrl } = await open(20);
    const request = fetch(apiUrl + silent);
    expect((await about(apiUrl, control.hungUp)).status).toBe(504);
    request.catch(() => {}); // Cut off when the servers are closed.
  });

  test("see a request come, and the client hang up", async () => {
    const { apiUrl } = await open();
    const stop = new AbortController();
    const request = fetch(apiUrl + silent, { signal: stop.signal });
    expect((await about(apiUrl, control.seen)).status).toBe(200);
    const told = about(apiUrl, control.hungUp);
    stop.abort();
    await expect(request).rejects.toThrow();
    expect((await told).status).toBe(200);
  });

  test("let scripts of other origins in, and hide the paging header where a check wants it hidden", async () => {
    const { apiUrl } = await open();
    const exposed = async (organizationId: string) => {
      const url = `${apiUrl}/organizations/${organizationId}/customers`;
      const preflight = await fetch(url, { method: "OPTIONS" });
      expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
      expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization");
      const response = await fetch(url);
      await response.body?.cancel();
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      return response.headers.get("access-control-expose-headers");
    };
    expect(await exposed("walk")).toContain("X-Next-Page");
    expect(await exposed("hidden")).toBeNull();
  });

  test("leave a port on which nobody listens", async () => {
    const { refusedUrl } = await open();
    const error = await fetch(refusedUrl).catch((error: Error) => error.cause);
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
  });
});

describe("the report", () => {
  const failed = { name: "stops", ok: false, detail: "it went on\n    at stop.js:1" };

  const passed: Row = { id: "a", title: "A", version: "1.2", seconds: 1.26, results: [ok, ok] };
  const notRun: Row = {
    id: "b",
    title: "B",
    seconds: 0,
    results: [],
    notRun: "no such thing here",
  };
  const broken: Row = { id: "c", title: "C", version: "3", seconds: 2, results: [ok, failed] };

  test("shows each runtime in a table of Markdown", () => {
    expect(report([passed, notRun, broken], []).table).toBe(
      [
        "| runtime | version | checks | seconds |",
        "| --- | --- | --- | --- |",
        "| A | 1.2 | all 2 passed | 1.3 |",
        "| B |  | not run |  |",
        "| C | 3 | **1 of 2 failed** | 2.0 |",
      ].join("\n"),
    );
  });

  test("tells each failed check with its detail, and why what was not run was not", () => {
    expect(report([passed, notRun, broken], []).complaints).toEqual([
      "failed on c: stops\nit went on\n    at stop.js:1",
      "not run: b: no such thing here",
    ]);
  });

  test.each([
    ["0 when every check passed", [passed], [], 0],
    ["0 when something was not run that nobody requires", [passed, notRun], ["a"], 0],
    ["1 when a check failed", [passed, broken], [], 1],
    [
      "1 when a check failed, also where something required was not run",
      [broken, notRun],
      ["b"],
      1,
    ],
    ["2 when something required was not run", [passed, notRun], ["b"], 2],
    ["2 when nothing could be run", [notRun], [], 2],
  ] as const)("exits with %s", (_, rows, required, exitCode) => {
    expect(report(rows, required).exitCode).toBe(exitCode);
  });

  test("says of what was required that it was", () => {
    expect(report([passed, notRun], ["b"]).complaints).toEqual([
      "required, and not run: b: no such thing here",
    ]);
  });
});
