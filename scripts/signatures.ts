/** `npm run signatures`: whether the registry has signed every package that is installed, by `npm audit signatures`. */
import { execFile } from "node:child_process";

/** What `npm audit signatures --json` prints once it could verify. */
interface Report {
  readonly invalid: readonly { readonly name: string; readonly version: string }[];
  readonly missing: readonly { readonly name: string; readonly version: string }[];
}

const usage = `Usage: npm run signatures

Exit codes: 0 all signatures are valid; 1 some are missing or invalid; 2 the registry cannot be asked.`;

if (process.argv.includes("--help")) console.log(usage);
else
  execFile(
    "npm",
    ["audit", "signatures", "--json"],
    { maxBuffer: 2 ** 26 },
    (_, stdout, stderr) => {
      const report = parseReport(stdout);
      if (report) process.exitCode = show(report);
      else {
        // Only the code: the rest can name a private registry.
        const [, code = "no code"] =
          /"code": ?"(\w+)"/.exec(stdout) ?? /\bcode (\w+)/.exec(stderr) ?? [];
        console.error(`signatures: not verified, npm gave no answer (${code}).`);
        process.exitCode = 2;
      }
    },
  );

function parseReport(text: string): Report | undefined {
  try {
    const report = JSON.parse(text);
    return Array.isArray(report.invalid) && Array.isArray(report.missing) ? report : undefined;
  } catch {
    return undefined;
  }
}

function show({ invalid, missing }: Report): number {
  for (const { name, version } of invalid) console.log(`invalid signature: ${name} ${version}`);
  for (const { name, version } of missing) console.log(`no signature: ${name} ${version}`);
  if (invalid.length + missing.length > 0) return 1;
  console.log("All signatures are valid.");
  return 0;
}
