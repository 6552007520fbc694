import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Document, parse, parseDocument } from "yaml";
import { startApi } from "../cli/api-server.js";
import { openEditor } from "../editor.js";
import { contents, copyProject, type Outcome, type ProjectCopy, root } from "./project-copy.js";

// The promise that an operation added to the document costs nothing in src/. In a copy of the project whose
// document has five more, everything is made once: generated, type-checked, run.

const programs = "test/unit/extension";
let copy: ProjectCopy;
let source: Record<string, string>;
let before: Record<string, string>;
let generated: Outcome;
let editor: ts.LanguageService;

beforeAll(async () => {
  copy = await copyProject("src", programs);
  source = await contents(join(root, "src"));
  before = await generatedFiles();
  const inCopy = (path: string) => join(copy.folder, path);
  await change(inCopy("openapi/openapi.yaml"), async (text) => {
    const document = parseDocument(text);
    await addNotes(document);
    return document.toString();
  });
  for (const name of ["program.ts", "mistakes.ts"]) {
    await change(inCopy(`${programs}/${name}`), (text) => text.replace("// @ts-nocheck", "//"));
  }
  generated = await copy.run("scripts/generate.ts");
  // Without types, which the editor checks: so each run of the command is one of JavaScript.
  await build({
    absWorkingDir: copy.folder,
    entryPoints: ["src/**/*.ts", "generated/*.ts", `${programs}/program.ts`],
    outbase: ".",
    outdir: "dist",
  });
  editor = openPrograms(copy.folder);
}, 120_000);

afterAll(() => copy.remove());

const generatedFiles = () => contents(join(copy.folder, "generated"));

async function change(path: string, by: (text: string) => string | Promise<string>): Promise<void> {
  await writeFile(path, await by(await readFile(path, "utf8")));
}

async function addNotes(document: Document): Promise<void> {
  const added = parse(await readFile(new URL("extension/notes.yaml", import.meta.url), "utf8"));
  for (const [path, item] of Object.entries(added.paths)) {
    document.setIn(["paths", path], item);
  }
  for (const [name, model] of Object.entries(added.schemas)) {
    document.setIn(["components", "schemas", name], model);
  }
}

describe("an operation added to the document", () => {
  test("costs no line in src/", async () => {
    expect(generated).toEqual({
      exitCode: 0,
      stdout: expect.any(String),
      stderr: "Note: Note.attachment: oneOf is not checked\n",
    });
    expect(await contents(join(copy.folder, "src"))).toEqual(source);
    expect(Object.keys(source)).toContain("client.ts");
  });

  test("costs none because src/ names no operation, no model and no list", async () => {
    const { collections, operations, schemas } = await import("../../generated/mock.js");
    const ids = [collections, operations, schemas].flatMap(Object.keys).join("|");
    for (const [name, text] of Object.entries(source)) {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/ .*/g, "");
      // The package itself is named as one of them is.
      const others = code.replaceAll("loke-customers", "");
      expect(others, name).not.toMatch(new RegExp(`\\b(${ids})\\b`));
    }
  });

  test("changes what is generated", async () => {
    const after = await generatedFiles();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual([
      "answers.ts",
      "commands.ts",
      "mock.ts",
      "models.ts",
      "openapi.json",
      "operations.ts",
      "schema.ts",
      "validators.ts",
    ]);
  });

  test("compiles, with all of src/ and with a program that uses it", () => {
    const project = editor.getProgram()?.getSourceFiles() ?? [];
    const paths = project.map(({ fileName }) => fileName).filter(isCorrect);
    expect(paths.filter((path) => path.includes("/src/")).length).toBeGreaterThan(10);
    expect(paths.flatMap(diagnostics)).toEqual([]);
  });

  test("fails to compile with a mistake in its arguments, its body or what it gives", () => {
    expect(diagnostics(join(copy.folder, programs, "mistakes.ts"))).toEqual([]);
  });

  test("is shown in an editor in the document's words", () => {
    const words = hover("loke.", "listNotes");
    expect(words).toContain(
      "List notes\n\nLists the notes of an organization, 3 results to a page.",
    );
    expect(words).toContain("`GET /organizations/{organizationId}/notes`");
    expect(words).toContain("- 404: Not found.");
  });

  test("is shown with its arguments and the fields of its body in the document's words", () => {
    expect(hover("organizationId, ", "minStars")).toBe("The fewest stars that a note has.");
    expect(hover("organizationId, ", "noteNumber")).toBe("Number of the note.");
    expect(hover('text: "Hello", ', "stars")).toBe("How many stars the note has.");
  });
});

