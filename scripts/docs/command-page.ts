import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { commandNames } from "../generate/command-names.js";
import { type Document, operationsOf } from "./document.js";
import { escapeHtml, textPage } from "./page-frame.js";

/** What the command prints, and how it is called for it. */
export interface CommandHelp {
  readonly argv: readonly string[];
  readonly text: string;
}

/**
 * Asks the built command for its help and for that of each operation, so that the page says what the command says.
 *
 * @param root - the package
 */
export async function readCommandHelp(root: string, document: Document): Promise<CommandHelp[]> {
  const main = join(root, "dist/src/cli/main.js");
  const names = commandNames(operationsOf(document).map(({ operationId }) => operationId));
  const calls = [["--help"], ...[...names.values()].map((name) => [name, "--help"])];
  return Promise.all(
    calls.map(async (argv) => {
      const { stdout } = await promisify(execFile)(process.execPath, [main, ...argv]);
      return { argv, text: stdout.trimEnd() };
    }),
  );
}

/** Renders the page of the command line. */
export function commandPage(
  helps: readonly CommandHelp[],
  page: { header: string; style: string },
): string {
  const sections = helps.map(({ argv, text }) => {
    const [name = ""] = argv;
    const title = name.startsWith("-") ? "All commands" : name;
    const id = name.replaceAll(/^-+/g, "");
    // A block that is wider than the window is scrolled by keys as well.
    return `<h2 id="${escapeHtml(id)}">${escapeHtml(title)}</h2>
<pre tabindex="0"><code>$ loke-customers ${escapeHtml(argv.join(" "))}
${escapeHtml(text)}
</code></pre>`;
  });
  return textPage({
    ...page,
    title: "Command line",
    description: "The command loke-customers: its operations, arguments, options and exit codes.",
    main: `<h1>Command line</h1>
<p>The package brings a command for people who want their data tonight, and for shell scripts.
With <code>--mock</code> it needs no account. What follows is what it says itself.</p>
${sections.join("\n")}
`,
  });
}
