import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import apiDocument from "../../generated/openapi.json" with { type: "json" };
import type { Document } from "../../scripts/docs/document.js";
import { makeSamples, serverOf, variableOf } from "../../scripts/docs/make-samples.js";
import { runPrograms } from "../../scripts/docs/run-programs.js";
import { withOwnSamples } from "../../scripts/docs/samples.js";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import { compilers, typeCheck } from "../package/compile.js";
import { root } from "../package/install.js";
import { installation } from "../package/installation.js";
import { type Outcome, runNode } from "../package/run.js";

// What the docs show, as somebody who has installed the package runs it.

const { project } = installation();
const programs = join(project, "samples");
const customerId = "01FCCGYZA9JPQ97HBSTKW0KT7P";

const api: Document = apiDocument as object as Document;
const samples = await withOwnSamples(root, makeSamples(api));
const shown = samples
  .filter(({ language }) => language === "ts")
  .map(({ operationId, source }) => ({
    name: operationId,
    code: source,
    file: `${operationId}.ts`,
  }));

let mock: Mock | undefined;

beforeAll(async () => {
  await mkdir(programs);
  for (const name of ["loopback-only.mjs", "mock-as-live-api.mjs"]) {
    await cp(new URL(`../package/programs/${name}`, import.meta.url), join(programs, name));
  }
  for (const { file, code } of shown) await writeFile(join(programs, file), code);
  mock = await startMock();
});

afterAll(() => mock?.stop());

/** Runs a program that the docs show with the mock in place of the live API. */
async function runShown(name: string): Promise<Outcome> {
  const program = shown.find((each) => each.name === name);
  if (!mock || !program) throw new Error(`There is no ${program ? "mock" : name}.`);
  const { code } = await transform(program.code, { loader: "ts", format: "esm", target: "esnext" });
  const file = join(programs, program.file.replace(/ts$/, "mjs"));
  await writeFile(file, code);
  const preload = pathToFileURL(join(programs, "mock-as-live-api.mjs")).href;
  return runNode(["--import", preload, file], {
    cwd: programs,
    env: {
      LOKE_MOCK_URL: mock.url,
      LOKE_ACCESS_TOKEN: "any",
      ...Object.fromEntries(
        Object.entries(mock.parameters).map(([name, value]) => [variableOf(name), value]),
      ),
    },
  });
}

describe("the programs that the docs show", () => {
  it.for(compilers)("are well typed for TypeScript $version", async (compiler) => {
    const files = shown.map(({ file }) => file);
    const options = { strict: true, module: "nodenext", target: "es2022", types: ["node"] };
    expect(
      await typeCheck(compiler, programs, "samples", files, {
        ...options,
        moduleDetection: "force",
      }),
    ).toEqual([]);
  });

  it("show a customer", async () => {
    expect(await runShown("getCustomer")).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/firstName: 'John'[\s\S]* pointsBalance: 3125/),
      stderr: "",
    });
  });

  it("show every customer, once", async () => {
    const { exitCode, stdout } = await runShown("listCustomers");
    const ids = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect({ exitCode, rows: ids.length, distinct: new Set(ids).size }).toEqual({
      exitCode: 0,
      rows: 2_500,
      distinct: 2_500,
    });
  });

  it("show every membership, of more than one page", async () => {
    const { exitCode, stdout } = await runShown("listMemberships");
    expect({ exitCode, rows: stdout.trim().split("\n").length }).toEqual({ exitCode: 0, rows: 25 });
  });

  it("show the same with curl, and where the next page is", async ({ skip }) => {
    const scripts = samples.filter(({ language }) => language === "sh");
    const { problems, printed, skipped } = await runPrograms(
      scripts.map((sample) => ({ ...sample, place: sample.operationId, mustPrint: true })),
    );
    if (skipped) return skip(skipped);
    expect(problems).toEqual([]);
    expect(JSON.parse(printed.get("getCustomer") ?? "")).toMatchObject({ id: customerId });
    for (const [list, rows] of [
      ["listCustomers", 1_000],
      ["listMemberships", 10],
    ] as const) {
      const [head = "", body = ""] = (printed.get(list) ?? "").split(/\r\n\r\n/);
      expect(head).toMatch(/^X-Next-Page: http/im);
      expect(JSON.parse(body)).toHaveLength(rows);
    }
  });
});

it("each sample is what the docs show of the live API", () => {
  for (const { language, source } of samples) {
    expect(source).toContain(language === "ts" ? 'from "loke-customers"' : `${serverOf(api)}/`);
    expect(source).not.toMatch(/127\.0\.0\.1|localhost|any"/);
  }
});
