/** `npm start`: shows the command `loke-customers` on whatever the document has to read, on the mock API or on the real one. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Reading, readings } from "./drift/readings.js";
import { commandNames } from "./generate/command-names.js";
import { interruptSignal, runCommand } from "./lib/command.js";
import { progress } from "./lib/progress.js";
import { startMock } from "./mock/start-mock.js";

const usage = `Usage: npm start

Reads all that the document has to read, by the command of this package: each list to its end, and one item of it.

Against the mock API, which it starts and stops; Prism checks each request and answer. With both of these set, against the real
API:
  LOKE_ACCESS_TOKEN     an OAuth access token
  LOKE_ORGANIZATION_ID  the organization to read

Exit codes: 0 done; 2 could not run.`;

const nextSteps = `In this clone, loke-customers is: node dist/src/cli/main.js
Next:
  loke-customers                                      the commands
  loke-customers COMMAND --help                       what one of them takes
  loke-customers COMMAND --mock 5000 --format csv     no account, no server
  export LOKE_ORGANIZATION_ID=… LOKE_CLIENT_ID=… LOKE_CLIENT_SECRET=…
  loke-customers COMMAND --output FILE                your own data`;

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));

/** An ID that nobody has. */
const unknownId = "00000000000000000000000000";

/** How much of a list is shown. */
const shownRows = 5;

/** Where nothing says how wide a terminal is. */
const shownWidth = "100";

type Arguments = Readonly<Record<string, string>>;

interface Api {
  /** The environment of the command: the API, and what it lets in. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

async function start(signal: AbortSignal): Promise<void> {
  const { LOKE_ACCESS_TOKEN: accessToken, LOKE_ORGANIZATION_ID: organizationId } = process.env;
  if (!accessToken !== !organizationId) {
    const missing = accessToken ? "LOKE_ORGANIZATION_ID" : "LOKE_ACCESS_TOKEN";
    throw new Error(`${missing} is not set. Set both for the real API, neither for the mock.`);
  }
  const file = new URL("../generated/openapi.json", import.meta.url);
  const operations = readings(JSON.parse(await readFile(file, "utf8")));
  const env = { COLUMNS: shownWidth, ...process.env };
  if (accessToken && organizationId) {
    console.log("Against the REAL API, with your token.\n");
    await show({ env, signal }, operations, { organizationId });
  } else {
    progress("Starting the mock …");
    const mock = await startMock({ signal });
    try {
      progress("");
      console.log(`Against the MOCK API at ${mock.url}, made from openapi/openapi.yaml.\n`);
      const ofMock = { LOKE_ACCESS_TOKEN: "any-token-will-do", LOKE_BASE_URL: mock.url };
      await show({ env: { ...env, ...ofMock }, signal }, operations, mock.parameters);
    } finally {
      await mock.stop();
    }
  }
  console.log(nextSteps);
}

/** Runs the command of every operation that reads, with what is known and what the lists before it have given. */
async function show(api: Api, operations: readonly Reading[], given: Arguments): Promise<void> {
  const known = { ...given };
  const commands = commandNames(operations.map(({ id }) => id));
  for (const { id, isList, needs, gives } of operations) {
    const missing = needs.filter((name) => known[name] === undefined);
    if (missing.length > 0) {
      console.log(`${commands.get(id)}: not run, as nothing gives a ${missing.join(" or a ")}\n`);
      continue;
    }
    const argv = argumentsFor(id, needs, known);
    const shown = isList ? ["--limit", String(shownRows)] : [];
    await runLoke(api, [...argv, ...shown, "--format", "table"]);
    if (isList) {
      const { count, first } = await countRows(api, argv);
      console.log(`The whole list: ${count.toLocaleString("en")} row${count === 1 ? "" : "s"}`);
      const firstId = Object(first).id;
      if (gives !== undefined && firstId !== undefined) known[gives] ??= String(firstId);
    }
    console.log();
  }
  await showUnknown(api, operations, known);
}

function argumentsFor(id: string, names: readonly string[], values: Arguments): string[] {
  const flags = commandNames(names);
  const options = names.flatMap((name) => [`--${flags.get(name)}`, values[name] ?? ""]);
  return [...commandNames([id]).values(), ...options];
}

/** Asks for something that is not there, to show what an error looks like. */
async function showUnknown(
  api: Api,
  operations: readonly Reading[],
  known: Arguments,
): Promise<void> {
  const ids = operations.flatMap(({ gives }) => gives ?? []);
  const one = operations.find(({ isList, needs }) => {
    const last = needs.at(-1) ?? "";
    return !isList && ids.includes(last) && needs.every((name) => known[name] !== undefined);
  });
  if (one === undefined) return;
  const values = one.needs.map((name) => [name, ids.includes(name) ? unknownId : known[name]]);
  await runLoke(api, argumentsFor(one.id, one.needs, Object.fromEntries(values)), 1);
  console.log();
}

/** Runs the command on this terminal, and shows how it is run. */
async function runLoke(api: Api, argv: readonly string[], expected = 0): Promise<void> {
  console.log(`$ loke-customers ${argv.join(" ")}`);
  // An error is what there is to see, and belongs below the command.
  const child = spawn(process.execPath, [main, ...argv], {
    ...api,
    stdio: ["ignore", "inherit", expected === 0 ? "inherit" : 1],
  });
  const code = await ended(child);
  if (expected !== 0) console.log(`(exit code ${code})`);
  if (code !== expected) throw new Error(`loke-customers ${argv[0]} ended with ${code}.`);
}

/** Reads a list to its end. */
async function countRows(
  api: Api,
  argv: readonly string[],
): Promise<{ count: number; first: unknown }> {
  const child = spawn(process.execPath, [main, ...argv, "--format", "ndjson"], {
    ...api,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = ended(child);
  let count = 0;
  let first: unknown;
  for await (const line of createInterface({ input: child.stdout })) {
    if (count === 0) first = JSON.parse(line);
    count += 1;
  }
  const code = await exit;
  if (code !== 0) throw new Error(`loke-customers ${argv[0]} ended with ${code}.`);
  return { count, first };
}

function ended(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
}

await runCommand({
  name: "start",
  usage,
  options: {},
  async run() {
    const signal = interruptSignal();
    try {
      await start(signal);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
    return 0;
  },
});
