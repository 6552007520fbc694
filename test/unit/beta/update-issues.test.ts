import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ComparedPage } from "../../../scripts/beta/compare-pages.js";
import { wantedIssues } from "../../../scripts/beta/issue.js";
import { createGh, updateIssues } from "../../../scripts/beta/update-issues.js";
import { callGh, emptyState, type StandInIssue, type StandInState } from "./gh-calls.js";
import { createStandInGh, type StandInGh } from "./stand-in-gh.js";

const name = "https://docs.example.com/customer";
const agrees: ComparedPage = { name, code: 0, stdout: "It agrees.\n", stderr: "" };
const differs: ComparedPage = { name, code: 1, stdout: "One difference.\n", stderr: "" };
const differsMore: ComparedPage = { ...differs, stdout: "Two differences.\n" };
const unreadable: ComparedPage = { name, code: 2, stdout: "", stderr: "page: It is gone.\n" };

let state: StandInState;
beforeEach(() => {
  state = emptyState();
});

/** One run of the watch; returns its calls of `gh`. */
function run(...pages: ComparedPage[]): string[] {
  state.calls = [];
  updateIssues(wantedIssues(pages), (args, input = "") => callGh(state, args, input));
  return state.calls;
}

/** Puts other issues in the place of the one that there is. */
function replaceIssues(others: (own: StandInIssue) => StandInIssue[]): void {
  const [own] = state.issues;
  if (!own) throw new Error("There is an issue.");
  state.issues = others(own);
}

/** The issues, each as its state, kind and report, and its comments. */
function issues(): string[] {
  return state.issues.map(({ body, comments, number, state, title }) => {
    const [, report] = /^```text\n(.*)\n```$/m.exec(body) ?? [];
    return [`#${number} ${state}, ${title}: ${report}`, ...comments].join(" | ");
  });
}

const differ = "The vendor's page differs from the document";
const cannotBeRead = "The vendor's page cannot be read";
const isOpened = ["issue list", "label create beta-watch", "issue create"];

test.for<[title: string, runs: ComparedPage[][], calls: string[], issues: string[]]>([
  ["does nothing while the page agrees", [[agrees]], ["issue list"], []],
  [
    "opens an issue where the page differs",
    [[differs]],
    isOpened,
    [`#1 open, ${differ}: One difference.`],
  ],
  [
    "leaves the issue alone while the report is the same",
    [[differs], [differs]],
    ["issue list"],
    [`#1 open, ${differ}: One difference.`],
  ],
  [
    "edits the open issue once the report is another, and says so in one comment",
    [[differs], [differsMore]],
    ["issue list", "issue edit 1", "issue comment 1"],
    [`#1 open, ${differ}: Two differences. | This changed again: the text above is new.`],
  ],
  [
    "does so once",
    [[differs], [differsMore], [differsMore]],
    ["issue list"],
    [`#1 open, ${differ}: Two differences. | This changed again: the text above is new.`],
  ],
  [
    "closes what is open once the page agrees, with a comment",
    [[differs, unreadable], [agrees]],
    ["issue list", "issue close 1", "issue close 2"],
    [
      `#1 closed, ${differ}: One difference. | Page and document agree again.`,
      `#2 closed, ${cannotBeRead}: page: It is gone. | The page can be read again.`,
    ],
  ],
  [
    "opens another issue after the first was closed",
    [[differs], [agrees], [differs]],
    isOpened,
    [
      `#1 closed, ${differ}: One difference. | Page and document agree again.`,
      `#2 open, ${differ}: One difference.`,
    ],
  ],
  [
    "opens an issue of its own where the page cannot be read, and leaves that of a difference as it is",
    [[differs], [unreadable]],
    isOpened,
    [`#1 open, ${differ}: One difference.`, `#2 open, ${cannotBeRead}: page: It is gone.`],
  ],
  [
    "leaves both alone while the page cannot be read",
    [[differs], [unreadable], [unreadable]],
    ["issue list"],
    [`#1 open, ${differ}: One difference.`, `#2 open, ${cannotBeRead}: page: It is gone.`],
  ],
  [
    "closes that issue once the page can be read, though it differs",
    [[unreadable], [differs]],
    [...isOpened, "issue close 1"],
    [
      `#1 closed, ${cannotBeRead}: page: It is gone. | The page can be read again.`,
      `#2 open, ${differ}: One difference.`,
    ],
  ],
  [
    "takes a command that was killed for one that could not read",
    [[{ ...unreadable, code: 137 }]],
    isOpened,
    [`#1 open, ${cannotBeRead}: page: It is gone.`],
  ],
])("the watch %s", ([, runs, calls, expected]) => {
  expect(runs.map((pages) => run(...pages)).at(-1)).toEqual(calls);
  expect(issues()).toEqual(expected);
  for (const { labels } of state.issues) expect(labels).toEqual(["beta-watch"]);
});

