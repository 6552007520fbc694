import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../project-copy.js";

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly "timeout-minutes": number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, ".github/workflows");
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
const names = readdirSync(folder);
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

describe.each(names)("the workflow %s", (name) => {
  const text = textOf(name);
  const workflow: Workflow = parse(text);

  test("grants nothing that a job does not name, and each job ends", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toBeTypeOf("object");
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  test("pins each action by its commit, and names the version", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const one of uses)
      expect(one).toMatch(/^uses: [\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("leaves no token in the checkout", () => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const { with: options } of checkouts) expect(options?.["persist-credentials"]).toBe(false);
  });

  test("writes nothing of an event into a script", () => {
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{");
  });
});

describe("the watch", () => {
  const workflow: Workflow = parse(textOf("beta.yml"));
  const [job] = Object.values(workflow.jobs);
  const steps = stepsOf(workflow);

  test("runs once a day, and when a maintainer starts it, one run at a time", () => {
    expect(workflow.on).toEqual({
      schedule: [{ cron: expect.stringMatching(/^\d{1,2} \d{1,2} \* \* \*$/) }],
      workflow_dispatch: null,
    });
    expect(workflow.concurrency["cancel-in-progress"]).toBe(false);
  });

  test("may read the repository and write issues, and nothing else", () => {
    expect(Object.keys(workflow.jobs)).toHaveLength(1);
    expect(job?.permissions).toEqual({ contents: "read", issues: "write" });
  });

  test("gives the token to its script alone, which is in the repository", () => {
    const withToken = steps.filter((step) => JSON.stringify(step).includes("github.token"));
    expect(withToken).toHaveLength(1);
    const [, script = ""] = /tsx (\S+\.ts)/.exec(withToken[0]?.run ?? "") ?? [];
    expect(existsSync(join(root, script))).toBe(true);
  });

  test("passes if the script ends with 0 or 1 only", () => {
    const run = steps.at(-1)?.run ?? "";
    expect(run).toMatch(/ \|\| code=\$\?\ntest "\$code" -le 1\n$/);
  });
});
