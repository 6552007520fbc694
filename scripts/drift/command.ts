import { readFile } from "node:fs/promises";
import {
  AuthenticationError,
  ConnectionError,
  createClient,
  type List,
  NotFoundError,
  PermissionError,
  ResponseError,
} from "loke-customers";
import { type DriftFinding, watchDrift } from "loke-customers/drift";
import document from "../../generated/openapi.json" with { type: "json" };
import type { Document } from "../generate/document.js";
import { CliError, exitCodes } from "../lib/cli-error.js";
import { type Command, interruptSignal } from "../lib/command.js";
import { createLineLocator } from "../lib/line-locator.js";
import { progress } from "../lib/progress.js";
import { type Reading, readings } from "./readings.js";

const usage = `Usage: npm run drift -- [options]

Calls each operation that reads, with your token, and prints what the answers have that the document has not.
Nothing is changed, and no data of a customer is printed.

  LOKE_ACCESS_TOKEN     an OAuth access token
  LOKE_ORGANIZATION_ID  the organization to read

  --pages <number>      pages of each list (default 3)
  --sample <number>     items of each page, from its first (default all)
  --base-url <url>      another address than the live API's; also LOKE_BASE_URL
  -h, --help            shows this

Exit codes: 0 no drift; 1 drift; 2 could not run.`;

const documentFile = "openapi/openapi.yaml";

const options = {
  pages: { type: "string", default: "3" },
  sample: { type: "string" },
  "base-url": { type: "string" },
} as const;

export const driftCommand = (env: NodeJS.ProcessEnv): Command<typeof options> => ({
  name: "drift",
  usage,
  options,
  async run({ values }) {
    const { LOKE_ACCESS_TOKEN, LOKE_BASE_URL, LOKE_ORGANIZATION_ID } = env;
    const accessToken = given("LOKE_ACCESS_TOKEN", LOKE_ACCESS_TOKEN);
    const organizationId = given("LOKE_ORGANIZATION_ID", LOKE_ORGANIZATION_ID);
    const baseUrl = values["base-url"] ?? (LOKE_BASE_URL || undefined);
    const pages = countOf("pages", values.pages);
    const sample = values.sample === undefined ? undefined : countOf("sample", values.sample);
    const signal = interruptSignal();
    const drift = watchDrift({ sample });
    const checked: string[] = [];
    try {
      // Each operation of the document is a method: named here by the document, and so without its types.
      const loke = createClient({ accessToken, baseUrl, drift }) as unknown as Client;
      const known: Record<string, string> = { organizationId };
      for (const reading of readings(document as Document)) {
        checked.push(`  ${reading.id}: ${await check(loke, reading, { known, pages, signal })}`);
      }
      progress("");
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const message = error instanceof Error ? error.message : String(error);
      throw new CliError(message.replace(/\.?$/, `.${advice(error)}`), { cause: error });
    }
    const findings = drift.findings();
    const compared = `Compared with ${documentFile}:\n${checked.join("\n")}\n\n`;
    if (findings.length === 0) return { exitCode: 0, stdout: `${compared}No drift.` };
    const source = await readFile(new URL(`../../${documentFile}`, import.meta.url), "utf8");
    return { exitCode: exitCodes.no, stdout: compared + report(findings, source) };
  },
});

function given(name: string, value = ""): string {
  if (value === "") throw new CliError(`${name} is not set. --help shows what is needed.`);
  return value;
}

function countOf(name: string, value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new CliError(`--${name} takes a whole number from 1, not "${value}".`);
}

type Client = Readonly<Record<string, Method>>;

type Method = (args: Record<string, string>, options: { signal: AbortSignal }) => unknown;

interface Session {
  readonly known: Record<string, string>;
  /** How many pages of a list are read. */
  readonly pages: number;
  readonly signal: AbortSignal;
}

/** Calls one operation, and says in words what has been checked. Notes the arguments that its answer gives. */
async function check(
  loke: Client,
  { id, isList, needs, gives }: Reading,
  { known, pages: maxPages, signal }: Session,
): Promise<string> {
  const missing = needs.filter((name) => known[name] === undefined);
  if (missing.length > 0) return `not checked, as nothing gives a ${missing.join(" or a ")}`;
  const args = Object.fromEntries(needs.map((name) => [name, known[name] ?? ""]));
  progress(`${id} …`);
  let pages = 0;
  let items = 0;
  try {
    const called = loke[id]?.(args, { signal });
    if (!isList) {
      await called;
      return "1 answer";
    }
    for await (const page of (called as List<{ id?: unknown }>).pages()) {
      pages += 1;
      items += page.items.length;
      const first = page.items[0]?.id;
      if (gives !== undefined && typeof first === "string") known[gives] ??= first;
      progress(`${id}: ${items.toLocaleString("en")} items …`);
      if (pages === maxPages) break;
    }
  } catch (error) {
    // It is no failure of this command's: the answer is not what the document declares.
    if (!(error instanceof ResponseError)) throw error;
    return `${read()}; then an answer that cannot be read`;
  }
  return read();

  function read(): string {
    return `${counted(pages, "page")}, ${counted(items, "item")}`;
  }
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** What helps against an error that is no drift. */
function advice(error: unknown): string {
  if (error instanceof AuthenticationError) return " Is LOKE_ACCESS_TOKEN valid?";
  if (error instanceof PermissionError || error instanceof NotFoundError) {
    return " Does the token reach LOKE_ORGANIZATION_ID?";
  }
  if (error instanceof ConnectionError) return " Is the network there, and the address right?";
  return "";
}

/** The findings as a table, each with its line of the document below it. */
function report(findings: readonly DriftFinding[], source: string): string {
  const { lineOf } = createLineLocator(source);
  const rows = findings.map(({ kind, path, expected, actual, count }) => [
    kind,
    path,
    `${expected} → ${actual}`,
    count.toLocaleString("en"),
  ]);
  const table = [["kind", "path", "expected → actual", "count"], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column === 3 ? cell.padStart(widths[3] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  "),
  );
  const [head, ...others] = lines;
  const withDocument = others.map((line, index) => {
    const place = lineOf(findings[index]?.document ?? "");
    return `${line}\n  ${documentFile}:${place.line}  ${place.text}`;
  });
  const what = counted(findings.length, "finding");
  return `${[head, ...withDocument].join("\n")}\n\n${what}. What to do: scripts/docs/guide/drift.md#the-api-changed`;
}
