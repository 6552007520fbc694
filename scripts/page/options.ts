import { parseArgs } from "node:util";
import { CliError } from "../lib/cli-error.js";

export const usage = `Usage: npm run page -- [FILE] [options]

Compares the vendor's page with openapi/openapi.yaml. FILE is the page's text, as a browser shows it
and a person saves it, or its HTML; - reads it from standard input. Without FILE the page is fetched from its
address, which stands in the document. The text of HTML is kept in dist/page.txt, whose lines are named.

  --url URL        fetch the page from another address
  --json           print the differences as JSON
  --save           renew openapi/page.json once the facts agree; words that changed count as read
  --draft          print YAML to paste for what is new on the page
  --document FILE  compare with another document
  -h, --help       show this

Exit codes: 0 they agree, or it is saved or drafted; 1 they differ; 2 one of them cannot be read as a whole, or they have
no operation in common.`;

export interface Options {
  /** The page's text or HTML; `-` is standard input. Without it the page is fetched. */
  readonly file?: string;
  /** Another address to fetch from than the document's. */
  readonly url?: string;
  readonly json: boolean;
  readonly save: boolean;
  readonly draft: boolean;
  /** Another document than the project's. */
  readonly document?: string;
}

export function readOptions(args: string[]): Options | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  const [file, ...others] = positionals;
  if (others.length > 0) throw usageError("give one FILE, the page's text; - is standard input");
  const { json = false, save = false, draft = false, document, url } = values;
  if (file !== undefined && url !== undefined) throw usageError("--url goes with no FILE");
  if (draft && (json || save)) throw usageError("--draft goes with neither --json nor --save");
  if (save && document !== undefined) throw usageError("--save does not go with --document");
  return {
    ...(file === undefined ? {} : { file }),
    ...(url === undefined ? {} : { url }),
    json,
    save,
    draft,
    ...(document === undefined ? {} : { document }),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        save: { type: "boolean" },
        draft: { type: "boolean" },
        url: { type: "string" },
        document: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    // Such as: Unknown option '--jsno'. To specify a positional argument starting with a '-', …
    throw usageError((error as Error).message.split(/\.\s/, 1).join());
  }
}

function usageError(message: string): CliError {
  return new CliError(`${message}\n(--help shows the options)`);
}
