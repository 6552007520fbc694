import { describe, expect, it, vi } from "vitest";
import { runPrograms, type ShownProgram } from "../../scripts/docs/programs.js";

// Each starts the mock, and compiles.
vi.setConfig({ testTimeout: 120_000 });

const ts = (place: string, source: string, more?: Partial<ShownProgram>): ShownProgram => ({
  place,
  language: "ts",
  source,
  ...more,
});

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

  it("are run against the mock, and named with what they complain of", async () => {
    const { problems, printed } = await runPrograms([
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
    ]);
    expect(problems).toEqual([
      expect.stringMatching(/^throws, line 7 fails when it is run: [\s\S]*Error: not today/),
      expect.stringMatching(/^asks elsewhere fails when it is run: [\s\S]*https:\/\/example\.com/),
      "must not be silent prints nothing.",
    ]);
    expect([...printed]).toEqual([
      ["asks", "200\n"],
      ["is silent", ""],
      ["must not be silent", ""],
      ["goes on", "on\n"],
    ]);
  });

  it("for curl ask the mock, and no other host", async ({ skip }) => {
    const sh = (place: string, source: string) => ({ place, language: "sh" as const, source });
    const { problems, printed, skipped } = await runPrograms([
      sh(
        "asks",
        'curl -sS -o /dev/null -w "%{http_code}" -H "Authorization: Bearer $LOKE_ACCESS_TOKEN" "https://api.loke.global/organizations/$LOKE_ORGANIZATION_ID/customers"',
      ),
      sh("fails", "curl --fail -sS https://api.loke.global/organizations/a/customers"),
      sh("fails first", "false\necho done"),
      sh("asks elsewhere", "curl -sS https://example.com/"),
    ]);
    if (skipped) return skip(skipped);
    expect([...printed]).toEqual([["asks", "200"]]);
    expect(problems).toEqual([
      expect.stringMatching(/^fails fails when it is run: .*401/),
      expect.stringMatching(/^fails first fails when it is run:/),
      "asks elsewhere fails when it is run: refused: this sample asks for https://example.com/",
    ]);
  });
});
