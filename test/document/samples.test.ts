import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import apiDocument from "../../generated/openapi.json" with { type: "json" };
import { shownPrograms } from "../../scripts/docs/build-site.js";
import { readClientReference } from "../../scripts/docs/client-reference.js";
import type { Document } from "../../scripts/docs/document.js";
import { runPrograms } from "../../scripts/docs/programs.js";
import { makeSamples, serverOf, withOwnSamples } from "../../scripts/docs/samples.js";
import { compilers, typeCheck } from "../package/compile.js";
import { root } from "../package/install.js";
import { installation } from "../package/installation.js";

// What the references show, as somebody who has installed the package runs it. The programs of the guide have tests of their own.

const { installed, project } = installation();
const folder = join(project, "samples");
const customerId = "01FCCGYZA9JPQ97HBSTKW0KT7P";

const api: Document = apiDocument as object as Document;
const samples = await withOwnSamples(root, makeSamples(api));
const shown = shownPrograms({ samples, client: await readClientReference(root) });
const outcome = await runPrograms(shown, installed);

function printed(operationId: string, language: "ts" | "sh"): string {
  const sample = samples.find(
    (one) => one.operationId === operationId && one.language === language,
  );
  return outcome.printed.get(sample?.place ?? "") ?? "";
}

describe("the programs that the references show", () => {
  beforeAll(async () => {
    await mkdir(folder);
    for (const [index, { language, source }] of shown.entries()) {
      if (language === "ts") await writeFile(join(folder, `program-${index}.ts`), source);
    }
  });

  // The first has compiled the programs that were run.
  it.for(compilers.slice(1))("are well typed for TypeScript $version", async (compiler) => {
    const files = shown.flatMap(({ language }, index) =>
      language === "ts" ? [`program-${index}.ts`] : [],
    );
    expect(files.length).toBeGreaterThan(samples.length / 2);
    const options = { strict: true, module: "nodenext", target: "es2022", types: ["node"] };
    expect(
      await typeCheck(compiler, folder, "samples", files, { ...options, moduleDetection: "force" }),
    ).toEqual([]);
  });

  it("run to their end, and samples print something", () => {
    expect(outcome.problems).toEqual([]);
  });

  it("show a customer", () => {
    expect(printed("getCustomer", "ts")).toMatch(/firstName: 'John'[\s\S]* pointsBalance: 3125/);
  });

  it("show every customer, once", () => {
    const rows = printed("listCustomers", "ts").trim().split("\n");
    const ids = rows.map((row) => row.split(" ")[0]);
    expect({ rows: ids.length, distinct: new Set(ids).size }).toEqual({
      rows: 2_500,
      distinct: 2_500,
    });
  });

  it("show every membership, of more than one page", () => {
    expect(printed("listMemberships", "ts").trim().split("\n")).toHaveLength(25);
  });

  it("show the same with curl, and where the next page is", ({ skip }) => {
    if (outcome.skipped) return skip(outcome.skipped);
    expect(JSON.parse(printed("getCustomer", "sh"))).toMatchObject({ id: customerId });
    for (const [list, rows] of [
      ["listCustomers", 1_000],
      ["listMemberships", 10],
    ] as const) {
      const [head = "", body = ""] = printed(list, "sh").split(/\r\n\r\n/);
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
