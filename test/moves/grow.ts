import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Document } from "../../scripts/generate/document.js";
import { render } from "../../scripts/generate/render.js";
import { fixtureDocument } from "../fixture/document.js";
import { copyProject } from "../unit/project-copy.js";
import type { Move } from "./moves.js";

/** The package, made from a document that has moved. */
export interface Grown extends AsyncDisposable {
  readonly document: Document;
  /** Where the copy is. */
  readonly folder: string;
  readonly client: typeof import("../../src/index.js");
  readonly testing: typeof import("../../src/testing.js");
}

/** Makes the package from the fixture document after some moves, in a copy, and loads it. */
export async function grow(moves: readonly Move[]): Promise<Grown> {
  const document = parse(await readFile(fixtureDocument, "utf8"), { merge: true });
  for (const { edit } of moves) edit(document);
  const copy = await copyProject("src");
  for (const [name, text] of Object.entries(await render(document))) {
    await writeFile(join(copy.folder, "generated", name), text);
  }
  const load = (entry: string) => import(join(copy.folder, "src", entry));
  return {
    document,
    folder: copy.folder,
    client: await load("index.ts"),
    testing: await load("testing.ts"),
    [Symbol.asyncDispose]: () => copy.remove(),
  };
}
