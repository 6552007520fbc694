import { readFile } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import { visit } from "yaml";
import { CliError } from "../lib/cli-error.js";
import { createLineLocator, type LineLocator } from "../lib/line-locator.js";
import { keysOf, pointerTo } from "../lib/pointer.js";
import { bundle } from "../redocly.js";
import type { Source } from "./source.js";

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
    const value = isOne ? main?.locator.document.toJS() : await bundle(path);
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
