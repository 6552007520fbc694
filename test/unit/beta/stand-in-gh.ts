import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

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

/** A `gh` that knows as much of the real one as the watch uses, and keeps its issues in a file. */
export interface StandInGh {
  readonly env: NodeJS.ProcessEnv;
  state(): Promise<StandInState>;
  set(change: Partial<StandInState>): Promise<void>;
  remove(): Promise<void>;
}

const program = `#!${process.execPath}
const { parseArgs } = require("node:util");
const fs = require("node:fs");
const state = JSON.parse(fs.readFileSync(process.env.GH_STATE, "utf8"));
const [, , noun, verb, ...rest] = process.argv;
const command = noun + " " + verb;
const fail = (message) => {
  console.error(message);
  process.exit(1);
};
const text = { type: "string" };
const options = {
  "issue list": { label: text, state: text, limit: text, json: text },
  "issue create": { title: text, label: text, "body-file": text },
  "issue edit": { "body-file": text },
  "issue comment": { "body-file": text },
  "issue close": { comment: text },
  "label create": { force: { type: "boolean" }, color: text, description: text },
}[command];
if (!options) fail("unknown command " + command);
const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
state.calls.push([command, ...positionals].join(" "));
const save = () => fs.writeFileSync(process.env.GH_STATE, JSON.stringify(state));
if (state.fails === command) {
  save();
  fail("HTTP 502: Bad Gateway (https://api.github.com/graphql)\\nTry again later.");
}
const input = values["body-file"] === "-" ? fs.readFileSync(0, "utf8") : undefined;
if (input !== undefined && input.length > 65536) fail("GraphQL: Body is too long (maximum is 65536 characters)");
const issue = state.issues.find(({ number }) => String(number) === positionals[0]);
if (/edit|comment|close/.test(verb) && !issue) fail("GraphQL: Could not resolve to an Issue");
if (command === "issue list") {
  const found = state.issues
    .filter((one) => one.state === values.state && one.labels.includes(values.label))
    .sort((a, b) => b.number - a.number)
    .slice(0, Number(values.limit))
    .map(({ number, body }) => ({ number, body: body.replaceAll("\\n", "\\r\\n") }));
  console.log(JSON.stringify(found));
} else if (command === "label create") {
  if (!values.force && state.labels.includes(positionals[0])) fail("label already exists");
  state.labels = [...new Set([...state.labels, positionals[0]])];
} else if (command === "issue create") {
  if (!state.labels.includes(values.label)) fail("could not add label: '" + values.label + "' not found");
  const number = Math.max(0, ...state.issues.map((one) => one.number)) + 1;
  const one = { number, title: values.title, body: input, labels: [values.label], state: "open", comments: [] };
  state.issues.push(one);
  console.log("https://github.com/owner/name/issues/" + number);
} else if (command === "issue edit") {
  issue.body = input;
} else if (command === "issue comment") {
  issue.comments.push(input);
} else {
  issue.state = "closed";
  issue.comments.push(values.comment);
}
save();
`;

export async function createStandInGh(): Promise<StandInGh> {
  const folder = await mkdtemp(join(tmpdir(), "loke-gh-"));
  const file = join(folder, "state.json");
  await writeFile(join(folder, "gh"), program);
  await chmod(join(folder, "gh"), 0o755);
  const state = async () => JSON.parse(await readFile(file, "utf8")) as StandInState;
  const empty: StandInState = { labels: [], issues: [], calls: [] };
  const write = (all: StandInState) => writeFile(file, JSON.stringify(all));
  await write(empty);
  return {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, GH_STATE: file },
    state,
    set: (change) => write({ ...empty, ...change }),
    remove: () => rm(folder, { recursive: true }),
  };
}
