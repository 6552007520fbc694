import { type Exception, readExceptions } from "../exceptions.js";
import type { Part } from "./part.js";

/** The part of a pointer that names a thing: an operation, a component or a property of one. */
const thing = /^#\/(?:paths\/[^/]+|components\/[^/]+)(?:\/[^/]+)?(?:\/properties\/[^/]+)*/;

/**
 * The exceptions from lint's rules whose thing the document no longer has. That a rule no longer needs one is lint's to
 * find; what its pointer has below the thing can be missing, and be the reason for the exception.
 */
export function staleExceptions(text: string, document: string, root: Part): Exception[] {
  return readExceptions(text).filter((one) => {
    const [pointer] = thing.exec(one.pointer) ?? [];
    if (one.document !== document || pointer === undefined) return false;
    return root.find(pointer).value === undefined;
  });
}
