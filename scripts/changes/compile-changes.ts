import type { Change } from "./change.js";
import type { Check } from "./compiler.js";

/** A document, and its name in messages. */
export interface Named {
  readonly name: string;
  readonly value: unknown;
}

let check: Check | undefined;

/**
 * Returns what changed between two documents, with the compiler's verdicts. The compiler takes a second to load, so it is loaded
 * here, and callers have this only if there is something to compile.
 *
 * @throws {CliError} if one of them cannot become a client.
 */
export async function compileChanges(before: Named, after: Named): Promise<Change[]> {
  const [{ buildModel }, { createCheck }, { changesBetween }] = await Promise.all([
    import("./client-model.js"),
    import("./compiler.js"),
    import("./report.js"),
  ]);
  const from = await buildModel(before.value, before.name);
  const to = await buildModel(after.value, after.name);
  check ??= createCheck();
  return changesBetween(from, to, check);
}
