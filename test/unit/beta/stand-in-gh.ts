import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { build } from "esbuild";
import { emptyState, type StandInState } from "./gh-calls.js";

/** A `gh` that knows as much of the real one as the watch uses, and keeps its issues in a file. */
export interface StandInGh {
  readonly env: NodeJS.ProcessEnv;
  state(): Promise<StandInState>;
  set(change: Partial<StandInState>): Promise<void>;
  remove(): Promise<void>;
}

const program = `
import { readFileSync, writeFileSync } from "node:fs";
import { callGh } from "./gh-calls.js";
const state = JSON.parse(readFileSync(process.env.GH_STATE, "utf8"));
const args = process.argv.slice(2);
try {
  console.log(callGh(state, args, args.includes("-") ? readFileSync(0, "utf8") : ""));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  writeFileSync(process.env.GH_STATE, JSON.stringify(state));
}`;

export async function createStandInGh(): Promise<StandInGh> {
  const folder = await mkdtemp(join(tmpdir(), "loke-gh-"));
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    bundle: true,
    platform: "node",
    banner: { js: `#!${process.execPath}` },
    write: false,
  });
  await writeFile(join(folder, "gh"), outputFiles[0]?.text ?? "", { mode: 0o755 });
  const file = join(folder, "state.json");
  const write = (state: StandInState) => writeFile(file, JSON.stringify(state));
  await write(emptyState());
  return {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, GH_STATE: file },
    state: async () => JSON.parse(await readFile(file, "utf8")),
    set: (change) => write({ ...emptyState(), ...change }),
    remove: () => rm(folder, { recursive: true }),
  };
}
