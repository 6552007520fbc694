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
