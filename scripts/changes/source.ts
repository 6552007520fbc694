import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { visit } from "yaml";
import { CliError } from "../lib/cli-error.js";
import { createLineLocator, type LineLocator } from "../lib/line-locator.js";
import { keysOf, pointerTo } from "../lib/pointer.js";
import { bundle } from "../lint/redocly.js";

/** A document to compare, on disk. */
export interface Source {
  /** The file or revision that the command was given. */
  readonly name: string;
  /** The main file. */
  readonly path: string;
  /** The version of the package beside it. */
  readonly version: string;
  /** Returns the name of one of its files for the report. */
  readonly labelOf: (file: string) => string;
  /** A message to print before the report. */
  readonly notice?: string;
  remove(): Promise<void>;
}

const main = "openapi/openapi.yaml";

export interface Folders {
  /** The project's folder. */
  readonly root: string;
  /** The folder that names of files start from. */
  readonly folder: string;
}

/**
 * Opens a document by the path of a file, or else by a revision of git.
 *
 * @throws {CliError} if there is none. The message says what to do.
 */
export async function openSource(name: string, { folder, root }: Folders): Promise<Source> {
  const path = resolve(folder, name);
  if (name === "" || !existsSync(path)) return openRevision(name, root);
  if (!statSync(path).isFile())
    throw new CliError(`${name} is a folder; name the file of the document in it.`);
  const isRevision = (await git(root, ...verify(name))).code === 0;
  return {
    name,
    path,
    version: versionIn(await readFile(join(root, "package.json"), "utf8")),
    labelOf: (file) => relative(folder, file),
    ...(isRevision && { notice: `${name} is a file and a revision of git; the file was taken.` }),
    async remove() {},
  };
}

