import { CliError } from "../lib/cli-error.js";
import { isMap } from "../lib/json.js";
import type { Gh } from "./gh.js";
import { isSameBody, type Kind, kindOf, kinds, titles, type Wanted } from "./issue.js";

/**
 * The label of the watch's issues. Who can only open an issue cannot set it, so no one else's issue is taken for one of
 * the watch.
 */
const label = "beta-watch";

interface Issue {
  readonly number: number;
  readonly body: string;
}

/**
 * Opens, edits and closes issues until they are as wanted, and returns what was done. What is already so is left alone.
 *
 * @throws {CliError} as soon as `gh` fails
 */
export async function updateIssues(
  wanted: Readonly<Record<Kind, Wanted>>,
  gh: Gh,
): Promise<string[]> {
  const open = await openIssues(gh);
  const done: string[] = [];
  for (const kind of kinds) {
    const [issue, ...others] = open.filter(({ body }) => kindOf(body) === kind);
    done.push(...(await updateIssue(kind, wanted[kind], issue, gh)));
    for (const { number } of issue ? others : []) {
      await close(number, `#${issue?.number} says the same.`, gh);
      done.push(`closed #${number}, which says the same as #${issue?.number}`);
    }
  }
  return done;
}

async function updateIssue(
  kind: Kind,
  wanted: Wanted,
  issue: Issue | undefined,
  gh: Gh,
): Promise<string[]> {
  if (wanted === "as it is") return [];
  if (wanted === "closed") {
    if (!issue) return [];
    await close(issue.number, agreements[kind], gh);
    return [`closed #${issue.number}: ${agreements[kind]}`];
  }
  if (!issue) {
    const color = ["--color", "d93f0b", "--description", "Kept by the watch on the vendor's page"];
    await gh(["label", "create", label, "--force", ...color]);
    const text = ["--title", titles[kind], "--label", label, "--body-file", "-"];
    const url = await gh(["issue", "create", ...text], wanted.body);
    return [`opened ${url.trim()}: ${titles[kind]}`];
  }
  if (isSameBody(issue.body, wanted.body)) return [];
  // The edit comes first: if the comment fails, the next run does not comment twice.
  await gh(["issue", "edit", `${issue.number}`, "--body-file", "-"], wanted.body);
  await comment(issue.number, "This changed again: the text above is new.", gh);
  return [`changed #${issue.number}: ${titles[kind]}`];
}

const agreements: Readonly<Record<Kind, string>> = {
  differs: "Page and document agree again.",
  unreadable: "The page can be read again.",
};

/** The open issues of the watch, the oldest first. */
async function openIssues(gh: Gh): Promise<Issue[]> {
  const filter = ["--label", label, "--state", "open", "--limit", "100"];
  const text = await gh(["issue", "list", ...filter, "--json", "number,body"]);
  const issues = parse(text);
  if (!Array.isArray(issues) || !issues.every(isIssue)) {
    throw new CliError("gh issue list printed something else than a list of issues.");
  }
  return issues.sort((a, b) => a.number - b.number);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isIssue(value: unknown): value is Issue {
  return isMap(value) && typeof value.number === "number" && typeof value.body === "string";
}

async function comment(number: number, text: string, gh: Gh): Promise<void> {
  await gh(["issue", "comment", `${number}`, "--body-file", "-"], text);
}

async function close(number: number, reason: string, gh: Gh): Promise<void> {
  await gh(["issue", "close", `${number}`, "--comment", reason]);
}
