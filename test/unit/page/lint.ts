import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import type { Outcome } from "../project-copy.js";

/** Lints a copy as `npm run lint` does, which works in the project's folder. */
export function lint(folder: string): Promise<Outcome> {
  const tsx = createRequire(import.meta.url).resolve("tsx/cli");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [tsx, "scripts/lint.ts"],
      { cwd: folder },
      (error, stdout, stderr) => {
        resolve({ exitCode: error ? error.code : 0, stdout, stderr });
      },
    );
  });
}
