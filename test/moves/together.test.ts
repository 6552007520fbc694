import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyToMove, type Moved } from "./moved.js";
import { fieldMoves, growthMoves, type Move, operationMoves } from "./moves.js";

// The whole way of a change, from the document to the published docs, with nothing written by hand. Moves of one kind are
// made together, since each way takes a minute; single.test.ts makes each alone.

/** Lets the compiler look at a program that is right only where the document has moved. */
async function checkTypes(file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("// @ts-nocheck", "//"));
}

const kinds: readonly [kind: string, moves: readonly Move[]][] = [
  ["fields and models", fieldMoves],
  ["operations that are new", growthMoves],
  ["operations that were there", operationMoves],
];

describe.each(kinds)("changes of %s", (_, moves) => {
  let moved: Moved;
  beforeAll(async () => {
    moved = await copyToMove();
    await moved.move(...moves);
    if (moves === growthMoves) await checkTypes(join(moved.folder, "test/moves/growth-types.ts"));
  });
  afterAll(() => moved?.remove());

  const done = { exitCode: 0, stderr: "" };

  test("lint", async () => {
    expect(await moved.run("scripts/lint.ts")).toMatchObject(done);
  });

  test("generate", async () => {
    expect(await moved.run("scripts/generate.ts")).toMatchObject(done);
  });

  test("type-check and build", async () => {
    expect(await moved.typecheck()).toEqual({ ...done, stdout: "" });
    expect(await moved.build()).toEqual({ ...done, stdout: "" });
  });

  test("are walked by npm start", async () => {
    const { stdout, ...outcome } = await moved.run("scripts/start.ts");
    expect(outcome).toEqual(done);
    expect(stdout).toMatch(/^\$ loke-customers [\w-]+ .*\n\w/m);
  });

  test("are answered by the mock as the document says", async () => {
    expect(await moved.run("test/moves/serve.ts")).toEqual({ ...done, stdout: "" });
  });

  test("are in the docs, with samples that run", async () => {
    const { stdout, ...outcome } = await moved.run("scripts/docs.ts");
    expect(outcome).toEqual(done);
    expect(stdout).toMatch(/programs type-checked and run/);
  });
});