describe("the client of an operation that was added", () => {
  /** What the program prints. */
  let result: Record<string, unknown>;
  let sent: string[];
  const notes = "/organizations/org/notes";

  beforeAll(async () => {
    const { exitCode, stdout, stderr } = await copy.run(`dist/${programs}/program.js`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    result = JSON.parse(stdout);
    sent = result.sent as string[];
  }, 60_000);

  test("walks a list to its end, page by page", () => {
    expect(result.walked).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(result.sentByWalk).toEqual([
      `GET ${notes}?minStars=2&labels=a%20b&labels=c`,
      `GET ${notes}?minStars=2&after=3`,
      `GET ${notes}?minStars=2&after=6`,
    ]);
  });

  test("takes a full page for cut short where a browser may hide the header, by its page size", () => {
    expect(result.withoutHeader).toBe("hidden-header");
  });

  test("walks a list of unknown page size: no page is taken for full, and none requested that a limit may not need", () => {
    expect([result.archived, result.allArchived]).toEqual([3, 8]);
    expect(result.sentForArchive).toEqual([
      "GET /organizations/org/archive",
      "GET /organizations/org/archive",
      "GET /organizations/org/archive?minStars=2&after=3",
      "GET /organizations/org/archive?minStars=2&after=6",
    ]);
    expect(result.shownArchive).toBe(3);
  });

  test("refuses a call without a query value that is required, before anything is sent", () => {
    expect(result.refusal).toContain('"minStars" is missing');
  });

  test("gets one, by a number in its path", () => {
    expect(result.note).toEqual({ number: 7, text: "Note 7" });
    expect(sent).toContain(`GET ${notes}/7`);
    expect(result.status).toBe(200);
  });

  test("sends a body as JSON, and gives what a 201 holds", () => {
    expect(sent).toContain(`POST ${notes} application/json {"text":"Hello","stars":5}`);
    expect(result.created).toEqual({ number: 9, text: "Hello", stars: 5 });
  });

  test("does not repeat a POST that a busy server refuses", () => {
    expect(sent.filter((line) => line.includes("busy"))).toHaveLength(1);
    expect(result.failed).toBe("ServerError");
    expect(result.retried).not.toContain("createNote status 503");
  });

  test("repeats a DELETE that a busy server refuses", () => {
    const deletes = Array(2).fill(`DELETE ${notes}/7`);
    expect(sent.filter((line) => line.startsWith("DELETE"))).toEqual(deletes);
    expect(result.retried).toContain("deleteNote status 503");
  });

  test("gives undefined for a 204", () => expect(result.deleted).toBe("undefined"));

  test("is watched for drift, also where null is allowed; one of several models is not looked into", () => {
    expect(result.drift).toEqual([
      "wrong-type Note.author: object or null, not string (2)",
      "missing-field Note.author.name: string, not absent (1)",
      'unknown-value Note.state: one of "open", "closed", not string (1)',
    ]);
    expect(result.driftWithValues).toEqual([
      'unknown-value Note.state: one of "open", "closed", not "frozen" (1)',
    ]);
  });

  test("sends a query value that is named body in the query", () => {
    expect(result.asQuery).toBe(`GET ${notes}?minStars=2&body=true`);
  });
});

describe("the command of an operation that was added", () => {
  const loke = (...args: string[]) => copy.run("dist/src/cli/main.js", ...args);
  const notes = ["list-notes", "--mock", "4", "--min-stars", "2"];

  test("is listed, with its summary", async () => {
    const { exitCode, stdout } = await loke();
    expect(exitCode).toBe(0);
    expect(stdout.match(/^ {2}[a-z]+-[a-z]+ {2,}\w/gm)).toHaveLength(8);
    expect(stdout).toMatch(/^ {2}create-note +Create a note$/m);
  });

  test("has its parameters as options, with the document's words and types", async () => {
    const { stdout } = await loke("list-notes", "--help");
    expect(stdout).toMatch(/--min-stars INTEGER +The fewest stars that a note has\. Required\./);
    expect(stdout).toMatch(
      /--labels STRING +Labels of which a note has one\. Can be given several\s+times\./,
    );
    expect(stdout).toMatch(/--body BOOLEAN +Whether a note comes with its text\./);
    expect(await loke("list-notes", "--mock")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--min-stars is missing"),
    });
    expect(await loke("list-notes", "--mock", "--min-stars", "many")).toMatchObject({
      exitCode: 2,
      stderr: "--min-stars needs a whole number.\n",
    });
  });

  test("takes an option several times, and a boolean with or without its value", async () => {
    const bodies = [["--body"], ["--body", "true"], ["--body=false"], []];
    for (const body of bodies) {
      const { exitCode, stdout } = await loke(...notes, "--labels", "a", "--labels", "b", ...body);
      expect({ exitCode, lines: stdout.split("\n").length }).toEqual({ exitCode: 0, lines: 5 });
    }
    expect(await loke(...notes, "--body=maybe")).toMatchObject({ exitCode: 2 });
  });

  test("has the columns of its model: inner objects, also of a union, with dots", async () => {
    const { stdout } = await loke(...notes, "--format", "csv", "--limit", "0");
    expect(stdout).toBe(
      "number,text,stars,state,author.name,attachment.kind,attachment.url,attachment.altText\r\n",
    );
  });

  test("takes a body: JSON or a file, checked before anything is sent", async () => {
    const create = ["create-note", "--mock"];
    const { stdout } = await loke(...create, "--body", '{"text":"Hello","stars":5}');
    expect(JSON.parse(stdout)).toMatchObject({ text: "Hello", stars: 5 });
    const file = join(copy.temporary, "note.json");
    await writeFile(file, '{"text":"From a file"}');
    expect(JSON.parse((await loke(...create, "--body", file)).stdout).text).toBe("From a file");
    const secret = "Zanzibar-1";
    for (const [body, says] of [
      [[], "--body is missing"],
      [["--body", `{"text":"${secret}"`], "--body is not valid JSON"],
      [["--body", secret], "neither JSON nor a file"],
    ] as const) {
      const { exitCode, stderr } = await loke(...create, ...body);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(says);
      expect(stderr).not.toContain(secret);
    }
    const refused = await loke(...create, "--body", `{"stars":"${secret}"}`);
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^BadRequestError: /),
    });
    expect(refused.stderr).not.toContain(secret);
  });

  test("prints nothing for a 204", async () => {
    const methods: (string | undefined)[] = [];
    const api = await startApi({
      rows: [],
      pageSize: 1,
      attend({ method }, response) {
        methods.push(method);
        response.writeHead(204).end();
        return true;
      },
    });
    const file = join(copy.temporary, "token");
    await writeFile(file, "token");
    const target = ["--base-url", api.url, "--token-file", file, "--organization-id", "org"];
    const deleted = await loke("delete-note", "--note-number", "7", ...target);
    await api.close();
    expect(deleted).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(methods).toEqual(["DELETE"]);
  });
}, 120_000);

function openPrograms(folder: string): ts.LanguageService {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);
  const files = ["program.ts", "mistakes.ts"].map((name) => join(folder, programs, name));
  return openEditor(folder, options, files);
}

/** Whether a file is of the copy, and all right. */
function isCorrect(path: string): boolean {
  return path.startsWith(copy.folder) && !path.endsWith("mistakes.ts");
}

/** What the compiler has to say of a file, each with its line. */
function diagnostics(path: string): string[] {
  return [...editor.getSyntacticDiagnostics(path), ...editor.getSemanticDiagnostics(path)].map(
    ({ file, start = 0, messageText }) => {
      const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
      return `${path.slice(copy.folder.length)}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    },
  );
}

/** What an editor shows of a name in the program, at the first place where it follows these words. */
function hover(before: string, name: string): string {
  const path = join(copy.folder, programs, "program.ts");
  const at = (ts.sys.readFile(path) ?? "").indexOf(before + name);
  expect(at, before + name).toBeGreaterThan(-1);
  const info = editor.getQuickInfoAtPosition(path, at + before.length);
  return ts.displayPartsToString(info?.documentation);
}
