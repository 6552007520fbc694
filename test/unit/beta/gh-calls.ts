import { type ParseArgsConfig, parseArgs } from "node:util";

export interface StandInIssue {
  number: number;
  title: string;
  body: string;
  labels: string[];
  state: "open" | "closed";
  comments: string[];
}

export interface StandInState {
  labels: string[];
  issues: StandInIssue[];
  /** The calls, without the bodies. */
  calls: string[];
  /** The call that fails, such as `issue edit`. */
  fails?: string;
}

export const emptyState = (): StandInState => ({ labels: [], issues: [], calls: [] });

const text = { type: "string" } as const;
const options: Readonly<Record<string, ParseArgsConfig["options"]>> = {
  "issue list": { label: text, state: text, limit: text, json: text },
  "issue create": { title: text, label: text, "body-file": text },
  "issue edit": { "body-file": text },
  "issue comment": { "body-file": text },
  "issue close": { comment: text },
  "label create": { force: { type: "boolean" }, color: text, description: text },
};

/**
 * Does what `gh` does with a call, as far as the watch uses it, and returns what it prints.
 *
 * @throws Error with what it prints when it fails
 */
export function callGh(state: StandInState, args: readonly string[], input: string): string {
  const [noun, verb = "", ...rest] = args;
  const command = `${noun} ${verb}`;
  if (!(command in options)) throw new Error(`unknown command ${command}`);
  const config = { args: rest, options: options[command], allowPositionals: true };
  const { positionals, values: parsed } = parseArgs(config);
  const values = parsed as Record<string, string | undefined>;
  const [name = ""] = positionals;
  state.calls.push([command, ...positionals].join(" "));
  if (state.fails === command) {
    throw new Error("HTTP 502: Bad Gateway (https://api.github.com/graphql)\nTry again later.");
  }
  if (values["body-file"] === "-" && input.length > 65_536) {
    throw new Error("GraphQL: Body is too long (maximum is 65536 characters)");
  }
  if (command === "issue list") {
    const found = state.issues
      .filter((one) => one.state === values.state && one.labels.includes(values.label ?? ""))
      .sort((a, b) => b.number - a.number)
      .slice(0, Number(values.limit))
      .map(({ number, body }) => ({ number, body: body.replaceAll("\n", "\r\n") }));
    return JSON.stringify(found);
  }
  if (command === "label create") {
    if (!values.force && state.labels.includes(name)) throw new Error("label already exists");
    state.labels = [...new Set([...state.labels, name])];
    return "";
  }
  if (command === "issue create") {
    const { label = "", title = "" } = values;
    if (!state.labels.includes(label)) throw new Error(`could not add label: '${label}' not found`);
    const number = Math.max(0, ...state.issues.map((one) => one.number)) + 1;
    state.issues.push({ number, title, body: input, labels: [label], state: "open", comments: [] });
    return `https://github.com/owner/name/issues/${number}`;
  }
  const issue = state.issues.find(({ number }) => String(number) === name);
  if (!issue) throw new Error("GraphQL: Could not resolve to an Issue");
  if (command === "issue edit") issue.body = input;
  if (command === "issue comment") issue.comments.push(input);
  if (command === "issue close") {
    issue.state = "closed";
    issue.comments.push(values.comment ?? "");
  }
  return "";
}
