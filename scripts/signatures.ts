/** `npm run signatures`: whether the registry has signed every package that is installed, by `npm audit signatures`. */
import { execFile } from "node:child_process";
import { CliError, exitCodes } from "./lib/cli-error.js";
import { runCommand } from "./lib/command.js";

interface Package {
  readonly name: string;
  readonly version: string;
}

/** What `npm audit signatures --json` prints once it could verify. */
interface Report {
  readonly invalid: readonly Package[];
  readonly missing: readonly Package[];
}

const usage = `Usage: npm run signatures

Exit codes: 0 all signatures are valid; 1 some are missing or invalid; 2 the registry cannot be asked.`;

await runCommand({
  name: "signatures",
  usage,
  options: {},
  async run() {
    const { invalid, missing } = await audit();
    for (const { name, version } of invalid) console.log(`invalid signature: ${name} ${version}`);
    for (const { name, version } of missing) console.log(`no signature: ${name} ${version}`);
    if (invalid.length + missing.length > 0) return exitCodes.no;
    console.log("All signatures are valid.");
    return 0;
  },
});

function audit(): Promise<Report> {
  const options = { maxBuffer: 2 ** 26 };
  return new Promise((resolve, reject) => {
    execFile("npm", ["audit", "signatures", "--json"], options, (_, stdout, stderr) => {
      const report = parseReport(stdout);
      if (report) return resolve(report);
      // Only the code: the rest can name a private registry.
      const [, code = "no code"] =
        /"code": ?"(\w+)"/.exec(stdout) ?? /\bcode (\w+)/.exec(stderr) ?? [];
      reject(new CliError(`not verified, npm gave no answer (${code}).`));
    });
  });
}

function parseReport(text: string): Report | undefined {
  try {
    const report = JSON.parse(text);
    return Array.isArray(report.invalid) && Array.isArray(report.missing) ? report : undefined;
  } catch {
    return undefined;
  }
}
