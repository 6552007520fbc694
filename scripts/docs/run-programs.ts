import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { server } from "../../generated/operations.js";
import { startMock } from "../mock/start-mock.js";
import { builtPackage, compilePrograms } from "./compile-programs.js";
import { variableOf } from "./make-samples.js";

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
    const inTypeScript = programs.filter(({ language }) => language === "ts");
    const { files, problems } = await compilePrograms(
      inTypeScript.map((program) => ({ ...program, name: nameOf(program) })),
      folder,
      installed,
    );
    if (problems.length > 0) return { problems, printed: new Map() };
    const curl = await findCurl();
    const outcome = await runEach(curl ? programs : inTypeScript, files, folder, curl);
    return curl ? outcome : { ...outcome, skipped: "the samples for curl: there is no curl" };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function nameOf({ place, line }: ShownProgram): string {
  return line === undefined ? place : `${place}, line ${line}`;
}

async function runEach(
  programs: readonly ShownProgram[],
  files: ReadonlyMap<string, string>,
  cwd: string,
  curl: string | undefined,
): Promise<Outcome> {
  await using mock = await startMock();
  const named = programs.flatMap(({ source }) => source.match(/\bLOKE_\w+/g) ?? []);
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
  for (const program of programs) {
    // What one program deletes, the next finds.
    mock.reset();
    const { source, mustPrint } = program;
    const name = nameOf(program);
    const file = files.get(name);
    const [command, ...args] = file
      ? [process.execPath, "--import", preload, file]
      : ["sh", "-e", "-c", source];
    try {
      const { stdout } = await promisify(execFile)(command, args, options);
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
  await writeFile(join(bin, "curl"), shim);
  await chmod(join(bin, "curl"), 0o755);
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
