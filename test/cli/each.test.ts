import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ApiServer, startApi } from "./api-server.js";
import { runCli } from "./run-cli.js";

let api: ApiServer;
let folder: string;
/** Answers in place of the usual. */
let attend: (customer: string, response: ServerResponse) => boolean;
let inFlight = 0;
let mostInFlight = 0;

beforeEach(async () => {
  attend = () => false;
  inFlight = 0;
  mostInFlight = 0;
  folder = await mkdtemp(join(tmpdir(), "loke-each-"));
  api = await startApi({
    rows: [],
    pageSize: 1,
    attend(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
      const [, customer = ""] = /customers\/([^/]+)/.exec(pathname) ?? [];
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      response.once("close", () => {
        inFlight -= 1;
      });
      if (attend(customer, response)) return true;
      const isList = pathname.endsWith("/memberships");
      const isFirst = !searchParams.has("after");
      const id = `${customer}-${isFirst ? 1 : 2}`;
      const link = isList && isFirst ? { "x-next-page": `${pathname}?after=2` } : {};
      // The later the customer, the sooner the answer.
      setTimeout(
        () => {
          response.writeHead(200, { "content-type": "application/json", ...link });
          response.end(JSON.stringify(isList ? [{ id }] : { id: customer, firstName: "F" }));
        },
        Math.max(0, 30 - Number(customer.slice(1))),
      );
      return true;
    },
  });
});

