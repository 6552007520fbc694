import { describe, expect, test } from "vitest";
import { operations } from "../../generated/operations.js";
import { runCli } from "./run-cli.js";

describe("without a command", () => {
  test("lists the operations with their summaries", async () => {
    const { code, stdout } = await runCli([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}list-customers +List customers$/m);
    expect(
      stdout.match(/^ {2}[a-z-]+ {2,}/gm)?.filter((line) => !line.includes("--")),
    ).toHaveLength(Object.keys(operations).length);
  });

  test("--help shows the same, and --version the version", async () => {
    expect(await runCli(["--help"])).toEqual(await runCli([]));
    const { stdout } = await runCli(["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("the help of a command", () => {
  test("has the document's words, its values and its fields", async () => {
    const { code, stdout } = await runCli(["list-customers", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("How to sort the customers of the returned list.");
    expect(stdout).toContain("--sort created|updated");
    expect(stdout).toContain("Required, or\n");
    expect(stdout).toContain("statistics.totalSpend");
    expect(stdout).not.toContain("--body");
  });

  test("fits into 80 columns, or those of the terminal", async () => {
    for (const [terminal, most] of [
      [undefined, 80],
      [44, 44],
    ] as const) {
      const options = terminal === undefined ? {} : { terminal };
      const { stdout } = await runCli(["list-customers", "--help"], options);
      // A word that is longer than a line stays whole.
      const tooLong = stdout
        .split("\n")
        .filter((line) => line.length > most && line.trim().includes(" "));
      expect(tooLong).toEqual([]);
    }
  });

  test("shows no --limit and no --resume of an operation that is no list", async () => {
    const { stdout } = await runCli(["get-customer", "--help"]);
    expect(stdout).not.toMatch(/--limit|--resume/);
    expect(stdout).toContain("--customer-id STRING");
  });

  test("comes before anything that is wrong, and touches no network", async () => {
    const env = { LOKE_ACCESS_TOKEN: "", LOKE_BASE_URL: "nowhere" };
    expect(await runCli(["get-customer", "--wrong", "--help"], { env })).toMatchObject({ code: 0 });
  });
});

const wrong: readonly (readonly [title: string, line: string, says: RegExp])[] = [
  [
    "a command that there is not",
    "list-custmers",
    /no command list-custmers\. Did you mean list-customers\?/,
  ],
  ["a command far from any", "frobnicate-xyz", /no command frobnicate-xyz\. loke-customers --help/],
  [
    "an option that there is not",
    "list-customers --srot x",
    /no option --srot\. Did you mean --sort\?/,
  ],
  ["an option before the command", "--limit 3 list-customers", /command comes first/],
  ["a short option that there is not", "list-customers -x", /no option -x/],
  [
    "a value that the document does not list",
    "list-customers --sort name",
    /--sort must be one of created, updated\./,
  ],
  ["a value that is missing", "list-customers --sort", /--sort needs a value/],
  ["an option where a value is due", "list-customers --sort --limit 3", /--sort needs a value/],
  ["an option twice", "list-customers --sort created --sort updated", /--sort is given twice/],
  ["a value for an option without one", "list-customers --quiet=yes", /--quiet takes no value/],
  ["a word that belongs to nothing", "list-customers more", /takes options only/],
  [
    "a format that there is not",
    "list-customers --format cvs",
    /ndjson, json, csv, table\. Did you mean csv\?/,
  ],
  ["a limit that is no number", "list-customers --limit ten", /--limit needs a whole number/],
  ["a limit for one thing", "get-customer --limit 3", /no option --limit/],
  [
    "a field that the document has not",
    "list-customers --fields id,fistName",
    /no field fistName\. Did you mean firstName\?/,
  ],
  [
    "a field of an object that it has not",
    "list-customers --fields statistics.total",
    /no field statistics\.total/,
  ],
  ["no field at all", "list-customers --fields=", /--fields has an empty name/],
  ["--spreadsheet without csv", "list-customers --spreadsheet", /--spreadsheet needs --format csv/],
  ["--resume without --output", "list-customers --resume", /--resume needs the --output/],
  ["--resume of a table", "list-customers --resume -o x --format table", /another --format/],
  ["an argument that is missing", "get-customer", /--customer-id is missing/],
  ["a path that would change", "get-customer --customer-id ..", /customerId.*must not be/],
  ["an address that is none", "list-customers --base-url nowhere", /baseUrl/],
  [
    "a mock with an address",
    "list-customers --mock --base-url http://localhost",
    /--mock sends nothing/,
  ],
  ["a mock of no number", "list-customers --mock=many", /--mock needs a whole number/],
  ["the same, as a word", "list-customers --mock many", /--mock needs a whole number/],
];

describe("wrong usage ends with 2, on standard error alone", () => {
  test.each(wrong)("%s", async (_, line, says) => {
    const { code, stderr, stdout } = await runCli(line.split(" "));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test("an argument that has a variable names it", async () => {
    const { code, stderr } = await runCli(["list-customers"], {
      env: { LOKE_ORGANIZATION_ID: "" },
    });
    expect(code).toBe(2);
    expect(stderr).toContain("--organization-id is missing, and LOKE_ORGANIZATION_ID is not set");
  });
});

test("an address that is empty does not stand for the live API", async () => {
  for (const argv of [["--base-url", ""], ["--base-url="]]) {
    const { code, stderr } = await runCli(["list-customers", "--limit", "0", ...argv]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("--base-url") });
  }
  // Set and empty: the variable of a script that is not what it should be.
  const env = { LOKE_BASE_URL: "" };
  const { code, stderr } = await runCli(["list-customers", "--limit", "0"], { env });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("LOKE_BASE_URL") });
});

describe("--mock", () => {
  test("needs no account, and makes as many items as it says", async () => {
    const env = { LOKE_ACCESS_TOKEN: "", LOKE_ORGANIZATION_ID: "" };
    const { code, stdout } = await runCli(["list-customers", "--mock", "1200"], { env });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1_200);
  });

  test("refuses more than a memory holds", async () => {
    const result = await runCli(["list-customers", "--mock", "99999999999"]);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining("at most") });
  });

  test("makes 25 by itself, and the same ones each time", async () => {
    const one = await runCli(["list-customers", "--mock"]);
    expect(one.stdout.trimEnd().split("\n")).toHaveLength(25);
    expect(await runCli(["list-customers", "--mock", "--sort", "created", "--mock"])).toMatchObject(
      { code: 2 },
    );
    expect(await runCli(["list-customers", "--mock"])).toEqual(one);
  });

  test("has what belongs to one of its items", async () => {
    const { stdout } = await runCli(["list-customers", "--mock", "--limit", "1"]);
    const { id } = JSON.parse(stdout);
    const memberships = await runCli(["list-memberships", "--customer-id", id, "--mock", "12"]);
    expect(memberships.stdout.trimEnd().split("\n")).toHaveLength(12);
    const customer = await runCli(["get-customer", "--customer-id", id, "--mock"]);
    expect(JSON.parse(customer.stdout).id).toBe(id);
  });

  test("answers 404 as the API does: 1, the error's name, and what to do", async () => {
    const result = await runCli(["get-customer", "--customer-id", "nobody", "--mock"]);
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toMatch(/^NotFoundError: getCustomer .* 404\. .*check the IDs\.\n$/);
  });
});
