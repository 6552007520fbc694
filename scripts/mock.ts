/** `npm run mock`: the API on this machine, with customers to page through. */
import { parseArgs } from "node:util";
import { CliError } from "./lib/cli-error.js";
import { fillPath } from "./mock/operations.js";
import { type Mock, startMock } from "./mock/start-mock.js";

const defaultPort = 4010;

const usage = `Usage: npm run mock -- [options]

Starts a mock of the LOKE Customers API on 127.0.0.1, until Ctrl-C.

  -p, --port <number>  where it listens (default ${defaultPort}; 0 takes a free port)
  -h, --help           shows this

Exit code: 0 when it was stopped, 1 when it failed, 2 for a bad option or a port that is taken.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === "string") {
    console.error(`mock: ${options} (--help shows the options)`);
    return 2;
  }
  if (options.help) {
    console.log(usage);
    return 0;
  }

  // To stop it is how it normally ends, hence 0 and not the 130 of a program that was interrupted.
  const stopping = new AbortController();
  process.on("SIGINT", () => stopping.abort());
  process.on("SIGTERM", () => stopping.abort());
  try {
    const mock = await startMock({ port: options.port, signal: stopping.signal });
    console.log(welcome(mock));
    const output = await mock.ended;
    await mock.stop();
    if (stopping.signal.aborted) return 0;
    console.error(`mock: Prism has ended by itself. Its last lines:\n${output}`);
    return 1;
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    console.error(`mock: ${error instanceof Error ? error.message : error}`);
    return error instanceof CliError ? error.exitCode : 1;
  }
}

/** The options, or in one line what is wrong with them. */
function readOptions(args: string[]): { port: number; help: boolean } | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: "string", short: "p", default: String(defaultPort) },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
    if (!(port <= 65_535)) return `--port takes a number from 0 to 65535, not "${values.port}"`;
    return { port, help: values.help };
  } catch (error) {
    // Such as: Unknown option '--prot'. To specify a positional argument starting with a '-', …
    return (error instanceof Error ? error.message : String(error)).split(/\.\s/, 1).join();
  }
}

/** What is there, and what to try: each command can be copied as it is, into any shell. */
function welcome({ operations, parameters, url }: Mock): string {
  const width = Math.max(...Object.keys(parameters).map(({ length }) => length));
  const values = Object.entries(parameters).map(
    ([name, value]) => `  ${name.padEnd(width)}  ${value}`,
  );
  const token = ' -H "Authorization: Bearer any"';
  const reading = operations.filter(({ method }) => method === "GET");
  const curl = ({ path }: (typeof operations)[number], options: string) =>
    `    curl -sS${options} "${url}${fillPath(path, parameters)}"`;
  const tries = reading.flatMap((operation) => {
    const { paging, summary } = operation;
    const words = paging ? `${summary}; ${paging.header} leads to the next page` : summary;
    return [`  ${words}`, curl(operation, paging ? `${token} -D - -o page.json` : token), ""];
  });
  const [first] = reading;
  if (first) tries.push("  No token: 401", curl(first, " -i"), "");
  const others = operations.length - reading.length;
  if (others > 0)
    tries.push(`  ${others} more operations change what is there: see npm run docs`, "");
  return `
The mock of the LOKE Customers API is at ${url}

${values.join("\n")}

Any bearer token will do. Requests and responses are checked against the document. Try

${tries.join("\n")}
Ctrl-C stops it.
`;
}
