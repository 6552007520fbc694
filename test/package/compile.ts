import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./install.js";
import { run } from "./run.js";

/** A TypeScript compiler, as a command. */
export interface Compiler {
  version: string;
  command: string;
  args: string[];
}

/** Everything of a tsconfig.json but the files. */
export type CompilerOptions = Record<string, unknown>;

/** What a compiler has to say: an error each, with the file relative to where it was run. */
export interface Diagnostic {
  file: string;
  line: number;
  /** Such as `TS2322: Type 'string' is not assignable to type 'number'.` */
  message: string;
}

/** TypeScript 5.9, 6 and 7, which are installed under names of their own. */
export const compilers: Compiler[] = await Promise.all(
  ["typescript", "typescript-6", "typescript-7"].map(findCompiler),
);

async function findCompiler(name: string): Promise<Compiler> {
  const folder = join(root, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (!version.startsWith("7.")) {
    return { version, command: process.execPath, args: [join(folder, "lib/tsc.js")] };
  }
  // TypeScript 7 is a native program. Its bin/tsc is a script that starts it and waits, a process between.
  const { default: getExePath } = await import(
    pathToFileURL(join(folder, "lib/getExePath.js")).href
  );
  return { version, command: getExePath(), args: [] };
}

/**
 * Type-checks files of a folder, and emits nothing.
 *
 * @param name - of these options: several can be tried at the same time
 * @returns the errors; none if all is well
 */
export async function typeCheck(
  compiler: Compiler,
  folder: string,
  name: string,
  files: string[],
  compilerOptions: CompilerOptions,
): Promise<Diagnostic[]> {
  const config = join(folder, `tsconfig.${compiler.version}.${name.replace(/\W+/g, "-")}.json`);
  // The declarations of packages are checked. Those that come with the compiler are not: they take seconds.
  const common = { noEmit: true, skipDefaultLibCheck: true };
  await writeFile(
    config,
    JSON.stringify({ compilerOptions: { ...common, ...compilerOptions }, files }),
  );
  const args = [...compiler.args, "-p", config, "--pretty", "false"];
  const { exitCode, stdout, stderr } = await run(compiler.command, args, {
    cwd: folder,
    // Several compilers at once, on a machine that has other things to do.
    timeoutMs: 200_000,
  });
  // consumer.ts(12,3): error TS2322: Type 'string' is not assignable to type 'number'.
  const diagnostics = [...stdout.matchAll(/^(.+?)\((\d+),\d+\): error (.+)$/gm)].map(
    ([, file = "", line, message = ""]) => ({ file, line: Number(line), message }),
  );
  if ((exitCode === 0) === (diagnostics.length === 0)) return diagnostics;
  throw new Error(`tsc ${compiler.version} exited with ${exitCode}:\n${stdout}\n${stderr}`);
}
