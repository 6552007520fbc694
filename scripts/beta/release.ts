import { execFile } from "node:child_process";
import { CliError } from "../lib/cli-error.js";

/** The tag of the last release before a folder's commit; undefined if nothing was released. */
export async function lastRelease(folder: string): Promise<string | undefined> {
  const tags = await git(
    folder,
    "tag",
    "--merged",
    "HEAD",
    "--list",
    "v[0-9]*",
    "--sort=-v:refname",
  );
  // A prerelease is no release to compare with.
  return tags.split("\n").find((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
}

function git(folder: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("git", args, { cwd: folder }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else reject(new CliError(`git ${args[0]} failed: ${stderr.trim() || error.message}`));
    });
  });
}

/** Whether a version is the same as another, or later. What follows the three numbers is not compared. */
export function isAtLeast(version: string, other: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number);
  const [a, b] = [numbers(version), numbers(other)];
  const index = a.findIndex((number, at) => number !== b[at]);
  return index === -1 || (a[index] ?? 0) > (b[index] ?? 0);
}
