import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { GeneratedFiles } from "../generate/render.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where the witness stands: beside `src/`, from which it imports what users import from the package. */
const witnessPath = join(root, "witness.ts");
export const entry = "./src/index.js";

/** Something that the compiler has against a text. */
export interface Complaint {
  /** Such as `TS2322`. */
  readonly code: string;
  readonly message: string;
  /** A file of the project, or undefined for the witness. */
  readonly file?: string;
  /** Where in the text it is. */
  readonly start: number;
  /** The text is no TypeScript at all. */
  readonly isSyntax: boolean;
}

/** Type-checks a witness against types that are generated from a document, and `src/` with it. */
export type Check = (generated: GeneratedFiles, witness: string) => Complaint[];

export interface CheckOptions {
  /** Besides those of the project. */
  readonly compilerOptions?: ts.CompilerOptions;
  /** Whether our own code is checked with the witness, which takes most of the time. */
  readonly isOwnCodeChecked?: boolean;
}

/**
 * A compiler over the real `src/`, with `generated/` as it is told. What does not change between checks, such as the
 * library's types, is read once.
 */
export function createCheck({
  compilerOptions = {},
  isOwnCodeChecked = true,
}: CheckOptions = {}): Check {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options: project } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  // As most users have it: `strict`, without `exactOptionalPropertyTypes`, whose messages they would not know again, and
  // without the types of Node, which the package must not need.
  const asUsers = { exactOptionalPropertyTypes: false, types: [] };
  const options = { ...project, ...asUsers, ...compilerOptions };
  const texts = new Map<string, string>();
  const files = new Map<string, ts.SourceFile | undefined>();
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, language, ...others) => {
    const text = texts.get(path);
    const known = files.get(path);
    if (known && (text === undefined || known.text === text)) return known;
    const file =
      text === undefined
        ? getSourceFile(path, language, ...others)
        : ts.createSourceFile(path, text, language);
    files.set(path, file);
    return file;
  };
  let before: ts.Program | undefined;

  return (generated, witness) => {
    for (const [name, text] of Object.entries(generated)) {
      if (name.endsWith(".ts")) texts.set(join(root, "generated", name), text);
    }
    texts.set(witnessPath, witness);
    const program = ts.createProgram([witnessPath], options, host, before);
    before = program;
    const own = program
      .getSourceFiles()
      .filter(({ fileName }) => (isOwnCodeChecked ? isOurs(fileName) : fileName === witnessPath));
    const all = (
      diagnostics: (file: ts.SourceFile) => readonly ts.Diagnostic[],
      isSyntax: boolean,
    ) => own.flatMap((file) => diagnostics(file).map((one) => complaint(one, isSyntax)));
    return [
      ...all(program.getSyntacticDiagnostics, true),
      ...all(program.getSemanticDiagnostics, false),
    ];
  };
}

function isOurs(path: string): boolean {
  return (
    path === witnessPath ||
    path.startsWith(join(root, "src/")) ||
    path.startsWith(join(root, "generated/"))
  );
}

function complaint(
  { code, file, messageText, start = 0 }: ts.Diagnostic,
  isSyntax: boolean,
): Complaint {
  const message = ts
    .flattenDiagnosticMessageText(messageText, "\n")
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .replaceAll(/import\("[^"]*"\)\./g, "")
    .replaceAll(`"${entry}"`, '"loke-customers"')
    .replaceAll(
      /'([^']{80,})'/g,
      (_, type: string) => `'${type.slice(0, 56)} … ${type.slice(-12)}'`,
    )
    .replace(/\.$/, "");
  const path = file && file.fileName !== witnessPath ? file.fileName.slice(root.length) : undefined;
  return {
    code: `TS${code}`,
    message: lastWords(message),
    start,
    isSyntax,
    ...(path && { file: path }),
  };
}

/** The end of a message that is too long to read: its last sentences say what is wrong, those before it say of what. */
function lastWords(message: string): string {
  const sentences = message.split(/(?<=\.) (?=[A-Z])/);
  let end = sentences.pop() ?? "";
  for (const sentence of sentences.reverse()) {
    if (end.length + sentence.length > 240) return `… ${end}`;
    end = `${sentence} ${end}`;
  }
  return end;
}
