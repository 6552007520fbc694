import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grow } from "./grow.js";
import { copyToMove, type Moved } from "./moved.js";
import { fieldMoves, growthMoves, type Move, operationMoves, targetsOf } from "./moves.js";

let moved: Moved;
beforeAll(async () => {
  moved = await copyToMove();
});
afterAll(() => moved?.remove());

describe("a move alone makes a package that works", () => {
  test.each([...fieldMoves, ...growthMoves, ...operationMoves])("$name", async (move) => {
    await using grown = await grow([move]);
    const { collections } = await import(join(grown.folder, "generated/mock.ts"));
    const [name = ""] = Object.keys(collections);
    const api = grown.testing.createMockApi() as unknown as Record<string, unknown[]>;
    expect(api[name]).toHaveLength(25);
    expect(grown.client.createClient()).toHaveProperty(collections[name].list);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a parsed document, changed at will.
type Any = any;

/** What a person has to do something about, and how a command says what. */
const byHand: readonly (Move & { script: string; exitCode: number; says: RegExp })[] = [
  {
    name: "a field called __proto__",
    edit(document: Any) {
      const { properties } = document.components.schemas[targetsOf(document).model];
      Object.defineProperty(properties, "__proto__", {
        value: { type: "string", description: "Odd." },
        enumerable: true,
      });
    },
    script: "scripts/generate.ts",
    exitCode: 2,
    says: /"__proto__"/,
  },
  {
    name: "an optional parameter called constructor",
    edit(document: Any) {
      const { parameters } = document.paths[targetsOf(document).items].get;
      const schema = { type: "string" };
      parameters.push({ name: "constructor", in: "query", description: "Odd.", schema });
    },
    script: "scripts/generate.ts",
    exitCode: 2,
    says: /GET .*optional parameter "constructor"/,
  },
  {
    name: "an operation disappears: lint names the exceptions that it had",
    edit(document: Any) {
      delete document.paths[targetsOf(document).owned];
    },
    script: "scripts/lint.ts",
    exitCode: 1,
    says: /\.redocly\.lint-ignore\.yaml:\d+: /,
  },
  {
    name: "an operation gets another name, and one an argument: the docs name the programs of the client's reference",
    edit(document: Any) {
      const { items, owned } = targetsOf(document);
      document.paths[items].get.operationId = "searchThings";
      const schema = { type: "string" };
      const shop = {
        name: "shopId",
        in: "query",
        required: true,
        description: "The shop.",
        schema,
      };
      document.paths[owned].get.parameters.push(shop);
    },
    script: "scripts/docs.ts",
    exitCode: 1,
    says: /docs\/client\.md, line \d+/,
  },
];

describe("a move that needs a hand says where", () => {
  test.each(byHand)("$name", async ({ script, exitCode, says, ...move }) => {
    await moved.move(move);
    if (script === "scripts/docs.ts") {
      expect(await moved.run("scripts/generate.ts")).toMatchObject({ exitCode: 0 });
      expect(await moved.build()).toMatchObject({ exitCode: 0, stdout: "" });
    }
    const outcome = await moved.run(script);
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.stdout + outcome.stderr).toMatch(says);
  });

  test("what was generated before stays", async () => {
    const file = join(moved.folder, "generated/openapi.json");
    const before = await readFile(file, "utf8");
    const [refused] = byHand;
    if (refused) await moved.move(refused);
    expect(await moved.run("scripts/generate.ts")).toMatchObject({ exitCode: 2 });
    expect(await readFile(file, "utf8")).toBe(before);
  });
});
