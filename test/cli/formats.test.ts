import { execFileSync } from "node:child_process";
import { parse as csvParse } from "csv-parse/sync";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allCommands } from "../../src/cli/commands.js";
import { type ApiServer, customers, startApi } from "./api-server.js";
import { type RunOptions, runCli } from "./run-cli.js";

/** What CSV, spreadsheets and terminals trip over. */
const nasty = [
  "",
  "plain",
  'say "hi"',
  "a,b",
  "two\nlines",
  "two\r\nlines",
  "\rreturn",
  "'quoted'",
  '"',
  '",\n"',
  " blanks ",
  "\ttab",
  "=1+1",
  "@SUM(A1)",
  "-5",
  "+61411222333",
  "多田",
  "👩🏽‍🚀",
  "\ufeffmark",
  "null",
  "1e5",
];

const rows = [
  ...customers(10),
  ...nasty.map((firstName, index) => ({
    id: `n${index}`,
    firstName,
    lastName: nasty.at(-index - 1),
  })),
  { id: "null", firstName: "N", lastName: "L", email: null, statistics: null },
  {
    id: "numbers",
    firstName: "N",
    lastName: "L",
    statistics: { totalSpend: -12.5, pointsBalance: 0 },
  },
];

const columns = (allCommands().find(({ id }) => id === "listCustomers")?.columns ?? []).map(
  ({ path }) => path,
);
const header = columns.map((path) => path.join("."));

let api: ApiServer;
beforeAll(async () => {
  api = await startApi({ rows, pageSize: 7 });
});
afterAll(() => api.close());

const list = (argv: readonly string[], options: RunOptions = {}) =>
  runCli(["list-customers", "--base-url", api.url, ...argv], options);

/** A row as cells. */
function cellsOf(row: unknown): string[] {
  return columns.map((path) => {
    const value = path.reduce<unknown>((inner, key) => Object(inner)[key], row);
    return value === undefined || value === null ? "" : String(value);
  });
}

describe("ndjson", () => {
  test("is the default of a list in a pipe, and has every row as it came", async () => {
    const { code, stderr, stdout } = await list([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.endsWith("\n")).toBe(true);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(rows);
    expect((await list(["--format", "ndjson"])).stdout).toBe(stdout);
  });

  test("has the fields that are named, where a row has them", async () => {
    const { stdout } = await list(["--fields", "statistics.totalSpend,id,email", "--limit", "2"]);
    expect(stdout.split("\n")).toEqual([
      '{"statistics":{"totalSpend":0},"id":"01FCCGYZA9JPQ97H0000000000","email":"customer.0@example.com"}',
      '{"id":"01FCCGYZA9JPQ97H0000000001"}',
      "",
    ]);
  });
});

describe("json", () => {
  test("is an array of a list, also of one without rows", async () => {
    expect(JSON.parse((await list(["--format", "json"])).stdout)).toEqual(rows);
    expect(JSON.parse((await list(["--format", "json", "--limit", "0"])).stdout)).toEqual([]);
  });

  test("is the default of one thing: a line in a pipe, indented on a terminal", async () => {
    const one = { id: "c", firstName: "A\u0085\u202e", lastName: "B" };
    const server = await startApi({
      rows: [],
      pageSize: 1,
      attend: (_, response) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(one));
        return true;
      },
    });
    const argv = ["get-customer", "--customer-id", "c", "--base-url", server.url];
    expect((await runCli(argv)).stdout).toBe(`${JSON.stringify(one)}\n`);
    const { stdout } = await runCli(argv, { terminal: 80 });
    expect(stdout).toContain('\n  "firstName": "A\\u0085\\u202e"');
    expect(JSON.parse(stdout)).toEqual(one);
    expect((await runCli([...argv, "--format", "csv"])).stdout.split("\r\n")).toHaveLength(3);
    expect((await runCli([...argv, "--format", "table"])).stdout).toBe(
      "id         c\nfirstName  A\\u0085\\u202e\nlastName   B\n",
    );
    await server.close();
  });
});