afterEach(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

function each(args: readonly string[], stdin: string) {
  return runCli([...args, "--base-url", api.url, "--each", "customer-id"], { stdin });
}

const ids = (count: number) => Array.from({ length: count }, (_, number) => `c${number}`);
const rowsOf = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("--each", () => {
  test("writes the rows of each value, in the order of the input, with the value first", async () => {
    const { code, stderr, stdout } = await each(["list-memberships"], ids(20).join("\n"));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.startsWith('{"customerId":"c0","id":"c0-1"}\n')).toBe(true);
    const expected = ids(20).flatMap((customerId) => [
      { customerId, id: `${customerId}-1` },
      { customerId, id: `${customerId}-2` },
    ]);
    expect(rowsOf(stdout)).toEqual(expected);
    expect(mostInFlight).toBeGreaterThan(1);
  });

  test.each([
    ["a header", "id\nc1\n", 1],
    ["a header of the parameter", "customerId\nc1\n", 1],
    ["several cells", "c1\nc2,ada@example.com\n", 2],
    ["a quoted cell", '"c1"\n', 1],
  ])("refuses CSV, which would be taken for IDs: %s", async (_, input, line) => {
    expect(await each(["get-customer"], input)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `Line ${line} of standard input looks like CSV: give one customer-id a line, or NDJSON.\n`,
    });
  });

  test("reads lines of JSON with the parameter or an id, and leaves empty lines out", async () => {
    const input = '{"customerId":"c1"}\n\n  c2  \r\n{"id":"c3","email":"ada@example.com"}\n';
    const { stdout } = await each(["get-customer"], input);
    expect(rowsOf(stdout).map(({ customerId, id }) => [customerId, id])).toEqual([
      ["c1", "c1"],
      ["c2", "c2"],
      ["c3", "c3"],
    ]);
  });

  test("has the value as the first column of csv, also with --fields", async () => {
    const args = ["get-customer", "--format", "csv", "--fields", "firstName"];
    const { stdout } = await each(args, "c1\nc2\n");
    expect(stdout.split("\r\n")).toEqual(["customerId,firstName", "c1,F", "c2,F", ""]);
  });

  test("counts what is not found, goes on, and ends with 1", async () => {
    attend = (customer, response) => {
      if (customer !== "c1" && customer !== "c3") return false;
      response.writeHead(404).end();
      return true;
    };
    const { code, stderr, stdout } = await each(["get-customer"], ids(5).join("\n"));
    expect(code).toBe(1);
    expect(stderr).toBe("Values of --each that were not found: 2 of 5.\n");
    expect(rowsOf(stdout).map(({ id }) => id)).toEqual(["c0", "c2", "c4"]);
  });

  test("waits together after a 429, and all succeed", async () => {
    const seen = new Map<string, number>();
    attend = (customer, response) => {
      const times = (seen.get(customer) ?? 0) + 1;
      seen.set(customer, times);
      if (times > 1 || Number(customer.slice(1)) % 5 > 0) return false;
      response.writeHead(429, { "retry-after": "0.05" }).end();
      return true;
    };
    const { code, stdout } = await each(["get-customer"], ids(12).join("\n"));
    expect(code).toBe(0);
    expect(rowsOf(stdout).map(({ id }) => id)).toEqual(ids(12));
  });

  test("goes on with --resume where another error ended it, with no row lost or repeated", async () => {
    const file = join(folder, "memberships.ndjson");
    const args = ["list-memberships", "--output", file];
    let isBroken = true;
    attend = (customer, response) => {
      if (customer === "c1") {
        response.writeHead(404).end();
        return true;
      }
      if (!isBroken || customer !== "c30") return false;
      response.writeHead(403).end();
      return true;
    };
    const first = await each(args, ids(60).join("\n"));
    expect(first.code).toBe(1);
    expect(first.stderr).toContain("PermissionError");
    expect(first.stderr).toContain("--resume");
    isBroken = false;
    const before = api.requests.length;
    const second = await each([...args, "--resume"], ids(60).join("\n"));
    expect(second).toMatchObject({
      code: 1,
      stderr: "Values of --each that were not found: 1 of 60.\n",
    });
    const rows = rowsOf(await readFile(file, "utf8")).map(({ id }) => id);
    const expected = ids(60).filter((id) => id !== "c1");
    expect(rows).toEqual(expected.flatMap((id) => [`${id}-1`, `${id}-2`]));
    expect(api.requests.slice(before).some((path) => path.includes("/c5/"))).toBe(false);
  });

  test("does not resume with other values", async () => {
    const file = join(folder, "memberships.ndjson");
    const args = ["list-memberships", "--output", file];
    attend = (customer, response) => {
      if (customer === "c3") response.writeHead(403).end();
      return customer === "c3";
    };
    await each(args, ids(5).join("\n"));
    const second = await each([...args, "--resume"], ids(6).join("\n"));
    expect(second.code).toBe(2);
    expect(second.stderr).toContain("other arguments");
  });

  test("stops at --limit", async () => {
    const { stdout } = await each(["list-memberships", "--limit", "3"], ids(50).join("\n"));
    expect(rowsOf(stdout).map(({ id }) => id)).toEqual(["c0-1", "c0-2", "c1-1"]);
    expect(api.requests.some((path) => path.includes("/c49/"))).toBe(false);
  });

  test("works with --mock", async () => {
    const list = await runCli(["list-customers", "--mock", "4", "--fields", "id"]);
    const args = ["list-memberships", "--mock", "4", "--each", "customer-id"];
    const { code, stdout } = await runCli(args, { stdin: list.stdout });
    expect(code).toBe(0);
    const owners = rowsOf(stdout).map(({ customerId }) => customerId);
    const customers = rowsOf(list.stdout).map(({ id }) => id);
    expect(owners).toEqual(customers.flatMap((id) => [id, id, id, id]));
  });

  for (const [name, args, stdin, problem] of [
    [
      "an argument that there is not",
      ["--each", "customer"],
      "c1",
      /--each must be one of customer-id\./,
    ],
    ["the tenant", ["--each", "organization-id"], "c1", /--each must be one of customer-id\./],
    ["no value", ["--each", "customer-id"], "\n", /needs values on standard input/],
    ["broken JSON", ["--each", "customer-id"], 'c1\n{"id":', /Line 2 .* not valid JSON/],
    [
      "JSON without an ID",
      ["--each", "customer-id"],
      '{"email":"ada@example.com"}',
      /Line 1 .* no customerId and no id/,
    ],
    ["the argument itself", ["--each", "customer-id", "--customer-id", "c"], "c1", /not both/],
  ] as const) {
    test(`refuses ${name} before anything is sent, and quotes nothing`, async () => {
      const all = ["list-memberships", "--base-url", api.url, ...args];
      const { code, stderr, stdout } = await runCli(all, { stdin });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(problem);
      expect(stderr).not.toContain("ada");
      expect(api.requests).toEqual([]);
    });
  }

  test("is no option of a command that names nothing but the tenant", async () => {
    const { code, stderr } = await runCli(["list-customers", "--each", "customer-id"]);
    expect(code).toBe(2);
    expect(stderr).toContain("no option --each");
  });
});
