import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { expect, test } from "vitest";
import { compilers, typeCheck } from "../package/compile.js";
import { installation } from "../package/installation.js";
import { runNode } from "../package/run.js";
import { readUserDocuments } from "./documents.js";

/** A row of a table: its cells, with the text of each span of code in them. */
interface Row {
  /** The first cell of the table. */
  readonly table: string;
  readonly cells: readonly (readonly string[])[];
}

/** The tables that people have written: not those that a test and the benchmark have. */
function tablesOf(markdown: string): Row[] {
  const written = markdown
    .replace(/<!-- (\w+): written.*?<!-- \1: end -->/gs, "")
    .replace(/^\| what \| target \|.*?\n\n/ms, "");
  const rows: Row[] = [];
  let table: string | undefined;
  for (const line of written.split("\n")) {
    if (!line.startsWith("|")) {
      table = undefined;
      continue;
    }
    const cells = line.slice(1).split(/(?<!\\)\|/);
    table ??= cells[0]?.trim() ?? "";
    rows.push({
      table,
      cells: cells.map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code)),
    });
  }
  return rows;
}

/** What a span of code stands for, as a statement: each has to have a form. */
const forms: [form: RegExp, statement: (code: string) => string][] = [
  [/^\w+\(\{ .+ \}\)$/, (code) => `await read(loke.${code});`],
  [/^api\.\w+\(.*\)$/, (code) => `${code};`],
  [/^\{ limit: .+ \}$/, (code) => `createClient({ retry: ${code} });`],
  [/^watchDrift\(\)$/, (code) => `createClient({ drift: ${code} });`],
  [/^adaptivePace\(\)$/, (code) => `createClient({ pace: ${code} });`],
  [/^\{ status, .+ \}$/, (code) => `createMockApi({ faults: [${code}] });`],
];

function statementOf(span: string): string {
  const [, statement] = forms.find(([form]) => form.test(span)) ?? [];
  if (!statement) throw new Error(`"${span}" in a table has a form that no test runs.`);
  // `sort?` is an argument that can be left out, and `{ … }` is for the reader to fill.
  return statement(span.replace(/(\w)\?/g, "$1").replace("{ … }", "{}"));
}

const setting = `
  import { createClient } from "loke-customers";
  import { watchDrift } from "loke-customers/drift";
  import { adaptivePace } from "loke-customers/pace";
  import { createMockApi, type FaultName } from "loke-customers/testing";

  const api = createMockApi({ customers: 3 });
  const loke = createClient({ fetch: api, accessToken: "any" });
  const { organizationId, customers: [{ id: customerId } = { id: "" }, { id } = { id: "" }] } = api;
  const sort = "created";
  const [email, phoneNumber, after]: undefined[] = [];
  const { status, code, retryAfter } = { status: 503, code: "busy", retryAfter: 0 };
  async function read(result: unknown) {
    const { page } = Object(result);
    await (page ? page() : result);
  }
`;

test("each call and each fault in a table of the README and the guide compiles and runs", async () => {
  const rows = readUserDocuments().flatMap(({ markdown }) => tablesOf(markdown));
  const spans = rows.flatMap(({ cells }) => cells.flat());
  const statements = spans.filter((span) => /\(|=>|^\{/.test(span)).map(statementOf);
  const faults = rows
    .filter(({ table }) => table === "fault")
    .flatMap(({ cells }) => cells[0] ?? [])
    .filter((span) => /^[\w-]+$/.test(span));
  const names = `const names: FaultName[] = ${JSON.stringify(faults)};\ncreateMockApi({ faults: names });`;
  expect(statements.length).toBeGreaterThan(8);
  expect(faults.length).toBeGreaterThan(8);

  const { project } = installation();
  const folder = join(project, "readme-tables");
  await mkdir(folder);
  const source = [setting, ...statements, names, "export {};"].join("\n");
  await writeFile(join(folder, "tables.ts"), source);
  const [compiler] = compilers.slice(-1);
  if (!compiler) throw new Error("There is no compiler.");
  const options = { strict: true, module: "nodenext", target: "es2022", types: ["node"] };
  expect(await typeCheck(compiler, folder, "tables", ["tables.ts"], options)).toEqual([]);
  const { code } = await transform(source, { loader: "ts", format: "esm", target: "esnext" });
  await writeFile(join(folder, "tables.mjs"), code);
  expect(await runNode([join(folder, "tables.mjs")], { cwd: folder })).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
});
