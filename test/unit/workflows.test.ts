import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

// What the workflows on GitHub may do, and what Dependabot leaves alone.

const root = new URL("../../", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), "utf8");

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  needs?: string;
  steps: Step[];
}

interface Workflow {
  on: unknown;
  permissions: unknown;
  concurrency?: { "cancel-in-progress": boolean };
  jobs: Record<string, Job>;
}

const folder = ".github/workflows/";
const workflows = readdirSync(new URL(folder, root)).map((file) => {
  const text = read(`${folder}${file}`);
  const workflow: Workflow = parse(text);
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  return { file, text, steps, ...workflow };
});
const jobs = workflows.flatMap(({ file, jobs }) =>
  Object.entries(jobs).map(([name, job]) => ({ name: `${file}: ${name}`, job })),
);

describe.each(workflows)("$file", ({ text, permissions, steps }) => {
  test("grants nothing that a job does not ask for", () => {
    expect(permissions).toEqual({});
  });

  test("pins each action by commit, with its version beside it", () => {
    const actions = text.match(/\buses: .*/g) ?? [];
    expect(actions).not.toEqual([]);
    const pinned = /^uses: [\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/;
    expect(actions.filter((use) => !pinned.test(use))).toEqual([]);
  });

  test("leaves no token in the checkout", () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const { with: options } of checkouts) expect(options?.["persist-credentials"]).toBe(false);
  });

  test("writes nothing of an event into a script", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });
});

test("one action has one version in all workflows", () => {
  const uses = workflows.flatMap(({ text }) => text.match(/\buses: .*/g) ?? []);
  const names = new Set(uses.map((use) => use.split("@")[0]));
  expect(new Set(uses).size).toBe(names.size);
});

test.each(jobs)("$name has a time limit and names its permissions", ({ job }) => {
  expect(job["timeout-minutes"]).toBeGreaterThan(0);
  expect(job.permissions).toBeTypeOf("object");
});

test("only what publishes has an identity, and no job may write to the repository", () => {
  const may = (key: string) =>
    jobs.filter(({ job }) => job.permissions?.[key] === "write").map(({ name }) => name);
  expect(may("id-token")).toEqual(["docs.yml: deploy", "release.yml: publish"]);
  expect(may("contents")).toEqual([]);
});

describe("the watch on the beta", () => {
  const beta = workflows.find(({ file }) => file === "beta.yml");

  test("runs once a day, and when a maintainer starts it, one run at a time", () => {
    expect(beta?.on).toEqual({
      schedule: [{ cron: expect.stringMatching(/^\d{1,2} \d{1,2} \* \* \*$/) }],
      workflow_dispatch: null,
    });
    expect(beta?.concurrency?.["cancel-in-progress"]).toBe(false);
  });

  test("may read the repository and write issues, and nothing else", () => {
    const permissions = Object.values(beta?.jobs ?? {}).map((job) => job.permissions);
    expect(permissions).toEqual([{ contents: "read", issues: "write" }]);
  });

  test("gives the token to its script alone, which is in the repository", () => {
    const withToken = beta?.steps.filter((step) => JSON.stringify(step).includes("github.token"));
    expect(withToken).toHaveLength(1);
    const [, script = ""] = /tsx (\S+\.ts)/.exec(withToken?.[0]?.run ?? "") ?? [];
    expect(existsSync(new URL(script, root))).toBe(true);
  });

  test("passes if the script ends with 0 or 1 only", () => {
    expect(beta?.steps.at(-1)?.run).toMatch(/ \|\| code=\$\?\ntest "\$code" -le 1\n$/);
  });
});

describe("a release", () => {
  const release = workflows.find(({ file }) => file === "release.yml");
  const { check, publish } = release?.jobs ?? {};

  test("is published after everything that CI checks", () => {
    expect(publish?.needs).toBe("check");
    expect(check?.steps.map(({ run }) => run)).toContain("bash .ci/run");
  });

  test("is published with provenance, without a token and without scripts of dependencies", () => {
    const commands = publish?.steps.flatMap(({ run }) => run ?? []);
    expect(commands).toContain("npm ci --ignore-scripts");
    expect(commands?.at(-1)).toBe("npm publish --provenance --access public");
    expect(release?.text).not.toMatch(/\bsecrets\b|NODE_AUTH_TOKEN|\bcache:/);
  });
});

test("Dependabot leaves alone what CONTRIBUTING.md says is held back, and nothing else", () => {
  const { updates } = parse(read(".github/dependabot.yml")) as {
    updates: { ignore?: { "dependency-name": string }[] }[];
  };
  const ignored = updates.flatMap(({ ignore = [] }) => ignore.map((one) => one["dependency-name"]));
  const rows = read("CONTRIBUTING.md").matchAll(/^\| `([^`]+)` \| [^|]+ \| .*held back/gm);
  expect(ignored.sort()).toEqual([...rows].map(([, name]) => name).sort());
  const { devDependencies } = JSON.parse(read("package.json"));
  expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(ignored));
});
