import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { root } from "../project-copy.js";
import { renderPage } from "./render-page.js";
import { rowsOf } from "./rows.js";
import { runPage } from "./run-page.js";
import { documentText, facts, pageInOtherWords } from "./this-page.js";

// A difference of types is compiled: a second or so each.
vi.setConfig({ testTimeout: 120_000 });

const page = renderPage(pageInOtherWords(), { rendition: "glued" });
const changed = page
  .replace("genderstring(optional)", "genderinteger(optional)")
  .replace("Chooses email.", "Finds by email.");
/** The document with a format that nothing explains. */
const withFormat = documentText.replace("gender:\n", "gender:\n          format: word\n");
/** Exceptions, of which some are of nothing. */
const exceptions = `openapi/openapi.yaml:
  operation-4xx-response:
    - "#/paths/~1gone/get/responses"
  loke/paging:
    - "#/paths/~1organizations~1{organizationId}~1customers/put/x-paging"
    - "#/paths/~1organizations~1{organizationId}~1customers/get/responses/200/headers/X-Next-Page"
  rule/format-source:
    - "#/components/schemas/Customer/properties/gone/x-source"
    - "#/components/schemas/Customer/properties/dob/x-source"
  info-license: ["#/info"]
openapi/other.yaml:
  info-license: ["#/info"]
`;

/** A folder with the document and the pages; the command writes openapi/page.json into it. */
let folder: string;
/** What `--save` writes there for the page. */
let savedJson: string;
const at = (path: string) => join(folder, path);
const pageJson = () => at("openapi/page.json");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-page-"));
  await mkdir(at("openapi"));
  await writeFile(at("openapi/openapi.yaml"), documentText);
  await writeFile(at("page.txt"), page);
  await writeFile(at("changed.txt"), changed);
  await run(["page.txt", "--save"]);
  savedJson = await readFile(pageJson(), "utf8");
});
beforeEach(() => writeFile(pageJson(), savedJson));
afterAll(() => rm(folder, { recursive: true }));

function run(args: string[], input = "") {
  return runPage(args, { root: folder, input });
}

async function expectRefused(args: string[], message: string, input?: string): Promise<void> {
  const { exitCode, stdout, stderr } = await run(args, input);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n\s+at /);
}

