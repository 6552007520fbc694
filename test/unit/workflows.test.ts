import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

// What the workflows on GitHub may do, and what Dependabot leaves alone.

const root = new URL("../../", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), "utf8");

interface Job {
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  needs?: string;
  steps: { uses?: string; run?: string; with?: Record<string, unknown> }[];
}

const folder = ".github/workflows/";
const workflows = readdirSync(new URL(folder, root)).map((file) => {
  const text = read(`${folder}${file}`);
  const { jobs, permissions } = parse(text) as { jobs: Record<string, Job>; permissions: unknown };
  return { file, text, permissions, jobs };
});
const jobs = workflows.flatMap(({ file, jobs }) =>
  Object.entries(jobs).map(([name, job]) => ({ name: `${file}: ${name}`, job })),
);

describe.each(workflows)("$file", ({ text, permissions }) => {
  test("grants nothing that a job does not ask for", () => {
    expect(permissions).toEqual({});
  });

  test("pins each action by commit, with its version beside it", () => {
    const actions = text.match(/\buses: .*/g) ?? [];
    expect(actions).not.toEqual([]);
    const others = actions.filter((use) => !/@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(use));
    expect(others).toEqual([]);
  });
});

test("one action has one version in all workflows", () => {
  const uses = workflows.flatMap(({ text }) => text.match(/\buses: .*/g) ?? []);
  const names = new Set(uses.map((use) => use.split("@")[0]));
  expect(new Set(uses).size).toBe(names.size);
});

test.each(jobs)("$name has a time limit and names its permissions", ({ job }) => {
  expect(job["timeout-minutes"]).toBeGreaterThan(0);
  expect(job.permissions).toBeDefined();
});

test("only what publishes has an identity, and no job may write to the repository", () => {
  const may = (key: string) =>
    jobs.filter(({ job }) => job.permissions?.[key] === "write").map(({ name }) => name);
  expect(may("id-token")).toEqual(["docs.yml: deploy", "release.yml: publish"]);
  expect(may("contents")).toEqual([]);
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
