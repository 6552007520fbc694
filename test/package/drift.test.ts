import { readFileSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import apiDocument from "../../generated/openapi.json" with { type: "json" };
import type { Bundle } from "../bundle.js";
import { bundle } from "./bundle.js";
import { installation } from "./installation.js";
import { runNode } from "./run.js";

const { project, installed } = installation();

describe("loke-customers/drift in a browser's bundle", () => {
  const maxBytes = 3 * 1024;
  let drift: Bundle;
  let main: Bundle;

  beforeAll(async () => {
    drift = await bundle("loke-customers/drift");
    main = await bundle("loke-customers");
  });

  it(`adds at most ${maxBytes} bytes to the client, minified and compressed, with what checks the answers`, async () => {
    const both = await bundle("loke-customers", "loke-customers/drift");
    const bytes = both.bytes - main.bytes;
    console.log(
      `loke-customers/drift adds ${bytes} of ${maxBytes} bytes; alone it has ${drift.bytes}`,
    );
    expect(drift.inputs.join()).toContain("dist/generated/validators.js");
    expect(bytes).toBeLessThanOrEqual(maxBytes);
  });

  it("holds nothing of the client but the check of options, and no other package", () => {
    expect(drift.inputs.join()).not.toMatch(
      /dist\/src\/(?!drift|parse-options|json-type)|dist\/generated\/(operations|schema)|openapi-fetch|ajv/,
    );
  });

  it("makes no code from strings", () => {
    expect(drift.code).not.toMatch(/\beval\b|\bFunction\(|\brequire\(|\bimport\(/);
  });

  it("costs the main entry no byte", () => {
    expect(main.inputs.join()).toContain("dist/src/client.js");
    expect(main.inputs.join()).not.toMatch(
      /dist\/src\/drift|dist\/generated\/(answers|validators)/,
    );
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
