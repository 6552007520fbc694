import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Outcome, runPrograms, type ShownProgram } from "../../scripts/docs/programs.js";

// Programs are compiled, and run against the mock.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const ts = (place: string, source: string, more?: Partial<ShownProgram>): ShownProgram => ({
  place,
  language: "ts",
  source,
  ...more,
});

const sh = (place: string, source: string): ShownProgram => ({ place, language: "sh", source });

describe("the programs of the pages", () => {
  it("are named with the line and the compiler's words when they are not well typed, and then none is run", async () => {
    const { problems, printed } = await runPrograms([
      ts("good", 'console.log("ran");'),
      ts(
        "bad",
        'const a = 1;\nconst b: string = a;\nconst c: string = null;\nconst organizationId: number = "x";\n',
      ),
      ts("guide.md", '\nconst c: number = "";', { line: 41 }),
    ]);
    expect(problems).toEqual([
      "bad, line 2: Type 'number' is not assignable to type 'string'.",
      "bad, line 3: Type 'null' is not assignable to type 'string'.",
      "bad, line 4: Type 'string' is not assignable to type 'number'.",
      "guide.md, line 42: Type 'string' is not assignable to type 'number'.",
    ]);
    expect(printed.size).toBe(0);
  });

  describe("that are well typed", () => {
    let outcome: Outcome;
    /** The problems of programs in one language: the names of those for curl begin with it. */
    const problemsOf = (isCurl: boolean) =>
      outcome.problems.filter((problem) => problem.startsWith("curl") === isCurl);
    const printedBy = (isCurl: boolean) =>
      [...outcome.printed].filter(([name]) => name.startsWith("curl") === isCurl);

    beforeAll(async () => {
      outcome = await runPrograms([
        ts(
          "asks",
          `const customers = "/organizations/" + process.env.LOKE_ORGANIZATION_ID + "/customers/";
const headers = { authorization: "Bearer " + process.env.LOKE_ACCESS_TOKEN };
const url = "https://api.loke.global" + customers + process.env.LOKE_CUSTOMER_ID;
console.log((await fetch(url, { headers })).status);`,
        ),
        ts("throws", 'throw new Error("not today");', { line: 7 }),
        ts("asks elsewhere", 'await fetch("https://example.com/");'),
        ts("is silent", ""),
        ts("must not be silent", "", { mustPrint: true }),
        ts("goes on", 'console.log("on");', { mustPrint: true }),
        sh(
          "curl asks",
          'curl -sS -o /dev/null -w "%{http_code}" -H "Authorization: Bearer $LOKE_ACCESS_TOKEN" "https://api.loke.global/organizations/$LOKE_ORGANIZATION_ID/customers"',
        ),
        sh("curl fails", "curl --fail -sS https://api.loke.global/organizations/a/customers"),
        sh("curl fails first", "false\necho done"),
        sh("curl asks elsewhere", "curl -sS https://example.com/"),
      ]);
    });

    it("are run against the mock, and named with what they complain of", () => {
      expect(problemsOf(false)).toEqual([
        expect.stringMatching(/^throws, line 7 fails when it is run: [\s\S]*Error: not today/),
        expect.stringMatching(
          /^asks elsewhere fails when it is run: [\s\S]*https:\/\/example\.com/,
        ),
        "must not be silent prints nothing.",
      ]);
      expect(printedBy(false)).toEqual([
        ["asks", "200\n"],
        ["is silent", ""],
        ["must not be silent", ""],
        ["goes on", "on\n"],
      ]);
    });

    it("ask the mock by curl, and no other host", ({ skip }) => {
      if (outcome.skipped) return skip(outcome.skipped);
      expect(printedBy(true)).toEqual([["curl asks", "200"]]);
      expect(problemsOf(true)).toEqual([
        expect.stringMatching(/^curl fails fails when it is run: .*401/),
        expect.stringMatching(/^curl fails first fails when it is run:/),
        "curl asks elsewhere fails when it is run: refused: this sample asks for https://example.com/",
      ]);
    });
  });
});
