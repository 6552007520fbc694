/** The watch on the beta, which .github/workflows/beta.yml runs every day: keeps an issue where the page differs. */
import { fileURLToPath } from "node:url";
import { exitCodes } from "../lib/cli-error.js";
import { runCommand } from "../lib/command.js";
import { comparePages } from "./compare-pages.js";
import { wantedIssues } from "./issue.js";
import { createGh, updateIssues } from "./update-issues.js";

const usage = `Usage: npx tsx scripts/beta/watch.ts

Fetches the vendor's page and compares it with openapi/openapi.yaml. Where they differ, or the page cannot be
read, an issue is opened or brought up to date; it is closed once that is over. Needs \`gh\`, GH_TOKEN and GH_REPO.

  -h, --help  show this

Exit codes: 0 they agree; 1 they differ, or the page cannot be read, and an issue says so; 2 could not run.`;

const root = fileURLToPath(new URL("../..", import.meta.url));

const states: Readonly<Record<number, string>> = {
  0: "agrees with the document.",
  1: "differs from the document.",
  2: "cannot be read.",
};

await runCommand({
  name: "watch",
  usage,
  options: {},
  async run() {
    const pages = await comparePages(root);
    // The report stays out of the log: GitHub takes a line of it that begins with `::` for a command.
    for (const { code, name } of pages) console.log(`${name} ${states[code] ?? states[2]}`);
    const done = updateIssues(wantedIssues(pages), createGh());
    console.log(done.length === 0 ? "No issue had to change." : done.join("\n"));
    return pages.every(({ code }) => code === 0) ? 0 : exitCodes.no;
  },
});
