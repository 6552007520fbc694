import { execFileSync } from "node:child_process";

/** Runs git in a folder as somebody, whatever the settings of the machine, and returns what it prints. */
export function git(folder: string, ...args: string[]): string {
  const settings = ["user.name=Test", "user.email=test@example.com", "commit.gpgsign=false"];
  const given = settings.flatMap((one) => ["-c", one]);
  return execFileSync("git", [...given, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
}
