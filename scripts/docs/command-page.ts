import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Document, operationsOf } from "./document.js";

/** What the command prints, and how it is called for it. */
export interface CommandHelp {
  readonly argv: readonly string[];
  readonly text: string;
}

/**
 * Reads the help of the built command and of each operation, so that the page says what the command says.
 *
 * @param root - the package
 */
export async function readCommandHelp(root: string, document: Document): Promise<CommandHelp[]> {
  const main = join(root, "dist/src/cli/main.js");
  const calls = [["--help"], ...operationsOf(document).map(({ name }) => [name, "--help"])];
  return Promise.all(
    calls.map(async (argv) => {
      const { stdout } = await promisify(execFile)(process.execPath, [main, ...argv]);
      return { argv, text: stdout.trimEnd() };
    }),
  );
}

/** Writes the page of the command line: what the command prints about itself. */
export function commandText(helps: readonly CommandHelp[]): string {
  const sections = helps.map(({ argv, text }) => {
    const [name = ""] = argv;
    const title = name.startsWith("-") ? "All commands" : name;
    return `## ${title}\n\n\`\`\`\`text\n$ loke-customers ${argv.join(" ")}\n${text}\n\`\`\`\`\n`;
  });
  return `# Command reference

What the command \`loke-customers\` prints about itself: its operations, arguments, options and exit codes.

${sections.join("\n")}`;
}
