/** The programs that the pages show: type-checked as a user of the package would, and run against the mock. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { server } from "../../generated/operations.js";
import { ts } from "../lib/typescript.js";
import { startMock } from "../mock/start-mock.js";
import { variableOf } from "./samples.js";

/** A program that a page shows. */
export interface ShownProgram {
  /** What it stands in, for messages. */
  place: string;
  /** The line there that it begins on, if it is not the first. No two programs begin on the same. */
  line?: number;
  language: "ts" | "sh";
  source: string;
  /** Whether it is there to print something, so that printing nothing is a failure. */
  mustPrint?: boolean;
}

export interface Outcome {
  /** What is wrong, a text for each program that is. */
  problems: string[];
  /** What the others printed, by name. */
  printed: ReadonlyMap<string, string>;
  /** What could not be run, and why. */
  skipped?: string;
}

/** The project itself, once it is built. */
const builtPackage = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Preloaded into a program: the mock answers what it asks of the live API, and asking any other host ends it. It is
 * the one with which the examples of the README and the guide are tested.
 */
const preload = new URL("../../test/package/programs/mock-as-live-api.mjs", import.meta.url).href;

/** More than any of them should make a reader wait. */
const timeoutMs = 60_000;

/**
 * Type-checks programs as a user of the package would, and runs them with the mock in place of the live API.
 *
 * @param installed - where the package is; by default the project itself, which has to be built
 */
export async function runPrograms(
  programs: readonly ShownProgram[],
  installed: string = builtPackage,
): Promise<Outcome> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "loke-docs-programs-"));
  try {
    await createProject(folder, installed);
    const inTypeScript = programs.filter(({ language }) => language === "ts");
    const { commands, problems } = await compile(inTypeScript, folder);
    if (problems.length > 0) return { problems, printed: new Map() };
    const curl = await findCurl();
    const runs = (curl ? programs : inTypeScript).map((program) => ({
      program,
      command: commands.get(program) ?? ["sh", "-e", "-c", program.source],
    }));
    const outcome = await runEach(runs, folder, curl);
    return curl ? outcome : { ...outcome, skipped: "the samples for curl: there is no curl" };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes a folder a project that has installed the package, and `@types/node`. */
async function createProject(folder: string, installed: string): Promise<void> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "@types"), { recursive: true });
  await symlink(installed, join(modules, "loke-customers"), "junction");
  const types = "node_modules/@types/node";
  await symlink(join(builtPackage, types), join(folder, types), "junction");
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
}

/** Compiles programs. Returns the command that runs each, or what the compiler says, with place and line. */
async function compile(
  programs: readonly ShownProgram[],
  folder: string,
): Promise<{ commands: ReadonlyMap<ShownProgram, string[]>; problems: string[] }> {
  const files = programs.map((program, index) => ({
    program,
    path: join(folder, `program-${index}.ts`),
  }));
  for (const { path, program } of files) {
    // The lines of a file are those of what the program stands in.
    await writeFile(path, "\n".repeat((program.line ?? 1) - 1) + program.source);
  }
  const compiler = ts.createProgram(
    files.map(({ path }) => path),
    {
      strict: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: ["node"],
      typeRoots: [join(folder, "node_modules/@types")],
      // Programs that import nothing can use the same names.
      moduleDetection: ts.ModuleDetectionKind.Force,
      skipLibCheck: true,
    },
  );
  const problems = ts.getPreEmitDiagnostics(compiler).map(({ file, start = 0, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const known = files.find(({ path }) => path.replaceAll("\\", "/") === file?.fileName);
    if (!file || !known) return text;
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${known.program.place}, line ${line + 1}: ${text}`;
  });
  if (problems.length === 0) compiler.emit();
  const commands = files.map(({ path, program }): [ShownProgram, string[]] => [
    program,
    [process.execPath, "--import", preload, path.replace(/ts$/, "js")],
  ]);
  return { commands: new Map(commands), problems };
}

async function runEach(
  runs: readonly { program: ShownProgram; command: readonly string[] }[],
  cwd: string,
  curl: string | undefined,
): Promise<Outcome> {
  await using mock = await startMock();
  const named = runs.flatMap(({ program }) => program.source.match(/\bLOKE_\w+/g) ?? []);
  const parameters = Object.entries(mock.parameters);
  const env = {
    ...Object.fromEntries(named.map((name) => [name, "any"])),
    ...Object.fromEntries(parameters.map(([name, value]) => [variableOf(name), value])),
    PATH: await pathWithShim(cwd),
    LOKE_LIVE_URL: server.replace(/\/+$/, ""),
    LOKE_MOCK_URL: mock.url,
    LOKE_REAL_CURL: curl,
  };
  // What the example of `refreshToken` keeps its token in.
  await writeFile(join(cwd, "refresh-token.txt"), "any");
  const options = { cwd, env, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 };
  const problems: string[] = [];
  const printed = new Map<string, string>();
  for (const { program, command } of runs) {
    // What one program deletes, the next finds.
    mock.reset();
    const { line, mustPrint, place } = program;
    const name = line === undefined ? place : `${place}, line ${line}`;
    const [file = "", ...args] = command;
    try {
      const { stdout } = await promisify(execFile)(file, args, options);
      if (mustPrint && stdout.trim() === "") problems.push(`${name} prints nothing.`);
      printed.set(name, stdout);
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: string };
      problems.push(`${name} fails when it is run: ${(stderr || message).trim()}`);
    }
  }
  return { problems, printed };
}

/** What a sample calls as `curl`: the real one, which asks the mock what is meant for the live API, and no other host. */
const shim = `#!/bin/sh
for argument do
  shift
  case $argument in
    "$LOKE_LIVE_URL"/*) argument=$LOKE_MOCK_URL\${argument#"$LOKE_LIVE_URL"} ;;
    "$LOKE_MOCK_URL"/*) ;;
    *://*) echo "refused: this sample asks for $argument" >&2; exit 70 ;;
  esac
  set -- "$@" "$argument"
done
exec "$LOKE_REAL_CURL" --disable --noproxy '*' "$@"
`;

async function pathWithShim(folder: string): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "curl"), shim, { mode: 0o755 });
  return bin + delimiter + (process.env.PATH ?? "");
}

async function findCurl(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("sh", ["-c", "command -v curl"]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
