import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type TS from "typescript";
import type { GeneratedFiles } from "../generate/render.js";
import { ts } from "../lib/typescript.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The folder of the files that are checked. They exist in memory only. */
const folder = join(root, "changes-check");
const checkPath = join(folder, "check.ts");

/** An error of the compiler. */
export interface CompilerError {
  /** Such as `TS2322`. */
  readonly code: string;
  readonly message: string;
  /** The index of the line that it is in. */
  readonly line?: number;
  /** The file that it is in, if that is none of the lines. */
  readonly file?: string;
  /** The file is not TypeScript at all. */
  readonly isSyntax: boolean;
}

/** Compiles lines that refer to the types of two clients. */
export type Check = (
  old: GeneratedFiles,
  now: GeneratedFiles,
  lines: readonly string[],
) => CompilerError[];

/** What the lines refer to. */
const prelude = `
import type * as OldModels from "./old/generated/models.js";
import type * as NewModels from "./new/generated/models.js";
import type { operations as NewTable } from "./new/generated/operations.js";
import type { ArgumentsOf as OldArguments, ResultOf as OldResult } from "./old/src/operation.js";
import type { ArgumentsOf as NewArguments, ResultOf as NewResult, Operation, OperationId } from "./new/src/operation.js";
interface LokeClient extends Record<OperationId, unknown> {}
interface List<Result> { pages(): Result }
type Field<T, Key extends PropertyKey> = T extends object ? (Key extends keyof T ? T[Key] : never) : never;
type Item<T> = T extends readonly (infer Of)[] ? Of : never;
type Value<T> = T extends object ? (string extends keyof T ? T[string & keyof T] : never) : never;
type Needs<T, Key extends PropertyKey> = T extends unknown ? (Key extends keyof T ? Pick<T, Key> : unknown) : never;
`;

/**
 * Creates a compiler that sees the generated files of two documents, each beside the client's own \`operation.ts\`. What
 * does not change between checks is parsed once.
 *
 * @param compilerOptions - in addition to those that most users have
 */
export function createCheck(compilerOptions: TS.CompilerOptions = {}): Check {
  const options: TS.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    // The library is read once and holds all that generated types refer to.
    lib: ["lib.es5.d.ts"],
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    ...compilerOptions,
  };
  const operation = readFileSync(join(root, "src/operation.ts"), "utf8");
  const texts = new Map<string, string>();
  const files = new Map<string, TS.SourceFile | undefined>();
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.directoryExists = () => true;
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
  let before: TS.Program | undefined;

  return (old, now, lines) => {
    for (const [side, generated] of [["old", old] as const, ["new", now] as const]) {
      texts.set(join(folder, side, "src/operation.ts"), operation);
      for (const name of ["models.ts", "schema.ts", "operations.ts"]) {
        texts.set(join(folder, side, "generated", name), generated[name] ?? "");
      }
    }
    texts.set(checkPath, prelude + lines.join("\n"));
    const program = ts.createProgram([checkPath], options, host, before);
    before = program;
    const checked = program
      .getSourceFiles()
      .filter(({ fileName }) => fileName === checkPath || isOf("new", fileName));
    return checked.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file).map((one) => compilerError(one, true)),
      ...program.getSemanticDiagnostics(file).map((one) => compilerError(one, false)),
    ]);
  };
}

function isOf(side: "old" | "new", path: string): boolean {
  return path.startsWith(join(folder, side, "/"));
}

const firstLine = prelude.split("\n").length - 1;

function compilerError(
  { code, file, messageText, start = 0 }: TS.Diagnostic,
  isSyntax: boolean,
): CompilerError {
  const message = plain(ts.flattenDiagnosticMessageText(messageText, "\n"));
  const error = { code: `TS${code}`, message, isSyntax };
  if (!file || file.fileName !== checkPath) {
    return { ...error, file: file?.fileName.slice(join(folder, "new/").length) ?? "" };
  }
  return { ...error, line: file.getLineAndCharacterOfPosition(start).line - firstLine };
}

/** A message without what only the checked file has, and without types that are too long to read. */
function plain(text: string): string {
  const message = text
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .replaceAll(/import\("[^"]*"\)\.|\b(Old|New)Models\./g, "")
    .replaceAll(/"\.\/(old|new)\/[^"]*"/g, '"loke-customers"')
    .replaceAll(/\b(?:Partial|NonNullable)<([\w$]+)>/g, "$1")
    .replaceAll(/\bPick<([\w$]+), "[^"]*">/g, "$1")
    .replaceAll(
      /'([^']{80,})'/g,
      (_, type: string) => `'${type.slice(0, 56)} … ${type.slice(-12)}'`,
    )
    .replace(/\.$/, "");
  return lastSentences(message);
}

/** The end of a message that is too long to read: its last sentences name the cause. */
function lastSentences(message: string): string {
  const sentences = message.split(/(?<=\.) (?=[A-Z])/);
  let end = sentences.pop() ?? "";
  for (const sentence of sentences.reverse()) {
    if (end.length + sentence.length > 240) return `… ${end}`;
    end = `${sentence} ${end}`;
  }
  return end;
}
