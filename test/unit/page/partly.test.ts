import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { outcomeOf } from "../../../scripts/lib/command.js";
import { pageCommand } from "../../../scripts/page/command.js";
import { renderPage } from "./render-page.js";
import { documentText, facts, pageInOtherWords } from "./this-page.js";

// A difference of types is compiled: a second or so each.
vi.setConfig({ testTimeout: 120_000 });

// What cannot be read is named, and the rest is compared. A line that cannot be read makes no difference: what it says is
// not known to be missing.

const page = renderPage(pageInOtherWords(), { rendition: "glued" });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-partly-"));
  await mkdir(join(folder, "openapi"));
  await writeFile(join(folder, "openapi/openapi.yaml"), documentText);
  await run(page, "--save");
});
afterAll(() => rm(folder, { recursive: true }));

async function run(text: string, ...args: string[]) {
  const readInput = async () => new TextEncoder().encode(text);
  const now = new Date("2031-02-03");
  return outcomeOf(pageCommand({ root: folder, folder, now, readInput }), ["-", ...args]);
}

/** What is said of a page after a change: the lines of its problems, and the subjects of its differences. */
async function outcome(change: (text: string) => string) {
  const text = change(page);
  expect(text).not.toBe(page);
  const { exitCode, stdout = "" } = await run(text, "--json");
  expect(exitCode).toBe(2);
  const { problems, differences } = JSON.parse(stdout);
  const lines = text.split("\n");
  return {
    problems: problems.map(({ line }: { line: number }) => lines[line - 1]),
    differences: differences.map(
      ({ kind, subject }: { kind: string; subject: string }) => `${kind} of ${subject}`,
    ),
  };
}

const edit = (from: string | RegExp, to: string) => (text: string) => {
  expect(text).toMatch(from);
  return text.replace(from, to);
};
const unreadField = edit("genderstring(optional)", "genderstrng(optional)");
/** A change that is seen, whatever cannot be read elsewhere. */
const news = edit("namestring Says", "nameinteger Says");

describe("a page of which a line cannot be read", () => {
  test("names it first, and compares everything else", async () => {
    const text = news(unreadField(page));
    const { exitCode, stdout, stderr } = await run(text);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^line \d+: The row "genderstrng\(optional\) Says the gender" reads in no/,
    );
    expect(stderr).toMatch(/\nWhat may be on these lines was not compared\.$/);
    expect(stdout).toMatch(
      /^standard input and openapi\/openapi\.yaml: one difference \(1 breaking\)\n/,
    );
    expect(stdout).toContain("CustomerListTiny.name: type (breaking)");
  });

  test("says nothing but the problem if everything else agrees", async () => {
    const { exitCode, stdout = "", stderr } = await run(unreadField(page));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("line ");
  });

  test("is neither saved nor drafted", async () => {
    const saved = await run(unreadField(page), "--save");
    expect(saved).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/\npage: not saved\.$/),
    });
    const added = edit("emailstring(", "citystring City\nemailstring(")(unreadField(page));
    const drafted = await run(added, "--draft");
    expect(drafted).toEqual({ exitCode: 2, stderr: expect.stringContaining("genderstrng") });
  });

  test("has both its problems and its differences in JSON", async () => {
    expect(await outcome((text) => news(unreadField(text)))).toEqual({
      problems: ["genderstrng(optional) Says the gender"],
      differences: ["field-type of CustomerListTiny.name"],
    });
  });
});

