import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import type { Installation, InstallOutcome } from "./install.js";

/** A test that imports this waits here, until the setup of its vitest project is through. */
const outcome = await readOutcome(inject("installationFile"));

async function readOutcome(file: string): Promise<InstallOutcome> {
  while (!existsSync(file)) await sleep(50);
  return JSON.parse(await readFile(file, "utf8"));
}

/**
 * Returns what the setup of this vitest project has installed.
 *
 * @throws Error with the reason, where the setup could not.
 */
export function installation(): Installation {
  if ("error" in outcome) throw new Error(outcome.error);
  return outcome;
}
