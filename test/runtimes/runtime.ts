import type { Result } from "./suite/run-checks.js";
import type { World } from "./suite/world.js";

/** One of the places where the suite runs. */
export interface Runtime {
  /** What `--only` and `--require` call it. */
  readonly id: string;
  /** What the table calls it. */
  readonly title: string;
  /** @throws {NotRun} if this machine cannot run it */
  readonly drive: (job: Job) => Promise<Outcome>;
}

/** What a runtime gets to run. */
export interface Job {
  /** A project in which the packed tarball is installed, and the programs of `entries/` beside it. */
  readonly project: string;
  readonly urls: Pick<World, "apiUrl" | "strangerUrl" | "issuerUrl" | "refusedUrl">;
  /** Gives the folder in which a package of npm is installed, and others beside it. */
  readonly install: (name: string, version: string, beside?: readonly string[]) => Promise<string>;
  /** Take the newest version rather than the pinned one. */
  readonly isNewest: boolean;
  readonly signal: AbortSignal;
}

/** What came of one run. */
export interface Outcome {
  /** What the runtime itself says that it is. */
  readonly version: string;
  readonly results: readonly Result[];
}

/** This machine cannot run a runtime: it is neither passed nor failed. */
export class NotRun extends Error {
  override readonly name = "NotRun";
}
