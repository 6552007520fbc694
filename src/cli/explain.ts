import { isLokeError, type LokeError } from "../index.js";
import { CliError } from "./cli-error.js";
import { Interrupted } from "./stop.js";

/** What is said of an error, and what the command ends with. */
export interface Explanation {
  readonly text: string;
  readonly exitCode: number;
}

export interface Failure {
  readonly command: string;
  /** The name of the file that the rows went to, and how many of them another run can go on after. */
  readonly output?: string | undefined;
  readonly keptRows: number;
}

/** Says in a sentence or two what is wrong and what to do. No sentence holds a token, a query value or a customer's data. */
export function explain(error: unknown, failure: Failure): Explanation {
  const resume = howToResume(failure);
  if (error instanceof Interrupted)
    return { text: sentences(error.message, resume), exitCode: error.exitCode };
  if (error instanceof CliError) {
    const { exitCode, isResumable, message } = error;
    return { text: sentences(message, isResumable ? resume : ""), exitCode };
  }
  if (isLokeError(error)) {
    // The API would lead to the same place again.
    const last = error.name === "PaginationError" ? "" : resume;
    return { text: sentences(...wordsOf(error), adviceFor(error, failure), last), exitCode: 1 };
  }
  // The client's word for arguments and options; it names them, and never their values.
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

/** The error's name and message, and by what support finds it. */
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

/** Why there is no token. The cause of another error can name what is private. */
function causeOf({ cause }: LokeError): string[] {
  if (cause instanceof CliError) return [cause.message];
  return cause instanceof Error && cause.name === "TokenError" ? [cause.message] : [];
}

const advice: Readonly<Record<string, string>> = {
  AuthenticationError:
    "The API does not accept the access token: get a new one for LOKE_ACCESS_TOKEN, or check LOKE_CLIENT_ID and LOKE_CLIENT_SECRET",
  PermissionError:
    "The token is valid and does not reach this: check the organization, and what the token may do",
  NotFoundError: "Nothing has this ID: check the IDs",
  BadRequestError: "Check the arguments",
  RateLimitError: "The API asks for fewer requests: wait, and run it again",
  ServerError: "The API failed: run it again later",
  ConnectionError: "Check the network and the address (LOKE_BASE_URL)",
  TimeoutError: "Run it again later",
  ResponseError:
    "What answered is not this API: check the address (LOKE_BASE_URL), and proxies on the way",
  PaginationError: "The API leads to no next page that can be followed: this is for its support",
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
