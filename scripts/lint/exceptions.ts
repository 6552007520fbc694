import { isMap, isScalar, isSeq } from "yaml";
import { createLineLocator } from "../lib/line-locator.js";
import { keysOf, pointerTo } from "../lib/pointer.js";

export const exceptionsFile = ".redocly.lint-ignore.yaml";

/** A place of a document that may break one rule of lint. */
export interface Exception {
  /** The document, as a path from the project's folder. */
  readonly document: string;
  readonly rule: string;
  readonly pointer: string;
  /** Its line in the file of exceptions. */
  readonly line: number;
}

/** Reads the file of exceptions. What Redocly cannot read in it either is left out. */
export function readExceptions(text: string): Exception[] {
  const { document, lineOf } = createLineLocator(text);
  const entries = (node: unknown) =>
    isMap(node) ? node.items.map(({ key, value }) => [`${key}`, value] as const) : [];
  return entries(document.contents).flatMap(([document, rules]) =>
    entries(rules).flatMap(([rule, pointers]) =>
      (isSeq(pointers) ? pointers.items : []).flatMap((item, index) => {
        if (!isScalar(item)) return [];
        const { line } = lineOf([document, rule, `${index}`].reduce(pointerTo, ""));
        return { document, rule, pointer: `${item.value}`, line };
      }),
    ),
  );
}

/** The part of a pointer that names a thing: an operation, a component or a property of one. */
const thing = /^#\/(?:paths\/[^/]+|components\/[^/]+)(?:\/[^/]+)?(?:\/properties\/[^/]+)*/;

/**
 * The exceptions from lint's rules whose thing a document no longer has. That a rule no longer needs one is lint's to
 * find; what its pointer has below the thing can be missing, and be the reason for the exception.
 */
export function staleExceptions(text: string, name: string, document: unknown): Exception[] {
  return readExceptions(text).filter((one) => {
    const [pointer] = thing.exec(one.pointer) ?? [];
    if (one.document !== name || pointer === undefined) return false;
    const isThere = (node: unknown, key: string) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, key);
    let node = document;
    for (const key of keysOf(pointer)) {
      if (!isThere(node, key)) return true;
      node = (node as Record<string, unknown>)[key];
    }
    return false;
  });
}

/** What is said of an exception that has become needless. */
export function staleMessage({ document, rule, pointer, line }: Exception): string {
  const place = `${exceptionsFile}:${line}`;
  return `${place}: "${pointer}" (${rule}) excepts nothing in ${document} any more: remove the line.`;
}