describe("npm run page", () => {
  test("says that the page agrees", async () => {
    const agrees = {
      exitCode: 0,
      stdout: "page.txt agrees with openapi/openapi.yaml.",
      stderr: "",
    };
    expect(await run(["page.txt"])).toEqual(agrees);
    const json = await run(["page.txt", "--json"]);
    expect(json).toEqual({ ...agrees, stdout: '{\n  "differences": []\n}' });
    expect(await run(["-", "--json"], `${page}\n`)).toEqual(json);
    expect(await run(["-", "--format", "json"], page)).toEqual(json);
  });

  test("reads standard input", async () => {
    const stdout = "standard input agrees with openapi/openapi.yaml.";
    expect(await run(["-"], page)).toEqual({ exitCode: 0, stdout, stderr: "" });
  });

  test("says that openapi/page.json is of another text that says the same", async () => {
    const { exitCode, stdout } = await run(["-"], `\uFEFF${page.replaceAll("\n", "\r\n")}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      "openapi/page.json is of another text that says the same; --save renews it.",
    );
  });

  test("shows each difference with its line on both sides, facts before words", async () => {
    const { exitCode, stdout, stderr } = await run(["changed.txt"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const lineOf = (whole: string, start: string) =>
      whole.split("\n").findIndex((line) => line.startsWith(start)) + 1;
    const email = `changed.txt:${lineOf(changed, "emailstringquery")}`;
    const ourEmail = `openapi/openapi.yaml:${lineOf(documentText, "        - name: email") + 2}`;
    const gender = `changed.txt:${lineOf(changed, "genderinteger")}`;
    const ourGender = `openapi/openapi.yaml:${lineOf(documentText, "        gender:") + 1}`;
    expect(stdout).toBe(`\
changed.txt and openapi/openapi.yaml: 2 differences (1 breaking, 1 docs)

Model Customer
  Customer.gender: type (breaking)
    ${gender.padEnd(ourGender.length)}  integer
    ${ourGender}  string

listCustomers  get /organizations/{organizationId}/customers
  listCustomers.email: words (docs)
    ${email.padEnd(ourEmail.length)}  Finds by email.
    ${ourEmail}  Searches all customers for a valid email address, and lists the customers whose address is exactly the one given.

Change the document where the page is right, then run again with --save.`);
  });

  test("gives the differences as JSON", async () => {
    const { exitCode, stdout, stderr } = await run(["changed.txt", "--json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const { differences } = JSON.parse(stdout);
    expect(differences[0]).toEqual({
      kind: "field-type",
      subject: "Customer.gender",
      page: "integer",
      document: "string",
      line: changed.split("\n").indexOf(`genderinteger(optional) Says the gender`) + 1,
      documentLine: documentText.split("\n").indexOf("        gender:") + 2,
      level: "breaking",
    });
    expect(differences[1]).toMatchObject({ kind: "words", subject: "listCustomers.email" });
    expect(differences).toHaveLength(2);
  });

  test("gives the differences as Markdown, in which nothing of the page is Markdown", async () => {
    const text = changed.replace("Finds by email.", "Finds by `email`, <b>.");
    const { exitCode, stdout, stderr } = await run(["-", "--format", "markdown"], text);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout.replaceAll(/:\d+/g, ":N")).toBe(`\
\`standard input\` and \`openapi/openapi.yaml\`: 2 differences (1 breaking, 1 docs).

### Model Customer

- **breaking** \`Customer.gender\`: type
  - \`standard input:N\`: \`integer\`
  - \`openapi/openapi.yaml:N\`: \`string\`

### listCustomers: \`get /organizations/{organizationId}/customers\`

- **docs** \`listCustomers.email\`: words
  - \`standard input:N\`: \`\` Finds by \`email\`, <b>. \`\`
  - \`openapi/openapi.yaml:N\`: \`Searches all customers for a valid email address, and lists the customers whose address is exactly the one given.\`

Change the document where the page is right, then run again with --save.`);
    const agrees = await run(["page.txt", "--format", "markdown"]);
    expect(agrees).toEqual({
      exitCode: 0,
      stdout: "page.txt agrees with openapi/openapi.yaml.",
      stderr: "",
    });
  });

  test("says in Markdown what kept a page from being read", async () => {
    const text = changed.replace("dobstring", "dobstrng");
    const { exitCode, stdout } = await run(["-", "--format", "markdown"], text);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(
      /^cannot read `standard input` as the vendor's page\. .*\n\n- line \d+: /,
    );
    expect(stdout).toContain("- **breaking** `Customer.gender`: type\n");
    const letter = await run(["-", "--format", "markdown"], "Dear all,");
    expect(letter.stdout).toContain("\n\n- line 1: This is not the vendor's page:");
    const other = page.replaceAll("/organizations/", "/shops/");
    const nothing = await run(["-", "--format", "markdown"], other);
    expect(nothing).toMatchObject({ exitCode: 2, stdout: nothing.stderr });
  });

  test("shows a thing that one side does not have once, in its place, and without a line", async () => {
    const { stdout } = await run(["-"], page.replace(/(CustomerTiny\n\n.*\n\n.*\n)id.*\n/, "$1"));
    expect(stdout).toContain("one difference (1 breaking)");
    expect(stdout).toMatch(
      /\n\nModel CustomerTiny\n {2}CustomerTiny\.id: field \(breaking\)\n {4}standard input +\(nothing\)\n {4}openapi\/openapi\.yaml:\d+ {2}string, required\n\nChange the document where the page is right, then/,
    );
    expect(stdout.match(/CustomerTiny\.id/g)).toHaveLength(1);
  });

  test("shows what is beyond the page and not explained", async () => {
    await writeFile(at("other.yaml"), withFormat);
    const { stdout } = await run(["page.txt", "--document", "other.yaml"]);
    const pointer = "#/components/schemas/Customer/properties/gender/format";
    expect(stdout).toContain("Beyond the page: openapi/README.md says how to explain it\n");
    expect(stdout).toContain(
      `  ${pointer}: beyond the page, and not explained (risky)\n    page.txt`,
    );
  });

  test("shows an operation that is new under its title on the page", async () => {
    const request = "put /organizations";
    const added = `Replace all\n\n${request}\n\nResponses\n\n204: Done response.\n\nModels\n`;
    const { stdout } = await run(["-"], page.replace("Models\n", added));
    expect(stdout).toContain(
      `\n\nReplace all  ${request}\n  Replace all: operation (compatible)\n    standard input`,
    );
  });

  test("counts the descriptions that are still to be written, and names their lines", async () => {
    const draft = documentText
      .replace("description: ID of the organization.", 'description: ""')
      .replace("description: Whether the customer has agreed to marketing.", 'description: ""');
    const lines = draft.split("\n").flatMap((line, index) => (/: ""$/.test(line) ? index + 1 : []));
    await writeFile(at("other.yaml"), draft);
    const { exitCode, stdout } = await run(["page.txt", "--document", "other.yaml"]);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: `2 descriptions are still to be written: other.yaml:${lines.join(", ")}`,
    });
    const reworded = page.replace("Chooses email.", "Finds by email.");
    const words = await run(["-", "--document", "other.yaml"], reworded);
    expect(words.stdout).toContain("listCustomers.email: words (docs)");
    expect(words.stdout).not.toContain("The facts agree.");
    const json = await run(["page.txt", "--document", "other.yaml", "--json"]);
    expect(JSON.parse(json.stdout).differences).toHaveLength(2);
  });

  test("points to --draft when something is new", async () => {
    const added = page.replace("genderstring", "citystring City\ngenderstring");
    const { stdout } = await run(["-"], added);
    expect(stdout).toContain("where the page is right (--draft prints YAML for what is new), then");
  });

  test("compares with another document", async () => {
    const other = at("other.yaml");
    await writeFile(other, documentText.replace("pageSize: 10\n", "pageSize: 20\n"));
    const { exitCode, stdout } = await run(["page.txt", "--document", "other.yaml"]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /listMemberships\.pageSize: page size \(risky\)\n.* 10\n {4}other\.yaml:\d+ +20\n/,
    );
  });

  test("shows its options", async () => {
    const { exitCode, stdout } = await run(["--help"]);
    expect(exitCode).toBe(0);
    for (const option of ["--format", "--json", "--save", "--draft", "--document"])
      expect(stdout).toContain(option);
  });
});

