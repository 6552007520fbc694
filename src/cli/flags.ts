/** An option of the command line itself. The options for parameters of the document are in `commands.ts`. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** The placeholder of its value in the help. Without one, the option has no value. */
  readonly value?: string;
  /** Set if the value is optional. */
  readonly isValueOptional?: true;
  /** The commands that have it; all, if absent. `items`: commands with a parameter that identifies an item. */
  readonly only?: "lists" | "bodies" | "items";
  readonly description: string;
}

export const formats = ["ndjson", "json", "csv", "table"] as const;
export type Format = (typeof formats)[number];

export const flags: readonly Flag[] = [
  {
    name: "body",
    value: "JSON",
    only: "bodies",
    description:
      "The request body: JSON, the name of a file that holds it, or - for standard input.",
  },
  {
    name: "each",
    value: "ARGUMENT",
    only: "items",
    description:
      "Runs for each value of an argument that standard input gives: one a line, or a line of JSON with a field of that name, or else id; CSV is refused. Rows begin with the value and keep the order of the input; the requests are paced. What is not found is counted at the end.",
  },
  {
    name: "format",
    value: "FORMAT",
    description:
      "ndjson (one JSON value a line), json, csv (RFC 4180) or table (for reading). Default: what the ending of FILE says (.csv, .json, .ndjson, .jsonl); else for lists table on a terminal and ndjson elsewhere, otherwise json.",
  },
  {
    name: "fields",
    value: "a,b.c",
    description: "The fields to show, in this order; those of an inner object with dots.",
  },
  { name: "limit", value: "N", only: "lists", description: "The largest number of rows." },
  {
    name: "spreadsheet",
    description:
      "For csv: begins with a byte-order mark, and turns cells that a spreadsheet would run as a formula into text.",
  },
  {
    name: "output",
    short: "o",
    value: "FILE",
    description:
      "Writes to FILE in place of standard output. FILE appears when it is complete; until then an older one stays. Readable by its owner alone.",
  },
  {
    name: "resume",
    only: "lists",
    description: "Continues where the same command with the same --output was interrupted.",
  },
  {
    name: "mock",
    value: "N",
    isValueOptional: true,
    description:
      "Answers come from a mock in this process, with N made-up items to a list (default 25). No account is needed.",
  },
  {
    name: "base-url",
    value: "URL",
    description: "The address of the API. Default: LOKE_BASE_URL, else that of the document.",
  },
  {
    name: "token-file",
    value: "FILE",
    description: "A file that holds the access token. It is read again when the token is refused.",
  },
  { name: "quiet", description: "Shows no progress and no notes." },
  {
    name: "verbose",
    description:
      "Writes each request, response, retry, wait and page to standard error as a line of JSON, and the stack of an error. Neither holds a token or a customer's data.",
  },
  { name: "help", short: "h", description: "Shows this help." },
];

/** The environment variables, besides that of the tenant. */
export const environment: readonly (readonly [name: string, description: string])[] = [
  ["LOKE_ACCESS_TOKEN", "An access token."],
  ["LOKE_CLIENT_ID", "With LOKE_CLIENT_SECRET: gets access tokens by OAuth's client credentials."],
  ["LOKE_CLIENT_SECRET", "The secret that belongs to LOKE_CLIENT_ID."],
  ["LOKE_ISSUER", "The OpenID issuer of the tokens. Default: that of loke-customers/auth."],
  ["LOKE_BASE_URL", "Stands for --base-url."],
  ["NO_COLOR, FORCE_COLOR", "Turn colours off, or on."],
];

export const exitCodes: readonly (readonly [code: string, description: string])[] = [
  ["0", "Done. Also if the reader of the output closes it, as head does."],
  ["1", "The API refused, or could not be reached; with --each, something was not found."],
  ["2", "Wrong usage, no credentials, or a file that cannot be written."],
  ["130", "Ended by Ctrl-C."],
];
