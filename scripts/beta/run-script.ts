import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const tsx = createRequire(import.meta.url).resolve("tsx/cli");

/** What a command of the project printed, and the code it ended with. */
export interface ScriptRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables that a command which reads the page has no use for. */
const secrets = ["GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];

/** Runs one of the project's commands as a process of its own, without the tokens of this one. */
export function runScript(root: string, name: string, ...args: string[]): Promise<ScriptRun> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !secrets.includes(key)),
  );
  const script = join(root, `scripts/${name}.ts`);
  return new Promise((resolve, reject) => {
    const options = { cwd: root, env, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [tsx, script, ...args], options, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(error);
    });
  });
}