async function openRevision(name: string, root: string): Promise<Source> {
  const asked = name || '""';
  if (name === "" || name.startsWith("-")) {
    throw new CliError(`${asked} is neither a file nor a revision of git. ${advice}`);
  }
  const commit = await git(root, ...verify(name));
  if (commit.code !== 0) {
    const shallow = await git(root, "rev-parse", "--is-shallow-repository");
    if (shallow.code !== 0) {
      throw new CliError(
        `${asked} is no file, and git cannot look for it: ${shallow.stderr.trim()}`,
      );
    }
    const hint = shallow.stdout.trim() === "true" ? ` ${shallowAdvice}` : "";
    throw new CliError(`${asked} is neither a file nor a revision of git. ${advice}${hint}`);
  }
  const id = commit.stdout.trim();
  const listed = await git(root, "ls-tree", "-r", "-z", "--name-only", id, "--", "openapi/");
  const files = listed.stdout.split("\0").filter(Boolean);
  if (!files.includes(main)) {
    throw new CliError(`There is no ${main} at ${asked}. Name a later revision, or a file.`);
  }
  const temporary = await realpath(await mkdtemp(join(tmpdir(), "loke-changes-")));
  const remove = () => rm(temporary, { recursive: true, force: true });
  try {
    for (const file of files) {
      const blob = await git(root, "show", `${id}:./${file}`);
      if (blob.code !== 0)
        throw new CliError(`git cannot show ${file} at ${asked}: ${blob.stderr.trim()}`);
      await mkdir(dirname(join(temporary, file)), { recursive: true });
      await writeFile(join(temporary, file), blob.stdout);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  const manifest = await git(root, "show", `${id}:./package.json`);
  const working = await readFile(join(root, "package.json"), "utf8");
  return {
    name,
    path: join(temporary, main),
    version: versionIn(manifest.code === 0 ? manifest.stdout : working),
    labelOf: (file) => `${name}:${relative(temporary, file)}`,
    remove,
  };
}

const advice = "Name a file, or a commit, branch or tag (see `git tag` and `git log --oneline`).";
const shallowAdvice =
  "This clone is shallow and holds few revisions: `git fetch --unshallow --tags` gets the others.";

/** The arguments that have git turn a revision into a commit, whatever it begins with. */
function verify(name: string): string[] {
  return ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
}

function versionIn(manifest: string): string {
  try {
    return String(JSON.parse(manifest).version);
  } catch {
    return "";
  }
}

interface GitRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs git in a folder, without a shell, so that no argument can be more than an argument. */
function git(folder: string, ...args: string[]): Promise<GitRun> {
  return new Promise((resolve) => {
    execFile("git", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error ? 127 : 0;
      // If git is not installed, stderr is empty.
      resolve({ code, stdout, stderr: stderr || (error?.message ?? "") });
    });
  });
}

/** A document as one value, and where its parts are in its files. */
export interface SourceDocument {
  readonly value: unknown;
  /** Finds the file and line of a part by its JSON pointer in `value`. */
  readonly placeOf: (pointer: string) => { readonly file: string; readonly line: number };
}

interface File {
  readonly path: string;
  readonly locator: LineLocator;
  /** Its references to other files, as written. */
  readonly references: readonly string[];
}

/**
 * Reads a document. One that is spread over several files is bundled by Redocly.
 *
 * @throws {CliError} if it cannot be read.
 */
export async function readDocument({ labelOf, name, path }: Source): Promise<SourceDocument> {
  try {
    const files = await readFiles(path);
    const [main] = files;
    const isOne = files.length === 1 && main?.locator.document.errors.length === 0;
    // Redocly also explains best why a document cannot be read.
    const value = isOne ? treeOf(main) : await bundle(path);
    return {
      value,
      placeOf(pointer) {
        const place = follow(files, main, keysOf(pointer));
        return { file: labelOf(place.file.path), line: place.line };
      },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliError(`${name} cannot be read. ${message}`);
  }
}

/** The content of a file, in which an anchor and its aliases are values of their own. */
function treeOf({ locator }: File): unknown {
  return JSON.parse(JSON.stringify(locator.document.toJS()));
}

/** Reads a file and all that it refers to. */
async function readFiles(main: string): Promise<File[]> {
  const files: File[] = [];
  const paths = [resolve(main)];
  for (const path of paths) {
    const locator = createLineLocator(await readFile(path, "utf8"));
    const references = new Set<string>();
    visit(locator.document, {
      Pair(_, { key, value }) {
        const reference = String(key) === "$ref" ? String(value) : "#";
        if (!reference.startsWith("#")) references.add(reference);
      },
    });
    files.push({ path, locator, references: [...references] });
    for (const reference of references) {
      const target = pathOf(path, reference);
      if (!paths.includes(target) && !/^[a-z]+:\/\//i.test(reference)) paths.push(target);
    }
  }
  return files;
}

function pathOf(from: string, reference: string): string {
  return resolve(dirname(from), reference.replace(/#.*/, ""));
}

/** Finds a part of the bundled document in the files: the bundle has components that are files of their own. */
function follow(files: readonly File[], main: File | undefined, keys: readonly string[]) {
  let file = main;
  let pointer = "";
  for (const key of keys) {
    const reference = String(file?.locator.document.getIn([...keysOf(pointer), "$ref"]) ?? "#");
    if (!reference.startsWith("#")) [file, pointer] = moved(files, file, reference);
    pointer = pointerTo(pointer, key);
    const [, , name] = keysOf(pointer);
    const isComponent = pointer.startsWith("/components/") && keysOf(pointer).length === 3;
    if (!isComponent || name === undefined || file?.locator.document.hasIn(keysOf(pointer)))
      continue;
    const from = files.find((one) => one.references.some((other) => nameOf(other) === name));
    const found = from?.references.find((one) => nameOf(one) === name);
    if (found !== undefined) [file, pointer] = moved(files, from, found);
  }
  if (!file) throw new Error("A document has a main file.");
  return { file, line: file.locator.lineOf(pointer).line };
}

function moved(
  files: readonly File[],
  from: File | undefined,
  reference: string,
): [File | undefined, string] {
  const target = files.find(({ path }) => path === pathOf(from?.path ?? "", reference));
  return [target ?? from, /#(.*)/.exec(reference)?.[1] ?? ""];
}

/** The name that a bundle gives to what a reference leads to. */
function nameOf(reference: string): string | undefined {
  const [file = "", fragment = ""] = reference.split("#");
  return keysOf(fragment).at(-1) ?? basename(file, extname(file));
}
