import type { Line } from "./lines.js";
import type { Problem } from "./problem.js";
import type { Structure } from "./structure.js";

/** What keeps a text from being the vendor's page, or all of it. */
export interface Missing extends Problem {
  /** Whether the rest is there. Of another text nothing else is worth saying: every line would be a problem. */
  readonly isCut: boolean;
}

/** Why a text is not the vendor's page, or not all of it. */
export function whatIsMissing(
  text: string,
  lines: readonly Line[],
  { operations, hasModels, models }: Structure,
): Missing | undefined {
  if (lines.length === 0) return another("The text is empty.");
  if (/[^\P{Cc}\s]/u.test(text)) {
    return another("This is no text: it has control characters.");
  }
  if (/^\s*<[!?a-z]/i.test(text) || (operations.length === 0 && /<\/[a-z]\w*>/i.test(text))) {
    return another("This is HTML. Save the text that the browser shows, not the page's source.");
  }
  if (operations.length === 0) {
    return another(
      "This is not the vendor's page: it has no operation, such as a line `get /organizations/{organizationId}/…`.",
    );
  }
  const line = lines.at(-1)?.number ?? 1;
  const last = operations.at(-1);
  if (last?.responses === undefined) {
    return cutOff(line, `the operation on line ${last?.request.number} has no Responses`);
  }
  if (!hasModels) return cutOff(line, "there is no heading Models after the operations");
  if (models.length === 0) return cutOff(line, "there is no table under Models");
  return undefined;
}

function another(message: string): Missing {
  return { line: 1, message, isCut: false };
}

function cutOff(line: number, missing: string): Missing {
  return { line, message: `The text is cut off: ${missing}.`, isCut: true };
}