describe("csv", () => {
  const expected = [header, ...rows.map(cellsOf)];

  test("is read back by csv-parse and papaparse, cell by cell", async () => {
    const { stdout } = await list(["--format", "csv"]);
    expect(csvParse(stdout, { record_delimiter: "\r\n" })).toEqual(expected);
    const { data, errors } = Papa.parse(stdout, { delimiter: ",", newline: "\r\n" });
    expect(errors).toEqual([]);
    expect((data as string[][]).slice(0, -1)).toEqual(expected);
  });

  test("is read back by Python's csv", async ({ skip }) => {
    const { stdout } = await list(["--format", "csv"]);
    const program =
      "import csv, io, json, sys\n" +
      "text = sys.stdin.buffer.read().decode('utf-8')\n" +
      "print(json.dumps(list(csv.reader(io.StringIO(text, newline=''), strict=True))))";
    let printed: string;
    try {
      printed = execFileSync("python3", ["-c", program], { input: stdout, encoding: "utf8" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      console.warn("Skipped: there is no python3");
      return skip("there is no python3");
    }
    expect(JSON.parse(printed)).toEqual(expected);
  });

  test("has the document's fields in its order, also those that no row has, and without any row", async () => {
    const { stdout } = await list(["--format", "csv", "--limit", "0"]);
    expect(stdout).toBe(`${header.join(",")}\r\n`);
    expect(header).toContain("statistics.lastPointsEarnedAt");
  });

  test("has the columns that are named, all of an object that is", async () => {
    const { stdout } = await list(["--format", "csv", "--fields", "statistics,id", "--limit", "1"]);
    const [names] = csvParse(stdout) as string[][];
    expect(names).toEqual([...header.filter((name) => name.startsWith("statistics.")), "id"]);
  });

  test("keeps a line for each row where there is one column", async () => {
    const { stdout } = await list(["--format", "csv", "--fields", "email"]);
    const parsed = csvParse(stdout, { record_delimiter: "\r\n" }) as string[][];
    expect(parsed).toEqual([["email"], ...rows.map((row) => [Object(row).email ?? ""])]);
    // Most readers skip an empty line.
    expect(stdout.split("\r\n").slice(0, -1)).not.toContain("");
  });

  test("--spreadsheet begins with a mark, and lets no text be run", async () => {
    const { stdout } = await list(["--format", "csv", "--spreadsheet"]);
    expect(stdout.startsWith("\ufeffid,")).toBe(true);
    const cells = (csvParse(stdout, { bom: true }) as string[][]).slice(1);
    const names = cells.map((line) => line[header.indexOf("firstName")]);
    for (const text of ["=1+1", "@SUM(A1)", "-5", "+61411222333", "\ttab", "\rreturn"]) {
      expect(names).toContain(`'${text}`);
    }
    expect(names).toContain("plain");
    // A number that is one is not run.
    expect(cells.at(-1)).toContain("-12.5");
    expect(cells.flat().filter((cell) => /^[=+@\t\r]|^-(?![\d.]+$)/.test(cell))).toEqual([]);
  });
});

describe("a table", () => {
  test("is the default of a list on a terminal, cut to its width, and says how much more there is", async () => {
    for (const terminal of [40, 80, 200]) {
      const { stdout } = await list([], { terminal, env: { NO_COLOR: "1" } });
      const lines = stdout.trimEnd().split("\n");
      expect(lines.at(0)).toMatch(/^id +/);
      expect(lines).toHaveLength(rows.length + 2);
      const shown = (lines[0] ?? "").trim().split(/ +/).length;
      expect(lines.at(-1)).toBe(
        `${rows.length} rows, ${header.length - shown} more columns (--fields)`,
      );
      for (const line of lines.slice(0, -1)) expect(cellsWide(line)).toBeLessThanOrEqual(terminal);
    }
  });

  test("says that a limit left rows out, and only then", async () => {
    const cut = await list(["--limit", "3", "--fields", "id"], { terminal: 80 });
    expect(cut.stdout).toMatch(/3 rows, and there are more \(--limit\)\n$/);
    const all = await list(["--limit", String(rows.length), "--fields", "id"], { terminal: 80 });
    expect(all.stdout).toMatch(new RegExp(`\\n${rows.length} rows\\n$`));
  });

  test("works in a pipe when it is named: nothing is cut, and nothing coloured", async () => {
    const { stdout } = await list(["--format", "table", "--limit", "1"]);
    const [names = ""] = stdout.split("\n");
    expect(names.split(/ +/)).toEqual(header);
    expect(stdout).not.toContain("\u001b");
  });

  test("keeps wide characters and emoji aligned", async () => {
    const { stdout } = await list(["--fields", "firstName,lastName"], {
      terminal: 80,
      env: { NO_COLOR: "1" },
    });
    const lines = stdout.split("\n").slice(1, 8);
    const starts = lines.map((line) => cellsWide(line.slice(0, line.indexOf("Nr."))));
    expect(new Set(starts).size).toBe(1);
    expect(lines.join()).toContain("多田 健");
  });

  test("shows control characters, and sends none", async () => {
    const server = await startApi({
      rows: [
        { id: "\u001b[2Jx\u0007", firstName: "\u009b31m\u202eabc", lastName: "a\r\n\tb\u007f" },
      ],
      pageSize: 5,
    });
    const argv = ["list-customers", "--base-url", server.url];
    const { stdout } = await runCli(argv, { terminal: 100, env: { NO_COLOR: "1" } });
    await server.close();
    expect(stdout).toContain("\\u001b[2Jx\\u0007  \\u009b31m\\u202eabc  a\\r\\n\\tb\\u007f");
    expect(/[^\n\P{Cc}]|\u202e/u.test(stdout)).toBe(false);
  });

  test("has bold names on a terminal; NO_COLOR and FORCE_COLOR decide otherwise", async () => {
    const bold = async (env: Record<string, string>, terminal?: number) => {
      const options = terminal === undefined ? { env } : { env, terminal };
      return (await list(["--format", "table", "--limit", "1"], options)).stdout.includes(
        "\u001b[1m",
      );
    };
    expect(await bold({}, 80)).toBe(true);
    expect(await bold({ NO_COLOR: "1" }, 80)).toBe(false);
    expect(await bold({ FORCE_COLOR: "0" }, 80)).toBe(false);
    expect(await bold({ FORCE_COLOR: "1" })).toBe(true);
    expect(await bold({})).toBe(false);
  });

  test("colours no data but a table's names", async () => {
    for (const format of ["ndjson", "json", "csv"]) {
      const { stdout } = await list(["--format", format], {
        env: { FORCE_COLOR: "1" },
        terminal: 80,
      });
      expect(stdout).not.toContain("\u001b[1m");
    }
  });
});

describe("--limit", () => {
  test.each([0, 1, 6, 7, 8, 14, 1000])(
    "%i asks for no page that it does not need",
    async (limit) => {
      const before = api.requests.length;
      const { stdout } = await list(["--limit", String(limit)]);
      const shown = Math.min(limit, rows.length);
      expect(stdout.split("\n").filter(Boolean)).toHaveLength(shown);
      expect(api.requests.length - before).toBe(Math.ceil(shown / 7));
    },
  );
});

describe("backpressure", () => {
  test("a slow reader holds the walk, what is asked for ahead included", async () => {
    const before = api.requests.length;
    const ahead: number[] = [];
    let pages = 0;
    await list([], {
      async onWrite() {
        pages += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        ahead.push(api.requests.length - before - pages);
      },
    });
    expect(ahead.length).toBe(Math.ceil(rows.length / 7));
    expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
  });
});

/** The cells of a line, by rules that are simpler than the command's: enough for the rows of this file. */
function cellsWide(line: string): number {
  const emoji = line.replaceAll("👩🏽‍🚀", "ww");
  return [...emoji].reduce(
    (sum, one) => sum + (/[\u3000-\u9fff]/.test(one) ? 2 : one === "\ufeff" ? 0 : 1),
    0,
  );
}

test("a list that fails before its first page prints no header, which would look like an empty list", async () => {
  const argv = ["list-customers", "--base-url", "http://127.0.0.1:1", "--format", "csv"];
  expect(await runCli(argv)).toMatchObject({ code: 1, stdout: "" });
});

test("a terminal that says it has no columns is taken for one of 80", async () => {
  const argv = ["list-customers", "--mock", "3"];
  expect(await runCli(argv, { terminal: 0 })).toEqual(await runCli(argv, { terminal: 80 }));
});
