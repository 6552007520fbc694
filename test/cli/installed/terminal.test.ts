import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiServer, customers, startApi } from "../api-server.js";
import { env, main } from "./command.js";

// The command on a terminal: Python's standard library has pseudo-terminals, Node's has none.

const execute = promisify(execFile);
const program = fileURLToPath(new URL("terminal.py", import.meta.url));
const rows = customers(60);
let api: ApiServer;
let folder: string;
let hasPython = true;
let status = 200;

beforeAll(async () => {
  hasPython = await execute("python3", ["-c", "import pty"]).then(
    () => true,
    () => false,
  );
  if (!hasPython) console.warn("Skipped: there is no python3 with pseudo-terminals");
  folder = await mkdtemp(join(tmpdir(), "loke-customers-terminal-"));
  api = await startApi({
    rows,
    pageSize: 2,
    delayMs: () => 15,
    attend({ url }, response) {
      if (status === 200 || !url?.includes("after=20")) return false;
      response.writeHead(status, { "retry-after": "0.4" }).end();
      status = 200;
      return true;
    },
  });
});
afterAll(async () => {
  await api?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Screen {
  readonly code: number;
  /** All that the terminal got. */
  readonly text: string;
  /** What is left on it, line by line. */
  readonly lines: string[];
}

async function onTerminal(
  columns: number,
  argv: readonly string[],
  options: { typesCtrlC?: string; env?: Record<string, string> } = {},
): Promise<Screen> {
  const args = [
    program,
    String(columns),
    options.typesCtrlC ?? "",
    process.execPath,
    main,
    ...argv,
  ];
  const given = { ...env, TERM: "xterm-256color", LOKE_BASE_URL: api.url, ...options.env };
  const { stdout, stderr } = await execute("python3", args, { env: given });
  return { code: Number(stderr), text: stdout, lines: screenOf(stdout) };
}

const esc = "\u001b";
const style = new RegExp(`${esc}\\[\\d*m`, "g");
const redrawn = new RegExp(`\\r([^\\r\\n]*?)${esc}\\[K`, "g");

/** What stays on a screen. It knows the few things that the command sends. */
function screenOf(text: string): string[] {
  const plain = text.replaceAll(style, "");
  return plain
    .split("\r\n")
    .map((line) => line.split("\r").at(-1)?.replaceAll("\u001b[K", "") ?? "");
}

/** Wide characters count twice. */
const cells = (line: string) =>
  line.replaceAll("👩🏽‍🚀", "ww").replaceAll(/[\u3000-\u9fff]/g, "ww").length;

describe.skipIf(!hasPython)("on a terminal", () => {
  test.each([80, 40])(
    "of %i columns, a list is a table that fits, its wide characters aligned",
    async (columns) => {
      const { code, lines } = await onTerminal(columns, ["list-customers"]);
      expect(code).toBe(0);
      expect(lines).toHaveLength(rows.length + 3);
      expect(lines.at(-2)).toMatch(/^60 rows, 1\d more columns \(--fields\)$/);
      const table = lines.slice(0, rows.length + 1);
      expect(Math.max(...table.map(cells))).toBeLessThanOrEqual(columns);
      expect(table.filter((line) => line.includes("多田 健"))).not.toEqual([]);
      expect(table.filter((line) => line.includes("line\\nbreak"))).not.toEqual([]);
      if (columns < 80) return;
      const starts = new Set(
        table.slice(1).map((line) => cells(line.slice(0, line.indexOf("Nr.")))),
      );
      expect(starts.size).toBe(1);
    },
  );

  test("names of columns are bold; with NO_COLOR nothing is", async () => {
    const limit = ["list-customers", "--limit", "2"];
    expect((await onTerminal(80, limit)).text).toContain(`${esc}[1mid `);
    const plain = await onTerminal(80, limit, { env: { NO_COLOR: "1" } });
    expect(plain.text.replaceAll("\u001b[K", "")).not.toContain("\u001b");
  });

  test.each([80, 40])(
    "of %i columns, progress shows rows, pages and speed on one line, and goes",
    async (columns) => {
      const path = join(folder, `out-${columns}`);
      const { code, lines, text } = await onTerminal(columns, ["list-customers", "-o", path]);
      expect(code).toBe(0);
      const shown = [...text.matchAll(redrawn)].map(([, line = ""]) => line);
      expect(shown.some((line) => /^\d+ rows, \d+ pages, [\d,]+ rows\/s$/.test(line))).toBe(true);
      expect(Math.max(...shown.map((line) => line.length))).toBeLessThan(columns);
      expect(lines).toEqual([`60 rows in ${path}`, ""]);
      expect((await readFile(path, "utf8")).trimEnd().split("\n")).toHaveLength(60);
    },
  );

  test("progress shows a wait and its reason", async () => {
    status = 429;
    const { code, text } = await onTerminal(80, ["list-customers", "-o", join(folder, "waits")]);
    expect(code).toBe(0);
    expect(text).toMatch(/Waiting \d\.\d s: status 429, attempt 2 of page 11/);
  });

  test("--quiet shows nothing but data", async () => {
    const { text } = await onTerminal(80, [
      "list-customers",
      "--quiet",
      "-o",
      join(folder, "quiet"),
    ]);
    expect(text).toBe("");
  });

  test("Ctrl-C ends it with 130, and says how to go on", async () => {
    const path = join(folder, "interrupted");
    const argv = ["list-customers", "-o", path];
    const { code, lines } = await onTerminal(80, argv, { typesCtrlC: "rows/s" });
    expect(code).toBe(130);
    const [last] = lines.slice(-2);
    expect(last).toMatch(
      /^(\^C)?Interrupted\. (\d+ rows are kept: run the same command with --resume to continue\.)?$/,
    );
    expect(await readdir(folder)).not.toContain("interrupted");
    expect((await onTerminal(80, [...argv, "--resume"])).code).toBe(0);
    expect((await readFile(path, "utf8")).trimEnd().split("\n")).toHaveLength(60);
  });
});
