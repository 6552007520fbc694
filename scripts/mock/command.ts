import { once } from "node:events";
import { type Command, interruptSignal, portFrom } from "../lib/command.js";
import { fillPath } from "./operations.js";
import { type Mock, startMock } from "./start-mock.js";

const defaultPort = 4010;

const usage = `Usage: npm run mock -- [options]

Starts a mock of the LOKE Customers API on 127.0.0.1, until Ctrl-C.

  -p, --port <number>  where it listens (default ${defaultPort}; 0 takes a free port)
  -h, --help           shows this

Exit code: 0 when it was stopped, 2 for a bad option or a port that is taken.`;

const options = { port: { type: "string", short: "p", default: String(defaultPort) } } as const;

export const mockCommand: Command<typeof options> = {
  name: "mock",
  usage,
  options,
  async run({ values }) {
    const port = portFrom(values.port);
    const signal = interruptSignal();
    try {
      const mock = await startMock({ port, signal });
      console.log(welcome(mock));
      if (!signal.aborted) await once(signal, "abort");
      return 0;
    } catch (error) {
      // To be stopped is its normal end, hence 0 and not the 130 of a program that was interrupted.
      if (signal.aborted) return 0;
      throw error;
    }
  },
};

/** What is there, and what to try: each command can be copied as it is, into any shell. */
function welcome({ operations, parameters, url }: Mock): string {
  const width = Math.max(...Object.keys(parameters).map(({ length }) => length));
  const values = Object.entries(parameters).map(
    ([name, value]) => `  ${name.padEnd(width)}  ${value}`,
  );
  const token = ' -H "Authorization: Bearer any"';
  const reading = operations.filter(({ method }) => method === "get");
  const curl = ({ path }: (typeof operations)[number], options: string) =>
    `    curl -sS${options} "${url}${fillPath(path, parameters)}"`;
  const tries = reading.flatMap((operation) => {
    const { summary = "", "x-paging": paging } = operation.operation;
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