describe("npm run page -- --save", () => {
  test("writes the facts, the hash and the day, and no sentence", async () => {
    const saved = JSON.parse(savedJson);
    expect(saved).toMatchObject({ ...facts, date: "2030-12-31" });
    expect(saved.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(saved.words)).toHaveLength(47);
    for (const hash of Object.values(saved.words)) expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(savedJson).not.toContain("Chooses");
  });

  test("writes the same bytes again, and leaves nothing else", async () => {
    const { exitCode, stdout } = await run(["page.txt", "--save"]);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: "page.txt agrees with openapi/openapi.yaml.\nSaved as openapi/page.json.",
    });
    expect(await readFile(pageJson(), "utf8")).toBe(savedJson);
    expect((await readdir(at("openapi"))).sort()).toEqual(["openapi.yaml", "page.json"]);
  });

  test("refuses while a fact differs", async () => {
    const { exitCode, stdout, stderr } = await run(["changed.txt", "--save"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("Customer.gender: type (breaking)");
    expect(stderr).toBe("page: not saved: the facts differ. Change the document first.");
    expect(await readFile(pageJson(), "utf8")).toBe(savedJson);
  });

  test("refuses while the document says something that is not explained", async () => {
    const yaml = at("openapi/openapi.yaml");
    await writeFile(yaml, withFormat);
    const { exitCode } = await run(["page.txt", "--save"]);
    await writeFile(yaml, documentText);
    expect(exitCode).toBe(1);
    expect(await readFile(pageJson(), "utf8")).toBe(savedJson);
  });

  test("takes changed words as read, and lists them", async () => {
    const reworded = page.replace("Chooses email.", "Finds by email.");
    expect((await run(["-"], reworded)).stdout).toContain("The facts agree. Reword the document");
    const { exitCode, stdout } = await run(["-", "--save"], reworded);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("listCustomers.email: words (docs)");
    expect((await run(["-"], reworded)).exitCode).toBe(0);
    expect((await run(["page.txt"])).exitCode).toBe(1);
  });

  test("of a page and a document without a field, which leave nothing else behind", async () => {
    const yaml = at("openapi/openapi.yaml");
    const dob = / {8}dob:\n(?: {10}.*\n)+/;
    const withoutDob = documentText.replace(dob, "").replaceAll(/^ +(?:- )?dob: .*\n/gm, "");
    await writeFile(yaml, withoutDob);
    const text = page.replaceAll(/^dobstring.*\n|^ *"dob": .*\n/gm, "");
    const result = await run(["-", "--save"], text);
    await writeFile(yaml, documentText);
    expect(result).toEqual({
      exitCode: 0,
      stdout: "standard input agrees with openapi/openapi.yaml.\nSaved as openapi/page.json.",
      stderr: "",
    });
  });

  test("names each exception of lint whose object is gone, and saves", async () => {
    await writeFile(at(".redocly.lint-ignore.yaml"), exceptions);
    const { exitCode, stdout, stderr } = await run(["page.txt", "--save"]);
    await rm(at(".redocly.lint-ignore.yaml"));
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("Saved") });
    expect(stderr.split("\n")).toEqual(
      [
        '3: "#/paths/~1gone/get/responses" (operation-4xx-response)',
        '5: "#/paths/~1organizations~1{organizationId}~1customers/put/x-paging" (loke/paging)',
        '8: "#/components/schemas/Customer/properties/gone/x-source" (rule/format-source)',
      ].map(
        (one) =>
          `.redocly.lint-ignore.yaml:${one} excepts nothing in openapi/openapi.yaml any more: remove the line.`,
      ),
    );
    await writeFile(at(".redocly.lint-ignore.yaml"), exceptions);
    const other = await run(["page.txt", "--document", "openapi/openapi.yaml"]);
    await rm(at(".redocly.lint-ignore.yaml"));
    expect(other.stderr).toBe("");
  });

  test("gives JSON alone when asked for it", async () => {
    const { exitCode, stdout } = await run(["page.txt", "--save", "--json"]);
    expect({ exitCode, output: JSON.parse(stdout) }).toEqual({
      exitCode: 0,
      output: { differences: [] },
    });
  });
});

