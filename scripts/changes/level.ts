/**
 * What a change does to a user of the client, worst first.
 *
 * - `breaking`: code that compiles stops compiling, or a call that works stops working.
 * - `risky`: it compiles as before, and can behave otherwise.
 * - `compatible`: there is more to use; what was used stays as it is.
 * - `docs`: words and examples.
 */
export const levels = ["breaking", "risky", "compatible", "docs"] as const;

export type Level = (typeof levels)[number];