/** Each change makes lines unreadable. With it alone nothing may differ, and beside it another change must be seen. */
const unreadable: [name: string, change: (text: string) => string][] = [
  ["a field", unreadField],
  ["a field whose name is gone as well", edit("genderstring(optional)", "|||")],
  ["a parameter", edit("emailstringquery", "emailstrngquery")],
  ["two fields of one name", edit("genderstring", "emailstring")],
  ["two parameters of one name", edit("emailstringquery", "aftrstringquery\naftrstringquery")],
  ["values of a row that can have none", edit("sortstringquery", "sortintegerquery")],
  ["a response", edit("404: Answer response.", "404: Answer: response.")],
  ["a response's model", edit("response.Customer\n", "response.Customr\n")],
  ["two responses of one status", edit("404: Answer", "200: Answer")],
  ["an example that does not parse", edit('"gender": "MALE",', '"gender": "MALE"')],
  ["an example that does not end", edit(/\n\}\n404/, "\n404")],
  ["a title", edit("Get a Customer\n", "Get a customer.\n")],
  ["a missing title", edit("List Customers\n\n", "")],
  ["a page size", edit("paged by 1000 results", "paged by 1000 results, paged by 10 results")],
  [
    "a request",
    edit(
      "get /organizations/{organizationId}/customers\n",
      "gte /organizations/{organizationId}/customers\n",
    ),
  ],
  ["a section's name", edit("Parameters\n", "Paramters\n")],
  ["a section twice", (text) => text.replace(/(Parameters\n[\s\S]*?)(?=Responses)/, "$1$1")],
  ["a table's columns", edit("NameTypeInDescription", "NameTypeInRequiredDescription")],
  ["a table's header", edit("NameTypeInDescription\n", "")],
  ["a table with a blank line", edit("emailstringquery", "\nemailstringquery")],
  ["a model's table with a blank line", edit("genderstring", "\ngenderstring")],
  ["a model's name", edit("CustomerTiny\n\nSays", "Customer-Tiny\n\nSays")],
  ["a model's header", edit(/(Says all of Customer\.\n\n)Name.*\n/, "$1")],
  ["two models of one name", edit("CustomerTiny\n\nSays", "Customer\n\nSays")],
  ["a model that is called as a type", edit("CustomerTiny\n\nSays", "string\n\nSays")],
  [
    "an operation twice",
    (text) =>
      text.replace(
        /(?=List Customers\n)/,
        `${/Get a Customer\n[\s\S]*?(?=List Customers\n)/.exec(text)?.[0]}`,
      ),
  ],
  ["an introduction that can be a title", edit("Words that lead to what follows.", "Read on")],
];

describe("makes no difference by itself, and hides none elsewhere:", () => {
  test.for(unreadable)("%s", async ([, change]) => {
    const { problems, differences } = await outcome(change);
    expect(problems).not.toEqual([]);
    expect(differences).toEqual([]);
    const both = await outcome((text) => change(news(text)));
    expect(both.differences).toEqual(["field-type of CustomerListTiny.name"]);
  });

  test("any line that is garbled", async () => {
    const lines = page.split("\n");
    const seen = { problems: 0, differences: 0 };
    for (const [index, line] of lines.entries()) {
      if (line.trim() === "") continue;
      const text = lines
        .toSpliced(index, 1, `${line.slice(0, 3)}\u00a4${line.slice(3)}`)
        .join("\n");
      const { exitCode, stdout } = await run(text, "--json");
      const { problems, differences } = JSON.parse(stdout ?? "{}");
      if (exitCode !== 2 || !differences) {
        seen.differences++;
        continue;
      }
      seen.problems++;
      const missing = differences.filter(({ page }: { page: unknown }) => page === null);
      expect([problems.length > 0, missing], JSON.stringify([line, problems, missing])).toEqual([
        true,
        [],
      ]);
    }
    expect(seen.problems).toBeGreaterThan(20);
  });
});

test("still reports what is missing elsewhere", async () => {
  const without = edit(/lastPointsEarnedAtstring.*\n/, "");
  expect((await outcome((text) => without(unreadField(text)))).differences).toEqual([
    "field of CustomerStatistics.lastPointsEarnedAt",
  ]);
  const noEmail = edit(/emailstringquery.*\n/, "");
  expect((await outcome((text) => noEmail(unreadField(text)))).differences).toEqual([
    "parameter of listCustomers.email",
  ]);
  expect(facts.operations).toHaveLength(3);
});