describe("npm run page, when there is nothing to compare,", () => {
  test("names each problem and its line", async () => {
    const text = page.replace("genderstring", "genderstrng").replace("dobstring", "dobstrng");
    const { exitCode, stdout, stderr } = await run(["-", "--json"], text);
    expect(exitCode).toBe(2);
    const { problems } = JSON.parse(stdout);
    const lines = text.split("\n");
    expect(problems.map(({ line }: { line: number }) => lines[line - 1]?.slice(0, 6))).toEqual([
      "dobstr",
      "gender",
    ]);
    for (const { line, message } of problems)
      expect(stderr).toContain(`line ${line}: ${message}\n`);
    expect(stderr).toContain("page: cannot read standard input as the vendor's page.");
    await expectRefused(["-"], `line ${problems[0].line}: `, text);
  });

  test("says what is wrong with the file", async () => {
    await expectRefused(["nothing.txt"], "page: cannot read nothing.txt: there is no such file");
    await expectRefused(["."], "page: cannot read .: it is a folder");
    await writeFile(at("latin1.txt"), Buffer.from("caf\xe9", "latin1"));
    await expectRefused(["latin1.txt"], "page: cannot read latin1.txt: it is not text in UTF-8");
    await expectRefused(["-"], "line 1: The text is empty.\n");
  });

  test("says what is wrong with the document", async () => {
    const document = at("bad.yaml");
    const refuse = async (content: string, message: string) => {
      await writeFile(document, content);
      await expectRefused(
        ["page.txt", "--document", "bad.yaml"],
        `page: cannot read bad.yaml: ${message}`,
      );
    };
    await refuse("a: [", "");
    await refuse("- a", "It is no map, as an OpenAPI document is.");
    await refuse(
      documentText
        .replace("get:\n", "get:\n      $ref: '#/nowhere'\n")
        .replace("- name: sort", "- $ref: '#/nowhere'\n          name: sort"),
      "The $ref on line",
    );
    await refuse(
      documentText
        .replace("- name: sort", '- $ref: "#/paths/~1a/parameters/0"\n        - name: sort')
        .replace(
          "paths:\n",
          'paths:\n  /a:\n    parameters: [{ $ref: "#/paths/~1a/parameters/0" }]\n',
        ),
      "The $ref on line",
    );
    await expectRefused(
      ["page.txt", "--document", "none.yaml"],
      "cannot read none.yaml: there is no such file",
    );
  });

  test("says what is wrong with openapi/page.json", async () => {
    for (const damaged of [
      "{",
      "[]",
      "null",
      '{ "models": [], "words": {} }',
      '{ "operations": [], "models": [], "words": [] }',
    ]) {
      await writeFile(pageJson(), damaged);
      await expectRefused(["page.txt"], "openapi/page.json is damaged: restore it from git");
    }
  });

  test("names a page of something else, and a page that has no heading", async () => {
    const other = page
      .replaceAll("/organizations/", "/shops/")
      .replace("Customers\n", "Payments\n");
    const nothing =
      "it has no operation in common with openapi/openapi.yaml, so nothing was compared.";
    const { exitCode, stdout, stderr } = await run(["-", "--save"], other);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `standard input is the page of "Payments": ${nothing}`,
    });
    expect((await run(["-", "--draft"], other)).stdout).toContain("tags: [Payments]");
    const unread = other.replace("genderstring", "genderstrng");
    expect((await run(["-"], unread)).stderr).not.toContain("in common");
  });

  test.for(
    rowsOf(`
page.txt changed.txt | Unexpected argument 'changed.txt'
page.txt --jsno | Unknown option '--jsno' (--help shows the options)
page.txt --document | Option '--document <value>' argument missing
page.txt --draft --json | --draft goes with neither
page.txt --draft --format markdown | --draft goes with neither
page.txt --draft --save | --draft goes with neither
page.txt --format yaml | --format takes text, markdown, json
page.txt --json --format text | --json is --format json
page.txt --save --document a | --save does not go with --document
`),
  )("says what is wrong with the options %s", async ([args = "", message]) => {
    await expectRefused(args.split(" "), `page: ${message}`);
  });

  test("takes all words as changed when no page was saved", async () => {
    await rm(pageJson());
    const { exitCode, stdout } = await run(["page.txt", "--json"]);
    expect(exitCode).toBe(1);
    const kinds = JSON.parse(stdout).differences.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(Array(47).fill("words"));
    expect((await run(["page.txt"])).stdout).toBe(
      "47 things have new words that are not in openapi/page.json yet: read them, then --save takes them as read.",
    );
    expect((await run(["page.txt", "--save"])).stdout).toBe(
      "47 things have new words, which now count as read.\nSaved as openapi/page.json.",
    );
    await rm(pageJson());
    const news = page.replace("genderstring", "genderinteger");
    expect((await run(["-"], news)).stdout).toMatch(
      /^standard input and openapi\/openapi\.yaml: one difference \(1 breaking\)\n[\s\S]*\n\n47 things have new words .*\n\nChange the document/,
    );
  });
});

