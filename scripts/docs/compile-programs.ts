import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The project itself, once it is built. */
export const builtPackage: string = fileURLToPath(new URL("../..", import.meta.url));

/** What is to be compiled. */
export interface Source {
  /** Its own, by which its file is found. */
  name: string;
  /** What it stands in, and the line there that it begins on: what the compiler says is of these. */
  place: string;
  line?: number;
  source: string;
}

/**
 * Compiles programs in a folder, which becomes a project that has installed the package.
 *
 * @param installed - where the package is
 * @returns the file of each program by its name; or what the compiler says, with place and line
 */
export async function compilePrograms(
  programs: readonly Source[],
  folder: string,
  installed: string,
): Promise<{ files: ReadonlyMap<string, string>; problems: string[] }> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "@types"), { recursive: true });
  await symlink(installed, join(modules, "loke-customers"), "junction");
  await symlink(
    join(builtPackage, "node_modules/@types/node"),
    join(modules, "@types/node"),
    "junction",
  );
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');

  const byFile = new Map<string, Source>();
  for (const [index, program] of programs.entries()) {
    const file = join(folder, `program-${index}.ts`);
    await writeFile(file, "\n".repeat((program.line ?? 1) - 1) + program.source);
    byFile.set(file.replaceAll("\\", "/"), program);
  }
  const compiler = ts.createProgram([...byFile.keys()], {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    typeRoots: [join(modules, "@types")],
    // Programs that import nothing can use the same names.
    moduleDetection: ts.ModuleDetectionKind.Force,
    skipLibCheck: true,
    noEmitOnError: true,
  });
  const { diagnostics } = compiler.emit();
  const problems = ts
    .sortAndDeduplicateDiagnostics([...ts.getPreEmitDiagnostics(compiler), ...diagnostics])
    .map(({ file, start = 0, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      const program = file && byFile.get(file.fileName);
      if (!file || !program) return text;
      return `${program.place}, line ${file.getLineAndCharacterOfPosition(start).line + 1}: ${text}`;
    });
  const files = new Map([...byFile].map(([file, { name }]) => [name, file.replace(/ts$/, "js")]));
  return { files, problems };
}
