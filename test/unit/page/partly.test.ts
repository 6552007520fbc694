import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compare } from "../../../scripts/page/compare.js";
import { openDocument } from "../../../scripts/page/document.js";
import { readPage } from "../../../scripts/page/read-page.js";
import { compareWords, hashes } from "../../../scripts/page/saved-page.js";
import { renderPage } from "./render-page.js";
import { runPage } from "./run-page.js";
import { documentText, facts, pageInOtherWords } from "./this-page.js";

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

function run(text: string, ...args: string[]) {
  return runPage(["-", ...args], { root: folder, input: text });
}

const document = openDocument(documentText);
const transcribed = hashes(readPage(page).reading?.words ?? new Map());

/** What the command finds in a page. Nothing, if none of it can be read. */
function findingsOf(text: string) {
  const { reading, problems = [], unread = [] } = readPage(text);
  if (!reading) return { problems };
  const side = { ...reading, problems, unread };
  const { differences } = compare(side, document);
  const words = compareWords(side, transcribed, document, differences);
  return { problems, differences: [...differences, ...words] };
}

/** What is said of a page after a change: the lines of its problems, and the subjects of its differences. */
function outcome(change: (text: string) => string) {
  const text = change(page);
  expect(text).not.toBe(page);
  const lines = text.split("\n");
  const { problems, differences = [] } = findingsOf(text);
  expect(problems).not.toEqual([]);
  return {
    problems: problems.map(({ line }) => lines[line - 1]),
    differences: differences.map(({ kind, subject }) => `${kind} of ${subject}`),
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
    expect(drafted).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringContaining("genderstrng"),
    });
  });

  test("has both its problems and its differences in JSON", async () => {
    const text = news(unreadField(page));
    const { exitCode, stdout } = await run(text, "--json");
    const { problems, differences } = JSON.parse(stdout);
    const line = text.split("\n").indexOf("genderstrng(optional) Says the gender") + 1;
    expect({ exitCode, problems, differences }).toMatchObject({
      exitCode: 2,
      problems: [{ line }],
      differences: [{ kind: "field-type", subject: "CustomerListTiny.name" }],
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
  test.for(unreadable)("%s", ([, change]) => {
    expect(outcome(change).differences).toEqual([]);
    const both = outcome((text) => change(news(text)));
    expect(both.differences).toEqual(["field-type of CustomerListTiny.name"]);
  });

  test("any line that is garbled", () => {
    const lines = page.split("\n");
    const seen = { problems: 0, differences: 0 };
    for (const [index, line] of lines.entries()) {
      if (line.trim() === "") continue;
      const text = lines
        .toSpliced(index, 1, `${line.slice(0, 3)}\u00a4${line.slice(3)}`)
        .join("\n");
      const { problems, differences } = findingsOf(text);
      if (problems.length === 0 || !differences) {
        seen.differences++;
        continue;
      }
      seen.problems++;
      const missing = differences.filter((one) => one.page === null);
      expect(missing, JSON.stringify([line, problems])).toEqual([]);
    }
    expect(seen.problems).toBeGreaterThan(20);
  });
});

test("still reports what is missing elsewhere", () => {
  const without = edit(/lastPointsEarnedAtstring.*\n/, "");
  expect(outcome((text) => without(unreadField(text))).differences).toEqual([
    "field of CustomerStatistics.lastPointsEarnedAt",
  ]);
  const noEmail = edit(/emailstringquery.*\n/, "");
  expect(outcome((text) => noEmail(unreadField(text))).differences).toEqual([
    "parameter of listCustomers.email",
  ]);
  expect(facts.operations).toHaveLength(3);
});
