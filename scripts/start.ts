/** `npm start`: reads whatever the document has through the client, on the mock API or on the real one. */
import { readFile } from "node:fs/promises";
import { type ClientOptions, createClient, type List, NotFoundError } from "loke-customers";
import { type Reading, readings } from "./drift/readings.js";
import { startMock } from "./mock/start-mock.js";
import { progress } from "./progress.js";

const usage = `Usage: npm start

Reads all that the document has to read, through the client: each list to its end, and one item of it.

Against the mock API, which it starts and stops. With both of these set, against the real API:
  LOKE_ACCESS_TOKEN     an OAuth access token
  LOKE_ORGANIZATION_ID  the organization to read

Exit codes: 0 done; 2 could not run.`;

/** An ID that nobody has. */
const unknownId = "00000000000000000000000000";

/** How much of a list is shown. */
const shownRows = 5;
const shownWidth = 100;

type Arguments = Readonly<Record<string, string>>;

/** An operation as a method, which is named by the document, and so without its types. */
type Method = (args: Arguments, options: { signal: AbortSignal }) => unknown;

async function main(signal: AbortSignal): Promise<void> {
  const { LOKE_ACCESS_TOKEN: accessToken, LOKE_ORGANIZATION_ID: organizationId } = process.env;
  if (!accessToken !== !organizationId) {
    const missing = accessToken ? "LOKE_ORGANIZATION_ID" : "LOKE_ACCESS_TOKEN";
    throw new Error(`${missing} is not set. Set both for the real API, neither for the mock.`);
  }
  const file = new URL("../generated/openapi.json", import.meta.url);
  const operations = readings(JSON.parse(await readFile(file, "utf8")));
  if (accessToken && organizationId) {
    console.log("Against the REAL API, with your token.\n");
    await show({ accessToken }, operations, { organizationId }, signal);
    return;
  }
  progress("Starting the mock …");
  const mock = await startMock({ signal });
  try {
    progress("");
    console.log(`Against the MOCK API at ${mock.url}, made from openapi/openapi.yaml.\n`);
    const options = { accessToken: "any-token-will-do", baseUrl: mock.url };
    await show(options, operations, mock.parameters, signal);
  } finally {
    await mock.stop();
  }
}

/** Calls every operation that reads, with what is known and what the lists before it have given. */
async function show(
  options: ClientOptions,
  operations: readonly Reading[],
  given: Arguments,
  signal: AbortSignal,
): Promise<void> {
  const loke = createClient(options) as unknown as Record<string, Method>;
  const known = { ...given };
  for (const { id, isList, needs, gives } of operations) {
    const missing = needs.filter((name) => known[name] === undefined);
    if (missing.length > 0) {
      console.log(`loke.${id}: not called, as nothing gives a ${missing.join(" or a ")}\n`);
      continue;
    }
    const args = Object.fromEntries(needs.map((name) => [name, known[name] ?? ""]));
    console.log(`loke.${id}`);
    const called = loke[id]?.(args, { signal });
    if (!isList) {
      const fields = Object.entries(flat(Object(await called)));
      printTable(fields.map(([field, value]) => ({ field, value })));
      console.log();
      continue;
    }
    const first = await showList(id, called as List<unknown>);
    const firstId = Object(first).id;
    if (gives !== undefined && firstId !== undefined) known[gives] ??= String(firstId);
  }
  await showUnknown(loke, operations, known, signal);
}

/** Reads a list to its end, shows its beginning, and gives its first item. */
async function showList(id: string, list: List<unknown>): Promise<unknown> {
  const first: unknown[] = [];
  let items = 0;
  let pages = 0;
  for await (const page of list.pages()) {
    pages += 1;
    items += page.items.length;
    first.push(...page.items.slice(0, shownRows - first.length));
    progress(`${id}: ${items.toLocaleString("en")} items, ${pages} pages …`);
  }
  progress("");
  printTable(first);
  const counted = (count: number, what: string) =>
    `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
  console.log(`  ${counted(items, "item")} on ${counted(pages, "page")}\n`);
  return first[0];
}

/** Asks for something that is not there, to show what an error looks like. */
async function showUnknown(
  loke: Record<string, Method>,
  operations: readonly Reading[],
  known: Arguments,
  signal: AbortSignal,
): Promise<void> {
  const ids = operations.flatMap(({ gives }) => gives ?? []);
  const one = operations.find(({ isList, needs }) => {
    const last = needs.at(-1) ?? "";
    return !isList && ids.includes(last) && needs.every((name) => known[name] !== undefined);
  });
  if (one === undefined) return;
  const args = one.needs.map((name) => [name, ids.includes(name) ? unknownId : known[name]]);
  console.log(`loke.${one.id}, of an ID that nobody has`);
  try {
    await loke[one.id]?.(Object.fromEntries(args), { signal });
    console.log("  The API has one.");
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    console.log(`  ${error.name}: ${error.message}`);
  }
}

/** Prints rows under the names of their fields, as many as fit beside each other: those that few rows lack come first. */
function printTable(rows: readonly unknown[]): void {
  const objects = rows.map((row) => (Object(row) === row ? flat(Object(row)) : { value: row }));
  const missing = (name: string) => objects.filter((row) => row[name] === undefined).length;
  const names = [...new Set(objects.flatMap((row) => Object.keys(row)))].sort(
    (one, other) => missing(one) - missing(other),
  );
  const columns = names.map((name) => {
    const cells = [name, ...objects.map((row) => String(row[name] ?? ""))];
    const width = Math.max(...cells.map(({ length }) => length));
    const isNumber = objects.every((row) => typeof (row[name] ?? 0) === "number");
    return cells.map((cell) => (isNumber ? cell.padStart(width) : cell.padEnd(width)));
  });
  const shown: string[][] = [];
  let width = 0;
  for (const column of columns) {
    width += 2 + (column[0]?.length ?? 0);
    if (width <= shownWidth || shown.length === 0) shown.push(column);
  }
  for (const index of [names, ...rows].keys()) {
    console.log(`  ${shown.map((column) => column[index]).join("  ")}`.trimEnd());
  }
}

/** An object with the fields of inner ones as its own. */
function flat(row: object, prefix = ""): Record<string, unknown> {
  const entries = Object.entries(row).flatMap(([name, value]): [string, unknown][] =>
    Object(value) === value && !Array.isArray(value)
      ? Object.entries(flat(value, `${prefix}${name}.`))
      : [[`${prefix}${name}`, value]],
  );
  return Object.fromEntries(entries);
}

if (process.argv.length > 2) {
  const isHelp = /^(-h|--help)$/.test(process.argv[2] ?? "");
  console[isHelp ? "log" : "error"](usage);
  process.exit(isHelp ? 0 : 2);
}
const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());
try {
  await main(interrupted.signal);
} catch (error) {
  progress("");
  const message = error instanceof Error ? error.message : String(error);
  console.error(interrupted.signal.aborted ? "Stopped." : message);
  process.exitCode = 2;
}
