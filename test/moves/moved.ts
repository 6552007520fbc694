import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { copyRealProject, type Outcome } from "../unit/project-copy.js";
import type { Move } from "./moves.js";

const { resolve } = createRequire(import.meta.url);
const tsx = resolve("tsx/cli");
const tsc = resolve("typescript/bin/tsc");

/** A copy of the project, whose real document can be moved. */
export interface Moved {
  readonly folder: string;
  /** Puts the document as it is with these moves, and nothing else, in its place. */
  move(...moves: readonly Move[]): Promise<void>;
  /** Runs one of the project's programs, as its npm script does. */
  run(script: string, ...args: string[]): Promise<Outcome>;
  /** Builds `dist/`. */
  build(): Promise<Outcome>;
  /** Type-checks what a move must not stop: all but the tests, which know a document of their own or the real one. */
  typecheck(): Promise<Outcome>;
  remove(): Promise<void>;
}

export async function copyToMove(): Promise<Moved> {
  const copy = await copyRealProject(
    ...[
      "src",
      "CHANGELOG.md",
      "README.md",
      "LICENSE",
      "test/package",
      "test/contract",
      "test/moves",
    ],
  );
  const { folder, remove, temporary } = copy;
  const file = join(folder, "openapi/openapi.yaml");
  const text = await readFile(file, "utf8");
  const project = {
    extends: "./tsconfig.json",
    include: ["src", "generated", "scripts", "test/moves/serve.ts", "test/moves/growth-types.ts"],
  };
  await writeFile(join(folder, "tsconfig.moves.json"), JSON.stringify(project));

  function run(...args: string[]): Promise<Outcome> {
    const { FORCE_COLOR, NODE_OPTIONS, ...inherited } = process.env;
    const env = { ...inherited, NO_COLOR: "1", TMPDIR: temporary };
    return new Promise((done, fail) => {
      const options = { cwd: folder, env, timeout: 300_000, maxBuffer: 64 * 1024 * 1024 };
      execFile(process.execPath, args, options, (error, stdout, stderr) => {
        const exitCode = error ? error.code : 0;
        if (typeof exitCode === "number") done({ exitCode, stdout, stderr });
        else fail(error);
      });
    });
  }

  return {
    folder,
    remove,
    async move(...moves) {
      const document = parse(text, { merge: true });
      for (const { edit } of moves) edit(document);
      await writeFile(file, stringify(document, { aliasDuplicateObjects: false }));
    },
    run: (script, ...args) => run(tsx, script, ...args),
    async build() {
      await rm(join(folder, "dist"), { recursive: true, force: true });
      const library = await run(tsc, "-p", "src");
      return library.exitCode === 0 ? run(tsc, "-p", "src/cli") : library;
    },
    typecheck: () => run(tsc, "-p", "tsconfig.moves.json"),
  };
}