describe("the watch", () => {
  test("says that one page cannot be read, and what differs on another", () => {
    run({ ...differs, name: "https://a.example" }, { ...unreadable, name: "https://b.example" });
    const [differing, unread] = state.issues.map(({ body }) => body);
    expect(differing).toContain("`https://a.example`");
    expect(differing).not.toContain("https://b.example");
    expect(unread).toContain("`https://b.example`");
    expect(unread).not.toContain("https://a.example");
  });

  test("closes all but the oldest, if two are open", () => {
    run(differs);
    replaceIssues((first) => [first, { ...first, comments: [], number: 7 }]);
    expect(run(differs)).toEqual(["issue list", "issue close 7"]);
    expect(issues()).toEqual([
      `#1 open, ${differ}: One difference.`,
      `#7 closed, ${differ}: One difference. | #1 says the same.`,
    ]);
  });

  test("takes no issue of others for its own", () => {
    run(differs);
    replaceIssues((own) => [
      { ...own, number: 2, labels: [] },
      { ...own, number: 3, body: `We talk about it here.\n${own.body}` },
    ]);
    run(differs);
    expect(state.issues.map(({ number }) => number)).toEqual([2, 3, 4]);
    run(agrees);
    expect(state.issues.map(({ state }) => state)).toEqual(["open", "open", "closed"]);
  });
});

describe("gh fails", () => {
  let standIn: StandInGh;
  beforeAll(async () => {
    standIn = await createStandInGh();
  });
  afterAll(() => standIn.remove());

  const calls: [call: string, before: ComparedPage | undefined, now: ComparedPage][] = [
    ["issue list", undefined, agrees],
    ["label create", undefined, differs],
    ["issue create", undefined, differs],
    ["issue edit", differs, differsMore],
    ["issue comment", differs, differsMore],
    ["issue close", differs, agrees],
  ];
  test.for(calls)("%s: the watch could not run", async ([call, before, now]) => {
    if (before) run(before);
    await standIn.set({ ...state, fails: call });
    expect(() => updateIssues(wantedIssues([now]), createGh(standIn.env))).toThrow(
      expect.objectContaining({
        name: "CliError",
        exitCode: 2,
        message: `gh ${call} failed: HTTP 502: Bad Gateway (https://api.github.com/graphql)`,
      }),
    );
  });

  test("is missing", () => {
    const gh = createGh({ ...standIn.env, PATH: "/nowhere" });
    expect(() => updateIssues(wantedIssues([differs]), gh)).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: expect.stringMatching(/^gh issue list could not run: .*ENOENT/),
      }),
    );
  });

  test("prints something else than issues", () => {
    const gh = () => "You are using an old version of gh.";
    expect(() => updateIssues(wantedIssues([differs]), gh)).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: "gh issue list printed something else than a list of issues.",
      }),
    );
  });
});

describe("the body of an issue", () => {
  const bodyFor = (stdout: string) => {
    const { differs: wanted } = wantedIssues([{ ...differs, stdout }]);
    if (typeof wanted === "string") throw new Error("There is a body.");
    return wanted.body;
  };
  /** The line that opens the fence, and what is inside. */
  const fenceIn = (body: string) => /^(`{3,})text\n([\s\S]*?)\n\1$/m.exec(body) ?? [];

  test("has the text of the page in a fence that it cannot close", () => {
    const text = "A ``` fence,\n````\n@someone #1 <!-- --> <img src=x>\n```text\nlast";
    const [, fence, inner] = fenceIn(bodyFor(text));
    expect(fence).toBe("`````");
    expect(inner).toBe(text);
  });

  test("has no characters that nobody sees", () => {
    const [, , inner] = fenceIn(bodyFor("a\u202Eb\u0000c\u200Bd\te\r\nf"));
    expect(inner).toBe("abcd\te\nf");
  });

  test("is cut after a line where GitHub would refuse it, and says how much is left out", () => {
    const lines = Array.from({ length: 3000 }, (_, at) => `line ${at}: ${"é".repeat(40)}`);
    const body = bodyFor(lines.join("\n"));
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(65_000);
    const [, , inner = ""] = fenceIn(body);
    const kept = inner.split("\n");
    expect(kept).toEqual(lines.slice(0, kept.length));
    expect(body).toContain(
      `${3000 - kept.length} lines are left out here. \`npm run page\` prints all.`,
    );
    expect(body.endsWith("once page and document agree.")).toBe(true);
  });

  test("is cut for several pages alike", () => {
    const long = `${"x".repeat(99)}\n`.repeat(2000);
    const { differs: wanted } = wantedIssues([
      { ...differs, name: "https://a.example", stdout: long },
      { ...differs, name: "https://b.example", stdout: long },
    ]);
    const body = typeof wanted === "string" ? "" : wanted.body;
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.match(/^\d+ lines are left out here\./gm)).toHaveLength(2);
  });

  test("is another if anything in the report is, also what was cut", () => {
    const long = "x\n".repeat(50_000);
    expect(bodyFor(`${long}a`).split("\n", 1)).not.toEqual(bodyFor(`${long}b`).split("\n", 1));
  });
});