describe("the program", () => {
  const tsx = createRequire(import.meta.url).resolve("tsx/cli");

  async function start(args: string[], input: string, more: NodeJS.ProcessEnv = {}) {
    const { npm_lifecycle_event, INIT_CWD, FORCE_COLOR, NODE_OPTIONS, ...env } = process.env;
    const child = spawn(process.execPath, [tsx, join(root, "scripts/page.ts"), ...args], {
      cwd: root,
      env: { ...env, ...more },
    });
    child.stdin.end(input);
    const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { exitCode: await closed, stdout, stderr };
  }

  test("reads its standard input, and loads the compiler for a difference of types only", async () => {
    const hook = at("hook.cjs");
    const isLoaded = "Object.keys(require.cache).some((one) => /typescript.lib/.test(one))";
    await writeFile(hook, `process.on("exit", () => console.error(${isLoaded}));`);
    const args = ["-", "--document", at("openapi/openapi.yaml")];
    const outcome = async (input: string) => {
      const env = { NODE_OPTIONS: `--require ${hook}` };
      const { stderr, ...others } = await start(args, input, env);
      // tsx has processes of its own.
      return { ...others, loaded: [...new Set(stderr.trim().split("\n"))].sort() };
    };
    expect(await outcome(page)).toMatchObject({ loaded: ["false"] });
    expect(await outcome(changed)).toEqual({
      exitCode: 1,
      stdout: expect.stringContaining("Customer.gender: type (breaking)\n"),
      loaded: ["false", "true"],
    });
  });

  test("takes a path from where npm was called, and ends with 2 for a text that is no page", async () => {
    const npm = { npm_lifecycle_event: "page", INIT_CWD: folder };
    await writeFile(at("letter.txt"), "Dear all,");
    const { exitCode, stdout, stderr } = await start(["letter.txt"], "", npm);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(
      /^line 1: This is not the vendor's page: .*\npage: cannot read letter\.txt .*\n$/,
    );
  });
});
