import { readFileSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import apiDocument from "../../generated/openapi.json" with { type: "json" };
import { installation } from "./installation.js";
import { runNode } from "./run.js";

const { project, installed } = installation();

/** What a bundler makes of a program that imports this. */
async function bundle(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    tsconfigRaw: {},
    external: ["node:*"],
  });
  return { code: outputFiles[0]?.text ?? "", inputs: Object.keys(metafile.inputs).join("\n") };
}

describe("loke-customers/drift in a browser's bundle", () => {
  const maxBytes = 3 * 1024;
  let drift: Awaited<ReturnType<typeof bundle>>;

  beforeAll(async () => {
    drift = await bundle('export * from "loke-customers/drift";');
  });

  it(`adds at most ${maxBytes} bytes to the client, minified and compressed, with what checks the answers`, async () => {
    const sizeOf = ({ code }: typeof drift) => gzipSync(code, { level: 9 }).length;
    const main = 'export * from "loke-customers";';
    const both = await bundle(`${main} export * from "loke-customers/drift";`);
    const bytes = sizeOf(both) - sizeOf(await bundle(main));
    console.log(
      `loke-customers/drift adds ${bytes} of ${maxBytes} bytes; alone it has ${sizeOf(drift)}`,
    );
    expect(drift.inputs).toContain("dist/generated/validators.js");
    expect(bytes).toBeLessThanOrEqual(maxBytes);
  });

  it("holds nothing of the client but the check of options, and no other package", () => {
    expect(drift.inputs).not.toMatch(
      /dist\/src\/(?!drift|parse-options|json-type)|dist\/generated\/(operations|schema)|openapi-fetch|ajv/,
    );
  });

  it("makes no code from strings", () => {
    expect(drift.code).not.toMatch(/\beval\b|\bFunction\(|\brequire\(|\bimport\(/);
  });

  it("costs the main entry no byte", async () => {
    const main = await bundle('export * from "loke-customers";');
    expect(main.inputs).toContain("dist/src/client.js");
    expect(main.inputs).not.toMatch(/dist\/src\/drift|dist\/generated\/(answers|validators)/);
    for (const path of ["Customer/properties/dob", "unknown-field", "undocumented-status"]) {
      expect(drift.code).toContain(path);
      expect(main.code).not.toContain(path);
    }
  });
});

describe("the compiled checks that are published", () => {
  const code = readFileSync(join(installed, "dist/generated/validators.js"), "utf8");

  it("import nothing at run time", () => {
    expect(code).not.toMatch(/\brequire\(|^import\b/m);
  });

  it("name places that the document has", () => {
    const pointers = [...code.matchAll(/"\$comment":\s*"([^"]+)"/g)].map(
      ([, pointer = ""]) => pointer,
    );
    const resolve = (pointer: string) =>
      pointer
        .split("/")
        .slice(1)
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
        .reduce<unknown>((node, key) => Object(node)[key], apiDocument);
    expect(pointers.length).toBeGreaterThan(20);
    expect(pointers.filter((pointer) => resolve(pointer) === undefined)).toEqual([]);
  });
});

describe("where no code may be made from strings", () => {
  it("the whole client works, and notices drift", async () => {
    const folder = join(project, "no-eval");
    await mkdir(folder);
    await cp(new URL("programs/no-eval.mjs", import.meta.url), join(folder, "no-eval.mjs"));
    const program = ["--disallow-code-generation-from-strings", join(folder, "no-eval.mjs")];
    const { exitCode, stdout, stderr } = await runNode(program, { cwd: folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const { codeFromStrings, findings, pages, types } = JSON.parse(stdout);
    expect(codeFromStrings).toBe("EvalError");
    expect(types).toEqual(["drift", "page", "request", "response", "retry"]);
    expect(pages).toEqual([2, 2, "membership"]);
    expect(findings).toEqual([
      "undocumented-status getCustomer 1",
      ...[
        "lastPointsEarnedAt",
        "lastPointsRedeemedAt",
        "lastSpentAt",
        "pointsBalance",
        "totalPointsEarned",
        "totalPointsRedeemed",
      ].map((name) => `missing-field Customer.statistics.${name} 1`),
      "wrong-type Customer.statistics.totalSpend 1",
      "unknown-field Customer.tier 4",
      "missing-field CustomerListTiny.name 1",
    ]);
  });
});
