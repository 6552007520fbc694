import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { GeneratedFiles } from "../../scripts/generate/render.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the compiler says of a line. */
export interface Complaint {
  readonly file: string;
  /** From 0. */
  readonly line: number;
  readonly message: string;
  readonly text: string;
}

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
  ts.sys,
  root,
);

/** As strict as a user's compiler can be. */
const strictest: ts.CompilerOptions = {
  ...options,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: false,
  declaration: false,
};

/** Files that are the same in every program: those of TypeScript and of src/. */
const shared = new Map<string, ts.SourceFile | undefined>();

/** The program before: of the files that are the same, imports need not be resolved again. */
let previous: ts.Program | undefined;

/**
 * Compiles src/ with these files in place of `generated/`, and some files more.
 *
 * @param more - by their path in the project
 * @param isWhole - whether src/ is checked as well, and not only what is generated and the files more
 */
export function compileProgram(
  generated: GeneratedFiles,
  more: Readonly<Record<string, string>>,
  isWhole: boolean,
): Complaint[] {
  const virtual = new Map<string, string>();
  for (const [name, text] of Object.entries(generated))
    virtual.set(`${root}generated/${name}`, text);
  for (const [name, text] of Object.entries(more)) virtual.set(`${root}${name}`, text);
  const host = ts.createCompilerHost(strictest);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  host.getSourceFile = (path, target, ...others) => {
    const text = virtual.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, target);
    if (!shared.has(path)) shared.set(path, getSourceFile(path, target, ...others));
    return shared.get(path);
  };
  const own = ["index", "testing", "drift", "auth", "pace"].map((name) => `${root}src/${name}.ts`);
  const rootNames = [...own, ...[...virtual.keys()].filter((name) => name.endsWith(".ts"))];
  const program = ts.createProgram({
    rootNames,
    options: strictest,
    host,
    ...(previous && { oldProgram: previous }),
  });
  previous = program;
  const isChecked = ({ fileName }: ts.SourceFile) =>
    virtual.has(fileName) || (isWhole && fileName.startsWith(`${root}src/`));
  const found = program
    .getSourceFiles()
    .filter(isChecked)
    .flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ])
    .map((one) => ({ code: one.code, ...complaintOf(one) }));
  return found.filter(({ code, file }) => code !== indexSignature || !file.startsWith("src/"));
}

/** Of `noPropertyAccessFromIndexSignature`, which the project does not set for itself. */
const indexSignature = 4111;

function complaintOf({ file, start = 0, messageText }: ts.Diagnostic): Complaint {
  const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
  return {
    file: file?.fileName.slice(root.length) ?? "",
    line,
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    text: file?.text.split("\n")[line]?.trim() ?? "",
  };
}
