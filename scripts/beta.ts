/** `npm run beta`: where a change of the beta stands, and what comes next. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ComparedPage, comparePages, compareSavedPages } from "./beta/compare-pages.js";
import { runProgram, runScript } from "./beta/run.js";
import {
  changelogStep,
  changesStep,
  docsStep,
  generatedStep,
  pageStep,
  readChangelog,
  readChanges,
  type Step,
  screenOf,
  versionStep,
} from "./beta/steps.js";
import { CliError, exitCodes } from "./lib/cli-error.js";
import { runCommand } from "./lib/command.js";
import { progress } from "./lib/progress.js";
import { readIfPresent } from "./lib/text-file.js";

const usage = `Usage: npm run beta [-- options]

Shows where the package stands since the last release, the latest tag v*: whether page and document agree, whether
generated/ is up to date, what the changes do to users, and whether version, changelog and docs follow.

  --page FILE  compare the page in a file, and fetch nothing
  --offline    compare the page that was saved last, openapi/page.json, and fetch nothing
  -h, --help   show this

Exit codes: 0 all is done, 1 something is left, 2 something could not be found out.`;

const root = fileURLToPath(new URL("..", import.meta.url));
// npm runs scripts in the project's folder, and keeps here where it was called.
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
const folder = (script === "beta" && caller) || process.cwd();

interface PageOptions {
  readonly page: string | undefined;
  readonly offline: boolean | undefined;
}

await runCommand({
  name: "beta",
  usage,
  options: { page: { type: "string" }, offline: { type: "boolean" } },
  async run({ values: { page, offline } }) {
    if (page !== undefined && offline)
      throw new CliError("--page goes without --offline. (--help)");
    progress(page === undefined && !offline ? "Fetching the page …" : "Comparing …");
    const steps = await stepsOf({ page, offline });
    progress("");
    console.log(screenOf(steps));
    if (steps.some(({ state }) => state === "unknown")) return exitCodes.couldNotRun;
    return steps.some(({ state }) => state === "left") ? exitCodes.no : 0;
  },
});

async function stepsOf(options: PageOptions): Promise<Step[]> {
  const release = lastRelease();
  const [pages, generated, run] = await Promise.all([
    compare(options),
    runScript(root, "generate", "--check"),
    release === undefined
      ? undefined
      : runScript(root, "changes", release, "openapi/openapi.yaml", "--format", "json"),
  ]);
  const changes = run && readChanges(run);
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const changelog = readChangelog((await readIfPresent(join(root, "CHANGELOG.md"))) ?? "");
  const document = await readFile(join(root, "openapi/openapi.yaml"), "utf8");
  const built = await readIfPresent(join(root, "dist/docs/openapi.yaml"));
  return [
    pageStep(pages, options.page === undefined ? undefined : `npm run page -- ${options.page}`),
    generatedStep(generated),
    changesStep(release, run),
    versionStep(version, release, changes),
    changelogStep(changelog, version, release, changes),
    docsStep(document, built),
  ];
}

/** The tag of the last release before the commit; undefined if nothing was released. */
function lastRelease(): string | undefined {
  const newestFirst = ["--sort=-v:refname", "--merged", "HEAD", "--list", "v[0-9]*"];
  const tags = runProgram("git", ["tag", ...newestFirst], { cwd: root }).split("\n");
  // A prerelease is no release to compare with.
  return tags.find((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
}

async function compare({ page, offline }: PageOptions): Promise<ComparedPage[]> {
  if (offline) return compareSavedPages(root);
  if (page === undefined) return comparePages(root, "--json");
  return [{ name: page, ...(await runScript(root, "page", resolve(folder, page), "--json")) }];
}
