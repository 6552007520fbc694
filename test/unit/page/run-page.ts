import { outcomeOf } from "../../../scripts/lib/command.js";
import { pageCommand } from "../../../scripts/page/command.js";

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PageRun {
  /** The project's folder. */
  readonly root: string;
  /** Where paths start from. @default root */
  readonly folder?: string;
  /** What `-` reads. */
  readonly input?: string;
}

/** Runs `npm run page` on the last day of 2030, without a process of its own. */
export async function runPage(
  args: string[],
  { root, folder = root, input = "" }: PageRun,
): Promise<Outcome> {
  const readInput = async () => new TextEncoder().encode(input);
  const command = pageCommand({ root, folder, now: new Date("2030-12-31T23:59:59Z"), readInput });
  return { stdout: "", stderr: "", ...(await outcomeOf(command, args)) };
}
