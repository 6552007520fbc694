import type { Checker, Verdict, WholeAnswer } from "./check-by-prism.js";
import type { Fixture } from "./fixture.js";
import { type DocumentedOperation, locate } from "./operations.js";
import { asPrismReads } from "./prism-reading.js";

export interface FrontOptions {
  readonly operations: readonly DocumentedOperation[];
  readonly fixture: Pick<Fixture, "answer" | "answers">;
  /** Prism, once it has started. */
  readonly checker: () => Promise<Checker>;
  /** Hears of each request that the mock and Prism do not agree on. */
  readonly onDisagreement: (words: string) => void;
}

/** Statuses of requests that are not in order. */
const refusals = [400, 401, 405, 413, 415];

/**
 * What stands before Prism, and answers as the mock in process does. The mock decides; Prism checks the request and the
 * answer, and has the last word where they are not as the document says.
 */
export function createFront({ checker, fixture, operations, onDisagreement }: FrontOptions) {
  return async (request: Request): Promise<Response> => {
    const { headers, method } = request;
    const url = new URL(request.url);
    const { found, path } = locate(operations, url.pathname);
    const operation = found.find((one) => one.method === method);
    const body = await request.clone().text();
    // What only CORS asks, only Prism answers.
    const isForPrism = isPreflight(request) || (operation && !fixture.answers(operation));
    const answer = isForPrism ? undefined : await read(await fixture.answer(request, operation));
    if (answer && !isEscaped(url.pathname)) return responseOf(answer);

    const asked = { method, path, query: url.searchParams, headers, body };
    const checked = asPrismReads(asked, operation);
    const verdict = await checker()
      .then(({ check }) => check({ request: checked, answer }))
      .catch((error: unknown) => String(error));
    const where = `${method} ${operation?.path ?? url.pathname}`;
    if (typeof verdict === "string") return fault(`Prism gives no answer to ${where}: ${verdict}`);
    const { accepts, response } = verdict;
    if (answer === undefined) return responseOf({ ...response, status: statusOf(response) });
    const problem = disagreement(answer, verdict, found.length > 0);
    const words = problem && `${where}: ${problem}`;
    if (words) onDisagreement(words);
    // Sound, as far as the mock can tell, and not as the document says.
    if (words && answer.status < 400) return fault(words);
    if (accepts && response.status !== answer.status) return responseOf(response);
    return responseOf({ ...answer, headers: withCors(answer.headers, response.headers) });
  };
}

async function read(response: Response): Promise<WholeAnswer> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function responseOf({ headers, status, text }: WholeAnswer): Response {
  return new Response(text === "" ? null : text, { status, headers });
}

/**
 * What the mock and Prism see differently in a request, in words.
 *
 * @param isKnown - whether the document has the path
 */
function disagreement(
  { status }: WholeAnswer,
  { accepts, response }: Verdict,
  isKnown: boolean,
): string | undefined {
  if (accepts) {
    return refusals.includes(status) ? `the mock answers ${status}, Prism accepts it` : undefined;
  }
  // Of several mistakes the mock names first a token of a form that Prism takes for a good one.
  if (statusOf(response, isKnown) === status || status === 401) return undefined;
  return `the mock answers ${status}, Prism ${response.status}: ${response.text}`;
}

/** The status of a refusal of Prism's as other servers have it: its 422 is for all that does not fit. */
function statusOf({ status, text }: WholeAnswer, isKnown = true): number {
  // To Prism an empty parameter of a path is one that does not fit, and `//` no path.
  if (!isKnown) return 404;
  if (status !== 422) return status;
  const { validation = [] } = Object(JSON.parse(text));
  return validation.some(({ code }: { code: unknown }) => code === 415) ? 415 : 400;
}

/** Prism knows what a browser has to be told. */
function withCors(own: Headers, theirs: Headers): Headers {
  const headers = new Headers(own);
  for (const [name, value] of theirs) {
    if (/^(access-control-.*|vary)$/.test(name)) headers.set(name, value);
  }
  return headers;
}

function fault(message: string): Response {
  return Response.json({ code: "mock_fault", message }, { status: 500 });
}

function isPreflight({ headers, method }: Request): boolean {
  const isAsked = headers.has("origin") && headers.has("access-control-request-method");
  return method === "OPTIONS" && isAsked;
}

/** Prism ends with an error at a percent sign that begins no escape. */
function isEscaped(path: string): boolean {
  try {
    return decodeURIComponent(path) !== undefined;
  } catch {
    return false;
  }
}
