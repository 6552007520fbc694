import { isLokeError, type LokeError } from "../index.js";
import { CliError } from "./cli-error.js";
import { Interrupted } from "./stop.js";

/** The message for an error, and the exit code. */
export interface Explanation {
  readonly text: string;
  readonly exitCode: number;
}

export interface Failure {
  readonly command: string;
  /** The name of the output file. */
  readonly output?: string | undefined;
  /** The number of rows after which another run can continue. */
  readonly keptRows: number;
}

/** Returns a sentence or two on what is wrong and what to do. They contain no token, query value or customer data. */
export function explain(error: unknown, failure: Failure): Explanation {
  const resume = howToResume(failure);
  if (error instanceof Interrupted)
    return { text: sentences(error.message, resume), exitCode: error.exitCode };
  if (error instanceof CliError) {
    const { exitCode, isResumable, message } = error;
    return { text: sentences(message, isResumable ? resume : ""), exitCode };
  }
  if (isLokeError(error)) {
    // Resuming would meet the same link again.
    const last = error.name === "PaginationError" ? "" : resume;
    return { text: sentences(...wordsOf(error), adviceFor(error, failure), last), exitCode: 1 };
  }
  // The client's message for a wrong argument or option names it, and never contains its value.
  if (error instanceof TypeError && !("cause" in error))
    return { text: sentences(`${error.message}`, resume), exitCode: 2 };
  const { code, name } = Object(error);
  const shown = [name, code].filter((one) => /^\w{1,40}$/.test(String(one))).join(" ");
  return {
    text: sentences(`Unexpected error: ${shown || "unknown"}.`, "--verbose shows where.", resume),
    exitCode: 2,
  };
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => (/[.!?]$/.test(String(part)) ? part : `${part}.`))
    .join(" ");
}

/** Returns the name and message of an error, and the IDs by which the vendor's support finds it. */
function wordsOf(error: LokeError): string[] {
  const { code, instance, requestId, retryAfterMs } = error as LokeError & Record<string, unknown>;
  const isIn = (value: unknown) => error.message.includes(String(value));
  const facts = [
    typeof code === "string" && !isIn(code) && `code ${code}`,
    typeof instance === "string" && `instance ${instance}`,
    typeof requestId === "string" && `request ID ${requestId}`,
    typeof retryAfterMs === "number" && `try again in ${Math.ceil(retryAfterMs / 1_000)} s`,
    error.attempts > 1 && `${error.attempts} attempts`,
  ].filter(Boolean);
  const shown = facts.length > 0 ? ` (${facts.join(", ")})` : "";
  return [`${error.name}: ${error.message}${shown}`, ...causeOf(error)];
}

/** Returns why there is no token. The causes of other errors may contain private data. */
function causeOf({ cause }: LokeError): string[] {
  if (cause instanceof CliError) return [cause.message];
  return cause instanceof Error && cause.name === "TokenError" ? [cause.message] : [];
}

const advice: Readonly<Record<string, string>> = {
  AuthenticationError:
    "The API does not accept the access token: get a new one for LOKE_ACCESS_TOKEN, or check LOKE_CLIENT_ID and LOKE_CLIENT_SECRET",
  PermissionError:
    "The token is valid, but not for this: check the organization, and the permissions of the token",
  NotFoundError: "Nothing was found: check the IDs",
  BadRequestError: "Check the arguments",
  RateLimitError: "Too many requests: wait, and run the command again",
  ServerError: "The API failed: run the command again later",
  ConnectionError: "Check the network and the address (LOKE_BASE_URL)",
  TimeoutError: "Run the command again later",
  ResponseError:
    "The response is not from this API: check the address (LOKE_BASE_URL), and proxies on the way",
  PaginationError: "The link to the next page cannot be followed: report it to the API's support",
};

function adviceFor(error: LokeError, { command }: Failure): string | undefined {
  if (error.name === "BadRequestError")
    return `${advice[error.name]}: loke-customers ${command} --help`;
  return advice[error.name];
}

function howToResume({ keptRows, output }: Failure): string | undefined {
  if (output === undefined || keptRows === 0) return undefined;
  const rows = `${keptRows.toLocaleString("en")} row${keptRows === 1 ? " is" : "s are"} kept`;
  return `${rows}: run the same command with --resume to continue`;
}
