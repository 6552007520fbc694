import type { Document } from "../../scripts/generate/document.js";
import type { Complaint } from "./compile-program.js";

/** Where compiler and document may differ, and why. */
const allowed: readonly { readonly reason: string; readonly message: RegExp }[] = [
  {
    reason:
      "Each object inherits something of that name, so TypeScript takes a literal without the field for one that has it.",
    message: /Types of property '(constructor|toString|valueOf|hasOwnProperty)' are incompatible/,
  },
];

/** Whether the compiler may refuse this although it is right. */
export function isAllowed({ message }: Complaint): boolean {
  return allowed.some((one) => one.message.test(message));
}

/**
 * Whether an object has to have a field whose name each object inherits: TypeScript can take what is inherited for it,
 * and so accept a value without the field.
 */
export function requiresInherited(document: Document): boolean {
  const found = required.get(document) ?? inheritedRequired.test(JSON.stringify(document));
  required.set(document, found);
  return found;
}

const required = new WeakMap<Document, boolean>();
const inheritedRequired = /"required":\[[^\]]*"(constructor|toString|valueOf|hasOwnProperty)"/;
