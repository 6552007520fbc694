import { inject } from "vitest";
import type { Installation } from "./install.js";

/**
 * Returns what the setup of this vitest project has installed.
 *
 * @throws Error with the reason, where the setup could not.
 */
export function installation(): Installation {
  const outcome = inject("installation");
  if ("error" in outcome) throw new Error(outcome.error);
  return outcome;
}
