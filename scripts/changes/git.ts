import { execFile } from "node:child_process";

export interface GitRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs git in a folder. Without a shell, so that no argument is more than an argument. */
export function git(folder: string, ...args: string[]): Promise<GitRun> {
  return new Promise((resolve) => {
    execFile("git", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error ? 127 : 0;
      // Without git there is nothing on stderr.
      resolve({ code, stdout, stderr: stderr || (error?.message ?? "") });
    });
  });
}
