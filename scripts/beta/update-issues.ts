import { CliError } from "../lib/cli-error.js";
import { isMap } from "../lib/json.js";
import { isOfKind, isSameBody, type Kind, kinds, type Wanted } from "./issue.js";
import { runProgram } from "./run.js";

/** Runs GitHub's command line and returns what it prints. `input` is its standard input. */
export type Gh = (args: readonly string[], input?: string) => string;

export function createGh(env: NodeJS.ProcessEnv = process.env): Gh {
  const quiet = { ...env, GH_PROMPT_DISABLED: "1", NO_COLOR: "1" };
  return (args, input = "") => runProgram("gh", args, { env: quiet, input });
}

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
export function updateIssues(wanted: Readonly<Record<Kind, Wanted>>, gh: Gh): string[] {
  const open = openIssues(gh);
  return (Object.keys(kinds) as Kind[]).flatMap((kind) => {
    const [issue, ...others] = open.filter(({ body }) => isOfKind(kind, body));
    const done = updateIssue(kind, wanted[kind], issue, gh);
    for (const { number } of others) {
      close(number, `#${issue?.number} says the same.`, gh);
      done.push(`closed #${number}, which says the same as #${issue?.number}`);
    }
    return done;
  });
}

function updateIssue(kind: Kind, wanted: Wanted, issue: Issue | undefined, gh: Gh): string[] {
  if (wanted === "as it is") return [];
  const { closed, title } = kinds[kind];
  if (wanted === "closed") {
    if (!issue) return [];
    close(issue.number, closed, gh);
    return [`closed #${issue.number}: ${closed}`];
  }
  if (!issue) {
    const color = ["--color", "d93f0b", "--description", "Kept by the watch on the vendor's page"];
    gh(["label", "create", label, "--force", ...color]);
    const text = ["--title", title, "--label", label, "--body-file", "-"];
    const url = gh(["issue", "create", ...text], wanted.body);
    return [`opened ${url.trim()}: ${title}`];
  }
  if (isSameBody(issue.body, wanted.body)) return [];
  const number = `${issue.number}`;
  // The edit comes first: if the comment fails, the next run does not comment twice.
  gh(["issue", "edit", number, "--body-file", "-"], wanted.body);
  const comment = "This changed again: the text above is new.";
  gh(["issue", "comment", number, "--body-file", "-"], comment);
  return [`changed #${number}: ${title}`];
}

function close(number: number, reason: string, gh: Gh): void {
  gh(["issue", "close", `${number}`, "--comment", reason]);
}

/** The open issues of the watch, the oldest first. */
function openIssues(gh: Gh): Issue[] {
  const filter = ["--label", label, "--state", "open", "--limit", "100"];
  const issues = parse(gh(["issue", "list", ...filter, "--json", "number,body"]));
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
